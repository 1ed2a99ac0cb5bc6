"""What an operator's tools ask: is it ready, and how does the queue stand?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer

from bot.app import Civility
from bot.settings import Settings
from storage.mainkey import new_key_text
from storage.records import Outgoing, Recipient
from storage.store import Store
from tests.town import Clock


@dataclass
class House:
    """The program with its clock and somebody who asks."""

    civility: Civility
    council_id: str
    clock: Clock
    client: TestClient  # type: ignore[type-arg]

    async def ready(self) -> tuple[int, str]:
        """What /readyz answers."""
        async with self.client.get("/readyz") as answer:
            return answer.status, (await answer.json())["status"]

    async def metrics(self) -> dict[str, float]:
        """What /metrics says, by name and labels."""
        async with self.client.get("/metrics") as answer:
            assert answer.status == 200
            lines = (await answer.text()).splitlines()
        return {
            name: float(value) for name, _, value in (one.rpartition(" ") for one in lines if one[:1] != "#")
        }

    def queue(self, kind: str, to: str) -> None:
        """A message for a channel or a colleague."""
        with self.civility.store.write(self.council_id) as uow:
            uow.outbox.add(Recipient(kind, to), "offices", {})
            uow.commit()


@pytest_asyncio.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[House]:
    clock = Clock()
    settings = Settings(
        database_url=database_url,
        civility_data=tmp_path,
        civility_key=new_key_text(),
        civility_config=tmp_path / "none.toml",
    )
    civility = Civility(settings, now=clock)
    council_id = civility.prepare()
    async with TestClient(TestServer(civility.application(council_id))) as client:
        yield House(civility, council_id, clock, client)
    civility.close()


async def test_queue_nobody_takes_from_should_make_the_program_not_ready(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await house.ready() == (200, "ready")

    def stuck(*_: object) -> tuple[Outgoing, ...]:
        raise RuntimeError("stuck")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "claim_outbox", stuck)
        house.queue("channel", "governance")
        house.clock.pass_by(minutes=10)
        assert await house.ready() == (200, "ready")
        house.clock.pass_by(seconds=1)
        status, words = await house.ready()
        assert (status, words) == (503, "messages or reminders are due and nobody takes them")
        assert (await house.metrics())["civility_outbox_oldest_due_seconds"] == 601
    await house.civility.deliver(house.council_id)
    assert await house.ready() == (200, "ready")


async def test_reminder_nobody_fires_should_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.fire_due", lambda *_: 0)
    with house.civility.store.write(house.council_id) as uow:
        uow.reminders.add(house.clock.now, "finding.awaited", "")
        uow.commit()
    house.clock.pass_by(minutes=11)
    assert (await house.ready())[0] == 503
    assert (await house.metrics())["civility_reminders_oldest_due_seconds"] == 660


async def test_metrics_should_count_and_name_nobody(house: House) -> None:
    with house.civility.store.read(house.council_id) as uow:
        dana = next(one for one in uow.colleagues.all() if one.name.startswith("Dana"))
    house.queue("colleague", dana.id)
    house.queue("colleague", "nobody")
    await house.civility.deliver(house.council_id)
    found = await house.metrics()
    assert found['civility_delivery_seconds_count{platform="local"}'] == 1
    assert found["civility_outbox_waiting"] == 1
    assert found["civility_outbox_due"] == 0
    assert found['civility_platform_up{platform="local"}'] == 1
    assert not any("Dana" in one or dana.id in one for one in found)
