"""An appeal from the letter to the outcome (R35, R36)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.journeys.appeal_steps import REF, agree, appeal_card, assign, heard, record, told, verdict
from tests.journeys.steps import decide
from tests.town import Answer, Town

WORDS = ("stick", "hip", "recording", "Marsden", "fist")


async def test_appeal_should_end_the_restriction_at_once_when_quashed(town: Town) -> None:
    await told(town)
    dana, ruth, leila, tom = [await town.colleague(name) for name in ("Dana", "Ruth", "Leila", "Tom")]
    seen = await record(dana)
    assert "recorded. It is in time" in seen.text
    assert town.record()["state"] == "appeal_undecided"
    assert (await assign(town)).title == f"Appeal: {REF}"
    card = await appeal_card(ruth)
    assert [one.label for one in card.buttons] == ["Read the case", "Decide", "Pause the restriction"]
    assert not any(word in card.text for word in WORDS)
    assert "stick" in (await ruth.presses(card.button("case.open"))).text
    assert "1 of 2" in (await verdict(ruth)).text
    assert "A restriction is in force" in (await tom.types("/incident check marsden")).title
    assert "cancelled" in (await agree(leila)).text
    assert "No restriction is in force" in (await tom.types("/incident check marsden")).title
    found = town.record()
    (restriction,) = found["restrictions"]
    assert (restriction["in_force"], restriction["reason"]) == (False, "ended")
    (appeal,) = found["appeals"]
    assert appeal["outcome"] == "quashed"
    assert restriction["ended_at"] == appeal["decided_at"]
    assert found["state"] == "appeal_decided"
    assert any("To do" in one.title for one in await dana.room())
    (notice,) = await leila.room("councillors")
    assert "The decision is cancelled." in notice.text
    assert [detail["outcome"] for _, _, detail in town.log("appeal.decided")] == ["quashed"]


@pytest.mark.parametrize("name", ["Priya", "Tom", "Leila", "Ian", "Ruth", "Owen"])
async def test_recording_should_be_for_those_who_work_the_case(town: Town, name: str) -> None:
    await told(town)
    stranger = await town.colleague(name)
    seen = await stranger.types(f"/incident appeal {REF}")
    assert seen.kind == "refuse"
    assert not any(word in seen.text for word in WORDS)
    assert town.file().appeals == ()


@pytest.mark.parametrize("name", ["Dana", "Sam", "Margaret"])
async def test_recording_should_be_open_to_the_officers_and_the_chair(town: Town, name: str) -> None:
    await told(town)
    await record(await town.colleague(name), received_by="dictated")
    (appealed,) = town.file().appeals
    assert appealed.record.received_by == "dictated"
    assert appealed.record.recorded_by == town.people[name]
    assert appealed.record.received_at < appealed.record.recorded_at


async def test_appeal_should_wait_for_a_decision_the_person_was_told_of(town: Town) -> None:
    await decide(town)
    dana = await town.colleague("Dana")
    seen = await dana.types(f"/incident appeal {REF}")
    assert "has not been told" in seen.text
    opened = await dana.types(f"/incident case {REF}")
    assert "appeal.record" not in [one.id for one in opened.buttons]


async def test_second_appeal_should_wait_for_the_first(town: Town) -> None:
    await told(town)
    dana, sam = await town.colleague("Dana"), await town.colleague("Sam")
    form = await sam.types(f"/incident appeal {REF}")
    await record(dana)
    twice = await sam.fills(form, {"received_by": "email", "text": "Again."}, strict=False)
    assert "recorded already" in twice.text
    assert len(town.file().appeals) == 1


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"received_on": "2026-10-21"}, "received_on", "future"),
        ({"received_on": "2026-10-20", "received_at": "23:00"}, "received_at", "later than now"),
        ({"received_on": "2026-10-13"}, "received_on", "before the decision"),
        ({"text": " "}, "text", "Fill in"),
        ({"received_by": ""}, "received_by", "Choose"),
    ],
)
async def test_bad_appeal_should_be_refused_at_its_field(
    town: Town, answers: dict[str, Answer], field: str, said: str
) -> None:
    await told(town)
    dana = await town.colleague("Dana")
    form = await dana.types(f"/incident appeal {REF}")
    typed = {
        "received_by": "letter",
        "received_on": "2026-10-20",
        "received_at": "09:00",
        "text": "It was not me.",
    }
    refused = await dana.fills(form, {**typed, **answers}, strict=False)
    assert said in refused.errors[field]
    assert town.file().appeals == ()


# --- late -------------------------------------------------------------------------------------------


async def _late(town: Town) -> None:
    await told(town)
    town.clock.go(datetime.fromisoformat("2026-11-02 09:00"))
    seen = await record(await town.colleague("Dana"), received_on="2026-10-30")
    assert "late by 2 days" in seen.text


async def test_late_appeal_should_be_accepted_by_one_name(town: Town) -> None:
    await _late(town)
    margaret = await town.colleague("Margaret")
    form = await margaret.presses((await appeal_card(margaret)).button("appeal.accept_late"))
    await margaret.fills(form, {"reasons": "They were in hospital."})
    (appeal,) = town.record()["appeals"]
    assert (appeal["late_by_days"], appeal["state"]) == (2, "waiting_for_reviewers")
    dana = await town.colleague("Dana")
    opened = await dana.types(f"/incident case {REF}")
    assert "They were in hospital." in opened.text
    assert "late by 2 days" in opened.text


async def test_late_appeal_should_be_refused_by_two_names_only(town: Town) -> None:
    await _late(town)
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    reasons: dict[str, Answer] = {"reasons": "Two days late, without a word why."}
    card = await appeal_card(dana)
    await dana.fills(await dana.presses(card.button("appeal.refuse_late")), reasons)
    assert town.record()["appeals"][0]["state"] == "late"
    again = await dana.presses(card.button("appeal.refuse_late"))
    assert "different colleague" in again.text
    await margaret.fills(
        await margaret.presses((await appeal_card(margaret)).button("appeal.refuse_late")), reasons
    )
    found = town.record()
    assert found["appeals"][0]["state"] == "refused_late"
    assert found["restrictions"][0]["in_force"] is True
    assert found["state"] == "appeal_decided"
    late = await dana.presses(card.button("appeal.accept_late"))
    assert "refused by the Chair of F&GP" in late.text


async def test_two_refusals_and_an_acceptance_at_one_instant_should_give_one_answer(town: Town) -> None:
    await _late(town)
    people = [await town.colleague(name) for name in ("Dana", "Margaret", "Sam")]
    ids = [one.record.id for one in town.file().appeals]
    forms = [
        await people[0].presses("appeal.refuse_late", ids[0]),
        await people[1].presses("appeal.refuse_late", ids[0]),
        await people[2].presses("appeal.accept_late", ids[0]),
    ]
    await asyncio.gather(
        *(who.fills(form, {"reasons": "So."}, strict=False) for who, form in zip(people, forms, strict=True))
    )
    (appeal,) = town.record()["appeals"]
    given = [one["answer"] for one in appeal["answers"]]
    assert appeal["state"] == ("waiting_for_reviewers" if "accept" in given else "refused_late")
    assert given.count("accept") + (given.count("refuse") == 2) == 1


# --- reviewers --------------------------------------------------------------------------------------


async def test_reviewers_form_should_show_who_is_barred_and_why(town: Town) -> None:
    await told(town)
    dana = await town.colleague("Dana")
    await record(dana)
    form = await dana.presses((await appeal_card(dana)).button("appeal.assign"))
    assert "Councillor Margaret Hall Chair of F&GP" in form.text
    assert "they investigated the case and they approved the decision" in form.text
    assert set(form.options("reviewers").values()) == {
        town.people[name] for name in ("Ruth", "Owen", "Ian", "Leila")
    }
    assert form.fields["reviewers"][0] == town.people["Ruth"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Owen", "Leila"), "The Mayor can hear this appeal"),
        (("Ruth",), "Choose two different councillors"),
        (("Ruth", "Owen", "Leila"), "Choose two different councillors"),
        (("Ruth", "Margaret"), "Choose from the answers"),
        (("Ruth", "Dana"), "Choose from the answers"),
    ],
)
async def test_pair_that_may_not_hear_it_should_be_refused(
    town: Town, names: tuple[str, ...], said: str
) -> None:
    await told(town)
    await record(await town.colleague("Dana"))
    refused = await assign(town, *names)
    assert said in refused.errors["reviewers"]
    assert town.file().appeals[0].picked == ()


@pytest.mark.parametrize("name", ["Dana", "Sam", "Margaret", "Owen", "Ian", "Tom", "Priya"])
async def test_deciding_should_be_for_the_two_reviewers(town: Town, name: str) -> None:
    await told(town)
    await record(await town.colleague("Dana"))
    await assign(town)
    await verdict(await town.colleague("Ruth"))
    (appealed,) = town.file().appeals
    stranger = await town.colleague(name)
    for button, value in (
        ("appeal.decide", appealed.record.id),
        ("appeal.pause", appealed.record.id),
        ("appeal.agree", f"{appealed.record.id}:{appealed.answers[0].id}"),
    ):
        seen = await stranger.presses(button, value)
        assert seen.kind == "refuse", (button, seen.text)
        assert not any(word in seen.text for word in WORDS)
    assert town.record()["appeals"][0]["state"] == "with_reviewers"
    assert {actor for actor, _, _ in town.log("refused")} == {name}


async def test_reviewer_who_left_office_should_be_replaced_and_the_other_stay(town: Town) -> None:
    await told(town)
    dana, leila = await town.colleague("Dana"), await town.colleague("Leila")
    await record(dana)
    await assign(town)
    await verdict(await town.colleague("Ruth"))
    with town.civility.store.write(town.council_id) as uow:
        held = next(id for id, one in uow.offices.rows() if one.colleague_id == leila.id)
        uow.offices.end(held, date(2026, 10, 20), dana.id)
        uow.commit()
    town.clock.pass_by(days=1)
    (appealed,) = town.file().appeals
    assert (await leila.presses("appeal.decide", appealed.record.id)).kind == "refuse"
    opened = await dana.types(f"/incident case {REF}")
    form = await dana.presses(opened.button("appeal.assign"))
    assert town.people["Ruth"] in form.fields["reviewers"]
    swap = await dana.fills(form, {"reviewers": [town.people["Owen"], town.people["Ian"]]}, strict=False)
    assert "The Mayor can hear" in swap.errors["reviewers"] or "stays" in swap.errors["reviewers"]
    await dana.fills(form, {"reviewers": [town.people["Ruth"], town.people["Ian"]]})
    found = town.record()["appeals"][0]["reviewers"]
    assert [one["released_why"] for one in found] == ["", "reviewer_not_councillor", ""] or len(found) == 3
    ian = await town.colleague("Ian")
    await agree(ian)  # Ruth's answer still stands
    assert town.record()["appeals"][0]["outcome"] == "quashed"


async def test_reviewer_who_can_hear_it_should_not_be_replaced(town: Town) -> None:
    await told(town)
    dana = await town.colleague("Dana")
    await record(dana)
    await assign(town)
    (appealed,) = town.file().appeals
    form = await dana.presses("appeal.assign", appealed.record.id)
    refused = await dana.fills(form, {"reviewers": [town.people["Ruth"], town.people["Ian"]]}, strict=False)
    assert "stays" in refused.errors["reviewers"]
    assert len(town.file().appeals[0].reviewers) == 2


# --- outcomes ---------------------------------------------------------------------------------------


async def test_split_should_be_shown_and_settled_by_talking(town: Town) -> None:
    await told(town)
    dana, ruth, leila = [await town.colleague(name) for name in ("Dana", "Ruth", "Leila")]
    await record(dana)
    await assign(town)
    await verdict(ruth)
    split = await verdict(leila, outcome="upheld", reasons="A fist was raised.")
    assert "do not agree yet" in split.text
    assert town.record()["appeals"][0]["state"] == "split"
    assert town.record()["restrictions"][0]["in_force"] is True
    await agree(ruth)
    found = town.record()
    assert (found["appeals"][0]["outcome"], found["restrictions"][0]["in_force"]) == ("upheld", True)
    assert [one["answer"] for one in found["appeals"][0]["answers"]] == ["quashed", "upheld", "upheld"]


async def test_two_reviewers_at_one_instant_should_make_one_outcome(town: Town) -> None:
    await told(town)
    await record(await town.colleague("Dana"))
    await assign(town)
    reviewers = [await town.colleague(name) for name in ("Ruth", "Leila")]
    await asyncio.gather(*(verdict(one) for one in reviewers))
    found = town.record()["appeals"][0]
    assert (found["state"], found["outcome"]) == ("decided", "quashed")
    assert len(found["answers"]) == 2
    assert len(town.log("appeal.decided")) == 1
    assert len(town.log("restriction.ended")) == 1


async def test_varied_should_be_milder_from_now_on_and_keep_the_old_terms(town: Town) -> None:
    await told(town, measures=["C1", "C3"])
    await record(await town.colleague("Dana"))
    await assign(town)
    ruth, leila, dana = [await town.colleague(name) for name in ("Ruth", "Leila", "Dana")]
    await verdict(ruth, outcome="varied", measures=["C1"], ends_on="2026-12-31")
    await agree(leila)
    old, new = town.record()["restrictions"]
    assert (old["in_force"], old["measures"], old["reason"]) == (False, ["C1", "C3"], "ended")
    assert (new["in_force"], new["measures"], new["ends_on"]) == (True, ["C1"], "2026-12-31")
    assert new["starts_at"] == old["ended_at"]
    task = next(one for one in await dana.room() if "To do" in one.title)
    assert "Unblock the person on the council’s social media." in task.text.replace("'", "’")
    tom = await town.colleague("Tom")
    assert "31 December 2026" in (await tom.types("/incident check marsden")).text


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"ends_on": "2028-01-01"}, "outcome", "never end in something harsher"),
        ({}, "outcome", "This changes nothing"),
        ({"scope": "one_issue"}, "scope_detail", "Name the issue"),
    ],
)
async def test_varied_should_never_be_harsher_nor_say_nothing(
    town: Town, answers: dict[str, Answer], field: str, said: str
) -> None:
    await told(town)
    await record(await town.colleague("Dana"))
    await assign(town)
    refused = await verdict(await town.colleague("Ruth"), outcome="varied", **answers)
    assert said in refused.errors[field]
    assert town.file().appeals[0].answers == ()


async def test_same_terms_in_other_words_should_be_a_split(town: Town) -> None:
    await told(town)
    await record(await town.colleague("Dana"))
    await assign(town)
    for name, detail in (("Ruth", "the allotments"), ("Leila", "the cemetery")):
        await verdict(await town.colleague(name), outcome="varied", scope="one_issue", scope_detail=detail)
    assert town.record()["appeals"][0]["state"] == "split"
    assert len(town.record()["restrictions"]) == 1


async def test_sent_back_should_ask_both_offices_again_while_the_old_decision_stands(town: Town) -> None:
    await heard(town, outcome="sent_back")
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    found = town.record()
    assert found["state"] == "reported"
    assert found["restrictions"][0]["in_force"] is True
    assert all(one["replaced_at"] for one in found["findings"])
    assert "the decision is made again" in (await dana.latest(REF)).text or any(
        "the decision is made again" in one.text for one in await dana.room()
    )
    seats = town.file().seats
    assert {one.colleague_id for one in seats.everybody} == {dana.id, margaret.id}  # nobody is late yet
    form = await dana.presses("finding.sign", town.file().case.id)
    await dana.fills(form, {"finding": "no_action", "reasons": "It was a stick."})
    first = next(iter(town.file().by_seat.values()))
    await margaret.presses("finding.agree", first.id)
    after = town.record()
    assert [one["decision"] for one in after["decisions"]] == ["restriction", "no_action"]
    assert after["restrictions"][0]["in_force"] is False


async def test_pause_should_need_both_reviewers_and_hold_at_once(town: Town) -> None:
    await told(town)
    ruth, leila, tom = [await town.colleague(name) for name in ("Ruth", "Leila", "Tom")]
    await record(await town.colleague("Dana"))
    await assign(town)
    button = (await appeal_card(ruth)).button("appeal.pause")
    await ruth.presses(button)
    again = await ruth.presses(button)
    assert "already" in again.text
    assert town.record()["restrictions"][0]["in_force"] is True
    await leila.presses((await appeal_card(leila)).button("appeal.pause"))
    restriction = town.record()["restrictions"][0]
    assert (restriction["in_force"], restriction["reason"]) == (False, "paused")
    started = restriction["pauses"][0]["from"]
    assert restriction["pauses"] == [{"from": started, "lifted_at": None, "until": None}]
    assert "No restriction is in force" in (await tom.types("/incident check marsden")).title
    assert "does not hold" in (await appeal_card(ruth)).text


async def test_withdrawn_appeal_should_leave_the_decision_as_it_is(town: Town) -> None:
    await told(town)
    dana = await town.colleague("Dana")
    await record(dana)
    form = await dana.presses((await appeal_card(dana)).button("appeal.withdraw"))
    await dana.fills(form, {"reasons": "Their email of 20 October."})
    found = town.record()
    assert (found["appeals"][0]["state"], found["restrictions"][0]["in_force"]) == ("withdrawn", True)
    assert "The appeal was withdrawn." in (await appeal_card(dana)).text


async def test_settled_decision_should_not_be_appealed_again(town: Town) -> None:
    await heard(town, outcome="upheld")
    dana = await town.colleague("Dana")
    seen = await dana.types(f"/incident appeal {REF}")
    assert "can’t be appealed again" in seen.text.replace("'", "’")


async def test_reviewer_who_answered_and_left_office_should_be_waited_for_no_more(town: Town) -> None:
    await told(town)
    dana, ruth, leila = [await town.colleague(name) for name in ("Dana", "Ruth", "Leila")]
    await record(dana)
    await assign(town)
    await verdict(leila)
    with town.civility.store.write(town.council_id) as uow:
        held = next(id for id, one in uow.offices.rows() if one.colleague_id == leila.id)
        uow.offices.end(held, date(2026, 10, 20), dana.id)
        uow.commit()
    town.clock.pass_by(days=1)
    opened = await dana.types(f"/incident case {REF}")
    assert "appeal.assign" not in [one.id for one in opened.buttons]
    await agree(ruth)
    found = town.record()["appeals"][0]
    assert (found["outcome"], [one["office"] for one in found["answers"]]) == (
        "quashed",
        ["councillor", "mayor"],
    )


async def test_late_answer_that_is_neither_yes_nor_no_should_be_refused(town: Town) -> None:
    await _late(town)
    dana = await town.colleague("Dana")
    form = await dana.presses((await appeal_card(dana)).button("appeal.accept_late"))
    bent = replace(form, html=form.html.replace('value="accept:', 'value="perhaps:'))
    seen = await dana.fills(bent, {"reasons": "So."}, strict=False)
    assert seen.kind in ("errors", "refuse")
    assert town.file().appeals[0].answers == ()
