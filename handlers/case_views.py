"""The cards of one case: the posted one (reference only), the private one (what the reader may see), "received"."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handlers import buttons as steps
from handlers.after_decision import correction_blocks, review_blocks, review_buttons, warning_blocks
from handlers.appeal_views import appeal_buttons, appeals_of_case, outcome_rows, sent_back_note
from handlers.beside_views import beside_blocks
from handlers.buttons import decision_buttons, record_buttons, report_buttons, safety_buttons, work_buttons
from handlers.cards import nearest_first
from handlers.casefile import CaseFile
from handlers.chat import Block, Button, Callout, Card, Facts, Text
from handlers.closing import BY_REVIEW, closing
from handlers.conflict_views import flag_blocks
from handlers.contact import dates_of
from handlers.finding_form import story
from handlers.hearing import appeals_words
from handlers.injuries import advice_due
from handlers.letter_kinds import KINDS
from handlers.makers import finding_office, finding_signer, names_words, offices_words
from handlers.messages import file_button
from handlers.minute_views import minute_blocks, minute_buttons
from handlers.news_views import next_blocks, where_words
from handlers.note_views import note_blocks
from handlers.proposal_form import from_record, proposed
from handlers.reminder_kinds import interim_sentence
from handlers.reviewing import CONTINUATION, review_words
from handlers.sides import sides
from policy.access import Part
from policy.calendars import local_date, london_time, say_day, say_until
from policy.cases import Stage, next_step
from policy.conduct import ADVICE
from policy.findings import FindingKind
from policy.notices import METHOD_WORDS, Method
from policy.offices import Office, name_offices, title
from policy.restriction_words import notice_sentences
from policy.restrictions import in_force
from policy.seats import who_may_act
from policy.welfare import ReporterNews, reporter_sentence
from storage.records import Decision, Finding, Proposal, Restriction

DECISION_WORDS = {
    "restriction": "A communication restriction",
    "interim": "An urgent interim restriction",
    "warning": "A warning",
    CONTINUATION: "A communication restriction continues after a review",
    "no_action": "Unacceptable, no further action",
    "not_unacceptable": "Not unacceptable",
    "police": "Refer to the police",
    "legal_action": "Take legal action",
}

CLOSABLE = frozenset({Stage.APPEAL_CLOSED, Stage.DECIDED})
APPEALED = frozenset({Stage.APPEAL_UNDECIDED, Stage.APPEAL_DECIDED})


def posted_card(file: CaseFile, reader: str) -> Card | None:
    """The card in a private conversation: reference, stage, who acts next, buttons; no name, no story (R41)."""
    seen = file.seen_by(reader)
    if Part.STAGE not in seen:
        return None
    opening = Button("case.open", "Open this case", file.case.id)
    if Part.STORY not in seen:
        return Card(file.case.reference, (Text(where_words(file, reader)), *next_blocks(file)), (opening,))
    return Card(
        _title(file),
        (*_headline(file), *_signed(file)),
        (opening, *minute_buttons(file, reader), *decision_buttons(file, reader)),
    )


def full_card(file: CaseFile, reader: str) -> Card | None:
    """Everything of the case this reader may see, with the buttons open to them; never posted."""
    seen = file.seen_by(reader)
    if Part.STAGE not in seen:
        if Part.DECISION not in seen:
            return None
        return Card(file.case.reference, tuple(_decisions(file)), record_buttons(file))
    own = report_buttons(file, reader)
    if Part.STORY not in seen:
        words = (Text(where_words(file, reader)), *next_blocks(file))
        return Card(file.case.reference, (*words, *_own_reports(file, reader)), own)
    people, people_buttons = sides(file, reader)
    body = (
        *_headline(file),
        *story(file),
        *people,
        *(block for finding in file.findings for block in _finding(file, finding)),
        *minute_blocks(file),
        *(block for proposal in file.proposals for block in _proposal(file, proposal)),
        *_decisions(file),
        *appeals_of_case(file),
        *_notices(file),
        *correction_blocks(file),
        *review_blocks(file),
        *warning_blocks(file, reader),
        *beside_blocks(file),
    )
    buttons = (
        *appeal_buttons(file, reader),
        *minute_buttons(file, reader),
        *decision_buttons(file, reader),
        *review_buttons(file, reader),
        *work_buttons(file, reader),
        *safety_buttons(file, reader),
        Button("case.chronology", "What happened, in order", file.case.id),
        *record_buttons(file),
        *file_button(file),
        *people_buttons,
        *own,
    )
    return Card(_title(file), body, nearest_first(buttons, steps.SELDOM))


def received_card(file: CaseFile, reader: str) -> Card | None:
    """What the reporter reads right after sending (R47): the reference, who acts next, by when."""
    if Part.OWN_REPORT not in file.seen_by(reader):
        return None
    due = say_day(file.desk.calendar.previous_working_day(file.due_on))
    body: list[Block] = [
        Text(reporter_sentence(ReporterNews.RECEIVED)),
        Text(f"{who_may_act(file.seats)} Their findings are due before {due}."),
    ]
    if file.seats.stuck:
        body.append(Callout(file.seats.stuck.sentence, "warning"))
    if file.case.urgent:
        body.insert(0, Callout("If anybody is in danger now, call 999.", "urgent"))
    body.append(Text("Type /incident mine at any time to see how far it has come.", small=True))
    return Card(f"Report received: {file.case.reference}", tuple(body), report_buttons(file, reader))


def lasts_words(restriction: Restriction) -> str:
    """How long, in words."""
    if restriction.ends_on:
        return say_until(restriction.ends_on)
    review = f"; it will be reviewed by {say_day(restriction.review_on)}" if restriction.review_on else ""
    return f"No time limit{review}"


def what_next(file: CaseFile) -> str:
    """Who acts next, by office. An interim restriction settles nothing: what is awaited beside it comes too (R16)."""
    today = file.desk.today
    appeals = appeals_words(file)
    close = closing(file)
    now = appeals if file.stage in APPEALED else next_step(file.progress, today, close)
    if not _only_interim(file):
        reviews = review_words(file)
        if reviews and close and close.code in BY_REVIEW and file.stage in CLOSABLE:
            now = ""
        return " ".join(filter(None, (now, appeals if file.stage not in APPEALED else "", reviews)))
    notice = now if file.stage is Stage.NOTICE_DUE else ""
    awaited = next_step(replace(file.progress, decided=False, appeal_waiting=False), today)
    return " ".join(filter(None, (notice, awaited, interim_sentence(file), appeals)))


# --- parts ----------------------------------------------------------------------------------------


def _only_interim(file: CaseFile) -> bool:
    return file.decision is not None and file.final_decision is None and not file.over


def _title(file: CaseFile) -> str:
    due = _only_interim(file) and file.stage is Stage.NOTICE_DUE
    words = "Interim restriction, notice not sent" if due else file.stage.words
    return f"{file.case.reference}: {words}"


def _own_reports(file: CaseFile, reader: str) -> list[Block]:
    """The reader's own reports, as they wrote them; a target's only show that there is one."""
    blocks: list[Block] = []
    for incident in file.incidents:
        if incident.reporter_id == reader:
            blocks.append(Facts((("Your report of", say_day(incident.happened_on)),)))
            blocks += [Text(incident.what_happened), *note_blocks(file, incident.id)]
    return blocks


def _headline(file: CaseFile) -> list[Block]:
    blocks: list[Block] = []
    if file.case.urgent and file.final_decision is None:
        blocks.append(Callout("A threat, violence or a possible crime is part of this case.", "urgent"))
    blocks += [*sent_back_note(file), *flag_blocks(file)]
    if advice_due(file):
        blocks.append(Callout(ADVICE, "warning"))
    blocks.append(Text(what_next(file)))
    if file.final_decision is None and not file.over and file.seats.stuck is None:
        due = say_day(file.desk.calendar.previous_working_day(file.due_on))
        blocks.append(Text(f"Due before {due}.", small=True))
    return blocks


def _signed(file: CaseFile) -> list[Block]:
    """Who signed what kind of thing and when: no words of it."""
    rows = [
        ("Finding", f"signed by {finding_office(f)}, {_moment(f.signed_at)}") for f in file.by_seat.values()
    ]
    rows += [
        (f"Version {a.version}", f"{a.answer} by {name_offices([Office(a.office)])}, {_moment(a.at)}")
        for a in file.approvals
    ]
    blocks: list[Block] = [Facts(tuple(rows))] if rows else []
    if file.final_decision:
        by = offices_words(file.final_decision)
        at = _moment(file.final_decision.decided_at)
        blocks.append(
            Callout(f"Decided: {DECISION_WORDS[file.final_decision.kind]}. By {by}, {at}.", "success")
        )
    return blocks


def _finding(file: CaseFile, finding: Finding) -> list[Block]:
    rows = [
        ("Finding", FindingKind(finding.kind).words),
        ("Signed by", f"{finding_signer(file.desk, finding)}, {_moment(finding.signed_at)}"),
    ]
    if finding.replaced_at:
        rows.append(("Replaced", _moment(finding.replaced_at)))
    if finding.agrees_with:
        rows.append(("Agrees with", "the first finding and its reasons"))
    else:
        labels = {
            "circumstances": "Looked at",
            "same_issue": "Same issue",
            "dealt_with": "Dealt with",
            "burden": "Burden",
            "reasons": "Reasons",
        }
        rows += [(label, finding.answers[key]) for key, label in labels.items() if finding.answers.get(key)]
    if finding.extreme_confirmed:
        rows.append(("Extreme case", "the reason for giving no warning is confirmed"))
    return [Facts(tuple(rows))]


def _proposal(file: CaseFile, proposal: Proposal) -> list[Block]:
    draft = proposed(file.desk, from_record(proposal.content))
    states = {"open": "waiting for approval", "overtaken": "overtaken by the decision"}
    rows = [
        ("Proposal", f"version {proposal.version}, {states.get(proposal.state, proposal.state)}"),
        ("Drafted by", f"{file.desk.name(proposal.drafted_by)}, {_moment(proposal.drafted_at)}"),
        ("What would happen", " ".join(notice_sentences(draft))),
        ("Until", say_until(draft.ends_on) if draft.ends_on else "no end; reviewed"),
        ("Adjustments", draft.adjustments),
        ("Why proportionate", draft.proportionate),
        ("Access left", draft.access_left),
        ("The case for", draft.case_for),
        ("The case against", draft.case_against),
    ]
    for approval in file.approvals:
        if approval.proposal_id == proposal.id:
            who = f"{file.desk.name(approval.colleague_id)}, {title(Office(approval.office))}"
            why = f": {approval.reason}" if approval.reason else ""
            rows.append(
                (f"Version {approval.version} {approval.answer}", f"{who}, {_moment(approval.at)}{why}")
            )
    return [Facts(tuple(row for row in rows if row[1]))]


def _decisions(file: CaseFile) -> list[Block]:
    blocks: list[Block] = []
    for decision in file.decisions:
        rows = [
            ("Decision", DECISION_WORDS[decision.kind]),
            ("Decided on", _moment(decision.decided_at)),
            ("Decided by", names_words(decision)),
        ]
        rows += _restriction_rows(file, decision)
        told, close = file.told_on(decision), file.appeal_close(decision)
        if told and close:
            rows += [("Person notified on", say_day(told.value)), ("Appeal closes", f"at {close.words}")]
        rows += outcome_rows(file, decision.id)
        blocks.append(Facts(tuple(rows)))
    return blocks


def _restriction_rows(file: CaseFile, decision: Decision) -> list[tuple[str, str]]:
    rows = []
    for restriction in file.restrictions:
        if restriction.decision_id == decision.id:
            rows.append(("Lasts until", lasts_words(restriction)))
            rows.append(("In force now", in_force(dates_of(restriction), file.desk.now).reason.words))
            if restriction.interim_lapses_on and not restriction.confirmed_at:
                rows.append(("Lapses unless confirmed", say_until(restriction.interim_lapses_on)))
    return rows


def _notices(file: CaseFile) -> list[Block]:
    blocks: list[Block] = []
    for notice in file.notices:
        rows = [
            (
                KINDS[notice.kind].subject,
                f"version {notice.version}, {METHOD_WORDS[Method(notice.method)].lower()}",
            )
        ]
        states = {"ready": "written, not sent", "sent": "sent", "void": "no longer counts"}
        rows.append(("State", states[notice.state]))
        for copy in file.dispatches.get(notice.id, ()):
            came_back = f"; came back {_moment(copy.bounced_at)}" if copy.bounced_at else ""
            how = METHOD_WORDS[Method(copy.method)].lower()
            when = f"{copy.sent_local:%H:%M} on {say_day(copy.sent_local.date())}, {how}"
            rows.append(("Sent" if rows[-1][0] != "Sent" else "Sent again", f"{when}{came_back}"))
        blocks.append(Facts(tuple(rows)))
    return blocks


def _moment(at: datetime) -> str:
    return f"{london_time(at):%H:%M} on {say_day(local_date(at))}"
