"""What somebody must do by hand: a card with a "Done" button, and reminders until then (R11, R26, R28, R36)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.asked_for import belongs, route_buttons
from handlers.case_letters import CLOCK_KINDS
from handlers.casefile import NO_CASE, NOTIFIABLE, CaseFile, load
from handlers.chat import Block, Button, Callout, Card, Replace, Response, Text
from handlers.contact import restrictions_now
from handlers.desk import Desk, Refused, Turn
from handlers.marker_words import MARKER_ENDED, TELL_OF_MARKER, TELL_OF_MARKER_END, tell_words
from handlers.tell import morning
from policy.appeals import unblock_tasks
from policy.calendars import say_day, say_moment
from policy.catalogue import Measure
from policy.decisions import case_work_refusal
from policy.messages import ROUTES, Question
from policy.safety import INJURY_WORDS, InjuryDuty
from storage.records import Restriction
from storage.to_do import Task

UNBLOCK = "unblock"
EASE = "ease"
"""A restriction became milder by an appeal or a correction: only what no longer holds is opened again."""
MESSAGE = "message."
"""Begins the kind of a task that a message opened; the question's own name follows."""
ASKED_FOR = f"{MESSAGE}{Question.APPEAL_OR_REVIEW}"
RIDDOR = "riddor"
ANOTHER_WAY = "another_way"
VIEW = "task"
DONE = "task.done"
COMING, DUE, OVERDUE, WAITING, URGENT = (
    f"task.{one}" for one in ("coming", "due", "overdue", "waiting", "urgent")
)
"""The kinds of reminder about a task."""
NEXT_DAY = timedelta(days=1)
SOON = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TaskKind:
    """One kind of task: what is owed in a few words, and in full. Both stand in posted cards: nothing of the story.

    `at_once`: it cannot wait for the morning. `reads`: what is asked stands in a message that can be read.
    """

    to_do: str
    words: Callable[[CaseFile, Task], tuple[str, ...]]
    at_once: bool = False
    reads: bool = False


def add_task(
    desk: Desk, kind: str, case_id: str, about: str, who: Iterable[str], due: date | None = None
) -> None:
    """Ask colleagues (by id) to do something, once; the first who presses "Done" did it. `due`: its last day."""
    task_id = desk.uow.tasks.add(kind, case_id, about, due)
    key = f"{VIEW}:{task_id}"
    for one in who:
        desk.tell(one, VIEW, {"task": task_id}, card_key=key, once=key)
    for reminder, at in _reminders(desk, kind, due):
        desk.uow.reminders.add(at, reminder, case_id, {"task": task_id}, f"{reminder}:{task_id}")


def task_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """What to do, or that it was done; None for somebody who has no part in the case any more."""
    task = desk.uow.tasks.get(ids["task"])
    if task is None or reader is None:
        return None
    file = load(desk, task.case_id)
    if case_work_refusal(reader, desk.register, file.parties, desk.today) is not None:
        return None
    if task.done_at is not None:
        return Card(f"Done: {file.case.reference}", (Text(f"Done on {say_moment(task.done_at)}."),))
    kind = KINDS[task.kind]
    body: list[Block] = [Text(one) for one in kind.words(file, task)]
    if kind.at_once:
        body.insert(0, Callout("This cannot wait.", "urgent"))
    if task.due_on is not None:
        body.append(Text(last_day(desk, task.due_on)))
    routes = _routes(file, task, reader)
    done = Button(DONE, "Done", task.id, style="default" if routes else "primary")
    buttons = [*routes, done]
    if kind.reads:
        buttons.append(Button("message.read", "Read the message", task.about))
    buttons.append(Button("case.open", "Open this case", file.case.id))
    return Card(f"To do: {file.case.reference}", tuple(body), tuple(buttons))


def _routes(file: CaseFile, task: Task, reader: str) -> tuple[Button, ...]:
    """What opens the route that a message asks for, where there is one to press (R28)."""
    message = file.desk.uow.messages.get(task.about) if task.kind == ASKED_FOR else None
    return route_buttons(file, message, reader) if message else ()


def press_done(turn: Turn, task_id: str) -> Response:
    """The button "Done"; pressed again it shows when it was done."""
    task = turn.uow.tasks.get(task_id)
    if task is None:
        raise Refused(NO_CASE)
    file = load(turn, task.case_id)
    turn.require(case_work_refusal(turn.me.id, turn.register, file.parties, turn.today), file.case.id)
    if turn.uow.tasks.done(task.id, turn.me.id):
        turn.log("task.done", "case", file.case.id, task=task.kind, about=task.about)
        turn.uow.outbox.refresh(f"{VIEW}:{task.id}", VIEW, {"task": task.id})
    card = task_card(turn, {"task": task.id}, turn.me.id)
    if card is None:
        raise Refused(NO_CASE)
    return Replace(card)


def finish(desk: Desk, kind: str, about: str, by: str = "") -> None:
    """What was asked about a record is done by what was done elsewhere, if it was asked. `by`: whoever did it."""
    task_id = f"{kind}:{about}"
    if desk.uow.tasks.done(task_id, by):
        desk.uow.outbox.refresh(f"{VIEW}:{task_id}", VIEW, {"task": task_id})


def route_taken(turn: Turn, case_id: str, message_id: str, what: str) -> None:
    """What a filed message asks for was begun, an "appeal" or a "review": nothing more is owed (R28)."""
    message = turn.uow.messages.get(message_id) if message_id else None
    if message is not None and belongs(turn, message, case_id):
        finish(turn, ASKED_FOR, message.id, turn.me.id)
        turn.log("message.taken_up", "message", message.id, case=case_id, what=what)


def last_day(desk: Desk, due: date) -> str:
    """A task's last day in words; one past the published bank holidays may still move (R33)."""
    if due < desk.today:
        return f"The last day was {say_day(due)}."
    moves = (
        " It may still move: its bank holidays are not published yet."
        if desk.calendar.is_provisional(due)
        else ""
    )
    return f"The last day is {say_day(due)}.{moves}"


def owed(file: CaseFile, ids: Mapping[str, str]) -> str:
    """What a reminder about a task says now; "" once it is done."""
    task = next((one for one in file.tasks if one.id == ids.get("task")), None)
    if task is None or task.done_at is not None:
        return ""
    when = f" {last_day(file.desk, task.due_on)}" if task.due_on else ""
    return f"Not recorded as done: {lower(KINDS[task.kind].to_do)}.{when} Whoever did it presses “Done”."


def done_button(_: CaseFile, ids: Mapping[str, str]) -> tuple[Button, ...]:
    """The button of a reminder about a task."""
    return (Button(DONE, "Done", ids["task"], style="primary"),)


def lower(words: str) -> str:
    """The words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def _reminders(desk: Desk, kind: str, due: date | None) -> list[tuple[str, datetime]]:
    """When to remind of a task: before and on its last day and after it, or after a while when it has none."""
    days = desk.settings.duty_reminder_working_days
    calendar, today = desk.calendar, desk.today
    if KINDS[kind].at_once:
        return [(URGENT, desk.now + SOON)]
    if due is None:
        return [(WAITING, morning(calendar.add_working_days(today, days)))] if KINDS[kind].reads else []
    dates = [(OVERDUE, calendar.next_working_day(max(due, today) + NEXT_DAY))]
    dates += [(DUE, due)] if due > today else []
    coming = calendar.add_working_days(due, -days)
    dates += [(COMING, coming)] if coming > today else []
    return [(name, morning(day)) for name, day in dates]


def _unblock(file: CaseFile, task: Task) -> tuple[str, ...]:
    restriction = next((r for r in file.restrictions if r.id == task.about), None)
    measures = frozenset(Measure(one) for one in restriction.measures) if restriction else frozenset()
    write = (
        ("Write to the person that it has ended.",) if restriction and _untold_end(file, restriction) else ()
    )
    return ("The restriction is over. Please:", *unblock_tasks(measures), *write, *_others(file, task))


def _untold_end(file: CaseFile, one: Restriction) -> bool:
    """Whether findings ended it that give no letter of their own: nothing else tells the person then (R16)."""
    last = file.final_decision
    heard = {a.record.decision_id for a in file.appeals if a.outcome is not None}
    if one.ended_at is None or last is None or last.kind in NOTIFIABLE or one.decision_id in heard:
        return False
    return one.decision_id != last.id and one.ended_at >= last.decided_at


def _ease(file: CaseFile, task: Task) -> tuple[str, ...]:
    corrected = next((one for one in file.corrections if one.id == task.about), None)
    before = next((r for r in file.restrictions if r.id == task.about), None)
    eased = corrected or before
    if eased is None:
        return _unblock(file, task)
    present = [r for r in file.restrictions if r.decision_id == eased.decision_id][-1]
    *by_hand, _ = unblock_tasks(gone(file, task.about)) or ("",)
    told = "Tell colleagues what has changed."
    return ("The restriction is milder now. Please:", *by_hand, told, *_others(file, task, present.id))


def gone(file: CaseFile, about: str) -> frozenset[Measure]:
    """The measures that hold no more since a correction, or since an appeal put milder terms in their place."""
    for made in file.corrections:
        if made.id == about:
            was, now = (frozenset(map(Measure, one.get("measures", ()))) for one in (made.before, made.after))
            return was - now
    before = next(r for r in file.restrictions if r.id == about)
    present = [r for r in file.restrictions if r.decision_id == before.decision_id][-1]
    return frozenset(map(Measure, before.measures)) - frozenset(map(Measure, present.measures))


def _others(file: CaseFile, *known: Task | str) -> tuple[str, ...]:
    """That something else still limits the person, from whatever case: it must not be opened by mistake."""
    own = {one if isinstance(one, str) else one.about for one in known}
    if not [one for one, _ in restrictions_now(file.desk, file.person) if one.id not in own]:
        return ()
    beside = "Another restriction of this person is still in force: open nothing that it closes."
    return (beside, "/incident check says what it is.")


def letter_asked_about(task: Task) -> str:
    """The letter that came back. `about` is its id, and from the second time on its id and how often before."""
    return task.about.partition(":")[0]


def _another_way(file: CaseFile, task: Task) -> tuple[str, ...]:
    """What a letter that came back means, and what to do."""
    notice = next((n for n in file.notices if n.id == letter_asked_about(task)), None)
    if notice is None or notice.kind in CLOCK_KINDS:
        what = "The notice came back, so the person is not notified by it and no restriction starts with it."
    else:
        what = "A letter came back, so the person does not know what it says."
    return (what, "Find another way: send the same letter by another, or write it again to another address.")


def _route(question: Question) -> TaskKind:
    route = ROUTES[question]

    def words(_file: CaseFile, _task: Task) -> tuple[str, ...]:
        return ("A message was filed under this reference. Please:", route.action)

    return TaskKind(route.to_do, words, at_once=route.at_once, reads=True)


KINDS: Mapping[str, TaskKind] = {
    UNBLOCK: TaskKind("Open again what the restriction blocked", _unblock),
    EASE: TaskKind("Open again what the milder restriction no longer blocks", _ease),
    TELL_OF_MARKER: TaskKind(
        "Tell the person of the safety marker", lambda file, task: tell_words(file, task.about)
    ),
    TELL_OF_MARKER_END: TaskKind(
        "Tell the person that the safety marker has ended", lambda _file, _task: MARKER_ENDED
    ),
    **{f"{MESSAGE}{one}": _route(one) for one in Question},
    ANOTHER_WAY: TaskKind("Find another way to reach the person: a letter came back", _another_way),
    RIDDOR: TaskKind(
        "Report an injury to the Health and Safety Executive",
        lambda _file, _task: (INJURY_WORDS[InjuryDuty.REPORT],),
    ),
}
