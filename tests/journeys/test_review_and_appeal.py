"""A review beside an appeal, a proposal to continue that is changed, and what keeps a case open (R19, R36, R37)."""

from __future__ import annotations

from tests.journeys.appeal_steps import REF, agree, appeal_card, assign, record, told, verdict
from tests.journeys.steps import decide, notify
from tests.journeys.test_appeal_letters import send, write
from tests.journeys.test_reminders import at, quietly, reminded
from tests.journeys.test_reviews import CASE, PERMANENT, REASONS, WORDS, invite, review, under_review
from tests.town import Colleague, Seen, Town


def labels(seen: Seen) -> list[str]:
    """What the buttons say."""
    return [one.label for one in seen.buttons]


async def police_answered(dana: Colleague) -> None:
    """The police part, without which an urgent case stays open."""
    form = await dana.presses((await dana.types(CASE)).button("police.record"))
    await dana.fills(form, {"route": "101", "force": "Cumbria", "log_number": "12"})


async def test_early_review_should_go_on_with_the_milder_terms_of_an_appeal(town: Town) -> None:
    await told(town, **PERMANENT)
    dana, ruth, leila = [await town.colleague(name) for name in ("Dana", "Ruth", "Leila")]
    await record(dana)
    await assign(town)
    await dana.presses((await dana.types(CASE)).button("review.ask"))
    await invite(dana)
    form = await dana.presses((await dana.types(CASE)).button("review.comment"))
    await dana.fills(form, {"how": "email", "text": WORDS})
    town.clock.go(at("2026-11-10 09:30"))
    await review(dana, outcome="continue", reasons=REASONS, review_on="2027-10-01")
    assert town.file().open_proposal is not None
    await verdict(ruth, outcome="varied", review_on="2027-01-14")
    await agree(leila)

    found = town.record()
    assert [one["state"] for one in found["proposals"]][-1] == "overtaken"  # it was about the old terms
    (kept,) = found["reviews"]
    assert kept["restriction"] == 2
    assert (kept["asked_early"], kept["comments"], kept["outcome"]) == (True, 1, None)
    assert (kept["invited_on"], kept["due_on"]) == ("2026-10-20", "2027-01-14")
    opened = await dana.types(CASE)
    assert opened.text.count(WORDS) == 1
    assert "Invite the person to comment" not in labels(opened)
    assert len(town.log("review.carried")) == 1
    chronology = await dana.presses(opened.button("case.chronology"))
    assert chronology.text.count("Review of the restriction opened") == 1
    await review(dana)
    ended = town.record()
    assert [one["in_force"] for one in ended["restrictions"]] == [False, False]
    assert ended["reviews"][0]["outcome"] == "end"


async def test_review_should_be_able_to_end_what_an_appeal_paused_and_never_to_continue_it(
    town: Town,
) -> None:
    await told(town, **PERMANENT)
    dana, margaret, ruth, leila = [
        await town.colleague(name) for name in ("Dana", "Margaret", "Ruth", "Leila")
    ]
    await record(dana)
    await assign(town)
    await quietly(town, at("2027-03-24 10:00"))
    await invite(dana)
    await quietly(town, at("2027-04-08 10:00"))
    await review(dana, outcome="continue", reasons=REASONS)
    approve = (await margaret.types(CASE)).button("proposal.approve")
    for who in (ruth, leila):
        await who.presses((await appeal_card(who)).button("appeal.pause"))
    refused = await margaret.presses(approve)
    assert "An appeal has paused the restriction: the review can end it now" in refused.text
    assert len(town.record()["decisions"]) == 1
    form = await margaret.presses((await margaret.types(CASE)).button("proposal.reject"))
    await margaret.fills(form, {"reason": "Wait for the appeal."})

    before = len(await reminded(town, "governance"))
    for day in ("2027-04-15 09:00", "2027-04-16 09:00"):  # its day is over: it is chased all the same
        await quietly(town, at(day))
    chased = [one for one in (await reminded(town, "governance"))[before:] if "is overdue by" in one]
    assert len(chased) == 2
    assert all("the review can end it now" in one and "stays in force" not in one for one in chased)
    assert town.record()["reviews"][0]["stage"] == "overdue"
    opened = await dana.types(CASE)
    assert "While the appeal is heard" in opened.text
    again = await review(dana, strict=False, outcome="continue", reasons=REASONS)
    assert "continues it only once the person was told how the appeal ended" in again.errors["outcome"]
    await review(dana)
    found = town.record()["restrictions"][0]
    assert (found["in_force"], found["reason"]) == (False, "ended")


async def test_restriction_that_is_to_go_on_should_be_changed_and_asked_again(town: Town) -> None:
    dana = await under_review(town)
    margaret = await town.colleague("Margaret")
    await invite(dana)
    town.clock.go(at("2027-04-07 09:30"))
    await review(dana, outcome="continue", reasons=REASONS)
    stale = (await margaret.latest(REF)).button("proposal.approve")
    change = (await dana.types(CASE)).button("review.change")
    assert (await (await town.colleague("Tom")).presses(change)).kind == "refuse"
    form = await dana.presses(change)
    assert (form.fields["outcome"], form.hidden["context"]) == (["continue"], f"change:{change.value}")
    form = await dana.sends(form, {})
    assert (form.fields["reasons"], form.fields["review_on"]) == ([REASONS], ["2028-04-07"])
    bad = await dana.sends(form, {"reasons": " "})
    assert "Say why" in bad.errors["reasons"]
    await dana.sends(bad, {"reasons": REASONS, "ends_on": "2027-10-01"})
    assert town.file().open_proposal is not None
    old = await margaret.presses(stale)
    assert "changed since you saw it" in old.text
    assert len(town.record()["decisions"]) == 1

    mine = (await margaret.types(CASE)).button("review.change")  # the other seat may change it too
    await margaret.fills(await margaret.presses(mine), {"ends_on": "2027-07-01"})
    late = await dana.presses(change)
    assert "changed since you saw it" in late.text
    await dana.presses((await dana.types(CASE)).button("proposal.approve"))
    found = town.record()
    assert [one["decision"] for one in found["decisions"]] == ["restriction", "continuation"]
    assert found["restrictions"][1]["ends_on"] == "2027-07-01"
    assert [one[2]["version"] for one in town.log("proposal.drafted") if "kind" in one[2]] == ["1", "2", "3"]
    done = await dana.presses(mine)
    assert "continued by a review" in done.text


async def test_case_should_not_be_called_closable_while_a_review_or_its_letter_is_open(town: Town) -> None:
    await decide(town)
    await notify(town)
    dana = await town.colleague("Dana")
    town.clock.go(at("2026-11-02 10:00"))
    assert (
        "The Chief Officer acts next. This case is urgent. Complete the police part"
        in town.record()["next_step"]
    )
    await police_answered(dana)
    assert town.record()["next_step"] == "The Chief Officer can close the case."
    await dana.presses((await dana.types(CASE)).button("review.ask"))
    assert "can close" not in town.record()["next_step"]
    assert "An early review of the restriction was asked for." in town.record()["next_step"]
    opened = await dana.types(CASE)
    assert "case.close" not in [one.id for one in opened.buttons]
    refused = await dana.presses("case.close", town.file().case.id)
    assert "A review of the restriction waits for its outcome." in refused.text
    await review(dana)
    said = town.record()["next_step"]
    assert said == "The Chief Officer writes to the person that the restriction has ended."
    assert "is not recorded as sent" in (await dana.presses("case.close", town.file().case.id)).text
    await send(dana, await write(dana, "Write to the person that it ended"))
    assert town.record()["next_step"] == "The Chief Officer can close the case."
    await dana.presses((await dana.types(CASE)).button("case.close"))
    assert town.record()["state"] == "closed"
