"""The letters of a case: which one counts, the day the person was told, when the appeal closes (R30-R32)."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.desk import Desk
from policy.calendars import Day
from policy.notices import AppealClose, Method, appeal_closes, notified_on
from policy.notices import Dispatch as SentCopy
from storage.records import Decision, Dispatch, Notice

CLOCK_KINDS = frozenset({"decision", "correction"})
"""The letters that tell of the decision itself: these start the appeal clock (R30, R32)."""


class CaseLetters:
    """What a `CaseFile` can tell of its letters."""

    desk: Desk
    notices: tuple[Notice, ...]
    dispatches: Mapping[str, tuple[Dispatch, ...]]

    def notices_of(self, decision: Decision) -> tuple[Notice, ...]:
        """A decision's notices and their corrections, oldest first, void ones included."""
        return tuple(n for n in self.notices if n.decision_id == decision.id and n.kind in CLOCK_KINDS)

    def notice_of(self, decision: Decision) -> Notice | None:
        """The notice of a decision that counts: the latest that was sent; while none was, the latest written."""
        left = [n for n in self.notices_of(decision) if n.state != "void"]
        return next((n for n in reversed(left) if n.state == "sent"), left[-1] if left else None)

    def told_on(self, decision: Decision) -> Day | None:
        """The day the person counts as notified of a decision, or None (R30)."""
        notice = self.notice_of(decision)
        return self.letter_told_on(notice) if notice else None

    def letter_about(self, kind: str, about: str, decision_id: str | None = None) -> Notice | None:
        """The latest letter of a kind about something (and of one decision) that is not void."""
        return next(
            (
                n
                for n in reversed(self.notices)
                if (n.kind, n.about) == (kind, about)
                and n.state != "void"
                and decision_id in (None, n.decision_id)
            ),
            None,
        )

    def letter_told_on(self, notice: Notice) -> Day | None:
        """The day a letter counts as received, by the rule for every letter (R30); None while it is not sent."""
        sent = self.dispatches.get(notice.id, ())
        return notified_on(
            (SentCopy(Method(d.method), d.sent_local, d.bounced_at is not None) for d in sent),
            self.desk.calendar,
        )

    def appeal_close(self, decision: Decision) -> AppealClose | None:
        """When the appeal against a decision closes: the later of printed and computed (R31, R32)."""
        told = self.told_on(decision)
        gone = (n.printed_close for n in self.notices_of(decision) if self.dispatches.get(n.id))
        printed = max(gone, default=None)  # what was written and never sent has promised nobody anything
        if told is None:
            return None
        return appeal_closes(told.value, self.desk.calendar, printed, self.desk.settings.appeal_days)
