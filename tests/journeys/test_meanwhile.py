"""What a click does when something else became true meanwhile: a decision, a correction, another letter, an appeal."""

from __future__ import annotations

from datetime import date, datetime

from handlers.digest import digest_card
from policy.offices import Absence
from tests.journeys.appeal_steps import LETTER, REF, appeal_card, assign, heard, record, told, verdict
from tests.journeys.appeal_steps import agree as agree_verdict
from tests.journeys.steps import PROPOSAL, agree, approve, bury, decide, notify, propose, report, sign
from tests.journeys.test_corrections import press
from tests.journeys.test_dates_ahead import TO_DO
from tests.journeys.test_markers import MARKER
from tests.journeys.test_people import NAMED, UNKNOWN, identify, propose_merge
from tests.journeys.test_reminders import at
from tests.journeys.test_reviews import REASONS, invite, review, under_review
from tests.town import Answer, Town

CASE = f"/incident case {REF}"
OWN_REASON = {**PROPOSAL, "case_for": "A threat was made at the desk."}
MAIL: dict[str, Answer] = {"method": "email", "address": "alex.marsden@example.com"}


async def interim(town: Town) -> None:
    """Reported, and an interim restriction imposed by the chief officer, of which the person was told."""
    await report(await town.colleague("Priya"))
    dana = await town.colleague("Dana")
    await dana.fills(await dana.presses((await dana.types(CASE)).button("interim.impose")), OWN_REASON)
    await notify(town)


async def todo(town: Town) -> list[str]:
    """What the chief officer is asked to do by hand."""
    return [one.text for one in await (await town.colleague("Dana")).room() if one.title == TO_DO]


# --- before a decision ------------------------------------------------------------------------------


async def test_report_should_not_be_withdrawn_from_under_an_interim_restriction(town: Town) -> None:
    priya = await town.colleague("Priya")
    await interim(town)
    refused = await priya.presses("case.withdraw", town.file().incidents[0].id)
    assert refused.kind == "refuse"
    assert "A decision was made on this report" in refused.text
    buttons = [one.id for one in (await priya.types(CASE)).buttons]
    assert ("case.withdraw" in buttons, "note.add" in buttons) == (False, True)
    assert town.record()["withdrawn_at"] is None
    assert town.log("refused")[-1][2]["code"] == "decision_made"


async def test_end_of_an_interim_restriction_by_the_findings_should_ask_to_unblock(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await interim(town)
    await sign(dana, finding="no_action")
    await agree(margaret)
    assert town.record()["restrictions"][0]["in_force"] is False
    (task,) = await todo(town)
    assert "Tell colleagues that the restriction has ended." in task
    assert "Write to the person that it has ended." in task


async def test_agreeing_with_what_can_no_longer_be_found_should_be_refused_in_words(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"), **UNKNOWN)
    await identify(town)
    await sign(dana)
    button = (await margaret.latest(REF)).button("finding.agree")
    await identify(town, person_is="councillor", person_colleague=town.people["Leila"])
    refused = await margaret.presses(button)
    assert refused.kind in ("refuse", "reply")
    assert "The person is a councillor" in refused.text
    assert len(town.log("finding.signed")) == 1


async def test_words_that_no_letter_may_carry_should_be_told_where_they_are_typed(town: Town) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"))
    form = await dana.presses((await dana.latest(REF)).button("finding.sign"))
    loaded: dict[str, Answer] = {"finding": "warning", "reasons": "He is a bully and a liar."}
    wrong = await dana.fills(form, loaded, strict=False)
    assert "“bully” judges the person" in wrong.errors["reasons"]
    await dana.fills(form, {"finding": "restriction", "reasons": "He is a bully and a liar."})
    await agree(await town.colleague("Margaret"))
    form = await dana.presses((await dana.latest(REF)).button("proposal.draft"))
    wrong = await dana.fills(form, PROPOSAL, strict=False)
    assert "judges the person" in wrong.errors["case_for"]


# --- the notice -------------------------------------------------------------------------------------


async def test_restriction_should_not_start_before_it_was_decided(town: Town) -> None:
    dana = await town.colleague("Dana")
    await decide(town)
    decided = town.file().decisions[0].decided_at
    preview = await dana.fills(await press(dana, "Prepare the notice"), MAIL)
    sending = await dana.presses(preview.button("notice.send"))
    await dana.fills(sending, {"sent_on": "2026-10-14", "sent_at": "08:00"}, strict=False)
    assert all(one.starts_at is None or one.starts_at >= decided for one in town.file().restrictions)


async def test_notice_that_comes_back_after_its_decision_was_cancelled_should_leave_nothing_owed(
    town: Town,
) -> None:
    dana = await town.colleague("Dana")
    await heard(town)
    preview = await dana.fills(await press(dana, "Write how the appeal ended"), MAIL)
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    form = await dana.presses((await dana.types(CASE)).button("police.record"))
    await dana.fills(form, {"route": "not_referred", "reason_not": "Nobody was threatened."})
    await dana.presses("notice.bounced", town.file().notices[0].id)
    found = town.record()
    assert found["restrictions"][0]["in_force"] is False
    assert "proposal" not in found["next_step"]
    assert not [one for one in await todo(town) if "Find another way" in one]
    await dana.presses((await dana.types(CASE)).button("case.close"))
    assert town.record()["state"] == "closed"


async def test_second_letter_that_comes_back_should_be_asked_about_again(town: Town) -> None:
    dana = await town.colleague("Dana")
    await told(town)
    await dana.presses((await dana.types(CASE)).button("notice.bounced"))
    assert [one for one in await todo(town) if "Find another way" in one]
    form = await dana.presses((await dana.types(CASE)).button("notice.again"))
    await dana.fills(form, {"method": "hand", "address": "1 High Street, Ambleford"})
    assert not [one for one in await todo(town) if "Find another way" in one]
    await dana.presses((await dana.types(CASE)).button("notice.bounced"))
    assert len([one for one in await todo(town) if "Find another way" in one]) == 1


async def test_correction_should_ask_to_open_what_it_takes_out_and_overtake_a_continuation(
    town: Town,
) -> None:
    dana = await under_review(town, measures=["C1", "C3"])
    margaret = await town.colleague("Margaret")
    await invite(dana)
    town.clock.go(at("2027-04-07 09:30"))
    await review(dana, outcome="continue", reasons=REASONS)
    button = (await margaret.types(CASE)).button("proposal.approve")
    form = await press(dana, "Correct the notice")
    milder: dict[str, Answer] = {"words": "C3 was not meant.", "changed": ["measures"], "measures": ["C1"]}
    await dana.fills(form, milder)
    (task,) = await todo(town)
    assert "Unblock the person on the council's social media." in task
    assert "The restriction is milder now." in task
    assert (await margaret.presses(button)).kind != "replace"
    assert [one["decision"] for one in town.record()["decisions"]] == ["restriction"]
    await review(dana, outcome="continue", reasons=REASONS)
    await margaret.presses((await margaret.types(CASE)).button("proposal.approve"))
    assert [one["measures"] for one in town.record()["restrictions"]] == [["C1"], ["C1"]]


async def test_review_should_end_only_with_words_that_its_letter_may_carry(town: Town) -> None:
    dana = await under_review(town)
    wrong = await review(dana, strict=False, reasons="He is a liar, but calm now.")
    assert "judges the person" in wrong.errors["reasons"]
    assert town.record()["restrictions"][0]["in_force"] is True


# --- an appeal --------------------------------------------------------------------------------------


async def test_agreeing_with_terms_that_a_correction_made_harsher_should_be_refused(town: Town) -> None:
    await told(town)
    dana, ruth, leila = [await town.colleague(name) for name in ("Dana", "Ruth", "Leila")]
    await record(dana)
    await assign(town)
    await verdict(ruth, outcome="varied", ends_on="2027-03-01")
    form = await press(dana, "Correct the notice")
    await dana.fills(form, {"words": "It ends earlier.", "changed": ["dates"], "ends_on": "2027-02-01"})
    refused = await agree_verdict(leila)
    assert refused.kind == "refuse"
    assert "never end in something harsher" in refused.text
    assert [one["ends_on"] for one in town.record()["restrictions"]] == ["2027-02-01"]
    assert town.record()["appeals"][0]["outcome"] is None


async def test_reviewer_who_answered_and_left_office_should_not_keep_the_other_seat_empty(town: Town) -> None:
    await told(town)
    dana, ruth, ian = [await town.colleague(name) for name in ("Dana", "Ruth", "Ian")]
    await record(dana)
    await assign(town)
    await verdict(ruth)
    with town.civility.store.write(town.council_id) as uow:
        for row, holding in uow.offices.rows():
            if holding.colleague_id == ruth.id:
                uow.offices.end(row, date(2026, 10, 19), dana.id)
        uow.offices.add_absence(Absence(town.people["Leila"], date(2026, 10, 19)), dana.id)
        uow.commit()
    form = await dana.presses((await dana.types(CASE)).button("appeal.assign"))
    await dana.fills(form, {"reviewers": [ruth.id, ian.id]})
    await agree_verdict(ian)
    found = town.record()["appeals"][0]
    assert (found["state"], found["outcome"]) == ("decided", "quashed")
    assert town.record()["restrictions"][0]["in_force"] is False


async def test_appeal_should_never_be_recorded_against_another_decision_than_was_chosen(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await interim(town)
    await sign(dana)
    await agree(margaret)
    await propose(dana)
    await approve(margaret)
    await notify(town)
    town.clock.go(datetime.fromisoformat("2026-10-20 12:00"))
    final = town.file().decisions[1].id
    slow = await dana.types(f"/incident appeal {REF}")
    await margaret.fills(await margaret.types(f"/incident appeal {REF}"), {**LETTER, "decision": final})
    late = await dana.fills(slow, {**LETTER, "decision": final}, strict=False)
    assert [one.record.decision_id for one in town.file().appeals] == [final]
    assert "Choose from the answers listed" in late.errors["decision"]


async def test_cancelled_decision_should_take_its_continuation_with_it(town: Town) -> None:
    dana = await under_review(town)
    margaret, ruth, leila = [await town.colleague(name) for name in ("Margaret", "Ruth", "Leila")]
    await invite(dana)
    town.clock.go(at("2027-04-07 09:30"))
    late = {**LETTER, "received_on": "2027-04-06"}
    first = town.file().decisions[0].id
    await dana.fills(await dana.types(f"/incident appeal {REF}"), {**late, "decision": first})
    form = await dana.presses((await appeal_card(dana)).button("appeal.accept_late"))
    await dana.fills(form, {"reasons": "They were in hospital."})
    await assign(town)
    await review(dana, outcome="continue", reasons=REASONS)
    await margaret.presses((await margaret.types(CASE)).button("proposal.approve"))
    (button,) = [b for b in (await dana.types(CASE)).buttons if b.label == "Prepare the notice"]
    preview = await dana.fills(await dana.presses(button), MAIL)
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    assert [one["in_force"] for one in town.record()["restrictions"]] == [False, True]
    await verdict(ruth)
    await agree_verdict(leila)
    assert town.record()["appeals"][0]["outcome"] == "quashed"
    assert [one["in_force"] for one in town.record()["restrictions"]] == [False, False]


async def test_late_appeal_should_not_be_refused_by_one_name_beside_a_conflict(town: Town) -> None:
    await told(town)
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    town.clock.go(datetime.fromisoformat("2026-11-02 09:00"))
    await record(dana, received_on="2026-10-29")
    for who in (margaret, dana):
        form = await who.presses((await appeal_card(who)).button("appeal.refuse_late"))
        await who.fills(form, {"reasons": "A day late, and no reason was given."})
        if who is margaret:
            with town.civility.store.write(town.council_id) as uow:
                uow.conflicts.add(town.file().case.id, margaret.id, "interest", "Neighbours.", dana.id)
                uow.commit()
    assert town.record()["appeals"][0]["state"] == "late"


# --- two at once ------------------------------------------------------------------------------------


async def test_unblocking_should_mind_another_restriction_of_the_same_person(town: Town) -> None:
    await told(town)
    first = town.file(REF)
    await report(await town.colleague("Tom"), **NAMED)
    with town.civility.store.write(town.council_id) as uow:
        uow.restrictions.add(
            case_id=town.file("INC-2026-0002").case.id,
            person_id=first.person.id,
            decision_id=first.decisions[0].id,
            measures=("C10",),
            scope="whole_council",
            ends_on=date(2027, 6, 1),
            starts_at=town.clock.now,
        )
        uow.commit()
    await record(await town.colleague("Dana"))
    await assign(town)
    await verdict(await town.colleague("Ruth"))
    await agree_verdict(await town.colleague("Leila"))
    (task,) = await todo(town)
    assert "Another restriction of this person is still in force" in task
    assert "Marsden" not in task


async def test_marker_should_not_come_of_a_report_that_was_withdrawn(town: Town) -> None:
    dana, margaret, priya = [await town.colleague(name) for name in ("Dana", "Margaret", "Priya")]
    await report(priya)
    form = await dana.presses((await dana.types(CASE)).button("marker.propose"))
    await dana.fills(form, MARKER)
    read = await margaret.presses((await margaret.latest("marker")).button("marker.look"))
    await priya.presses("case.withdraw", town.file().incidents[0].id)
    assert (await margaret.presses(read.button("marker.approve"))).kind != "replace"
    tom = await town.colleague("Tom")
    assert "Safety marker" not in (await tom.types("/incident check marsden")).text
    assert not town.log("marker.shown_from_now")


async def test_merge_with_a_councillor_should_flag_what_that_councillor_signed(town: Town) -> None:
    dana, margaret, sam = [await town.colleague(name) for name in ("Dana", "Margaret", "Sam")]
    await report(await town.colleague("Priya"))
    await sign(dana, finding="warning")
    await agree(margaret)
    await notify(town)
    other = {**NAMED, "person_is": "councillor", "person_colleague": margaret.id}
    await report(await town.colleague("Tom"), **other)
    await propose_merge(dana, "INC-2026-0002")
    card = await sam.presses((await sam.latest("one person")).button("merge.look"))
    await sam.presses(card.button("merge.confirm"))
    assert town.record(REF)["flags"]
    owen = await town.colleague("Owen")
    assert any("needs a fresh signature" in one.text for one in await owen.room())
    assert not any("fresh signature" in one.text for one in await margaret.room())


async def test_marker_should_not_stand_on_one_name_beside_a_conflict(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    form = await dana.presses((await dana.types(CASE)).button("marker.propose"))
    await dana.fills(form, MARKER)
    with town.civility.store.write(town.council_id) as uow:
        uow.conflicts.add(town.file().case.id, dana.id, "interest", "They are cousins.", margaret.id)
        (marker,) = uow.markers.of_case(town.file().case.id)
        uow.commit()
    refused = await margaret.presses("marker.approve", marker.id)
    assert refused.kind == "refuse"
    assert "takes no part" in refused.text
    tom = await town.colleague("Tom")
    assert "Safety marker" not in (await tom.types("/incident check marsden")).text


async def test_open_case_should_not_be_forgotten_under_many_newer_ones(town: Town) -> None:
    await report(await town.colleague("Priya"))
    bury(town)
    with town.civility.store.read(town.council_id) as uow:
        card = digest_card(town.civility.desk(uow), {"on": "2026-10-19"}, None)
    assert REF in card.plain()
    owen, dana = await town.colleague("Owen"), await town.colleague("Dana")
    assert REF in (await dana.types("/incident home")).text
    form = await dana.presses((await dana.types("/incident offices")).button("offices.change"))
    chair = {"change": "appoint", "office": "chair_fgp", "colleague": owen.id, "starts": "2026-10-14"}
    await dana.fills(form, chair)
    assert "finding.sign" in [one.id for one in (await owen.latest(REF)).buttons]
