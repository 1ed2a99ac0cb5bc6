"""The quarterly review of the log, signed by the chief officer and the Chair of F&GP (R38, R40)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from handlers.chat import Button, Callout, Card, Confirm, Replace, Reply, Response, Table, Text
from handlers.desk import Desk, Refused, Turn
from handlers.tell import morning
from policy.answers import Refusal
from policy.calendars import add_months, local_date, say_day, start_of_day
from policy.offices import Office, title

VIEW = "log.review"
LOOK, SIGN = "log.look", "log.sign"
SIGNED = "log.reviewed"
SIGNERS = (Office.CHIEF_OFFICER, Office.CHAIR_FGP)
NOT_YOURS = Refusal(
    "not_a_log_reviewer", "The Chief Officer and the Chair of F&GP review the log. Nobody else can sign it."
)
WORDS: Mapping[str, str] = {
    "incident.reported": "Reports",
    "incident.withdrawn": "Reports withdrawn",
    "case.opened": "Times somebody opened a case",
    "case.printed": "Times a case was printed by the command line",
    "check.looked_up": "Times somebody was looked up",
    "decision.made": "Decisions",
    "notice.sent": "Notices sent",
    "restriction.ended": "Restrictions ended before their time",
    "offices.changed": "Changes of an office",
    "refused": "Presses that were refused",
}
"""What the reviewers count. Everything else is summed up."""


def latest(desk: Desk) -> datetime | None:
    """The instant of the newest review that was due by now; None before the first."""
    months, due = 0, None
    while (then := _due(desk, months := months + desk.settings.log_review_months)) <= desk.now:
        due = then
    return due


def following(desk: Desk) -> datetime:
    """The instant at which the next review is due."""
    months = desk.settings.log_review_months
    while _due(desk, months) <= desk.now:
        months += desk.settings.log_review_months
    return _due(desk, months)


def _due(desk: Desk, months: int) -> datetime:
    return morning(desk.calendar.next_working_day(add_months(local_date(desk.council.created_at), months)))


def ask(desk: Desk, due: datetime) -> None:
    """Ask both signers, once."""
    on = local_date(due).isoformat()
    key = f"{VIEW}:{on}"
    for office in SIGNERS:
        for holder in desk.register.holders(office, desk.today):
            desk.tell(holder, VIEW, {"on": on}, card_key=key, once=key)


def review_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """Who has signed and who has not; None for somebody who is no signer any more."""
    if reader is None or _office(desk, reader) is None:
        return None
    on = date.fromisoformat(ids["on"])
    signed = _signed(desk, ids["on"])
    lines = [
        Text(f"The {title(one)} {'has signed' if one in signed else 'has not signed yet'}.")
        for one in SIGNERS
    ]
    first = Text(f"Please look at what was done up to {say_day(on)}, and sign that you have.")
    buttons = () if set(SIGNERS) <= signed else (Button(LOOK, "Look at the log", ids["on"], style="primary"),)
    return Card("Review of the log", (first, *lines), buttons)


def press_look(turn: Turn, on: str) -> Response:
    """What the log holds of these months, in numbers, and whether it is whole: only who pressed sees it."""
    office = _required(turn)
    return Reply(_numbers(turn, _day(turn, on), office))


def press_sign(turn: Turn, on: str) -> Response:
    """ "I have reviewed the log": once for each office."""
    office, day = _required(turn), _day(turn, on)
    if office not in _signed(turn, day.isoformat()):
        turn.log(SIGNED, "log", _subject(day.isoformat()), office=office.value)
        turn.uow.outbox.refresh(f"{VIEW}:{day.isoformat()}", VIEW, {"on": day.isoformat()})
    return Replace(Card("Review of the log", (Callout("You have signed. Thank you.", "success"),)))


# --- parts ----------------------------------------------------------------------------------------


def _numbers(turn: Turn, day: date, office: Office) -> Card:
    since = add_months(day, -turn.settings.log_review_months)
    counts = turn.uow.log.counts(start_of_day(since), start_of_day(day))
    rows = [(words, str(counts.get(action, 0))) for action, words in WORDS.items()]
    rows.append(("Everything else", str(sum(n for action, n in counts.items() if action not in WORDS))))
    whole, _, sentence = turn.uow.log.verify()
    sure = Confirm("Sign the review?", "It is recorded in your name and cannot be taken back.", "Sign")
    signed = office in _signed(turn, day.isoformat())
    sign = Button(SIGN, "I have reviewed the log", day.isoformat(), style="primary", confirm=sure)
    return Card(
        "The log in numbers",
        (
            Callout(sentence, "success" if whole else "urgent"),
            Table(f"From {say_day(since)} until {say_day(day)}", ("What", "How often"), tuple(rows)),
        ),
        () if signed else (sign,),
    )


def _office(desk: Desk, colleague_id: str) -> Office | None:
    return next((one for one in SIGNERS if colleague_id in desk.register.holders(one, desk.today)), None)


def _required(turn: Turn) -> Office:
    office = _office(turn, turn.me.id)
    if office is None:
        raise Refused(NOT_YOURS)
    return office


def _day(turn: Turn, on: str) -> date:
    """The review a press is about: never one that was not due."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        day = date.max
    due = latest(turn)
    known = due is not None and day <= local_date(due) and day >= local_date(turn.council.created_at)
    turn.require(None if known else Refusal("no_log_review", "There is no review of the log on that day."))
    return day


def _signed(desk: Desk, on: str) -> frozenset[Office]:
    lines = desk.uow.log.lines(_subject(on))
    return frozenset(Office(one.detail["office"]) for one in lines if one.action == SIGNED)


def _subject(on: str) -> str:
    return f"log-review:{on}"
