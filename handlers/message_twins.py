"""Two colleagues who file the same message: the second is told, and decides whether it is another one (R28)."""

from __future__ import annotations

from handlers.casefile import CaseFile
from handlers.chat import AnyField, Block, Callout, Checkbox, FormValues
from handlers.desk import Desk, Turn
from handlers.forms import day, text, ticked
from policy.answers import Problem
from policy.behaviour import Channel
from policy.calendars import say_day
from policy.messages import likely_same, since_words
from storage.filed import Message

ANOTHER = "another"
ANOTHER_WORDS = "It is another message: file this one too"


def twin_of(turn: Turn, file: CaseFile, values: FormValues) -> Message | None:
    """The newest message of the case that is likely the one being typed, by what is typed so far."""
    channel, received = text(values, "channel"), day(values, "received_on")
    same = (m for m in reversed(file.messages) if (m.channel, m.received_on) == (channel, received))
    for one in same:
        age = None if one.read_by == turn.me.id else turn.now - one.read_at
        if likely_same(text(values, "words"), one.words, age):
            return one
    return None


def twin_words(desk: Desk, twin: Message, me: str) -> str:
    """Who filed what, and when: nothing of what it says."""
    who = "You" if twin.read_by == me else desk.name(twin.read_by)
    ago = since_words(desk.now - twin.read_at)
    how, on = Channel(twin.channel).words, say_day(twin.received_on)
    return f"{who} filed a message of this case {ago}: {how[:1].lower()}{how[1:]}, received {on}. Is it the same one?"


def twin_blocks(turn: Turn, twin: Message | None) -> tuple[Block, ...]:
    """What the second colleague reads before the questions."""
    if twin is None:
        return ()
    more = "If it is, close this form: nothing more is to be done. What you typed stays here for a day."
    return (Callout(f"{twin_words(turn, twin, turn.me.id)} {more}", "warning"),)


def twin_fields(twin: Message | None) -> tuple[AnyField, ...]:
    """The box to tick for another message; asked only where one is likely the same."""
    return (Checkbox(name=ANOTHER, label=ANOTHER_WORDS),) if twin else ()


def twin_problems(turn: Turn, file: CaseFile, values: FormValues) -> tuple[Problem, ...]:
    """What is likely filed already is filed again only when somebody says that it is another one."""
    twin = twin_of(turn, file, values)
    if twin is None or ticked(values, ANOTHER):
        return ()
    sentence = f"{twin_words(turn, twin, turn.me.id)} Tick this if it is another one; else close this form."
    return (Problem(ANOTHER, "likely_filed", sentence),)
