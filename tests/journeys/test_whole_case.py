"""The whole case, from the report to the look-up at the desk."""

from __future__ import annotations

from tests.journeys.steps import decide, notify
from tests.town import Town


async def test_case_should_end_with_a_restriction_in_force(town: Town) -> None:
    await decide(town)
    before = town.record()
    assert before["notified_on"] is None
    assert before["restrictions"][0]["in_force"] is False
    await notify(town)
    after = town.record()
    assert after["notified_on"] == "2026-10-14"
    assert after["appeal_closes_at"] == "2026-10-28T23:59:59+00:00"
    assert after["restrictions"][0]["in_force"] is True
    leila = await town.colleague("Leila")
    (notice,) = await leila.room("councillors")
    assert "INC-2026-0001" in notice.text
    assert "Marsden" not in notice.text
    tom = await town.colleague("Tom")
    found = await tom.types("/incident check marsden")
    assert found.title == "A restriction is in force"
    assert "Ask the person to write." in found.text
