"""What lies beside a case: further messages, entries, committees' minutes, what somebody must do by hand."""

from __future__ import annotations

from functools import cached_property

from handlers.desk import Desk
from storage.filed import Entry, Message
from storage.minuted import Minute
from storage.records import Case
from storage.to_do import Task


class Beside:
    """A part of `CaseFile`, read when it is first asked for. Everything is oldest first."""

    desk: Desk
    case: Case

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """The person's further messages, read and filed (R28)."""
        return self.desk.uow.messages.of_case(self.case.id)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What was written down beside the case: legal action, the days after an injury (R11, R14)."""
        return self.desk.uow.entries.of_case(self.case.id)

    @cached_property
    def minutes(self) -> tuple[Minute, ...]:
        """The committees' minutes, confirmed or not (R17)."""
        return self.desk.uow.minutes.of_case(self.case.id)

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """What somebody must do by hand, done or not."""
        return self.desk.uow.tasks.of_case(self.case.id)
