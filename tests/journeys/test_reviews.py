"""Reviews through the doors: the invitation, what was said, ending alone, continuing with two names (R22, R37)."""

from __future__ import annotations

import asyncio

import pytest

from tests.journeys.steps import decide, notify
from tests.journeys.test_dates_ahead import TO_DO, waits
from tests.journeys.test_reminders import at, fires_at, quietly, reminded
from tests.town import Answer, Colleague, Seen, Town

CASE = "/incident case INC-2026-0001"
PERMANENT = {"duration": "permanent", "ends_on": "", "review_on": "2027-04-14"}
WORDS = "I have kept my temper since the summer."
REASONS = "He shouted at the desk in March and again in April."


async def under_review(town: Town, now: str = "2027-03-24 10:00", **changes: Answer) -> Colleague:
    """A restriction without end, told on 14 October 2026, whose review by 14 April 2027 comes near."""
    await decide(town, **{**PERMANENT, **changes})
    await notify(town)
    await quietly(town, at(now))
    return await town.colleague("Dana")


async def invite(dana: Colleague, **changes: Answer) -> Seen:
    """The chief officer invites the person by email, now."""
    opened = await dana.types(CASE)
    (button,) = [b for b in opened.buttons if b.label == "Invite the person to comment"]
    preview = await dana.fills(await dana.presses(button), {"method": "email", **changes})
    return await dana.fills(await dana.presses(preview.button("notice.send")), {})


async def review(who: Colleague, *, strict: bool = True, **answers: Answer) -> Seen:
    """Decide the review as the form stands, but for these answers."""
    opened = await who.types(CASE)
    return await who.fills(await who.presses(opened.button("review.decide")), answers, strict=strict)


async def test_review_should_end_by_default_with_one_name_and_be_over_at_once(town: Town) -> None:
    dana = await under_review(town)
    await invite(dana)
    opened = await dana.types(CASE)
    await dana.fills(await dana.presses(opened.button("review.comment")), {"how": "email", "text": WORDS})
    form = await dana.presses((await dana.types(CASE)).button("review.decide"))
    assert form.fields["outcome"] == ["end"]
    assert WORDS in form.text
    before = town.clock.now
    ended = await dana.fills(form, {})
    assert "The restriction was ended" in ended.text
    found = town.record()
    (restriction,) = found["restrictions"]
    assert (restriction["in_force"], restriction["reason"]) == (False, "ended")
    assert found["reviews"][0]["stage"] == "held"
    assert found["reviews"][0]["outcome"] == "end"
    assert found["reviews"][0]["comments"] == 1
    assert "writes to the person that the restriction has ended" in found["next_step"]
    over = town.file().restrictions[0].ended_at
    assert over is not None
    assert over > before
    (task,) = [one for one in await dana.room() if one.title == TO_DO]
    assert "Tell colleagues that the restriction has ended." in task.text
    leila = await town.colleague("Leila")
    (card,) = await leila.room("councillors")
    assert "Ended" in card.text
    assert "Marsden" not in card.text
    assert WORDS not in "".join(one.text for one in (*await dana.room(), *await dana.room("governance")))

    told = await dana.fills(
        await dana.presses(
            next(
                b for b in (await dana.types(CASE)).buttons if b.label == "Write to the person that it ended"
            )
        ),
        {"method": "email"},
    )
    assert (
        "We have looked again at the limits on your contact with the council and have ended them."
        in told.text
    )
    await dana.fills(await dana.presses(told.button("notice.send")), {})
    assert "has ended" not in town.record()["next_step"]


async def test_continuing_should_take_two_names_a_new_notice_and_a_new_appeal(town: Town) -> None:
    dana = await under_review(town)
    margaret, leila = await town.colleague("Margaret"), await town.colleague("Leila")
    await invite(dana)
    assert town.record()["reviews"][0]["invited_on"] == "2027-03-24"
    assert "before Wednesday 7 April 2027" in town.file().notices[-1].text
    town.clock.go(at("2027-04-06 23:59"))
    early = await review(dana, strict=False, outcome="continue", reasons=REASONS)
    assert "can comment until Wednesday 7 April 2027" in early.errors["outcome"]
    town.clock.go(at("2027-04-07 09:30"))
    blank = await review(dana, strict=False, outcome="continue", reasons="")
    assert "Say why the restriction is still needed." in blank.errors["reasons"]
    late = await review(dana, strict=False, outcome="continue", reasons=REASONS, review_on="2028-04-08")
    assert "Friday 7 April 2028 at the latest" in late.errors["review_on"]
    await review(dana, outcome="continue", reasons=REASONS)
    waiting = town.record()
    assert (waiting["state"], waiting["reviews"][0]["outcome"]) == ("proposal_waiting", None)
    assert waiting["restrictions"][0]["in_force"] is True
    again = await dana.types(CASE)
    assert "review.decide" not in [b.id for b in again.buttons]
    card = await margaret.latest("INC-2026-0001")
    await margaret.presses(card.button("proposal.approve"))
    decided = town.record()
    assert [one["decision"] for one in decided["decisions"]] == ["restriction", "continuation"]
    assert decided["decisions"][1]["decided_by"] == ["chief_officer", "chair_fgp"]
    assert decided["reviews"][0]["outcome"] == "continue"
    assert decided["state"] == "notice_due"
    assert [one["in_force"] for one in decided["restrictions"]] == [True, False]
    cards = [one.text for one in await leila.room("councillors")]
    assert any("continues after a review" in one for one in cards)

    preview = await dana.fills(
        await dana.presses(
            next(b for b in (await dana.types(CASE)).buttons if b.label == "Prepare the notice")
        ),
        {"method": "email"},
    )
    for part in (
        "have decided that they are still needed",
        REASONS,
        "it will be reviewed by Friday 7 April 2028",
        "11.59pm on Wednesday 21 April 2027",
        "Please contact the council only in writing.",
    ):
        assert part in preview.text
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    told = town.record()
    assert told["appeal_closes_at"] == "2027-04-21T23:59:59+01:00"
    assert [one["in_force"] for one in told["restrictions"]] == [False, True]
    assert told["restrictions"][0]["ended_at"] == told["restrictions"][1]["starts_at"]
    assert told["restrictions"][1]["review_on"] == "2028-04-07"
    assert [
        r.due_at.date().isoformat() for r in waits(town, "review.coming") if r.ids["review"] == "2028-04-07"
    ]


async def test_continuation_should_be_rejected_and_the_review_stay_open(town: Town) -> None:
    dana = await under_review(town)
    margaret = await town.colleague("Margaret")
    await invite(dana)
    town.clock.go(at("2027-04-07 09:30"))
    await review(dana, outcome="continue", reasons=REASONS)
    card = await margaret.latest("INC-2026-0001")
    await margaret.fills(
        await margaret.presses(card.button("proposal.reject")), {"reason": "He has been polite to me."}
    )
    found = town.record()
    assert found["reviews"][0]["outcome"] is None
    assert len(found["decisions"]) == 1
    assert found["restrictions"][0]["in_force"] is True
    await review(margaret)
    assert town.record()["restrictions"][0]["in_force"] is False


async def test_ending_should_overtake_a_continuation_that_waits(town: Town) -> None:
    dana = await under_review(town)
    margaret = await town.colleague("Margaret")
    await invite(dana)
    town.clock.go(at("2027-04-07 09:30"))
    form = await margaret.presses((await margaret.types(CASE)).button("review.decide"))
    await review(dana, outcome="continue", reasons=REASONS)
    approve = (await margaret.latest("INC-2026-0001")).button("proposal.approve")
    await margaret.fills(form, {})
    found = town.record()
    assert found["restrictions"][0]["in_force"] is False
    assert [one["state"] for one in found["proposals"]][-1] == "overtaken"
    refused = await margaret.presses(approve)
    assert "approved" in refused.text or "no proposal" in refused.text
    assert len(town.record()["decisions"]) == 1


async def test_two_who_end_and_continue_at_one_instant_should_make_one_outcome(town: Town) -> None:
    dana = await under_review(town)
    margaret = await town.colleague("Margaret")
    await invite(dana)
    town.clock.go(at("2027-04-07 09:30"))
    ending, continuing, late = [
        await who.presses((await who.types(CASE)).button("review.decide")) for who in (dana, margaret, dana)
    ]
    await asyncio.gather(
        dana.fills(ending, {}),
        margaret.fills(continuing, {"outcome": "continue", "reasons": REASONS}, strict=False),
    )
    found = town.record()
    assert [one["outcome"] for one in found["reviews"]] == ["end"]
    assert found["restrictions"][0]["in_force"] is False
    assert len(town.log("restriction.ended")) == 1
    again = await dana.fills(late, {}, strict=False)
    assert "Already ended by a review by" in again.text


async def test_two_presses_at_the_very_same_moment_should_end_it_once(town: Town) -> None:
    dana = await under_review(town)
    margaret = await town.colleague("Margaret")
    forms = [await who.presses((await who.types(CASE)).button("review.decide")) for who in (dana, margaret)]
    answers = await asyncio.gather(
        *(
            who.fills(form, {"reasons": "It is no longer needed."}, strict=False)
            for who, form in zip((dana, margaret), forms, strict=True)
        )
    )
    assert len(town.log("review.held")) == 1
    assert len(town.log("restriction.ended")) == 1
    assert len([one for one in answers if "Already ended by a review by" in one.text]) == 1


@pytest.mark.parametrize("name", ["Tom", "Leila", "Ruth"])
async def test_whoever_may_not_decide_should_be_refused_and_audited(town: Town, name: str) -> None:
    dana = await under_review(town)
    pressed = (await dana.types(CASE)).button("review.decide")
    other = await town.colleague(name)
    refused = await other.presses(pressed)
    if name == "Ruth":  # the Mayor may choose to, and reads first what it costs
        assert "you cannot hear an appeal about it" in refused.text
        return
    assert refused.kind == "refuse"
    assert "may act on it" in refused.text
    assert town.record()["restrictions"][0]["in_force"] is True
    assert [one for one in town.log("refused") if one[0] == name]
    for button in ("review.ask", "review.comment"):
        assert (await other.presses(button, pressed.value)).kind == "refuse"


async def test_target_should_take_no_part_in_the_review(town: Town) -> None:
    dana, sam = await town.colleague("Dana"), await town.colleague("Sam")
    from tests.journeys.steps import agree, approve, propose, report, sign

    await report(await town.colleague("Priya"), target=[town.people["Dana"]])
    margaret = await town.colleague("Margaret")
    await sign(sam)
    await agree(margaret)
    await propose(sam, "INC-2026-0001", **PERMANENT)
    await approve(margaret)
    opened = await sam.types(CASE)
    preview = await sam.fills(await sam.presses(opened.button("notice.prepare")), {"method": "email"})
    await sam.fills(await sam.presses(preview.button("notice.send")), {})
    await quietly(town, at("2027-03-24 10:00"))
    pressed = (await sam.types(CASE)).button("review.decide")
    refused = await dana.presses(pressed)
    assert refused.kind == "refuse"
    assert "aimed at you" in refused.text
    assert town.record()["restrictions"][0]["in_force"] is True


async def test_reminders_should_know_the_invitation_and_stop_when_it_is_held(town: Town) -> None:
    dana = await under_review(town, "2027-03-14 12:00")
    await fires_at(town, at("2027-03-15 09:00"))
    assert "invites the person to comment by Wednesday 31 March 2027." in (await reminded(town, "Dana"))[-1]
    town.clock.go(at("2027-03-30 10:00"))
    await invite(dana)
    await quietly(town, at("2027-04-06 12:00"))
    await fires_at(town, at("2027-04-07 09:00"))
    assert (await reminded(town, "governance"))[-1] == (
        "The restriction is due for review by Wednesday 14 April 2027. The person was invited and can comment "
        "until Tuesday 13 April 2027. Then it is decided."
    )
    await quietly(town, at("2027-04-14 12:00"))
    await fires_at(town, at("2027-04-15 09:00"))
    overdue = (await reminded(town, "governance"))[-1]
    assert "is overdue by 1 day. The restriction stays in force until then." in overdue
    assert "The time to comment is over. The Chief Officer holds the review." in overdue
    assert town.record()["reviews"][0]["stage"] == "overdue"
    town.clock.go(at("2027-04-15 11:00"))
    await review(dana)
    number = len(await reminded(town, "governance"))
    for day in ("2027-04-16 09:00", "2027-04-17 09:00", "2027-05-10 09:00"):
        await quietly(town, at(day))
    assert len(await reminded(town, "governance")) == number
    assert waits(town, "review.overdue") == []


async def test_early_review_should_be_asked_for_in_a_closed_case_and_wait_for_the_officer(town: Town) -> None:
    dana = await under_review(town, "2026-11-16 10:00")
    await dana.fills(
        await dana.presses((await dana.types(CASE)).button("police.record")),
        {"route": "101", "force": "Cumbria", "log_number": "12"},
    )
    await dana.presses((await dana.types(CASE)).button("case.close"))
    assert town.record()["state"] == "closed"
    home = await dana.types("/incident home")
    assert "Nothing waits for you." in home.text
    opened = await dana.types(CASE)
    assert "review.decide" not in [b.id for b in opened.buttons]
    asked = await dana.presses(opened.button("review.ask"))
    assert "An early review of the restriction was asked for." in asked.text
    await dana.presses("review.ask", opened.button("review.ask").value)  # twice is once
    assert len(town.log("review.asked")) == 1
    assert "An early review" in (await dana.types("/incident home")).text
    await invite(dana)
    assert "can comment until Monday 30 November 2026" in town.record()["next_step"]
    assert "Nothing waits for you." in (await dana.types("/incident home")).text
    town.clock.go(at("2026-11-30 10:00"))
    assert "The time to comment is over." in (await dana.types("/incident home")).text
    await review(dana, outcome="continue", reasons=REASONS)
    assert town.record()["state"] == "proposal_waiting"
    assert town.record()["closed_at"] is None


@pytest.mark.parametrize(
    ("told", "review_on", "due", "invite_by"),
    [
        ("2026-09-01", "2027-02-28", "2027-02-26", "2027-02-12"),  # a Sunday: held by the Friday before
        ("2026-06-25", "2026-12-25", "2026-12-24", "2026-12-11"),  # Christmas Day
        (
            "2026-10-01",
            "2027-03-29",
            "2027-03-25",
            "2027-03-15",
        ),  # Easter Monday; the clocks go forward the day before
        ("2026-06-01", "2026-10-25", "2026-10-23", "2026-10-09"),  # the Sunday on which the clocks go back
    ],
)
async def test_review_on_a_day_off_should_be_held_the_working_day_before(
    town: Town, told: str, review_on: str, due: str, invite_by: str
) -> None:
    town.clock.go(at(f"{told} 10:00"))
    await decide_at(town, told, review_on)
    assert town.record()["reviews"][0]["invite_by"] == invite_by
    await quietly(town, at(f"{due} 00:00"))
    assert town.record()["reviews"][0]["stage"] == "due"
    town.clock.pass_by(seconds=-1)
    assert town.record()["reviews"][0]["stage"] == "invite"
    town.clock.go(at(f"{review_on} 23:59:59"))
    assert town.record()["reviews"][0]["stage"] == "due"
    town.clock.pass_by(seconds=1)
    assert town.record()["reviews"][0]["stage"] == "overdue"
    assert town.record()["restrictions"][0]["in_force"] is True


async def decide_at(town: Town, day: str, review_on: str) -> None:
    """A restriction without end, decided and told on a day, to be reviewed by another."""
    from tests.journeys.steps import agree, approve, propose, report, sign

    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"), happened_on=day)
    await sign(dana)
    await agree(margaret)
    await propose(dana, town.record()["reference"], duration="permanent", ends_on="", review_on=review_on)
    await approve(margaret)
    opened = await dana.types(f"/incident case {town.record()['reference']}")
    preview = await dana.fills(await dana.presses(opened.button("notice.prepare")), {"method": "email"})
    await dana.fills(await dana.presses(preview.button("notice.send")), {})


async def test_last_day_should_be_counted_to_its_last_second(town: Town) -> None:
    await decide(town, ends_on="2027-03-28")  # the Sunday on which the clocks go forward
    await notify(town)
    town.clock.go(at("2027-03-28 23:59:59"))
    assert town.record()["restrictions"][0]["in_force"] is True
    assert town.record()["restrictions"][0]["until"] == "2027-03-28T23:59:59+01:00"
    town.clock.pass_by(seconds=1)
    assert town.record()["restrictions"][0]["reason"] == "ran_out"
    dana = await town.colleague("Dana")
    assert "review.decide" not in [b.id for b in (await dana.types(CASE)).buttons]
