"""A filed message leads straight to the appeal or review it asks for; the same one filed by two is noticed (R28)."""

from __future__ import annotations

import asyncio
from datetime import datetime

from tests.journeys.appeal_steps import REF, told
from tests.journeys.steps import FINDING, PROPOSAL, decide, notify
from tests.journeys.test_people import merged, two_cases
from tests.town import Answer, Colleague, Seen, Town

WORDS = "Please look again: I have kept away since the spring."
CAME: dict[str, Answer] = {
    "channel": "email",
    "received_on": "2026-10-19",
    "received_at": "08:15",
    "words": WORDS,
    "questions": ["appeal_or_review"],
}


async def files(who: Colleague, **changes: Answer) -> Seen:
    """A colleague files the message."""
    return await who.fills(await who.types(f"/incident message {REF}"), {**CAME, **changes})


async def task(who: Colleague) -> Seen:
    """The colleague's card of what the message opened; nothing of the story on it."""
    (found,) = [one for one in await who.room() if one.title in (f"To do: {REF}", f"Done: {REF}")]
    assert not [word for word in ("Marsden", "spring", "fist") if word in found.text]
    return found


def ids(seen: Seen) -> list[str]:
    """The buttons of a card."""
    return [one.id for one in seen.buttons]


async def test_review_that_a_message_asks_for_should_start_from_the_answer_to_filing_it(town: Town) -> None:
    await told(town)
    dana = await town.colleague("Dana")
    filed = await files(dana)
    assert "Press which of the two it is" in filed.text
    assert ids(filed)[:2] == ["appeal.record", "review.ask"]
    assert [one.label for one in filed.buttons][1] == "Start the early review"
    form = await dana.presses(filed.button("appeal.record"))
    assert form.fields["text"] == [WORDS]
    opened = await dana.presses(filed.button("review.ask"))
    assert "An early review of the restriction was asked for. The Chief Officer invites" in opened.text
    assert town.record()["reviews"][0]["asked_early"] is True
    assert (await task(dana)).title == f"Done: {REF}"
    assert [one[2]["what"] for one in town.log("message.taken_up")] == ["review"]
    await dana.presses(filed.button("review.ask"))  # pressed twice it is asked for once
    assert len(town.log("review.asked")) == 1

    second = await files(dana, words="I have nothing to add.", received_on="2026-10-20", received_at="09:00")
    assert "review.ask" not in ids(second)  # it is under way: what the person says belongs to it
    form = await dana.presses(second.button("review.comment"))
    held = {name: form.fields[name] for name in ("how", "received_on", "text")}
    assert held == {"how": ["email"], "received_on": ["2026-10-20"], "text": ["I have nothing to add."]}
    await dana.fills(form, {})
    assert town.record()["reviews"][0]["comments"] == 1
    assert not [one for one in town.file().tasks if one.done_at is None]


async def test_colleague_without_a_part_should_leave_the_choice_to_the_chief_officers_card(
    town: Town,
) -> None:
    await told(town)
    tom, dana = await town.colleague("Tom"), await town.colleague("Dana")
    filed = await files(tom)
    assert ids(filed) == ["report.open"]
    assert "The officers are asked now" in filed.text
    refused = await tom.presses(
        "review.ask", f"{town.file().restrictions[0].id}:{town.file().messages[0].id}"
    )
    assert refused.kind == "refuse"
    assert town.record()["reviews"] == []
    card = await task(dana)
    assert ids(card)[:3] == ["appeal.record", "review.ask", "task.done"]
    await dana.fills(await dana.presses(card.button("appeal.record")), {})
    (appeal,) = town.record()["appeals"]
    assert appeal["received_at"] == "2026-10-19T08:15:00+01:00"
    (owed,) = town.file().tasks
    assert owed.done_by == dana.id
    assert ids(await task(dana)) == []


async def test_message_with_nothing_to_appeal_or_review_should_say_so(town: Town) -> None:
    await decide(town)
    town.clock.go(datetime.fromisoformat("2026-10-20 12:00"))
    filed = await files(await town.colleague("Dana"))
    assert "The person has not been told of a decision in this case yet" in filed.text
    assert "No restriction is in force that could be reviewed." in filed.text
    assert not {"appeal.record", "review.ask"} & set(ids(filed))


# --- the same message, filed by two -----------------------------------------------------------------


FILED: dict[str, Answer] = {**CAME, "questions": ["foi"]}


async def test_second_colleague_should_be_told_that_the_message_was_filed_and_lose_nothing(
    town: Town,
) -> None:
    await told(town)
    tom, priya = await town.colleague("Tom"), await town.colleague("Priya")
    await tom.fills(await tom.types(f"/incident message {REF}"), FILED)
    town.clock.pass_by(minutes=3)
    page = await priya.sends(
        await priya.types(f"/incident message {REF}"), {**FILED, "words": f"{WORDS} Yours, A."}
    )
    said = "Tom Bell filed a message of this case 3 minutes ago: email, received Monday 19 October 2026."
    assert said in page.text
    assert "close this form" in page.text
    held = await priya.sends(page, {"questions": ["foi"]})
    assert said in held.errors["another"]
    assert len(town.file().messages) == 1
    filed = await priya.sends(held, {"another": "yes"})
    assert filed.title == f"Filed under {REF}"
    assert [one.words for one in town.file().messages] == [WORDS, f"{WORDS} Yours, A."]
    assert [one[2]["opened"] for one in town.log("message.filed")] == ["foi", "foi"]

    town.clock.pass_by(days=1)  # another day, another message: nobody is asked
    page = await priya.sends(
        await priya.types(f"/incident message {REF}"), {**FILED, "received_on": "2026-10-20"}
    )
    assert "another" not in page.fields
    by_reference = await priya.sends(await priya.types("/incident message"), {**FILED, "reference": REF})
    assert "You filed a message of this case 1 day ago" in by_reference.text


async def test_two_who_file_the_same_message_at_one_instant_should_file_it_once(town: Town) -> None:
    await told(town)
    who = [await town.colleague(name) for name in ("Tom", "Priya")]
    pages = [await one.sends(await one.types(f"/incident message {REF}"), FILED) for one in who]
    answers = await asyncio.gather(
        *(one.sends(page, {"questions": ["foi"]}) for one, page in zip(who, pages, strict=True))
    )
    assert sorted(one.kind for one in answers) == ["errors", "reply"]
    assert len(town.file().messages) == len(town.file().tasks) == 1
    late = next(number for number, one in enumerate(answers) if one.kind == "errors")
    seen = answers[late]
    while "another" not in seen.fields and seen.kind == "errors":
        seen = await who[late].sends(seen, {})
    filed = await who[late].sends(seen, {"another": "yes"})
    assert filed.title == f"Filed under {REF}"
    assert len(town.file().messages) == 2


async def test_review_should_be_offered_of_a_restriction_in_another_case_of_the_person(town: Town) -> None:
    await two_cases(town)
    await merged(town)
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    case = await dana.types(f"/incident case {REF}")
    await dana.fills(await dana.presses(case.button("finding.sign")), FINDING)
    await margaret.presses((await margaret.types(f"/incident case {REF}")).button("finding.agree"))
    await dana.fills(
        await dana.presses((await dana.types(f"/incident case {REF}")).button("proposal.draft")), PROPOSAL
    )
    await margaret.presses((await margaret.types(f"/incident case {REF}")).button("proposal.approve"))
    await notify(town, REF)
    town.clock.go(datetime.fromisoformat("2026-10-20 12:00"))
    filed = await dana.fills(await dana.types("/incident message INC-2026-0002"), CAME)
    button = filed.button("review.ask")
    assert button.label == f"Start the early review: {REF}"
    await dana.presses(button)
    assert town.record(REF)["reviews"][0]["asked_early"] is True
    assert not [one for one in town.file("INC-2026-0002").tasks if one.done_at is None]
