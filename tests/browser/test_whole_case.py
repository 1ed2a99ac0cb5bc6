"""The whole case in a real browser, as the people of a council would live it: each at a screen of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial

import pytest
from playwright.async_api import Browser, expect
from typer.testing import CliRunner

from bot import cli
from bot.app import Civility
from tests.browser.screen import DESKTOP, PHONE, open_screen
from tests.journeys.steps import FINDING, PROPOSAL, THREAT
from tests.town import Town

CASE = re.compile("INC-2026-0001")
WRITTEN = {name: value if isinstance(value, str) else list(value) for name, value in THREAT.items()}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_case_should_go_from_report_to_restriction(
    chromium: Browser, town: Town, size: Mapping[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = await open_screen(chromium, town, "Dana", viewport=size)
    margaret = await open_screen(chromium, town, "Margaret", viewport=size)
    leila = await open_screen(chromium, town, "Leila", "councillors", viewport=size)
    tom = await open_screen(chromium, town, "Tom", "staff", viewport=size)
    priya = await open_screen(chromium, town, "Priya", "staff", viewport=size)

    # Priya reports.
    await priya.types("/incident")
    await priya.fills(WRITTEN)
    await priya.look("01-report")
    await priya.completes(WRITTEN, "Send report")
    await expect(priya.card("Report received: INC-2026-0001")).to_be_visible()
    await priya.check()
    await priya.look("02-received")

    # Both offices are pinged privately, without a reload, and sign.
    await expect(dana.card(CASE)).to_be_visible()
    await expect(margaret.card(CASE)).to_be_visible()
    await expect(dana.page.get_by_text("Marsden")).to_have_count(0)
    await dana.check()
    await dana.look("03-pinged")
    await dana.presses(CASE, "Sign a finding")
    await dana.look("04-finding")
    await dana.completes(_plain(FINDING), "Sign")
    await margaret.presses(CASE, "Agree with the finding", sure="Agree and sign")
    await margaret.look("05-agreed")

    # A proposal is drafted, and the Chair approves it.
    await dana.presses(CASE, "Propose a restriction")
    await dana.fills(_plain(PROPOSAL))
    await dana.look("06-proposal")
    await dana.completes(_plain(PROPOSAL), "Propose and approve")
    await margaret.presses(CASE, "Open this case")
    await margaret.check()
    await margaret.look("07-opened")
    await margaret.presses(CASE, "Approve version 1", sure="Approve")
    await expect(margaret.page.get_by_text("Decided: A communication restriction.").first).to_be_visible()
    await expect(dana.page.get_by_text("Decided: A communication restriction.").first).to_be_visible()
    await expect(margaret.page.get_by_role("button", name="Approve version 1")).to_have_count(0)
    await margaret.look("08-decided")

    # The councillors learn of it without a name; the notice is previewed and marked as e-mailed.
    await expect(leila.card("Decision notice")).to_contain_text("INC-2026-0001")
    await expect(leila.page.get_by_text("Marsden")).to_have_count(0)
    await dana.presses(CASE, "Open this case")
    await dana.presses(CASE, "Prepare the notice")
    await dana.completes({"method": "email"}, "Write the notice")
    preview = dana.card("Notice for INC-2026-0001, version 1")
    await expect(preview).to_contain_text("Dear Alex Marsden")
    await expect(preview).to_contain_text("11.59pm on Wednesday 28 October 2026")
    await dana.check()
    await dana.look("09-preview")
    await dana.presses("Notice for INC-2026-0001, version 1", "Record that it was sent")
    await dana.completes({}, "Save")
    await expect(leila.card("Decision notice")).to_contain_text("Person notified on")
    await expect(leila.card("Decision notice")).to_contain_text("Wednesday 14 October 2026")
    await leila.check()
    await leila.look("10-decision-notice")

    # Anybody at the desk can ask what may be done; in the staff room only in a form of their own.
    await tom.types("/incident check marsden")
    await tom.completes({}, "Look up")
    await expect(tom.card("A restriction is in force")).to_contain_text("Ask the person to write.")
    await tom.check()
    await tom.look("11-check")

    # The command line computes the same.
    monkeypatch.setenv("DATABASE_URL", town.civility.settings.database_url)
    monkeypatch.setenv("CIVILITY_DATA", str(town.civility.settings.civility_data))
    monkeypatch.setenv("CIVILITY_KEY", town.civility.settings.civility_key)
    monkeypatch.setattr("bot.app.Civility", partial(Civility, now=town.clock))
    printed = CliRunner().invoke(cli.app, ["case", "INC-2026-0001", "--json"])
    assert printed.exit_code == 0, printed.output
    data = json.loads(printed.output)
    assert data["notified_on"] == "2026-10-14"
    assert data["appeal_closes_at"] == "2026-10-28T23:59:59+00:00"
    assert [one["in_force"] for one in data["restrictions"]] == [True]


def _plain(answers: Mapping[str, object]) -> dict[str, str | list[str]]:
    return {name: value if isinstance(value, str) else list(value) for name, value in answers.items()}  # type: ignore[call-overload]
