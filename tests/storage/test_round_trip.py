"""Every repository gives back what it was given, to its own council and to no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, select

from policy.offices import Absence, Holding, Office
from storage.errors import StorageError
from storage.models import COUNCIL, KEY_TO_FORGET, LOG, LOG_HEAD, METADATA
from storage.records import LogLine
from storage.records_people import FreshSignature, MarkerApproval
from storage.to_do import Task
from storage.uow import UnitOfWork
from tests.storage.filled import INSTALLED, TALKING, Filled, fill
from tests.storage.house import House, everything

_CHIEF = Office.CHIEF_OFFICER


def _readings(uow: UnitOfWork, it: Filled) -> dict[str, object]:
    delivery, draft = uow.deliveries.seen("delivery"), uow.drafts.get("nonce", it.colleague.id)
    return {
        "colleagues.get": uow.colleagues.get(it.colleague.id),
        "colleagues.all": uow.colleagues.all(),
        "colleagues.by_identity": uow.colleagues.by_identity("slack", "T1", "U1"),
        "colleagues.identities": uow.colleagues.identities(it.colleague.id),
        "offices.rows": uow.offices.rows(),
        "offices.holdings": uow.offices.register().holdings,
        "offices.absences": uow.offices.register().absences,
        "settings.get": uow.settings.get(),
        "installations.get": uow.installations.get("slack", "T1"),
        "installations.all": uow.installations.all(),
        "people.get": uow.people.get(it.person.id),
        "people.search": uow.people.search("zephyrhill"),
        "people.of_colleague": uow.people.of_colleague(it.colleague.id),
        "merges.get": uow.merges.get(it.merge.id),
        "merges.about": uow.merges.about(it.person.id),
        "markers.get": uow.markers.get(it.marker.id),
        "markers.of_person": uow.markers.of_person(it.person.id),
        "markers.of_case": uow.markers.of_case(it.case.id),
        "notes.of_case": uow.notes.of_case(it.case.id),
        "referrals.of_case": uow.referrals.of_case(it.case.id),
        "conflicts.of_case": uow.conflicts.of_case(it.case.id),
        "conflicts.fresh": uow.conflicts.fresh(it.decision.id),
        "minutes.get": uow.minutes.get(it.minute.id),
        "minutes.of_case": uow.minutes.of_case(it.case.id),
        "cases.get": uow.cases.get(it.case.id),
        "cases.by_reference": uow.cases.by_reference(it.case.reference),
        "cases.all": uow.cases.all(),
        "cases.reported_by": uow.cases.reported_by(it.colleague.id),
        "cases.of_person": uow.cases.of_person(it.person.id),
        "incidents.get": uow.incidents.get(it.incident.id),
        "incidents.of_case": uow.incidents.of_case(it.case.id),
        "findings.get": uow.findings.get(it.finding.id),
        "findings.of_case": uow.findings.of_case(it.case.id),
        "proposals.get": uow.proposals.get(it.proposal.id),
        "proposals.get version": uow.proposals.get(it.proposal.id, 1),
        "proposals.of_case": uow.proposals.of_case(it.case.id),
        "approvals.of": uow.approvals.of(it.proposal.id),
        "decisions.get": uow.decisions.get(it.decision.id),
        "decisions.of_case": uow.decisions.of_case(it.case.id),
        "decisions.all": uow.decisions.all(),
        "restrictions.get": uow.restrictions.get(it.restriction.id),
        "restrictions.of_case": uow.restrictions.of_case(it.case.id),
        "restrictions.of_person": uow.restrictions.of_person(it.person.id),
        "notices.get": uow.notices.get(it.notice.id),
        "notices.of_case": uow.notices.of_case(it.case.id),
        "notices.dispatches": uow.notices.dispatches(it.notice.id),
        "documents": tuple((d.format, d.state, d.content) for d in uow.documents.of_notice(it.notice.id)),
        "links": (link := uow.links.get("hash")) and (link.what, link.colleague_id),
        "uploads.get": uow.uploads.get(it.upload.id),
        "postings": tuple((p.channel, p.state) for p in uow.postings.of_notice(it.notice.id)),
        "reviews.get": uow.reviews.get(it.restriction.id),
        "reviews.of_case": uow.reviews.of_case(it.case.id),
        "corrections.of_case": uow.corrections.of_case(it.case.id),
        "police.of_case": uow.police.of_case(it.case.id),
        "appeals.get": uow.appeals.get(it.appeal.id),
        "appeals.of_case": uow.appeals.of_case(it.case.id),
        "appeals.all": uow.appeals.all(),
        "appeals.answers": uow.appeals.answers(it.appeal.id),
        "appeals.reviewers": uow.appeals.reviewers(it.appeal.id),
        "messages.get": uow.messages.get(it.filed.id),
        "messages.of_case": uow.messages.of_case(it.case.id),
        "entries.of_case": uow.entries.of_case(it.case.id),
        "posted.find": uow.posted.find(it.recipient, "card"),
        "posted.of": uow.posted.of("card"),
        "local.get": uow.local.get(it.message.id),
        "local.of_channel": uow.local.of_channel("governance"),
        "local.find_by_outbox": uow.local.find_by_outbox("row"),
        "outbox.waiting": tuple(row.view for row in uow.outbox.waiting()),
        "reminders.waiting": tuple(row.kind for row in uow.reminders.waiting()),
        "tasks": tuple(map(_asked, uow.tasks.open())),
        "tasks.of_case": tuple(map(_asked, uow.tasks.of_case(it.case.id))),
        "reports.published": tuple((one.figures, one.made_by) for one in uow.reports.published()),
        "deliveries.seen": delivery and (delivery.view, delivery.ids),
        "drafts.get": draft and draft.values,
        "conversations.get": uow.conversations.get("tenant", "personal", "entra"),
        "conversations.all": uow.conversations.all(),
        "sent_copies.get": (copy := uow.sent_copies.get("row", "tenant/personal/entra")) and copy.message_id,
        "log.lines": tuple(map(_said, uow.log.lines())),
        "log.lines subject": tuple(map(_said, uow.log.lines(it.case.id))),
    }


def _asked(task: Task) -> tuple[object, ...]:
    return task.id, task.kind, task.case_id, task.about, task.due_on, task.done_at


def _said(line: LogLine) -> tuple[object, ...]:
    return line.seq, line.action, line.subject_kind, line.subject_id, line.detail


def _expected(it: Filled) -> dict[str, object]:
    held = Holding(_CHIEF, it.colleague.id, date(2026, 5, 1), date(2027, 4, 30))
    at, me = it.police.recorded_at, it.colleague.id
    merge = replace(it.merge, state="undone", settled_by="another", settled_at=at, undone_by=me, undone_at=at)
    signed = (MarkerApproval(me, "chief_officer", "officer", at),)
    marker = replace(it.marker, ended_by=me, ended_at=at, end_words="moved away to Penrith", approvals=signed)
    fresh = FreshSignature(it.decision.id, "chair", me, "chair_fgp", "same", at, "read it all once more")
    minute = replace(it.minute, state="set_aside", settled_by="another", settled_at=at)
    minute = replace(minute, end_words="minuted by a sleepy clerk")
    line = (1, "reported", "case", it.case.id, {"reference": it.case.reference})
    return {
        "colleagues.get": it.colleague,
        "colleagues.all": (it.colleague,),
        "colleagues.by_identity": it.colleague,
        "colleagues.identities": (it.identity,),
        "offices.rows": ((it.holding, held),),
        "offices.holdings": (held,),
        "offices.absences": (Absence(it.colleague.id, date(2026, 12, 24)),),
        "settings.get": {"wording": "our own gentle wording"},
        "installations.get": INSTALLED,
        "installations.all": (INSTALLED,),
        "people.get": it.person,
        "people.search": (it.person,),
        "people.of_colleague": (it.person,),
        "merges.get": merge,
        "merges.about": (merge,),
        "markers.get": marker,
        **dict.fromkeys(("markers.of_person", "markers.of_case"), (marker,)),
        "notes.of_case": (it.note,),
        "referrals.of_case": (it.referral,),
        "conflicts.of_case": (replace(it.conflict, lifted_by=me, lifted_at=at),),
        "conflicts.fresh": (fresh,),
        "minutes.get": minute,
        "minutes.of_case": (minute,),
        **dict.fromkeys(("cases.get", "cases.by_reference"), it.case),
        **dict.fromkeys(("cases.all", "cases.reported_by", "cases.of_person"), (it.case,)),
        "incidents.get": it.incident,
        "incidents.of_case": (it.incident,),
        "findings.get": it.finding,
        "findings.of_case": (it.finding,),
        "proposals.get": it.proposal,
        "proposals.get version": it.proposal,
        "proposals.of_case": (it.proposal,),
        "approvals.of": (it.approval,),
        "decisions.get": it.decision,
        **dict.fromkeys(("decisions.of_case", "decisions.all"), (it.decision,)),
        "restrictions.get": it.restriction,
        **dict.fromkeys(("restrictions.of_case", "restrictions.of_person"), (it.restriction,)),
        "notices.get": it.notice,
        "notices.of_case": (it.notice,),
        "notices.dispatches": (it.dispatch,),
        "documents": (("pdf", "made", b"a letter to 7 Nightingale Court"),),
        "links": ("letter", it.colleague.id),
        "uploads.get": it.upload,
        "postings": (("email", "queued"),),
        "reviews.get": it.review,
        "reviews.of_case": (it.review,),
        "corrections.of_case": (it.correction,),
        "police.of_case": (it.police,),
        "appeals.get": it.appeal,
        **dict.fromkeys(("appeals.of_case", "appeals.all"), (it.appeal,)),
        "appeals.answers": (it.answer,),
        "appeals.reviewers": (it.reviewer,),
        "messages.get": it.filed,
        "messages.of_case": (it.filed,),
        "entries.of_case": (it.entry,),
        **dict.fromkeys(("posted.find", "posted.of"), (it.posted,)),
        **dict.fromkeys(("local.get", "local.find_by_outbox"), it.message),
        "local.of_channel": (it.message,),
        "outbox.waiting": ("case",),
        "reminders.waiting": ("finding_awaited",),
        **dict.fromkeys(
            ("tasks", "tasks.of_case"),
            (("unblock:about", "unblock", it.case.id, "about", date(2026, 11, 13), None),),
        ),
        "reports.published": (({"cases": 12}, it.colleague.id),),
        "deliveries.seen": ("case", {"case": it.case.id}),
        "drafts.get": {"what_happened": "half a sentence about him"},
        "conversations.get": TALKING,
        "conversations.all": (TALKING,),
        "sent_copies.get": "1700",
        **dict.fromkeys(("log.lines", "log.lines subject"), (line,)),
    }


def test_every_repository_should_give_back_what_it_was_given(house: House) -> None:
    with house.store.write(house.council) as uow:
        it = fill(uow)
    again = house.open()  # as another process: nothing is remembered
    with again.read(house.council) as uow:
        assert _readings(uow, it) == _expected(it)


def test_fill_should_leave_no_table_empty_when_it_has_run(house: House) -> None:
    with house.store.write(house.council) as uow:
        fill(uow)
    house.store.bind_workspace(house.council, "slack", "T1")
    engine = house.raw()
    empty = {name for name, rows in everything(engine).items() if not rows}
    engine.dispose()
    assert empty == {KEY_TO_FORGET.name}


def test_no_repository_should_show_anything_to_another_council(house: House) -> None:
    with house.store.write(house.council) as uow:
        it = fill(uow)
    with house.store.read(house.other) as uow:
        seen = {name: found for name, found in _readings(uow, it).items() if found}
    assert seen == {}


def test_no_repository_should_change_anything_of_another_council(house: House) -> None:
    with house.store.write(house.council) as uow:
        it = fill(uow)
    engine = house.raw()
    before = everything(engine)
    with house.store.write(house.other) as uow:
        at = uow.now()
        assert uow.cases.bump(it.case.id, 1) is False
        uow.cases.set_urgent(it.case.id, False)
        uow.cases.close(it.case.id, at)
        uow.cases.withdraw(it.case.id, at)
        uow.incidents.withdraw(it.incident.id)
        uow.colleagues.rename(it.colleague.id, "Somebody")
        uow.offices.end(it.holding, date(2026, 6, 1), "x")
        assert uow.proposals.change(it.proposal.id, 1, {}, "x") is None
        assert uow.proposals.settle(it.proposal.id, 1, "rejected") is False
        assert uow.approvals.add(it.proposal.id, 1, "x", "mayor", "chair", "approved") is False
        uow.restrictions.start(it.restriction.id, at)
        uow.restrictions.end(it.restriction.id, at)
        uow.restrictions.confirm(it.restriction.id, at)
        uow.cases.reopen(it.case.id)
        assert uow.reviews.hold(it.review, "end", "", "x", "mayor") is False
        uow.notices.sent_again(it.notice.id)
        assert uow.notices.mark_sent(it.notice.id) is False
        uow.restrictions.resume(it.restriction.pauses[0].id, at)
        uow.restrictions.lift(it.restriction.pauses[0].id, at)
        assert uow.appeals.move(it.appeal.id, it.appeal.stage, "closed") is False
        assert uow.appeals.close(it.appeal.id, it.appeal.stage, "closed", at) is False
        assert uow.appeals.release(it.reviewer.id, "away") is False
        uow.findings.set_aside(it.case.id)
        uow.cases.reopen(it.case.id)
        uow.notices.void(it.notice.id)
        uow.notices.bounce(it.dispatch.id, at)
        assert uow.links.use("hash") is False
        uow.people.forget(it.person.id)
        assert uow.merges.settle(it.merge.id, "merged", "x") is False
        assert uow.merges.undo(it.merge.id, "x") is False
        assert uow.markers.end(it.marker.id, "x", "why") is False
        assert uow.conflicts.lift(it.conflict.id, "x") is False
        assert uow.minutes.settle(it.minute, "confirmed", "x") is False
        uow.reminders.drop(it.case.id, "finding_awaited")
        uow.outbox.refresh("card", "other", {})
        uow.drafts.drop("nonce")
        assert uow.drafts.purge(house.clock.pass_by(days=9)) == 0
        assert uow.local.change(it.message.id, {}) is None
        assert uow.conversations.left("tenant", "personal", "entra") is False
        uow.sent_copies.drop("row", "tenant/personal/entra")
        assert uow.sent_copies.purge(at) == 0
        uow.commit()
    house.store.mark_dropped(house.other, "x")
    assert everything(engine) == before
    engine.dispose()


def test_the_same_ids_should_collide_with_nothing_when_another_council_has_them(house: House) -> None:
    with house.store.write(house.council) as uow:
        it = fill(uow)
    engine = house.raw()
    rows = everything(engine)
    with engine.begin() as connection:
        for table in METADATA.sorted_tables:
            if table in (COUNCIL, LOG, LOG_HEAD):
                continue
            for row in rows[table.name]:
                values = dict(zip(table.columns.keys(), row, strict=True))
                connection.execute(insert(table), {**values, "council_id": house.other})
    engine.dispose()
    with house.store.read(house.other) as uow:
        # The copies are there, and what was sealed for the first council does not open in the second.
        assert uow.cases.get(it.case.id) == it.case
        with pytest.raises(StorageError, match="moved from another row"):
            uow.people.get(it.person.id)
    with house.store.read(house.council) as uow:
        assert _readings(uow, it) == _expected(it)


def test_every_key_should_begin_with_the_council() -> None:
    for table in METADATA.sorted_tables:
        assert next(iter(table.primary_key.columns.keys())) == "council_id"
        for constraint in table.foreign_key_constraints:
            assert constraint.column_keys[0] == "council_id"
        for index in table.indexes:
            if index.unique:
                assert next(iter(index.columns.keys())) == "council_id"


def test_instants_should_be_stored_in_utc_when_they_came_from_elsewhere(house: House) -> None:
    with house.store.write(house.council) as uow:
        it = fill(uow)
    engine = house.raw()
    with engine.connect() as connection:
        found = connection.execute(select(LOG.c.at).where(LOG.c.subject_id == it.case.id)).scalar_one()
    engine.dispose()
    assert found == house.clock.now
    assert found.utcoffset() == house.clock.now.utcoffset()
