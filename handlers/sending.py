"""What is wrong with a day, a time or an address typed for a letter, as sentences at their fields (R30)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from policy.answers import Problem
from policy.calendars import LONDON, local_date, say_day
from policy.notices import Method
from policy.people import normalise_email
from storage.records import Decision, Notice


def expected_problems(expected: date, today: date, address: str, method: Method) -> tuple[Problem, ...]:
    """What is wrong with the day a letter is to leave on, and with where it goes."""
    problems = []
    if expected < today:
        problems.append(Problem("expected_on", "in_past", "This day is over. Give today or a later day."))
    if expected > today + timedelta(days=28):
        sentence = f"A notice should leave soon. Give a day up to {say_day(today + timedelta(days=28))}."
        problems.append(Problem("expected_on", "too_late", sentence))
    return (*problems, *address_problems(address, method))


def address_problems(address: str, method: Method) -> tuple[Problem, ...]:
    """An email goes to one email address."""
    if method is not Method.EMAIL or normalise_email(address):
        return ()
    sentence = "Give one email address and nothing else, such as name@example.org."
    return (Problem("address", "no_email", sentence),)


def sent_problems(
    sent: datetime, decision: Decision | None, notice: Notice, now: datetime
) -> tuple[Problem, ...]:
    """What is wrong with a day and time of sending: in the future, or before there was anything to send."""
    if sent.replace(tzinfo=LONDON) > now + timedelta(minutes=1):
        sentence = "This is in the future. Give the day and time it was sent."
        return (Problem("sent_on" if sent.date() > local_date(now) else "sent_at", "in_future", sentence),)
    if notice.kind == "decision" and decision is not None:
        begins, what = local_date(decision.decided_at), "The decision was made"
    else:
        begins, what = local_date(notice.prepared_at), "It was written"
    if sent.date() < begins:
        sentence = f"{what} on {say_day(begins)}; it can't be sent before."
        return (Problem("sent_on", "before_decision", sentence),)
    return ()
