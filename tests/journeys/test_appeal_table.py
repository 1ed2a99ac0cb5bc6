"""Every stage of an appeal, every action, every colleague: who may do what, written out (R18, R35, R36)."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers.appeal_words import DECISION_NAMES
from handlers.casefile import NOTIFIABLE
from policy.appeal_stages import AppealStage
from tests.journeys.appeal_steps import record, told
from tests.town import Town

WORKERS = frozenset({"Dana", "Sam", "Margaret"})
REVIEWERS = frozenset({"Ruth", "Leila"})
ACTIONS = ("accept_late", "refuse_late", "assign", "decide", "pause", "withdraw")
NOBODY: frozenset[str] = frozenset()
#                                   accept   refuse   assign   decide     pause      withdraw
TABLE = {
    AppealStage.LATE: (             WORKERS, WORKERS, NOBODY,  NOBODY,    NOBODY,    WORKERS),
    AppealStage.WAITING_FOR_REVIEWERS: (NOBODY, NOBODY, WORKERS, NOBODY,  NOBODY,    WORKERS),
    AppealStage.WITH_REVIEWERS: (   NOBODY,  NOBODY,  WORKERS, REVIEWERS, REVIEWERS, WORKERS),
    AppealStage.SPLIT: (            NOBODY,  NOBODY,  WORKERS, REVIEWERS, REVIEWERS, WORKERS),
    AppealStage.DECIDED: (          NOBODY,  NOBODY,  NOBODY,  NOBODY,    NOBODY,    NOBODY),
    AppealStage.REFUSED_LATE: (     NOBODY,  NOBODY,  NOBODY,  NOBODY,    NOBODY,    NOBODY),
    AppealStage.WITHDRAWN: (        NOBODY,  NOBODY,  NOBODY,  NOBODY,    NOBODY,    NOBODY),
    AppealStage.CLOSED: (           NOBODY,  NOBODY,  NOBODY,  NOBODY,    NOBODY,    NOBODY),
}  # fmt: skip
DONE = frozenset({"form", "replace", "reply"})


def test_the_table_should_have_every_stage() -> None:
    assert set(TABLE) == set(AppealStage)


def test_every_decision_the_person_is_told_of_should_have_a_name_in_an_appeal() -> None:
    assert set(DECISION_NAMES) == NOTIFIABLE


@pytest.mark.parametrize("stage", list(AppealStage))
async def test_press_should_be_taken_exactly_where_the_table_says(town: Town, stage: AppealStage) -> None:
    await told(town)
    town.clock.go(datetime.fromisoformat("2026-11-02 09:00"))
    await record(await town.colleague("Dana"), received_on="2026-10-30")
    (appealed,) = town.file().appeals
    with town.civility.store.write(town.council_id) as uow:
        for name in sorted(REVIEWERS):
            uow.appeals.assign(appealed.record.id, town.people[name], "councillor", town.people["Dana"])
        assert uow.appeals.move(appealed.record.id, appealed.record.stage, stage.value)
        uow.commit()
    for action, allowed in zip(ACTIONS, TABLE[stage], strict=True):
        taken = set()
        for name in town.people:
            seen = await (await town.colleague(name)).presses(f"appeal.{action}", appealed.record.id)
            assert (seen.kind in DONE) is not (seen.kind == "refuse"), (name, action, seen.kind)
            if seen.kind in DONE:
                taken.add(name)
            else:
                assert not any(word in seen.text for word in ("stick", "Marsden", "fist"))
        assert taken == allowed, action
    assert town.file().appeals[0].stage is stage  # a form that is only opened decides nothing
