"""What comes round by itself: Monday's digest and the quarterly review of the log, computed from dates (R40).

After an outage only the newest of each is sent, and none from before the council was made.
"""

from __future__ import annotations

from datetime import datetime

from handlers import digest, log_review
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
    return min(digest.following(desk), log_review.following(desk))
