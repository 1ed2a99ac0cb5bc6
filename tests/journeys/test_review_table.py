"""Every stage of a review, every action, every colleague: who may do what, written out (R18, R37)."""

from __future__ import annotations

import pytest

from policy.reviews import ReviewStage
from tests.journeys.steps import decide, notify
from tests.journeys.test_reminders import at, quietly
from tests.journeys.test_reviews import CASE, PERMANENT, invite, review
from tests.town import Town

WORKERS = frozenset({"Dana", "Sam", "Margaret"})
DECIDERS = frozenset({"Dana", "Margaret", "Ruth"})
"""The two seats; and the Mayor, who reads first that it bars from the appeal."""
NOBODY: frozenset[str] = frozenset()
WHEN = {
    ReviewStage.AHEAD: "2027-01-11 10:00",
    ReviewStage.INVITE: "2027-03-24 10:00",
    ReviewStage.INVITED: "2027-03-24 10:00",
    ReviewStage.DUE: "2027-04-14 10:00",
    ReviewStage.OVERDUE: "2027-04-15 10:00",
    ReviewStage.HELD: "2027-04-14 10:00",
}
#                        ask      comment  decide
TABLE = {
    ReviewStage.AHEAD: (WORKERS, WORKERS, DECIDERS),
    ReviewStage.INVITE: (WORKERS, WORKERS, DECIDERS),
    ReviewStage.INVITED: (WORKERS, WORKERS, DECIDERS),
    ReviewStage.DUE: (WORKERS, WORKERS, DECIDERS),
    ReviewStage.OVERDUE: (WORKERS, WORKERS, DECIDERS),
    ReviewStage.HELD: (NOBODY, NOBODY, NOBODY),
}
ACTIONS = ("comment", "decide", "ask")
OFFERED = {
    ReviewStage.AHEAD: {"review.ask"},
    ReviewStage.INVITE: {"review.comment", "review.decide"},
    ReviewStage.INVITED: {"review.comment", "review.decide"},
    ReviewStage.DUE: {"review.comment", "review.decide"},
    ReviewStage.OVERDUE: {"review.comment", "review.decide"},
    ReviewStage.HELD: set[str](),
}


def test_the_tables_should_have_every_stage() -> None:
    assert set(TABLE) == set(WHEN) == set(OFFERED) == set(ReviewStage)


@pytest.mark.parametrize("stage", list(ReviewStage))
async def test_press_should_be_taken_exactly_where_the_table_says(town: Town, stage: ReviewStage) -> None:
    await decide(town, **PERMANENT)
    await notify(town)
    await quietly(town, at(WHEN[stage]))
    dana = await town.colleague("Dana")
    (restriction,) = town.file().restrictions
    if stage is ReviewStage.INVITED:
        await invite(dana)
    if stage is ReviewStage.HELD:
        await review(dana)
    assert town.record()["reviews"][0]["stage"] == stage.value
    offered = {b.id for b in (await dana.types(CASE)).buttons if b.id.startswith("review.")}
    assert offered == OFFERED[stage]
    before = town.record()["restrictions"]
    ask, comment, may = TABLE[stage]
    for action, allowed in zip(ACTIONS, (comment, may, ask), strict=True):
        taken = set()
        for name in town.people:
            seen = await (await town.colleague(name)).presses(f"review.{action}", restriction.id)
            assert not any(word in seen.text for word in ("fist", "Marsden")) or seen.kind != "refuse"
            if seen.kind in ("form", "reply") and "Already" not in seen.text:
                taken.add(name)
        assert taken == allowed, action
    assert town.record()["restrictions"] == before  # a form that is only opened decides nothing
