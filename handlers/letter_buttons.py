"""The buttons of a case's letters: write, read, record that it was sent or came back."""

from __future__ import annotations

from handlers.another_way import again_buttons, back_buttons, which_letter
from handlers.casefile import NOTIFIABLE, CaseFile
from handlers.chat import Button, Confirm
from handlers.corrections import correction_buttons
from handlers.desk import Desk
from handlers.letters import prepare_value
from handlers.posting_words import channel_of, open_posting
from storage.records import Notice


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
        buttons += buttons_of(file, notice)
    for letter in file.notices:
        if letter.kind != "decision" and letter.state != "void":
            buttons += buttons_of(file, letter)
    return (*buttons, *correction_buttons(file), *again_buttons(file))


def buttons_of(file: CaseFile, notice: Notice) -> tuple[Button, ...]:
    """The buttons of one letter that is not void; behind each label stands which letter it is."""
    which = which_letter(notice)
    read = Button("notice.preview", f"Read the notice{which}", notice.id)
    fetch = Button("notice.download", f"Download the letter{which}", notice.id)
    if notice.state == "ready" and open_posting(file.desk, notice.id):
        return (read, fetch)
    if notice.state == "ready":
        return (
            read,
            *service_button(file.desk, notice, which),
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
    return (read, fetch, *back_buttons(file, notice, which))


def service_button(desk: Desk, notice: Notice, which: str = "") -> tuple[Button, ...]:
    """ "Send by GOV.UK Notify", where Notify is set up for such a letter."""
    if channel_of(desk, notice) is None:
        return ()
    words = "GOV.UK Notify sends it to the address in the letter. It can't be called back."
    sure = Confirm("Send it now?", words, "Send it")
    label = f"Send by GOV.UK Notify{which}"
    return (Button("notice.notify", label, notice.id, style="primary", confirm=sure),)
