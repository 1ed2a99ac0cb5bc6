"""Looking after colleagues: what the reporter is told, and what the target is offered (R47).

None of these sentences names anybody or tells the story: they are read on lock screens.
"""

from __future__ import annotations

from enum import StrEnum


class ReporterNews(StrEnum):
    """Each step of a case that its reporters hear about."""

    RECEIVED = "received"
    INVESTIGATING = "investigating"
    NOT_UNACCEPTABLE = "not_unacceptable"
    NO_ACTION = "no_action"
    FOUND = "found"
    DECISION_PROPOSED = "decision_proposed"
    WARNED = "warned"
    RESTRICTED = "restricted"
    POLICE = "police"
    LEGAL_ACTION = "legal_action"
    NOTIFIED = "notified"
    APPEALED = "appealed"
    APPEAL_DECIDED = "appeal_decided"
    APPEAL_OVER = "appeal_over"
    REVIEW_ENDS = "review_ends"
    REVIEW_GOES_ON = "review_goes_on"
    CLOSED = "closed"


_NEWS: dict[ReporterNews, str] = {
    ReporterNews.RECEIVED: "We have received your report. Thank you for telling us.",
    ReporterNews.INVESTIGATING: "Your report is being looked into.",
    ReporterNews.NOT_UNACCEPTABLE: "Your report was looked into. No unacceptable behaviour was found. "
    "You were right to report it.",
    ReporterNews.NO_ACTION: "Your report was looked into. The behaviour was found unacceptable; no further "
    "action will be taken this time.",
    ReporterNews.FOUND: "Your report was looked into. The behaviour was found unacceptable; what follows from that is "
    "being decided.",
    ReporterNews.DECISION_PROPOSED: "A decision on your report has been proposed and awaits approval.",
    ReporterNews.WARNED: "After your report, the decision is a warning.",
    ReporterNews.RESTRICTED: "After your report, the decision is a limit on contact with the council.",
    ReporterNews.POLICE: "Your report has been passed to the police.",
    ReporterNews.LEGAL_ACTION: "After your report, the council is taking legal action.",
    ReporterNews.NOTIFIED: "The person has been told of the decision on your report.",
    ReporterNews.APPEALED: "There is an appeal about the decision on your report.",
    ReporterNews.APPEAL_DECIDED: "The appeal about the decision on your report has been decided.",
    ReporterNews.APPEAL_OVER: "The appeal about the decision on your report is over; the decision stands.",
    ReporterNews.REVIEW_ENDS: "The limit on contact that followed your report was reviewed and has ended.",
    ReporterNews.REVIEW_GOES_ON: "The limit on contact that followed your report was reviewed and is to go on.",
    ReporterNews.CLOSED: "The case about your report is closed.",
}

SUPPORT_OFFER = (
    "We are sorry this happened to you. You can talk it over with the chief officer or a colleague you "
    "trust, and take a break when you need one. Tell us what would help."
)
DEBRIEF_REMINDER = (
    "A debrief is due: talk with the colleagues affected about what happened and what would help."
)


_TO_TARGET: dict[ReporterNews, str] = {
    ReporterNews.RECEIVED: "A report was received of behaviour that was aimed at you.",
    ReporterNews.NOT_UNACCEPTABLE: "The report was looked into. No unacceptable behaviour was found.",
}


def target_sentence(news: ReporterNews) -> str:
    """The same for somebody the behaviour was aimed at, whose report it is not."""
    own = _NEWS[news].replace("your report", "the report").replace("Your report", "The report")
    return _TO_TARGET.get(news, own)


def reporter_sentence(news: ReporterNews) -> str:
    """What a reporter is told, under the case's reference: "We have received your report. …"."""
    return _NEWS[news]
