"""A council with a row in every table, every field filled, and the words that somebody typed into them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from policy.offices import Absence, Holding, Office
from storage.appealed import Appeal, AppealAnswer, AppealReviewer
from storage.conversations import Conversation
from storage.filed import Entry, Message
from storage.installed import Installation
from storage.minuted import Minute
from storage.records import (
    Approval,
    Case,
    Colleague,
    Decision,
    Dispatch,
    Finding,
    Identity,
    Incident,
    LocalMessage,
    Notice,
    Person,
    PoliceRecord,
    Posted,
    Proposal,
    Recipient,
    Restriction,
)
from storage.records_files import Upload
from storage.records_people import Conflict, Marker, Merge, Note, Referral
from storage.reviewed import Correction, Review
from storage.uow import UnitOfWork

TYPED = (
    "Quentin Zephyrhill",
    "quentin@zephyr.example",
    "07700 900123",
    "wears a violet scarf",
    "Marguerite Oldcastle",
    "beside the library lift",
    "shouted a vile insult",
    "please lower your voice",
    "there was no moment to warn",
    "threatened to burn the hall",
    "needs letters in braille",
    "mocked her stammer",
    "was angry about the bins",
    "conduct went beyond anger",
    "write to one mailbox only",
    "proportionate in our view",
    "I agree with the clerk",
    "Chair Ottoline Ferncastle",
    "about allotments alone",
    "7 Nightingale Court",
    "Dear Quentin, we write",
    "crime number ZX-4471",
    "send me the minutes at once",
    "counsel advised an injunction",
    "half a sentence about him",
    "a card with a rare tale",
    "our own gentle wording",
    "drives the same teal van",
    "swung a hockey stick",
    "meet in the glass room",
    "would hunt down the clerk",
    "moved away to Penrith",
    "I remembered a whistle",
    "sent by registered pigeon",
    "shares an allotment shed",
    "resolved over lukewarm tea",
    "minuted by a sleepy clerk",
    "read it all once more",
    "it was my cousin Bartholomew",
    "the letter came in time",
    "FGP minute 26/114",
    "I have kept my temper since",
    "a year without any trouble",
    "the house number was wrong",
    "9 Kingfisher Way",
)
"""Words that no table may show."""


TALKING = Conversation(
    workspace="tenant",
    kind="personal",
    name="entra",
    conversation_id="a:1",
    service_url="https://teams.example/uk/",
    admin=True,
    seen_at=datetime(2026, 10, 14, 9, tzinfo=UTC),
    left_at=datetime(2026, 10, 15, 9, tzinfo=UTC),
)
"""A conversation in Teams with every field filled."""

INSTALLED = Installation(
    "slack",
    "T1",
    "Sample",
    "B1",
    "U0",
    "U1",
    datetime(2026, 10, 14, 9, tzinfo=UTC),
    "xoxb-token",
    "xoxe-token",
    datetime(2026, 10, 14, 21, tzinfo=UTC),
)


@dataclass(frozen=True)
class Filled:
    """The records that `fill` made, as they were handed out."""

    colleague: Colleague
    identity: Identity
    person: Person
    case: Case
    incident: Incident
    finding: Finding
    proposal: Proposal
    approval: Approval
    decision: Decision
    restriction: Restriction
    notice: Notice
    dispatch: Dispatch
    police: PoliceRecord
    merge: Merge
    marker: Marker
    note: Note
    referral: Referral
    conflict: Conflict
    minute: Minute
    appeal: Appeal
    answer: AppealAnswer
    reviewer: AppealReviewer
    filed: Message
    entry: Entry
    review: Review
    correction: Correction
    posted: Posted
    message: LocalMessage
    recipient: Recipient
    holding: str
    upload: Upload


def fill(uow: UnitOfWork) -> Filled:
    """Write a row into every table of this council (a workspace and an erasure apart), and commit."""
    colleague = uow.colleagues.add("Marguerite Oldcastle", guest=True)
    identity = Identity("slack", "T1", "U1", colleague.id)
    uow.colleagues.link(identity)
    uow.settings.set("wording", "our own gentle wording", colleague.id)
    uow.installations.save(INSTALLED)
    holding = uow.offices.add(
        Holding(Office.CHIEF_OFFICER, colleague.id, date(2026, 5, 1), date(2027, 4, 30)), colleague.id
    )
    uow.offices.add_absence(Absence(colleague.id, date(2026, 12, 24)), colleague.id)
    person = uow.people.add(
        "Quentin Zephyrhill",
        "quentin@zephyr.example, 07700 900123",
        "wears a violet scarf",
        identified=True,
        colleague_id=colleague.id,
    )
    case = uow.cases.open(person.id, urgent=True)
    incident = uow.incidents.add(
        case_id=case.id,
        reporter_id=colleague.id,
        channel="in_person",
        category="A",
        happened_on=date(2026, 10, 13),
        happened_at=time(16, 45),
        target_ids=[colleague.id],
        examples=["A1", "A2"],
        actions_taken=["left"],
        warning="spoken",
        no_warning_reason="threat",
        injury="yes",
        offence="threat",
        place="beside the library lift",
        what_happened="shouted a vile insult",
        warning_words="please lower your voice",
        no_warning_words="there was no moment to warn",
        offence_words="threatened to burn the hall",
        adjustments="needs letters in braille",
        characteristic="mocked her stammer",
    )
    finding = uow.findings.sign(
        case_id=case.id,
        colleague_id=colleague.id,
        office="chief_officer",
        seat="chief",
        kind="restriction",
        agrees_with="another",
        extreme_confirmed=True,
        answers={"circumstances": "was angry about the bins", "reasons": "conduct went beyond anger"},
    )
    content = {"detail": "write to one mailbox only", "measures": ["C1", "C4"], "deeper": {"count": 2}}
    proposal = uow.proposals.draft(case.id, "restriction", content, colleague.id)
    reason = "I agree with the clerk"
    uow.approvals.add(proposal.id, 1, colleague.id, "chief_officer", "chief", "approved", reason)
    makers = [{"name": "Chair Ottoline Ferncastle", "office": "chair_fgp"}]
    decision = uow.decisions.add(case.id, "restriction", proposal.id, 1, makers)
    restriction = uow.restrictions.add(
        case_id=case.id,
        person_id=person.id,
        decision_id=decision.id,
        measures=["C1", "C4"],
        scope="about allotments alone",
        ends_on=date(2027, 4, 14),
        review_on=date(2027, 1, 14),
        starts_at=uow.now() + timedelta(days=2),
        interim_lapses_on=date(2026, 10, 21),
        content={"proportionate": "proportionate in our view"},
    )
    notice = uow.notices.add(
        case_id=case.id,
        decision_id=decision.id,
        method="email",
        expected_on=date(2026, 10, 15),
        printed_close=date(2026, 10, 29),
        kind="correction",
        about="an earlier notice",
        prepared_by=colleague.id,
        address="7 Nightingale Court",
        text="Dear Quentin, we write",
    )
    sent = datetime(2026, 10, 15, 11, 30)  # noqa: DTZ001 -- the clock on the wall
    dispatch = uow.notices.add_dispatch(notice.id, "email", sent, colleague.id, "9 Kingfisher Way")
    uow.documents.want(case.id, notice.id, "pdf")
    (document,) = uow.documents.of_notice(notice.id)
    uow.documents.keep(document.id, case.id, b"a letter to 7 Nightingale Court")
    uow.links.add("hash", "letter", document.id, colleague.id, timedelta(minutes=5))
    uow.postings.add(case.id, notice.id, "email", colleague.id)
    upload, _ = uow.uploads.want("letter", document.id, colleague.id, ("slack", "T1", "U1"))
    review = uow.reviews.open(restriction.id, case.id, "due", colleague.id)
    said = {"on": "2027-01-05", "by": colleague.id, "how": "letter", "text": "I have kept my temper since"}
    uow.reviews.comment(review, said)
    assert uow.reviews.hold(review, "end", "a year without any trouble", colleague.id, "chief_officer")
    held = uow.reviews.get(restriction.id)
    assert held is not None
    correction = uow.corrections.add(
        case_id=case.id,
        decision_id=decision.id,
        notice_id=notice.id,
        changed=["address"],
        before={"detail": "write to one mailbox only"},
        after={"detail": "write to one mailbox only, or call"},
        words="the house number was wrong",
        by=colleague.id,
    )
    words = {"log_number": "crime number ZX-4471"}
    police = uow.police.add(case.id, "yes", words, colleague.id)
    twin = uow.people.add("", "", "", identified=False)
    merge = uow.merges.propose(person.id, twin.id, ["similar_name"], "drives the same teal van", colleague.id)
    uow.merges.settle(merge.id, "merged", "another")
    uow.merges.undo(merge.id, colleague.id)
    words = {
        "fact": "swung a hockey stick",
        "advice": "meet in the glass room",
        "not_told_reason": "would hunt down the clerk",
    }
    marker = uow.markers.add(
        person_id=person.id,
        case_id=case.id,
        risk="weapon",
        tell_person=False,
        expires_on=date(2027, 4, 14),
        words=words,
        proposed_by=colleague.id,
    )
    uow.markers.approve(marker.id, colleague.id, "chief_officer", "officer")
    uow.markers.end(marker.id, colleague.id, "moved away to Penrith")
    note = uow.notes.add(case.id, incident.id, colleague.id, "I remembered a whistle")
    referral = uow.referrals.add(
        case.id, date(2026, 10, 14), "letter", "sent by registered pigeon", colleague.id
    )
    conflict = uow.conflicts.add(case.id, "another", "interest", "shares an allotment shed", colleague.id)
    uow.conflicts.lift(conflict.id, colleague.id)
    uow.conflicts.sign_afresh(
        decision.id, case.id, "chair", colleague.id, "chair_fgp", "same", "read it all once more"
    )
    minute = uow.minutes.record(
        case_id=case.id,
        resolution="no_action",
        about="",
        version=0,
        met_on=date(2026, 10, 13),
        present=["another", "third"],
        recorded_by=colleague.id,
        words={"reference": "F&GP 26/114", "reasons": "resolved over lukewarm tea"},
    )
    assert minute is not None
    assert uow.minutes.settle(minute, "set_aside", "another", "minuted by a sleepy clerk")
    received = uow.appeals.add(
        case_id=case.id,
        decision_id=decision.id,
        received_at=uow.now() - timedelta(hours=3),
        received_by="letter",
        grounds=["wrongly_identified"],
        text="it was my cousin Bartholomew",
        recorded_by=colleague.id,
        late_days=2,
        stage="with_reviewers",
    )
    assert received is not None
    terms = {"measures": ["C1"], "scope_detail": "about allotments alone"}
    answer = uow.appeals.answer(
        received,
        colleague.id,
        "mayor",
        "outcome",
        "varied",
        reasons="the letter came in time",
        minute_ref="FGP minute 26/114",
        terms=terms,
    )
    reviewer = uow.appeals.assign(received.id, colleague.id, "mayor", colleague.id)
    assert uow.appeals.decide(received, "decided", "varied", "FGP minute 26/114", terms)
    pause = uow.restrictions.pause(restriction.id, received.id)
    restriction = replace(restriction, pauses=(pause,))
    appeal = uow.appeals.get(received.id)
    assert appeal is not None
    filed = uow.messages.add(
        case.id,
        channel="email",
        received_on=date(2026, 10, 16),
        received_at=time(8, 5),
        answers=["foi", "safeguarding"],
        words="send me the minutes at once",
        by=colleague.id,
    )
    advice = {"advice": "counsel advised an injunction"}
    entry = uow.entries.add(case.id, "legal", "advised", advice, colleague.id, incident.id)
    uow.log.append(colleague.id, "reported", "case", case.id, reference=case.reference)
    recipient = Recipient("colleague", colleague.id)
    uow.outbox.add(recipient, "case", {"case": case.id}, card_key="card", dedup_key="once")
    posted = Posted(recipient, "card", "slack", "D1", "171.1", "case", {"case": case.id})
    uow.posted.record(posted)
    uow.tasks.add("unblock", case.id, "about", date(2026, 11, 13))
    uow.reports.publish(
        uow.now() - timedelta(days=90), uow.now() - timedelta(days=60), {"cases": 12}, colleague.id
    )
    uow.reminders.add(uow.now() + timedelta(days=5), "finding_awaited", case.id, {"a": "b"}, dedup_key="once")
    uow.deliveries.record("delivery", "case", {"case": case.id})
    uow.drafts.save("nonce", colleague.id, "report", {"what_happened": "half a sentence about him"})
    message = uow.local.post("governance", {"title": "a card with a rare tale"}, outbox_id="row")
    uow.conversations.save(TALKING)
    uow.sent_copies.keep("row", "tenant/personal/entra", "1700")
    approval = Approval(proposal.id, 1, colleague.id, "chief_officer", "chief", "approved", uow.now(), reason)
    uow.commit()
    return Filled(
        colleague, identity, person, case, incident, finding, proposal, approval, decision, restriction,
        notice, dispatch, police, merge, marker, note, referral, conflict, minute, appeal, answer, reviewer,
        filed, entry, held, correction,
        posted, message, recipient, holding, upload,
    )  # fmt: skip
