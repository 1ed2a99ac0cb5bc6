"""Every card by name: rendered when it is shown or sent, for one reader, after asking the access rule (R17, R41).

A queued message holds a view's name and ids only. None means: this reader may not see it, or it no longer
applies. A view that is posted carries the reference and nothing personal; the private ones are listed apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers import (
    accounts,
    appeal_tell,
    appeal_views,
    case_views,
    chronology_views,
    conflict_views,
    corrections,
    digest,
    first_run,
    log_review,
    marker_views,
    merge_views,
    messages,
    minute_views,
    news_views,
    note_views,
    notice_views,
    offices,
    proclaimed,
    reminders,
    report_offer,
    summary,
    tasks,
    undelivered,
    upkeep,
    uploads,
)
from handlers.casefile import CaseFile, load
from handlers.chat import Button, Callout, Card, Facts, Text, ViewRef
from handlers.desk import Desk, Refused
from handlers.makers import offices_words
from handlers.news import VIEW as NEWS
from handlers.posting_words import STUCK
from policy.access import Part
from policy.calendars import local_date, say_day, say_moment
from policy.welfare import SUPPORT_OFFER

View = Callable[[Desk, Mapping[str, str], str | None], Card | None]


def show(desk: Desk, ref: ViewRef, reader: str | None) -> Card | None:
    """The card of a view as `reader` (a colleague's id, None for a channel) may see it now, or None."""
    try:
        return VIEWS[ref.view](desk, ref.ids, reader)
    except Refused:
        return None


def gone() -> Card:
    """What stays of a card that its reader may no longer see."""
    return Card("This message no longer applies to you.")


def said(sentence: str) -> Card:
    """A card of one sentence."""
    return Card(sentence)


def with_note(card: Card, sentence: str) -> Card:
    """The card with a sentence above everything else."""
    return replace(card, body=(Callout(sentence, "warning"), *card.body))


# --- posted: the reference only ---------------------------------------------------------------------


def _case_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    return case_views.posted_card(load(desk, ids["case"]), reader) if reader else None


def _opened(desk: Desk, ids: Mapping[str, str], _: str | None) -> Card | None:
    file = load(desk, ids["case"])
    urgent = (Callout("Please look at it today.", "urgent"),) if file.case.urgent else ()
    due = say_day(desk.calendar.previous_working_day(file.due_on))
    sentence = f"A report was received. The two findings are due before {due}."
    return Card(file.case.reference, (*urgent, Text(sentence)), (_open(file),))


def _decision_notice(desk: Desk, ids: Mapping[str, str], _: str | None) -> Card | None:
    """That a decision was made, its reference, kind and dates: no name, no story (R34)."""
    decision = desk.uow.decisions.get(ids["decision"])
    if decision is None:
        return None
    file = load(desk, decision.case_id)
    rows = [
        ("Reference", file.case.reference),
        ("Decision", case_views.DECISION_WORDS[decision.kind]),
        ("Decided on", say_day(local_date(decision.decided_at))),
        ("Decided by", offices_words(decision)),
    ]
    restriction = file.restriction_of(decision)
    if restriction and restriction.ended_at and restriction.ended_at <= desk.now:
        rows.append(("Ended", say_moment(restriction.ended_at)))
    elif restriction:
        rows.append(("Lasts until", case_views.lasts_words(restriction)))
    told, close = file.told_on(decision), file.appeal_close(decision)
    if told and close:
        rows += [("Person notified on", say_day(told.value)), ("Appeal closes", f"at {close.words}")]
    else:
        rows.append(("Person notified on", "Not yet"))
    rows += appeal_views.outcome_rows(file, decision.id)
    return Card("Decision notice", (Facts(tuple(rows)),))


def _support(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    file = load(desk, ids["case"])
    if reader not in file.parties.targets:
        return None
    return Card(
        "Support for you", (Text(SUPPORT_OFFER), Text(f"Reference: {file.case.reference}", small=True))
    )


def _corrected(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """The other investigator learns that a notice was put right (R32); reference only."""
    file = load(desk, ids["case"])
    if reader is None or Part.NOTICE not in file.seen_by(reader):
        return None
    sentence = (
        "The notice of this case was corrected. Nothing in it is harder on the person, so it needs no approval. "
        "The appeal period starts again when the person has the corrected notice."
    )
    return Card(file.case.reference, (Text(sentence),), (_open(file),))


def _refusals(desk: Desk, ids: Mapping[str, str], _: str | None) -> Card | None:
    sentence = (
        f"{desk.name(ids['colleague'])} was refused three times today. It may be a misunderstanding: have a word, "
        "or look at the register of offices."
    )
    return Card("Three refused presses in one day", (Text(sentence),))


# --- private: opened by a press or a command, never posted ------------------------------------------


def _case_open(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    return case_views.full_card(load(desk, ids["case"]), reader) if reader else None


def _received(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    file = load(desk, ids["case"])
    return case_views.received_card(file, reader) if reader else None


def _offices(desk: Desk, _: Mapping[str, str], reader: str | None) -> Card | None:
    return offices.offices_card(desk, reader) if reader else None


def _reminder(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    if reader is not None and Part.STORY not in load(desk, ids["case"]).seen_by(reader):
        return None
    return reminders.reminder_card(desk, ids, reader)


def _open(file: CaseFile) -> Button:
    return Button("case.open", "Open this case", file.case.id)


VIEWS: Mapping[str, View] = {
    "case.card": _case_card,
    "case.opened": _opened,
    "case.open": _case_open,
    chronology_views.VIEW: chronology_views.chronology_card,
    "report.received": _received,
    NEWS: news_views.news_card,
    "decision.notice": _decision_notice,
    "support.offer": _support,
    "notice.bounced": notice_views.bounced_card,
    "notice.preview": notice_views.preview_card,
    STUCK: notice_views.stuck_card,
    messages.FILED: messages.filed_card,
    messages.READ: messages.read_card,
    corrections.VIEW: _corrected,
    "refusals.alert": _refusals,
    "offices": _offices,
    "reminder": _reminder,
    appeal_tell.CARD: appeal_views.appeal_card,
    reminders.CATCH_UP: reminders.catch_up_card,
    tasks.VIEW: tasks.task_card,
    proclaimed.VIEW: proclaimed.proclaimed_card,
    digest.VIEW: digest.digest_card,
    log_review.VIEW: log_review.review_card,
    conflict_views.FLAG: conflict_views.flag_card,
    conflict_views.TOLD: conflict_views.told_card,
    note_views.ADDED: note_views.added_card,
    marker_views.CARD: marker_views.marker_card,
    marker_views.LOOK: marker_views.look_card,
    minute_views.CARD: minute_views.minute_card,
    minute_views.LOOK: minute_views.look_card,
    merge_views.CARD: merge_views.merge_card,
    merge_views.LOOK: merge_views.look_card,
    report_offer.VIEW: report_offer.offer_card,
    summary.VIEW: summary.summary_view,
    accounts.VIEW: accounts.linked_card,
    "welcome": first_run.welcome,
    undelivered.VIEW: undelivered.undelivered_card,
    upkeep.LOG_BROKEN: upkeep.log_broken_card,
    uploads.VIEW: uploads.unsent_card,
}
PRIVATE = frozenset(
    {
        "case.open",
        chronology_views.VIEW,
        "report.received",
        "notice.preview",
        "offices",
        merge_views.LOOK,
        marker_views.LOOK,
        minute_views.LOOK,
        messages.FILED,
        messages.READ,
        summary.VIEW,
    }
)
"""Views that answer a press; the outbox never carries one of these (R41)."""
