"""The buttons of a case's letters: write, read, record that it was sent or came back."""

from __future__ import annotations

from handlers.case_letters import CLOCK_KINDS
from handlers.casefile import NOTIFIABLE, CaseFile
from handlers.chat import Button, Confirm
from handlers.letter_kinds import KINDS
from handlers.letters import prepare_value
from storage.records import Notice

_CLOCK = "The person then counts as not told, and the appeal clock stops. You must find another way."
_OTHER = "The person then counts as not told. You must find another way."


def letter_buttons(file: CaseFile) -> tuple[Button, ...]:
    """Of every decision the person must be told of, and of every other letter that was written."""
    buttons: list[Button] = []
    for decision in file.decisions:
        if decision.kind not in NOTIFIABLE:
            continue
        notice = file.letter_about("decision", "", decision.id)
        if file.untold(decision) and (notice is None or notice.state != "sent"):
            if notice:
                buttons.append(
                    Button("notice.send", "Record that it was sent", notice.id, opens="notice_sent")
                )
            continue
        if notice is None:
            label = "Prepare the notice"
            buttons.append(Button("notice.prepare", label, decision.id, style="primary", opens="notice"))
            continue
        buttons += buttons_of(notice)
    for letter in file.notices:
        if letter.kind != "decision" and letter.state != "void":
            buttons += buttons_of(letter, f" ({KINDS[letter.kind].subject})")
    return tuple(buttons)


def buttons_of(notice: Notice, which: str = "") -> tuple[Button, ...]:
    """The buttons of one letter that is not void; `which` says behind each label which letter it is."""
    read = Button("notice.preview", f"Read the notice{which}", notice.id)
    fetch = Button("notice.download", f"Download the letter{which}", notice.id)
    if notice.state == "ready":
        return (
            read,
            Button(
                "notice.send",
                f"Record that it was sent{which}",
                notice.id,
                style="primary",
                opens="notice_sent",
            ),
            fetch,
            Button("notice.prepare", f"Write it again{which}", prepare_value(notice), opens="notice"),
        )
    words = _CLOCK if notice.kind in CLOCK_KINDS else _OTHER
    sure = Confirm("Did it come back?", words, "It came back")
    return (
        read,
        fetch,
        Button("notice.bounced", f"It came back{which}", notice.id, style="danger", confirm=sure),
    )
