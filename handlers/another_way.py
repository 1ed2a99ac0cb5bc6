"""A letter that came back or needs a second channel: may the same words go another way, who sees to it (R30)."""

from __future__ import annotations

from handlers.case_letters import CLOCK_KINDS
from handlers.casefile import CaseFile
from handlers.chat import Button, Confirm
from handlers.desk import Turn
from handlers.letter_kinds import KINDS
from handlers.letter_standing import may, same_letter
from handlers.tasks import ANOTHER_WAY, add_task, finish, letter_asked_about
from policy.answers import Refusal
from policy.calendars import say_day
from policy.letter_stages import LetterAct
from policy.notices import METHOD_WORDS, Method
from storage.records import Dispatch, Notice

_CLOCK = (
    "Then the person counts as not told by it, and the appeal clock stops unless another copy reached them."
)
_OTHER = "The person then counts as not told. You must find another way."


def may_go_again(file: CaseFile, notice: Notice) -> Refusal | None:
    """Why this letter can't be sent another way, or None: it was sent, and no other has taken its place."""
    if refusal := may(file, notice, LetterAct.SEND_ANOTHER_WAY):
        return refusal
    decision = next((d for d in file.decisions if d.id == notice.decision_id), None)
    return KINDS[notice.kind].may(file, decision, notice.about, file.desk.today)


def again_buttons(file: CaseFile) -> tuple[Button, ...]:
    """For each letter that was sent or came back, unless another took its place."""
    return tuple(
        Button("notice.again", f"Send it another way{which_letter(n)}", n.id, opens="notice_again")
        for n in file.notices
        if may_go_again(file, n) is None
    )


def back_buttons(file: CaseFile, notice: Notice, which: str) -> tuple[Button, ...]:
    """That a sending came back; of two sendings, which one."""
    copies = standing_copies(file, notice)
    sure = Confirm("Did it come back?", _CLOCK if notice.kind in CLOCK_KINDS else _OTHER, "It came back")
    if len(copies) < 2:
        return (Button("notice.bounced", f"It came back{which}", notice.id, style="danger", confirm=sure),)
    return tuple(
        Button(
            "notice.bounced",
            f"Came back: {METHOD_WORDS[Method(one.method)].lower()}, {say_day(one.sent_local.date())}{which}",
            f"{notice.id}:{one.id}",
            style="danger",
            confirm=sure,
        )
        for one in copies
    )


def standing_copies(file: CaseFile, notice: Notice) -> tuple[Dispatch, ...]:
    """The sendings of a letter that have not come back."""
    return tuple(one for one in file.dispatches.get(notice.id, ()) if one.bounced_at is None)


def which_letter(notice: Notice) -> str:
    """What stands behind a button's label where a case has several letters."""
    return "" if notice.kind == "decision" else f" ({KINDS[notice.kind].subject})"


def ask_another_way(turn: Turn, file: CaseFile, notice: Notice) -> None:
    """The chief officer is asked to find another way; done when a letter of its kind goes out (R30)."""
    asked = [one for one in file.tasks if one.kind == ANOTHER_WAY and letter_asked_about(one) == notice.id]
    about = f"{notice.id}:{len(asked)}" if asked and all(one.done_at for one in asked) else notice.id
    add_task(turn, ANOTHER_WAY, file.case.id, about, (one.colleague_id for one in file.seats.officer))


def another_way_found(turn: Turn, file: CaseFile, notice: Notice) -> None:
    """A letter went out: what was asked about it and its earlier versions is done."""
    same = {one.id for one in file.notices if same_letter(one) == same_letter(notice)}
    for task in file.tasks:
        if task.kind == ANOTHER_WAY and letter_asked_about(task) in same:
            finish(turn, ANOTHER_WAY, task.about)
