"""What somebody must do by hand when a restriction ends: a card with a "Done" button (R26, R36)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handlers.casefile import NO_CASE, CaseFile, load
from handlers.chat import Button, Card, Replace, Response, Text
from handlers.desk import Desk, Refused, Turn
from handlers.marker_views import tell_words
from policy.appeals import unblock_tasks
from policy.calendars import say_moment
from policy.catalogue import Measure
from policy.decisions import case_work_refusal
from storage.to_do import Task

UNBLOCK = "unblock"
EASE = "ease"
"""A restriction became milder on appeal: only what no longer holds is opened again."""
TELL_OF_MARKER = "marker_tell"
VIEW = "task"
DONE = "task.done"


def add_task(desk: Desk, kind: str, case_id: str, about: str, who: Iterable[str]) -> None:
    """Ask colleagues (by id) to do something, once; the first who presses "Done" did it."""
    task_id = desk.uow.tasks.add(kind, case_id, about)
    key = f"{VIEW}:{task_id}"
    for one in who:
        desk.tell(one, VIEW, {"task": task_id}, card_key=key, once=key)


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
    what = tuple(Text(one) for one in _to_do(file, task))
    buttons = (
        Button(DONE, "Done", task.id, style="primary"),
        Button("case.open", "Open this case", file.case.id),
    )
    return Card(f"To do: {file.case.reference}", what, buttons)


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


def _to_do(file: CaseFile, task: Task) -> tuple[str, ...]:
    if task.kind == TELL_OF_MARKER:
        return tell_words(file, task.about)
    restriction = next((r for r in file.restrictions if r.id == task.about), None)
    measures = frozenset(Measure(one) for one in restriction.measures) if restriction else frozenset()
    if restriction is None or task.kind != EASE:
        return ("The restriction is over. Please:", *unblock_tasks(measures))
    present = [r for r in file.restrictions if r.decision_id == restriction.decision_id][-1]
    gone = measures - frozenset(Measure(one) for one in present.measures)
    *by_hand, _ = unblock_tasks(gone) or ("",)
    return ("The restriction is milder now. Please:", *by_hand, "Tell colleagues what has changed.")
