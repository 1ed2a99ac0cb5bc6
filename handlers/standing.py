"""What comes round by itself, computed from dates: the digest, the review of the log, the month's report (R40).

After an outage only the newest of each is sent, and none from before the council was made.
"""

from __future__ import annotations

from datetime import datetime

from handlers import digest, log_review, report_offer
from handlers.desk import Desk
from policy.calendars import after_quiet


def send_due(desk: Desk) -> datetime:
    """Queue whatever is due and was never queued; the instant at which to look again."""
    desk.not_before = after_quiet(desk.now, desk.settings.quiet_from, desk.settings.quiet_until)
    week = digest.latest(desk)
    if week >= desk.council.created_at and desk.council.channels.get("governance"):
        digest.send(desk, week)
    review = log_review.latest(desk)
    if review is not None:
        log_review.ask(desk, review)
    report = report_offer.latest(desk)
    if report >= desk.council.created_at:
        report_offer.offer(desk, report)
    return min(digest.following(desk), log_review.following(desk), report_offer.next_one(desk))
