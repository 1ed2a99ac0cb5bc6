"""An appeal that is not the plain one: conflicts, interim limits, warnings, closed cases, decisions made again."""

from __future__ import annotations

from datetime import datetime

from policy.offices import Absence
from tests.journeys.appeal_steps import REF, agree, appeal_card, assign, heard, record, told, verdict
from tests.journeys.steps import PROPOSAL, notify, report, sign
from tests.journeys.steps import agree as agree_finding
from tests.journeys.test_reminders import at
from tests.journeys.test_reviews import invite, review, under_review
from tests.town import Answer, Colleague, Seen, Town

MAIL: dict[str, Answer] = {"method": "email", "address": "alex.marsden@example.com"}


async def _ending(dana: Colleague) -> Seen:
    """The chief officer tells the person how the appeal ended."""
    opened = await dana.types(f"/incident case {REF}")
    button = next(one for one in opened.buttons if one.label == "Write how the appeal ended")
    preview = await dana.fills(await dana.presses(button), MAIL)
    return await dana.fills(await dana.presses(preview.button("notice.send")), {})


async def test_reviewer_found_conflicted_should_lose_sight_and_their_answer_should_not_count(
    town: Town,
) -> None:
    await told(town)
    dana, ruth, leila, ian = [await town.colleague(name) for name in ("Dana", "Ruth", "Leila", "Ian")]
    await record(dana)
    await assign(town)
    await verdict(leila)
    with town.civility.store.write(town.council_id) as uow:
        uow.conflicts.add(town.file().case.id, leila.id, "interest", "They are cousins.", dana.id)
        uow.commit()
    (appealed,) = town.file().appeals
    assert (await leila.presses("case.open", town.file().case.id)).kind == "refuse"
    assert (await leila.presses("appeal.decide", appealed.record.id)).kind == "refuse"
    value = f"{appealed.record.id}:{appealed.answers[0].id}"
    assert "has not answered yet" in (await ruth.presses("appeal.agree", value)).text
    await verdict(ruth)
    assert town.record()["appeals"][0]["state"] == "with_reviewers"  # one answer counts, not two
    form = await dana.presses((await appeal_card(dana)).button("appeal.assign"))
    assert "a conflict of interest is recorded" in form.text
    await dana.fills(form, {"reviewers": [ruth.id, ian.id]})
    await agree(ian)
    found = town.record()["appeals"][0]
    assert found["outcome"] == "quashed"
    assert [one["released_why"] for one in found["reviewers"]].count("reviewer_took_part") == 1


async def test_reviewer_who_is_away_should_make_room(town: Town) -> None:
    await told(town)
    dana, ruth = await town.colleague("Dana"), await town.colleague("Ruth")
    await record(dana)
    await assign(town)
    with town.civility.store.write(town.council_id) as uow:
        uow.offices.add_absence(Absence(ruth.id, town.clock.now.date()), dana.id)
        uow.commit()
    opened = await dana.types(f"/incident case {REF}")
    form = await dana.presses(opened.button("appeal.assign"))
    assert "Councillor Ruth Adeyemi, Mayor (away now)" in form.text
    await dana.fills(form, {"reviewers": [town.people["Leila"], town.people["Owen"]]})
    assert {one.colleague_id for one in town.file().appeals[0].reviewers} == {
        town.people["Leila"],
        town.people["Owen"],
    }


async def test_late_appeal_of_a_closed_case_should_be_heard_and_the_case_stay_closed(town: Town) -> None:
    await told(town)
    dana, ruth, leila = [await town.colleague(name) for name in ("Dana", "Ruth", "Leila")]
    police = await dana.presses((await dana.types(f"/incident case {REF}")).button("police.record"))
    await dana.fills(police, {"route": "not_referred", "reason_not": "No threat was made."})
    town.clock.go(datetime.fromisoformat("2026-10-30 09:00"))
    await dana.presses((await dana.types(f"/incident case {REF}")).button("case.close"))
    assert town.record()["state"] == "closed"
    await record(dana, received_on="2026-10-29")
    assert town.record()["state"] == "appeal_undecided"
    form = await dana.presses((await appeal_card(dana)).button("appeal.accept_late"))
    await dana.fills(form, {"reasons": "One day."})
    await assign(town)
    await verdict(ruth)
    await agree(leila)
    found = town.record()
    assert (found["state"], found["restrictions"][0]["in_force"]) == ("appeal_decided", False)
    await _ending(dana)
    assert town.record()["state"] == "closed"


async def test_warning_should_be_appealed_and_cancelled(town: Town) -> None:
    dana, margaret, ruth, leila = [
        await town.colleague(name) for name in ("Dana", "Margaret", "Ruth", "Leila")
    ]
    await report(await town.colleague("Priya"))
    await sign(dana, finding="warning")
    await agree_finding(margaret)
    await notify(town)
    town.clock.go(datetime.fromisoformat("2026-10-20 12:00"))
    await record(dana)
    await assign(town)
    form = await ruth.presses((await appeal_card(ruth)).button("appeal.decide"))
    assert "varied" not in form.options("outcome").values()
    assert "appeal.pause" not in [one.id for one in (await appeal_card(ruth)).buttons]
    await verdict(ruth)
    await agree(leila)
    assert town.file().quashed == {town.file().decisions[0].id}
    priya = await town.colleague("Priya")
    assert "has been decided" in (await priya.types(f"/incident case {REF}")).text
    await _ending(dana)
    assert "The decision is cancelled" in town.file().notices[-1].text


async def test_interim_restriction_should_be_appealed_while_the_case_goes_on(town: Town) -> None:
    dana, ruth, leila = [await town.colleague(name) for name in ("Dana", "Ruth", "Leila")]
    await report(await town.colleague("Priya"))
    form = await dana.presses((await dana.latest(REF)).button("interim.impose"))
    await dana.fills(form, {**PROPOSAL, "case_for": "A fist was raised."})
    await notify(town)
    town.clock.go(datetime.fromisoformat("2026-10-16 12:00"))
    await record(dana, received_on="2026-10-16")
    listed = await dana.types("/incident cases")
    for awaited in ("finding is awaited", "waits for two reviewers", "lapses"):
        assert awaited in listed.text
    await assign(town)
    offered = (await ruth.presses((await appeal_card(ruth)).button("appeal.decide"))).options("outcome")
    assert set(offered.values()) == {
        "upheld",
        "varied",
        "quashed",
    }  # the findings are still to come: nothing goes back
    refused = await verdict(ruth, outcome="sent_back")
    assert refused.errors["outcome"]
    assert town.file().appeals[0].answers == ()
    await verdict(ruth)
    await agree(leila)
    found = town.record()
    assert (found["restrictions"][0]["in_force"], found["restrictions"][0]["reason"]) == (False, "ended")
    await dana.fills(
        await dana.presses("finding.sign", town.file().case.id),
        {"finding": "no_action", "reasons": "A stick."},
    )
    assert len(town.record()["findings"]) == 1


async def test_decision_made_again_should_take_the_old_ones_place_when_the_person_is_told(town: Town) -> None:
    await heard(town, outcome="sent_back")
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await _ending(dana)
    case_id = town.file().case.id
    await dana.fills(
        await dana.presses("finding.sign", case_id),
        {"finding": "restriction", "reasons": "It was a stick, raised."},
    )
    await margaret.presses("finding.agree", next(iter(town.file().by_seat.values())).id)
    form = await dana.presses("proposal.draft", case_id)
    await dana.fills(form, {**PROPOSAL, "scope": "one_issue", "scope_detail": "the allotments"})
    proposal = town.file().open_proposal
    assert proposal is not None
    await margaret.presses("proposal.approve", f"{proposal.id}:{proposal.version}")
    old, new = town.record()["restrictions"]
    assert (old["in_force"], new["in_force"], new["reason"]) == (True, False, "not_notified")
    assert town.record()["state"] == "notice_due"
    opened = await dana.types(f"/incident case {REF}")
    preview = await dana.fills(await dana.presses(opened.button("notice.prepare")), MAIL)
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    old, new = town.record()["restrictions"]
    assert (old["in_force"], new["in_force"]) == (False, True)
    assert old["ended_at"] == new["starts_at"]
    await record(dana, received_on="2026-10-20", received_at="12:00")  # a new decision, a new appeal (R32)
    assert [one["state"] for one in town.record()["appeals"]] == ["closed", "waiting_for_reviewers"]


async def test_press_on_an_answer_that_changed_meanwhile_should_not_count(town: Town) -> None:
    await told(town)
    ruth, leila = await town.colleague("Ruth"), await town.colleague("Leila")
    await record(await town.colleague("Dana"))
    await assign(town)
    await verdict(ruth)
    old = (await appeal_card(leila)).button("appeal.agree")
    await verdict(ruth, outcome="upheld", reasons="A fist was raised.")
    assert "has changed since you saw it" in (await leila.presses(old)).text
    assert town.record()["appeals"][0]["outcome"] is None
    await agree(leila)
    assert town.record()["appeals"][0]["outcome"] == "upheld"


async def test_no_posted_card_should_carry_a_name_or_a_word_of_an_appeal(town: Town) -> None:
    await heard(town)
    await _ending(await town.colleague("Dana"))
    await town.deliver()
    with town.civility.store.read(town.council_id) as uow:
        rooms = [f"dm:{one}" for one in town.people.values()] + ["staff", "governance", "councillors"]
        cards = [str(message.card) for room in rooms for message in uow.local.of_channel(room)]
        assert uow.log.verify().ok
        log = str([(line.action, dict(line.detail)) for line in uow.log.lines()])
    assert sum("Appeal:" in card for card in cards) >= 4
    for secret in ("Marsden", "stick", "hip hurts", "recording", "26/114"):
        assert not any(secret in card for card in cards)
        assert secret not in log


async def test_appeal_that_came_in_a_filed_message_should_start_from_it(town: Town) -> None:
    await told(town)
    tom, dana = await town.colleague("Tom"), await town.colleague("Dana")
    words = "I want to appeal: it was my stick."
    came: dict[str, Answer] = {
        "channel": "email",
        "received_on": "2026-10-19",
        "received_at": "08:15",
        "words": words,
        "questions": ["appeal_or_review"],
    }
    filed = await tom.fills(await tom.types(f"/incident message {REF}"), came)
    assert "appeal.record" not in [one.id for one in filed.buttons]  # Tom does not work the case
    task = next(one for one in await dana.room() if "To do" in one.title)
    message = await dana.presses(task.button("message.read"))
    form = await dana.presses(message.button("appeal.record"))
    held = {name: form.fields[name] for name in ("received_on", "received_at", "received_by", "text")}
    assert held == {
        "received_on": ["2026-10-19"],
        "received_at": ["08:15"],
        "received_by": ["email"],
        "text": [words],
    }
    await dana.fills(form, {})
    (appeal,) = town.record()["appeals"]
    assert appeal["received_at"] == "2026-10-19T08:15:00+01:00"


async def test_continued_restriction_should_be_appealed_and_the_form_ask_which_decision(town: Town) -> None:
    dana = await under_review(town)
    margaret, ruth, leila = [await town.colleague(name) for name in ("Margaret", "Ruth", "Leila")]
    await invite(dana)
    town.clock.go(at("2027-04-07 09:30"))
    await review(dana, outcome="continue", reasons="He shouted at the desk in March.")
    await margaret.presses((await margaret.latest(REF)).button("proposal.approve"))
    opened = await dana.types(f"/incident case {REF}")
    button = next(one for one in opened.buttons if one.label == "Prepare the notice")
    preview = await dana.fills(await dana.presses(button), MAIL)
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    form = await dana.types(f"/incident appeal {REF}")
    offered = form.options("decision")
    assert list(offered) == [
        "The continued restriction of Wednesday 7 April 2027",
        "The restriction of Wednesday 14 October 2026",
    ]
    decision = offered["The continued restriction of Wednesday 7 April 2027"]
    await record(dana, decision=decision, received_on="2027-04-07", received_at="09:30")
    await assign(town)
    await verdict(ruth)
    await agree(leila)
    found = town.record()
    assert [one["in_force"] for one in found["restrictions"]] == [False, False]
    assert found["appeals"][0]["decision"] == "continuation"
    await _ending(dana)
    assert "the continued restriction of Wednesday 7 April 2027" in town.file().notices[-1].text
