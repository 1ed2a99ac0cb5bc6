"""A busy program that is killed again and again: `python -m tests.process.kills NUMBER FOLDER AT-ONCE`.

It forks, so that two hundred lives take half a minute: each life opens the records anew, queues work, fires reminders
and delivers to a platform outside it, and is killed with SIGKILL at a random moment. The last life may finish.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import Civility
from bot.settings import Settings
from handlers import reminder_kinds, views
from handlers.casefile import CaseFile
from handlers.chat import Card
from handlers.desk import GOVERNANCE, Desk
from handlers.reminder_kinds import Kind
from scheduler.reminders import fire_due
from scheduler.sender import Sender
from storage.records import Recipient

BEGIN = datetime(2026, 10, 14, 9, tzinfo=UTC)
LIFE = timedelta(seconds=90)
"""Each life begins so much later than the one before: what that one had claimed is free again.

Two hundred of them are less than the six hours after which reminders come in one message."""
LONGEST = 0.12
"""Seconds until a life is killed, at most."""
NEW = 4
"""Messages and reminders that each life queues."""


class Outside:
    """A platform beyond the kill: a file to which whole lines are added, looked through before each of them."""

    name = "outside"

    def __init__(self, file: Path) -> None:
        self._file = file

    async def post(self, channel: str, card: Card, outbox_id: str) -> str:
        """Add a line, unless the message stands there."""
        known = self._file.read_text(encoding="utf-8").split("\n") if self._file.exists() else []
        if not any(line.startswith(outbox_id) for line in known):
            with self._file.open("ab", buffering=0) as to:
                to.write(f"{outbox_id} {channel} {card.title}\n".encode())
            await asyncio.sleep(0.002)  # the answer is on its way: a kill here leaves it unread
        return outbox_id

    async def update(self, channel: str, _: str, card: Card, outbox_id: str) -> str:
        """Nothing here is brought up to date."""
        return await self.post(channel, card, outbox_id)

    def direct(self, _: str, external_id: str) -> str:
        """An account."""
        return external_id

    def room(self, _: str, channel: str) -> str:
        """A channel."""
        return channel


def _words(_: Desk, ids: Mapping[str, str], __: str | None) -> Card:
    return Card(f"news {ids['number']}")


def _always(_: CaseFile, __: Mapping[str, str]) -> str:
    return "It is due."


def live(number: int, folder: Path, name: str) -> None:
    """One life: open, queue (with a `name`), fire, deliver, until there is nothing more to do or the kill comes."""
    now = BEGIN + LIFE * number
    civility = Civility(Settings(), now=lambda: now)
    council_id = civility.prepare()
    sender = Sender(
        civility.store,
        {"outside": Outside(folder / "outside.txt")},
        civility.desk,
        civility.now,
        civility.run,
    )
    if name:
        _queue(civility, council_id, name)
    asyncio.run(_work(civility, sender))
    civility.close()


def _queue(civility: Civility, council_id: str, name: str) -> None:
    with civility.store.write(council_id) as uow:
        case = uow.cases.all(1)[0]
        for one in range(NEW):
            uow.outbox.add(Recipient("channel", "governance"), "kills.words", {"number": f"{name}.{one}"})
            uow.reminders.add(uow.now(), "kills.always", case.id, dedup_key=f"{name}.{one}")
        uow.commit()


async def _work(civility: Civility, sender: Sender) -> None:
    while await civility.run(lambda: fire_due(civility.store, civility.desk)) or await sender.deliver():
        pass


def begin(civility: Civility) -> None:
    """The council, its channel, and a case to be reminded of."""
    council_id = civility.prepare()
    with civility.store.write(council_id) as uow:
        uow.council.update(channels={"governance": {"outside": "room"}})
        person = uow.people.add("Alex Marsden", "", "", identified=True)
        uow.cases.open(person.id, urgent=True)
        uow.commit()


def main(kills: int, folder: Path, together: int) -> None:
    """Live and die `kills` times, then live to the end; prints how many were killed at work.

    With `together` so many processes live at once, and the first of them is killed.
    """
    views.VIEWS["kills.words"] = _words  # type: ignore[index]
    reminder_kinds.KINDS["kills.always"] = Kind(_always, lambda _: (GOVERNANCE,))  # type: ignore[index]
    chance, at_work = random.Random(20261014), 0
    _end(_life(0, folder, "first"))
    for number in range(1, kills + 1):
        children = [_life(number, folder, f"{number}.{one}") for one in range(together)]
        time.sleep(chance.uniform(0, LONGEST))  # when it dies is chance: that is the test
        os.kill(children[0], signal.SIGKILL)
        at_work += [_end(child) for child in children].count(True)
    _end(_life(kills + 1, folder, "last"))
    sys.stdout.write(f"{at_work}\n")


def _life(number: int, folder: Path, name: str) -> int:
    """A process of its own; its id."""
    child = os.fork()
    if child:
        return child
    try:
        if name == "first":
            civility = Civility(Settings(), now=lambda: BEGIN)
            begin(civility)
            civility.close()
        else:
            live(number, folder, "" if name == "last" else name)
    except BaseException:  # noqa: BLE001 - whatever it is, it must not go on as the parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _end(child: int) -> bool:
    """Wait for the end of a process; whether it was killed."""
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit("a life ended by itself, and not well")
    return False


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
