"""What a journey works with: one unit of work, the council, the time, its settings and its calendar.

A `Desk` is enough to read and render; a `Turn` adds the colleague who clicked and what a journey may do for
them: refuse, write a log line, tell somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from handlers.chat import Request, ViewRef
from policy.access import Asker
from policy.answers import Problem, Refusal
from policy.calendars import Calendar, local_date
from policy.offices import Office, Register
from policy.settings import PolicySettings
from storage.records import Colleague, Council, Recipient
from storage.store import UnitOfWork

GOVERNANCE = Recipient("channel", "governance")
COUNCILLORS = Recipient("channel", "councillors")


class Refused(Exception):
    """Raised by a journey to stop: nothing of it is kept but one audit line (R18)."""

    def __init__(self, refusal: Refusal, subject_id: str = "", show: ViewRef | None = None) -> None:
        """`show` is the view to put beside the sentence: how it stands now (R19)."""
        super().__init__(refusal.code)
        self.show = show
        self.refusal = refusal
        self.subject_id = subject_id


class Wrong(Exception):
    """Raised by a journey when what was typed can't be saved: the form stays open with the sentences."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(p.code for p in self.problems))


@dataclass(frozen=True, slots=True)
class Outside:
    """What this program can reach, and how it is reached, as far as journeys must know."""

    files_at: str | None = None
    """What stands before `/files/…` in a link; None where no browser could follow one."""
    notify: frozenset[str] = frozenset()
    """What GOV.UK Notify is set up for: "email", "letter"."""
    uploads: frozenset[str] = frozenset()
    """Where a file can be shown in a colleague's own conversation for a while, when no browser could follow a link."""
    templates: str = ""
    """The folder of the council's own templates of letters, if any."""


NOTHING_OUTSIDE = Outside()


@dataclass
class Desk:
    """One council at one moment. `now` is aware UTC; `today` is the day in Europe/London."""

    uow: UnitOfWork
    council: Council
    settings: PolicySettings
    calendar: Calendar
    now: datetime
    not_before: datetime | None = field(default=None, kw_only=True)
    """When what is told may arrive at the earliest: after the quiet hours (R40). None: at once."""
    outside: Outside = field(default=NOTHING_OUTSIDE, kw_only=True)
    files: dict[str, Any] = field(default_factory=dict, kw_only=True, repr=False)
    """The cases read already, by id; only where nothing can change between two readings."""

    @property
    def today(self) -> date:
        """The day in Europe/London."""
        return local_date(self.now)

    @cached_property
    def register(self) -> Register:
        """The council's register of offices, read once a turn."""
        return self.uow.offices.register()

    @cached_property
    def colleagues(self) -> Mapping[str, Colleague]:
        """Every colleague by id, read once a turn."""
        return {one.id: one for one in self.uow.colleagues.all()}

    @cached_property
    def by_name(self) -> tuple[Colleague, ...]:
        """Every colleague that has a name, once each, in the order of a list to choose from."""
        named = (one for one in self.colleagues.values() if one.name and one.same_as is None)
        return tuple(sorted(named, key=lambda one: one.name))

    def name(self, colleague_id: str) -> str:
        """A colleague's name, in words even when they have left."""
        one = self.colleagues.get(colleague_id)
        return one.name if one and one.name else "a former colleague"

    def offices(self, colleague_id: str) -> frozenset[Office]:
        """The offices a colleague holds today."""
        return frozenset(self.register.offices_of(colleague_id, self.today))

    def asker(self, colleague_id: str) -> Asker:
        """The colleague as the access rule wants them."""
        one = self.colleagues.get(colleague_id)
        return Asker(colleague_id, self.offices(colleague_id), guest=bool(one and one.guest))

    def tell(
        self, to: str | Recipient, view: str, ids: Mapping[str, str], *, card_key: str = "", once: str = ""
    ) -> None:
        """Queue a view for a colleague (by id) or a channel; `once` makes it exactly one, ever."""
        recipient = Recipient("colleague", to) if isinstance(to, str) else to
        key = f"{once}:{recipient.kind}:{recipient.id}" if once else None
        self.uow.outbox.add(recipient, view, ids, card_key, self.not_before, key)


@dataclass
class Turn(Desk):
    """A click being answered."""

    me: Colleague
    request: Request

    def require(self, refusal: Refusal | None, subject_id: str = "") -> None:
        """Stop with this refusal, if there is one."""
        if refusal is not None:
            raise Refused(refusal, subject_id)

    def check(self, problems: Iterable[Problem]) -> None:
        """Stop with these problems at their fields, if there are any."""
        found = tuple(problems)
        if found:
            raise Wrong(found)

    def log(self, action: str, subject_kind: str, subject_id: str, **detail: str) -> None:
        """Write one line of the append-only log in this colleague's name (R38): ids and codes only."""
        self.uow.log.append(self.me.id, action, subject_kind, subject_id, **detail)
