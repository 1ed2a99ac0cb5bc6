"""The shortest journey: a report, and who is told."""

from __future__ import annotations

from tests.journeys.steps import report
from tests.town import Town


async def test_report_should_be_received_and_ping_both_offices_privately(town: Town) -> None:
    priya, dana = await town.colleague("Priya"), await town.colleague("Dana")
    seen = await report(priya)
    assert seen.title == "Report received: INC-2026-0001"
    for name in ("Dana", "Margaret"):
        message = await (await town.colleague(name)).latest("INC-2026-0001")
        assert message.button("finding.sign").label == "Sign a finding"
        assert "Marsden" not in message.text
        assert "fist" not in message.text
    (opened,) = await dana.room("governance")
    assert "INC-2026-0001" in opened.title
    assert "Marsden" not in opened.text
