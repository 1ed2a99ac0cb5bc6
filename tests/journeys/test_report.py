"""Reporting: bad input on every field, drafts, urgency, adding and withdrawing (R1-R12, R42, R47)."""

from __future__ import annotations

import pytest

from tests.journeys.steps import THREAT, report, sign
from tests.town import Answer, Colleague, Seen, Town

LONG = {"what_happened": 3000, "person_name": 200, "person_contact": 200, "place": 200}
ODD = "Zoë 🙂 \u202eabc\u202c <b>&amp;</b> <!channel> *bold* ’ — 漢字"


@pytest.mark.parametrize(
    ("page", "field", "bad", "said"),
    [
        (0, "person_is", "a ghost", "Choose from the answers listed"),
        (0, "person_is", "", "Choose an answer"),
        *((0, name, "x" * (limit + 1), "1 character too long") for name, limit in LONG.items()),
        (0, "happened_on", "2026-02-30", "must be a real date"),
        (0, "happened_on", "tomorrow", "must be a real date"),
        (0, "happened_on", "1066-10-14", "between 2000 and 2099"),
        (0, "happened_at", "25:00", "must be a time of day"),
        (0, "channel", "pigeon", "Choose from the answers listed"),
        (0, "category", "", "Choose an answer"),
        (0, "what_happened", " \n\t\x00 ", "Fill in"),
        (1, "examples", ["A2", "Z9"], "Choose from the answers listed"),
        (1, "target", ["nobody"], "Choose from the answers listed"),
        (1, "actions_taken", ["ran"], "Choose from the answers listed"),
        (1, "warning", "perhaps", "Choose from the answers listed"),
        (1, "offence", "maybe", "Choose from the answers listed"),
        (1, "injury", "soul", "Choose from the answers listed"),
        (1, "adjustments", "x" * 1001, "1 character too long"),
        (2, "no_warning_reason", "rain", "Choose from the answers listed"),
        (2, "no_warning_words", "x" * 1001, "1 character too long"),
        (2, "offence_words", "x" * 1001, "1 character too long"),
    ],
)
async def test_bad_input_should_stand_at_its_field_and_lose_nothing(
    town: Town, page: int, field: str, bad: Answer, said: str
) -> None:
    priya = await town.colleague("Priya")
    form = await _on_page(priya, page)
    wrong = await priya.sends(form, {**THREAT, field: bad})
    assert wrong.kind == "errors", wrong.text
    assert said in wrong.errors[field]
    assert set(wrong.errors) == {field}
    for name, typed in THREAT.items():
        if name in wrong.fields and name != field:
            assert wrong.fields[name] == ([typed] if isinstance(typed, str) else list(typed)), name
    if isinstance(bad, str) and bad.strip(" \n\t\x00") and "listed" not in said and "real" not in said:
        assert wrong.fields[field] == [bad]
    done = await priya.fills(Seen("form", wrong.html), {field: "", **THREAT})
    assert done.title == "Report received: INC-2026-0001"
    assert town.file().incidents[0].what_happened == THREAT["what_happened"]


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"happened_on": "2026-10-15"}, "happened_on", "future"),
        ({"happened_at": "23:59"}, "happened_at", "future"),
        ({"person_name": ""}, "person_name", ""),
        ({"warning": "spoken", "warning_words": ""}, "warning_words", ""),
        ({"no_warning_reason": "other", "no_warning_words": ""}, "no_warning_words", ""),
    ],
)
async def test_what_only_the_policy_sees_should_be_said_at_its_field(
    town: Town, answers: dict[str, Answer], field: str, said: str
) -> None:
    priya = await town.colleague("Priya")
    form = await priya.types("/incident")
    wrong = await priya.fills(form, {**THREAT, **answers}, strict=False)
    assert said in wrong.errors[field]
    back = wrong
    while back.hidden["page"] != "0":
        back = await priya.sends(back, {}, step="back")
    assert back.fields["what_happened"] == [THREAT["what_happened"]]


async def test_words_should_be_kept_exactly_as_typed(town: Town) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"), what_happened=ODD, person_name=ODD, place=ODD)
    (incident,) = town.file().incidents
    assert (incident.what_happened, incident.place, town.file().person.name) == (ODD, ODD, ODD)
    opened = await dana.types("/incident case INC-2026-0001")
    assert "<b>" not in opened.html
    assert "&lt;b&gt;" in opened.html


async def test_draft_should_be_its_writers_only(town: Town) -> None:
    priya, tom = await town.colleague("Priya"), await town.colleague("Tom")
    form = await _on_page(priya, 1)
    stolen = await tom.sends(form, {}, step="back")
    assert stolen.kind == "form"
    assert "fist" not in stolen.html
    back = await priya.sends(form, {}, step="back")
    assert back.fields["what_happened"] == [THREAT["what_happened"]]


async def test_urgent_report_should_ask_the_deputy_too(town: Town) -> None:
    priya, sam = await town.colleague("Priya"), await town.colleague("Sam")
    received = await report(priya)
    assert "call 999" in received.text
    assert "A threat, violence or a possible crime" in (await sam.latest()).text
    calm = {"examples": ["A1"], "offence": "no", "warning": "spoken", "warning_words": "Please stop."}
    await report(priya, **calm)
    assert not town.file("INC-2026-0002").case.urgent
    assert not any("INC-2026-0002" in one.text for one in await sam.room())


async def test_injury_should_be_followed_by_its_reminders(town: Town) -> None:
    await report(await town.colleague("Priya"), injury="physical")
    with town.civility.store.read(town.council_id) as uow:
        due = {one.kind: one.due_at.date().isoformat() for one in uow.reminders.waiting()}
    assert (due["injury.day4"], due["injury.day8"]) == ("2026-10-18", "2026-10-22")
    assert due["debrief"] == "2026-10-15"


async def test_reporter_should_withdraw_until_a_finding_is_signed(town: Town) -> None:
    priya, tom, dana = [await town.colleague(name) for name in ("Priya", "Tom", "Dana")]
    received = await report(priya)
    button = received.button("case.withdraw")
    assert (await tom.presses(button)).kind == "refuse"
    gone = await priya.presses(button)
    assert "withdrawn" in gone.text
    assert town.record()["state"] == "withdrawn"
    assert "withdrawn" in (await dana.latest("INC-2026-0001")).text
    with town.civility.store.read(town.council_id) as uow:
        assert uow.reminders.waiting() == ()
    second = await report(priya)
    await sign(dana, "INC-2026-0002")
    late = await priya.presses(second.button("case.withdraw"))
    assert "A finding is signed" in late.text
    assert town.record("INC-2026-0002")["withdrawn_at"] is None


async def test_second_incident_should_join_the_case(town: Town) -> None:
    priya, tom = await town.colleague("Priya"), await town.colleague("Tom")
    received = await report(priya)
    form = await priya.presses(received.button("incident.add"))
    assert "person_name" not in form.fields
    more = {**THREAT, "what_happened": "He came back and shouted.", "happened_at": "09:55"}
    done = await priya.fills(form, more)
    assert "INC-2026-0001" in done.title
    assert [one.what_happened for one in town.file().incidents][1] == "He came back and shouted."
    assert (await tom.presses("incident.add", town.file().case.id)).kind == "refuse"


async def test_sensitive_words_should_be_only_for_those_who_decide(town: Town) -> None:
    priya, dana, leila = [await town.colleague(name) for name in ("Priya", "Dana", "Leila")]
    await report(priya, adjustments="He has dyslexia.", examples=["A3"], characteristic="my accent")
    whole = (await dana.types("/incident case INC-2026-0001")).text
    assert "dyslexia" in whole
    assert "my accent" in whole
    own = (await priya.types("/incident case INC-2026-0001")).text
    assert "dyslexia" not in own
    assert "There is no case" in (await leila.types("/incident case INC-2026-0001")).text


async def _on_page(who: Colleague, page: int) -> Seen:
    form = await who.types("/incident")
    while form.hidden["page"] != str(page):
        form = await who.sends(form, THREAT)
        assert form.kind == "form", form.errors
    return form
