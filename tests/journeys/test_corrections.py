"""Corrected notices, harsher changes, letters that came back, and warnings, through the doors (R14, R30, R32)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.journeys.steps import FINDING, agree, approve, decide, notify, report, sign
from tests.journeys.test_dates_ahead import TO_DO, waits
from tests.journeys.test_people import propose_merge
from tests.journeys.test_reminders import at, fires_at, quietly, reminded
from tests.town import Answer, Colleague, Seen, Town

CASE = "/incident case INC-2026-0001"
WRONG = "We gave the wrong last day. It is one month earlier."


def labelled(seen: Seen, label: str) -> list[str]:
    """The values of the buttons that say this."""
    return [b.value for b in seen.buttons if b.label == label]


async def press(who: Colleague, label: str, case: str = CASE) -> Seen:
    """Open the case and press the button that says this."""
    opened = await who.types(case)
    (button,) = [b for b in opened.buttons if b.label == label]
    return await who.presses(button)


async def correct(who: Colleague, *, strict: bool = True, **answers: Answer) -> Seen:
    """Correct the notice as the form stands, but for these answers."""
    form = await press(who, "Correct the notice")
    return await who.fills(form, {"words": WRONG, **answers}, strict=strict)


async def told(town: Town, **changes: Answer) -> Colleague:
    """A restriction the person was told of by email on Wednesday 14 October 2026."""
    await decide(town, **changes)
    await notify(town)
    return await town.colleague("Dana")


# --- corrections ------------------------------------------------------------------------------------


async def test_milder_correction_should_keep_both_and_start_the_appeal_again(town: Town) -> None:
    dana, margaret = await told(town), await town.colleague("Margaret")
    first = town.record()
    assert first["appeal_closes_at"].startswith("2026-10-28")
    town.clock.go(at("2026-10-21 10:00"))
    answer = await correct(dana, changed=["dates"], ends_on="2027-03-15")
    assert "nothing is sent yet" in answer.text
    between = town.record()
    assert between["restrictions"][0]["ends_on"] == "2027-03-15"
    assert between["restrictions"][0]["in_force"] is True
    assert between["appeal_closes_at"] == first["appeal_closes_at"]
    assert between["corrections"][0]["changed"] == ["dates"]
    (kept,) = town.file().corrections
    assert (kept.before["ends_on"], kept.after["ends_on"]) == (
        first["restrictions"][0]["ends_on"],
        "2027-03-15",
    )
    assert any("was corrected" in one.text for one in await margaret.room())
    assert list(waits(town, "correction.unsent"))

    preview = await dana.fills(await dana.presses(answer.button("notice.prepare")), {"method": "email"})
    for part in (
        "We wrote to you on Wednesday 14 October 2026.",
        WRONG,
        "The dates",
        "This lasts until 11.59pm on Monday 15 March 2027.",
        "11.59pm on Wednesday 4 November 2026",
        "You can appeal against this decision.",
    ):
        assert part in preview.text, part
    assert town.record()["appeal_closes_at"] == first["appeal_closes_at"]
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    after = town.record()
    assert after["appeal_closes_at"].startswith("2026-11-04T23:59:59")
    assert [one["letter"] for one in after["notices"]] == ["decision", "correction"]
    assert [one["state"] for one in after["notices"]] == ["sent", "sent"]
    assert after["restrictions"][0]["starts_at"] == first["restrictions"][0]["starts_at"]
    assert {r.due_at.date().isoformat() for r in waits(town, "appeal.closed")} == {"2026-11-05"}
    assert {r.due_at.date().isoformat() for r in waits(town, "restriction.ended")} == {"2027-03-16"}
    assert len(town.record()["decisions"]) == 1


@pytest.mark.parametrize(
    ("changes", "answers", "field", "said"),
    [
        (  # what is wrong besides comes first
            {},
            {
                "changed": ["dates", "wording"],
                "ends_on": "2027-05-15",
                "case_for": "He is a liar.",
                "no_harder": "on",
            },
            "ends_on",
            "it lasts longer",
        ),
        ({}, {"changed": ["dates"]}, "changed", "Nothing is different yet"),
        ({}, {"changed": ["dates"], "ends_on": "2026-10-01"}, "ends_on", "This day is over"),
        ({}, {"changed": ["wording"], "case_for": "You are a nuisance."}, "no_harder", "Tick"),
        (
            {},
            {"changed": ["wording"], "case_for": "He is a liar.", "no_harder": "on"},
            "case_for",
            "judges the person",
        ),
        ({}, {"changed": ["wording"], "words": ""}, "words", "Fill in"),
    ],
)
async def test_correction_should_be_refused_at_its_field(
    town: Town, changes: Mapping[str, Answer], answers: Mapping[str, Answer], field: str, said: str
) -> None:
    dana = await told(town, **changes)
    before = town.record()
    refused = await correct(dana, strict=False, **answers)
    assert said in refused.errors[field], refused.errors
    now = town.record()
    assert (now["restrictions"], now["corrections"]) == (before["restrictions"], [])


@pytest.mark.parametrize(
    ("changes", "answers", "said", "carried"),
    [
        (
            {},
            {"changed": ["dates"], "ends_on": "2027-05-15"},
            "it lasts longer",
            {"ends_on": ["2027-05-15"], "measures": ["C1"]},
        ),
        ({}, {"changed": ["measures"], "measures": ["C1", "C3"]}, "it adds", {"measures": ["C1", "C3"]}),
        (
            {"scope": "one_service", "scope_detail": "Allotments"},
            {"changed": ["measures"], "scope": "whole_council"},
            "it covers more of the council",
            {"scope": ["whole_council"]},
        ),
    ],
)
async def test_harsher_correction_should_offer_a_new_decision_with_what_was_typed(
    town: Town,
    changes: Mapping[str, Answer],
    answers: Mapping[str, Answer],
    said: str,
    carried: dict[str, list[str]],
) -> None:
    dana = await told(town, **changes)
    before = town.record()
    offered = await correct(dana, strict=False, **answers)
    assert said in offered.text
    assert "Make a new proposal instead" in offered.text
    assert "Nothing is changed." in offered.text
    now = town.record()
    assert (now["restrictions"], now["corrections"]) == (before["restrictions"], [])
    assert len(town.log("correction.harsher")) == 1
    back = await dana.presses(offered.button("notice.correct"))  # nothing typed is lost either way
    assert back.fields["words"] == [WRONG]
    assert back.fields["changed"] == answers["changed"]
    pressed = offered.button("proposal.draft")
    other = await (await town.colleague("Margaret")).presses(pressed)
    assert "2027-05-15" not in other.html  # it was kept for Dana alone
    form, held = await dana.presses(pressed), dict[str, list[str]]()
    while form.kind == "form":
        held |= form.fields
        form = await dana.sends(form, {})
    assert {name: held[name] for name in carried} == carried
    assert town.record()["state"] == "proposal_waiting"
    open_one = town.file().open_proposal
    assert open_one is not None
    assert all(
        list(open_one.content[name]) == value or [open_one.content[name]] == value
        for name, value in carried.items()
    )


async def test_correction_that_came_back_should_leave_the_first_notice_standing(town: Town) -> None:
    dana = await told(town)
    before = town.record()
    town.clock.go(at("2026-10-20 10:00"))
    answer = await correct(dana, changed=["address"])
    preview = await dana.fills(await dana.presses(answer.button("notice.prepare")), {"method": "email"})
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    assert town.record()["notified_on"] == "2026-10-20"
    back = next(b for b in (await dana.types(CASE)).buttons if b.label == "It came back (Corrected notice)")
    await dana.presses(back)
    after = town.record()
    assert after["notified_on"] == "2026-10-14"
    assert after["restrictions"][0]["in_force"] is True
    assert after["restrictions"][0]["starts_at"] == before["restrictions"][0]["starts_at"]
    assert after["appeal_closes_at"].startswith("2026-11-03")  # what the correction promised is kept


async def test_only_those_who_work_on_the_case_should_correct(town: Town) -> None:
    dana = await told(town)
    (value,) = labelled(await dana.types(CASE), "Correct the notice")
    for name in ("Tom", "Leila", "Ruth"):
        assert (await (await town.colleague(name)).presses("notice.correct", value)).kind == "refuse"
    assert len([one for one in town.log("refused") if one[2]["what"] == "notice.correct"]) == 3


# --- harsher ------------------------------------------------------------------------------------------


async def test_harsher_change_should_be_a_new_decision_and_the_old_stay_until_the_new_starts(
    town: Town,
) -> None:
    dana, margaret = await told(town), await town.colleague("Margaret")
    town.clock.go(at("2026-11-10 10:00"))
    form = await press(dana, "Propose a new decision in its place")
    assert form.fields["measures"] == ["C1"]
    await dana.fills(form, {"measures": ["C1", "C3"], "ends_on": "2027-05-10"})
    assert town.record()["state"] == "proposal_waiting"
    await approve(margaret)
    decided = town.record()
    assert [one["decision"] for one in decided["decisions"]] == ["restriction", "restriction"]
    assert decided["state"] == "notice_due"
    assert [one["in_force"] for one in decided["restrictions"]] == [True, False]
    assert decided["restrictions"][0]["measures"] == ["C1"]
    preview = await dana.fills(await press(dana, "Prepare the notice"), {"method": "first-class"})
    assert "It takes the place of the limits we told you about on Wednesday 14 October 2026." in preview.text
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    town.clock.go(at("2026-11-11 23:59:59"))
    posted = town.record()
    assert [one["in_force"] for one in posted["restrictions"]] == [True, False]
    town.clock.pass_by(seconds=1)
    started = town.record()
    assert [one["in_force"] for one in started["restrictions"]] == [False, True]
    assert started["restrictions"][0]["ended_at"] == "2026-11-12T00:00:00+00:00"
    assert started["appeal_closes_at"].startswith("2026-11-26T23:59:59")
    back = [b for b in (await dana.types(CASE)).buttons if b.id == "notice.bounced"]
    newest = town.file().notices[-1].id
    await dana.presses(next(b for b in back if b.value == newest))
    returned = town.record()
    assert [one["in_force"] for one in returned["restrictions"]] == [True, False]
    assert town.log("restriction.goes_on")


async def test_new_decision_should_overtake_one_the_person_was_never_told_of(town: Town) -> None:
    await decide(town)
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    form = await press(dana, "Propose a new decision in its place")
    await dana.fills(form, {"measures": ["C3"]})
    await approve(margaret)
    opened = await dana.types(CASE)
    assert len(labelled(opened, "Prepare the notice")) == 1
    await dana.fills(
        await dana.presses("notice.prepare", labelled(opened, "Prepare the notice")[0]), {"method": "email"}
    )
    assert next(one["reason"] for one in town.record()["restrictions"]) in ("ended", "not_notified")


# --- came back, and another way -----------------------------------------------------------------------


async def test_notice_that_came_back_should_ask_for_another_way_and_take_the_same_letter(town: Town) -> None:
    dana = await told(town)
    town.clock.go(at("2026-10-15 10:00"))
    back = (await dana.types(CASE)).button("notice.bounced")
    await dana.presses(back)
    (task,) = [one for one in await dana.room() if one.title == TO_DO]
    assert "The notice came back" in task.text
    assert "Find another way" in task.text
    assert town.record()["restrictions"][0]["reason"] == "not_notified"
    await quietly(town, at("2026-10-16 08:00"))
    await fires_at(town, at("2026-10-16 09:00"))
    assert "is not recorded as sent" in (await reminded(town, "Dana"))[-1]
    form = await press(dana, "Send it another way")
    same = await dana.fills(form, {"method": "email", "address": "alex.marsden@example.com"}, strict=False)
    assert "Choose another way" in same.errors["method"]
    await dana.sends(same, {"method": "hand", "address": "1 High Street"})
    found = town.record()
    assert found["notified_on"] == "2026-10-16"
    assert found["restrictions"][0]["in_force"] is True
    assert found["appeal_closes_at"].startswith("2026-10-30")
    (notice,) = found["notices"]
    assert [one["method"] for one in notice["sent"]] == ["email", "hand"]
    assert town.file().dispatches[town.file().notices[0].id][1].address == "1 High Street"
    assert any(one.title == "Done: INC-2026-0001" for one in await dana.room())
    opened = await dana.types(CASE)
    assert "Sent again" in opened.text


async def test_two_channels_should_count_from_the_later_until_that_one_comes_back(town: Town) -> None:
    dana = await told(town)
    form = await press(dana, "Send it another way")
    await dana.fills(form, {"method": "second-class", "address": "1 High Street"})
    both = town.record()
    assert both["notified_on"] == "2026-10-20"
    assert both["appeal_closes_at"].startswith("2026-11-03")
    assert both["restrictions"][0]["reason"] == "not_started"
    opened = await dana.types(CASE)
    letter = next(b for b in opened.buttons if b.label.startswith("Came back: second class"))
    town.clock.go(at("2026-10-22 10:00"))
    await dana.presses(letter)
    one = town.record()
    assert one["notified_on"] == "2026-10-14"
    assert one["restrictions"][0]["in_force"] is True
    assert [n["state"] for n in one["notices"]] == ["sent"]
    assert not [m for m in await dana.room() if m.title == TO_DO]


async def test_letter_written_anew_should_finish_the_task_too(town: Town) -> None:
    dana = await told(town)
    await dana.presses((await dana.types(CASE)).button("notice.bounced"))
    preview = await dana.fills(
        await press(dana, "Prepare the notice"), {"method": "hand", "address": "1 High Street"}
    )
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    assert any(one.title == "Done: INC-2026-0001" for one in await dana.room())
    assert town.record()["restrictions"][0]["in_force"] is True


# --- warnings -----------------------------------------------------------------------------------------

CALM: dict[str, Answer] = {
    "examples": ["A1"],
    "warning": "not_given",
    "no_warning_reason": "other",
    "no_warning_words": "He had left.",
    "offence": "no",
    "what_happened": "He shouted at the desk.",
}


async def warn(town: Town, reference: str = "INC-2026-0001") -> Colleague:
    """A warning by decision, of which the person was told by email now."""
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"), **CALM)
    await sign(dana, reference, finding="warning", reasons="He shouted at the desk.")
    await agree(margaret, reference)
    preview = await dana.fills(
        await press(dana, "Prepare the notice", f"/incident case {reference}"), {"method": "email"}
    )
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    return dana


async def test_warning_should_count_twelve_months_from_the_day_the_person_was_told(town: Town) -> None:
    dana = await warn(town)
    assert "It counts until Thursday 14 October 2027." in town.file().notices[0].text
    (data,) = town.record()["warnings"]
    assert data == {
        "reference": "INC-2026-0001",
        "how": "written",
        "formal": True,
        "given_on": "2026-10-14",
        "counts_until": "2027-10-14",
        "live": True,
    }
    assert "It counts until 11.59pm on Thursday 14 October 2027." in (await dana.types(CASE)).text
    tom = await town.colleague("Tom")
    looked = await tom.types("/incident check Alex Marsden")
    assert "A warning was given. It counts until 11.59pm on Thursday 14 October 2027." in looked.text
    assert "shouted" not in looked.text
    town.clock.go(at("2027-10-14 23:59:59"))
    assert town.record()["warnings"][0]["live"] is True
    town.clock.pass_by(seconds=1)
    assert town.record()["warnings"][0]["live"] is False
    assert "A warning was given" not in (await tom.types("/incident check Alex Marsden")).text


@pytest.mark.parametrize(
    ("happened", "reached"),
    [("2026-10-13", False), ("2026-10-15", True), ("2027-10-14", True), ("2027-10-15", False)],
)
async def test_warning_by_decision_should_be_a_rung_in_the_persons_next_case(
    town: Town, happened: str, reached: bool
) -> None:
    """A restriction needs an incident that follows the warning, at most twelve months later (R14)."""
    await warn(town)
    await quietly(town, at("2027-10-20 10:00"))
    said = {"warning": "", "no_warning_reason": "", "no_warning_words": "", "happened_on": happened}
    await report(await town.colleague("Tom"), **{**CALM, **said})
    dana = await town.colleague("Dana")
    before = await sign_second(dana)
    assert "needs an earlier warning" in before.errors["finding"]
    await propose_merge(dana, "INC-2027-0001")  # two colleagues make sure that it is the same person
    margaret = await town.colleague("Margaret")
    card = await margaret.presses((await margaret.latest("one person")).button("merge.look"))
    await margaret.presses(card.button("merge.confirm"))
    form = await sign_second(dana)
    assert (form.kind != "errors") is reached, form.text


async def sign_second(dana: Colleague) -> Seen:
    """Sign that a restriction is the answer in the second case."""
    opened = await dana.types("/incident case INC-2027-0001")
    form = await dana.presses(opened.button("finding.sign"))
    return await dana.fills(form, FINDING, strict=False)


async def test_corrected_warning_should_say_the_new_words_and_promise_no_later_end(town: Town) -> None:
    dana = await warn(town)
    town.clock.go(at("2026-11-02 10:00"))
    form = await press(dana, "Correct the notice")
    answer = await dana.fills(
        form,
        {"changed": ["wording"], "words": WRONG, "case_for": "He raised his voice.", "no_harder": "on"},
    )
    preview = await dana.fills(await dana.presses(answer.button("notice.prepare")), {"method": "email"})
    assert "He raised his voice." in preview.text
    assert "It counts until Thursday 14 October 2027." in preview.text
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    assert town.record()["warnings"][0]["counts_until"] == "2027-10-14"
    assert town.record()["appeal_closes_at"].startswith("2026-11-16")
