"""A circuit breaker for each platform: one that is down is left alone for a while, so that it delays no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

FAILURES = 3
"""So many failures one after the other mean that the platform is down, and not that one message is wrong."""
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=5)


@dataclass(slots=True)
class _State:
    failures: int = 0
    rest: timedelta = timedelta()
    until: datetime | None = None


class Breaker:
    """Counts each platform's failures in a row."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._states: dict[str, _State] = {}

    def left(self, platform: str) -> timedelta | None:
        """For how much longer a platform is left alone; None when it may be tried."""
        state = self._states.get(platform)
        if state is None or state.until is None:
            return None
        left = state.until - self._now()
        # More than was ever set means that the computer's clock was put back: nothing is waited for then.
        return left if timedelta() < left <= state.rest else None

    def failed(self, platform: str) -> None:
        """The platform was not reached, or was in trouble. After a rest one failure is enough for a longer one."""
        state = self._states.setdefault(platform, _State())
        state.failures += 1
        if state.failures >= FAILURES:
            state.rest = min(state.rest * 2 or FIRST_REST, LONGEST_REST)
            state.until = self._now() + state.rest

    def answered(self, platform: str) -> None:
        """The platform is there, whatever it said about the message."""
        self._states.pop(platform, None)
