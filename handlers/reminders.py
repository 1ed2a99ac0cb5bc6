"""What happens to a reminder when it is due: whom it reaches, when, and in which card (R40).

In the governance channel it carries the reference only (R41). What is not urgent waits for the morning. What fell due
while Civility was not running arrives as one message for each reader, with the times at which it was due.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from handlers.casefile import NO_CASE, load
from handlers.chat import Block, Button, Card, Replace, Response, Table, Text
from handlers.desk import Desk, Refused, Turn
from handlers.offices import CHANGE, hand_over
from handlers.reminder_kinds import KINDS
from handlers.tell import morning
from policy.access import Part
from policy.answers import Refusal
from policy.calendars import after_quiet, say_moment
from storage.records import Recipient, Reminder

SNOOZE = "reminder.snooze"
CATCH_UP = "reminder.catch_up"
HOUR = timedelta(hours=1)
MOST = 40
"""As many lines as a message shows."""
NOT_YOURS = Refusal("not_your_reminder", "This reminder is not, or no longer, for you.")
NO_LONGER = Refusal("reminder_over", "This no longer needs anything: there is nothing to remind you of.")


def fire(desk: Desk, reminder: Reminder) -> None:
    """Queue the reminder for its readers, once each; nothing if it no longer applies."""
    desk.not_before = after_quiet(desk.now, desk.settings.quiet_from, desk.settings.quiet_until)
    if reminder.kind == CHANGE:
        hand_over(desk)
        return
    kind = KINDS[reminder.kind]
    try:
        file = load(desk, reminder.case_id)
    except Refused:
        return
    if not kind.said(file, reminder.ids):
        return
    if file.case.urgent or kind.at_once:
        desk.not_before = None
    ids = {**reminder.ids, "kind": reminder.kind, "case": reminder.case_id, "reminder": reminder.id}
    late = desk.now - reminder.due_at >= timedelta(hours=desk.settings.catch_up_after_hours)
    for reader in kind.asks(file, reminder.ids):
        if late:
            _catch_up(desk, reader)
        else:
            desk.tell(reader, "reminder", ids, once=f"reminder:{reminder.id}")
    if kind.also and "only" not in reminder.ids:
        kind.also(file, reminder)


def reminder_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """The card as it reads now, or None when it no longer applies."""
    file = load(desk, ids["case"])
    sentence = KINDS[ids["kind"]].said(file, ids)
    if not sentence:
        return None
    buttons = [Button("case.open", "Open this case", file.case.id)]
    if reader is not None:
        buttons = [*KINDS[ids["kind"]].buttons(file, ids), *buttons]
    if reader is not None and "reminder" in ids:
        buttons.append(Button(SNOOZE, "Remind me tomorrow", ids["reminder"]))
    return Card(f"Reminder: {file.case.reference}", (Text(sentence),), tuple(buttons))


def snooze(turn: Turn, reminder_id: str) -> Response:
    """ "Remind me tomorrow": the same on the next working morning, for who pressed and nobody else."""
    before = turn.uow.reminders.get(reminder_id)
    if before is None or before.kind not in KINDS:
        raise Refused(NO_CASE)
    file, kind, me = load(turn, before.case_id), KINDS[before.kind], Recipient("colleague", turn.me.id)
    turn.require(None if me in kind.asks(file, before.ids) else NOT_YOURS, file.case.id)
    turn.require(None if kind.said(file, before.ids) else NO_LONGER, file.case.id)
    day = turn.calendar.next_working_day(turn.today + timedelta(days=1))
    key = f"snooze:{before.ids.get('first', before.id)}:{turn.me.id}:{day.isoformat()}"
    ids = {"first": before.id, **before.ids, "only": turn.me.id}
    turn.uow.reminders.add(morning(day), before.kind, before.case_id, ids, key)
    turn.log("reminder.put_off", "case", file.case.id, kind=before.kind)
    words = f"You will be reminded again on {say_moment(morning(day))}."
    button = Button("case.open", "Open this case", file.case.id)
    return Replace(Card(f"Reminder: {file.case.reference}", (Text(words),), (button,)))


# --- after an outage --------------------------------------------------------------------------------


def _catch_up(desk: Desk, reader: Recipient) -> None:
    """One message a reader for all that is worked through in this hour, brought up to date while there is more."""
    since = desk.now.replace(minute=0, second=0, microsecond=0).isoformat()
    key = f"{CATCH_UP}:{since}"
    ids = {"since": since}
    desk.tell(reader, CATCH_UP, ids, card_key=key, once=key)
    desk.uow.outbox.refresh(key, CATCH_UP, ids)


def catch_up_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """What fell due meanwhile and still needs somebody: the reference, what is so now, and when it was due."""
    since = datetime.fromisoformat(ids["since"])
    least = timedelta(hours=desk.settings.catch_up_after_hours)
    rows = []
    for one in desk.uow.reminders.fired_between(since, since + HOUR):
        if one.kind in KINDS and one.fired_at is not None and one.fired_at - one.due_at >= least:
            row = _line(desk, one, reader)
            rows += [row] if row else []
    if not rows:
        return None
    body: list[Block] = [
        Text("These became due while Civility was not running."),
        Table("What became due", ("Reference", "What", "Was due"), tuple(rows[:MOST])),
    ]
    if len(rows) > MOST:
        body.append(Text(f"And {len(rows) - MOST} more. Type /incident cases to see every open case."))
    body.append(Text(f"Worked through on {say_moment(since)}, or within the hour.", small=True))
    return Card("What became due meanwhile", tuple(body))


def _line(desk: Desk, one: Reminder, reader: str | None) -> tuple[str, str, str] | None:
    try:
        file = load(desk, one.case_id)
    except Refused:
        return None
    sentence = KINDS[one.kind].said(file, one.ids)
    if reader is not None and Part.STORY not in file.seen_by(reader):
        return None
    if not sentence or not any(_is(reader, to) for to in KINDS[one.kind].asks(file, one.ids)):
        return None
    return file.case.reference, sentence, say_moment(one.due_at)


def _is(reader: str | None, to: Recipient) -> bool:
    return to.kind == "channel" if reader is None else (to.kind, to.id) == ("colleague", reader)
