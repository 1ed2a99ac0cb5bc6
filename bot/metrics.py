"""What an operator's Prometheus reads at `/metrics`: numbers only, no council, no colleague, no case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from storage.due import Queue

BUCKETS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600, 86400)


class Metrics:
    """One process's counters; fulfils `scheduler.sender.Observer`."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._latency = Histogram(
            "civility_delivery_seconds",
            "From the commit that caused a message to the platform that took it",
            ["platform"],
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._failures = Counter(
            "civility_delivery_failures",
            "Tries that a platform did not take, by what became of them",
            ["platform", "kind"],
            registry=self._registry,
        )

    def delivered(self, platform: str, after: timedelta) -> None:
        """A platform took a message."""
        self._latency.labels(platform).observe(max(after.total_seconds(), 0))

    def failed(self, platform: str, kind: str) -> None:
        """A platform did not; kind: down, later, never."""
        self._failures.labels(platform, kind).inc()

    def page(self, queue: Queue, up: Mapping[str, bool]) -> bytes:
        """Everything as text, with the queue as it is now."""
        now = CollectorRegistry()
        now.register(_Now(queue, up))
        return generate_latest(self._registry) + generate_latest(now)


class _Now(Collector):
    """Numbers that are true at this moment."""

    def __init__(self, queue: Queue, up: Mapping[str, bool]) -> None:
        self._queue, self._up = queue, up

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Each number with what it means."""
        queue = self._queue
        for name, words, value in (
            ("civility_outbox_waiting", "Messages not sent yet", queue.waiting),
            ("civility_outbox_due", "Messages that nobody has taken though they are due", queue.due),
            ("civility_outbox_parked", "Messages that were given up", queue.parked),
            (
                "civility_outbox_oldest_due_seconds",
                "For how long the oldest of them has been due",
                queue.oldest_message.total_seconds(),
            ),
            (
                "civility_reminders_oldest_due_seconds",
                "For how long the oldest reminder has been due",
                queue.oldest_reminder.total_seconds(),
            ),
        ):
            yield GaugeMetricFamily(name, words, value)
        up = GaugeMetricFamily(
            "civility_platform_up",
            "Whether a platform is tried, and not left alone for a while",
            labels=["platform"],
        )
        for platform, tried in self._up.items():
            up.add_metric([platform], int(tried))
        yield up
