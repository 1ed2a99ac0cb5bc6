"""A letter by GOV.UK Notify at Slack: handed over, delivered, and come back, as the chat shows it (R30)."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.notify import open_notify
from tests.letters.by_notify import calls_back, settings
from tests.slack.after_steps import CASE, nothing_private, opened, prepared
from tests.slack.test_whole_case import words
from tests.slack.town import open_slack_town


async def test_letter_should_be_handed_over_arrive_and_come_back(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    async with (
        open_notify() as notify,
        open_slack_town(migrated_sqlite_url, tmp_path, **settings(notify)) as town,
    ):
        dana, tom = town.user("Dana"), town.user("Tom")
        preview = await prepared(town)
        town.slack.show(tom.id, preview)  # somebody who was never offered it presses the same
        await tom.presses(preview, "notice.notify")
        await town.deliver()
        assert notify.held == []
        assert "handed to GOV.UK Notify" in words(await dana.presses(dana.view, "notice.notify"))
        await dana.presses(preview, "notice.notify")
        await town.deliver()
        (held,) = notify.held  # pressed twice, sent once
        assert held["email_address"] == "alex.marsden@example.com"
        councillors = town.slack.messages[town.channels["councillors"]]
        assert "Not yet" in councillors[0]["text"]
        await calls_back(town.session, town.site, notify.becomes("delivered", "2026-10-14T09:30:00.000000Z"))
        await town.deliver()
        assert "Wednesday 14 October 2026" in councillors[0]["text"]
        await calls_back(
            town.session, town.site, notify.becomes("permanent-failure", "2026-10-14T09:40:00.000000Z")
        )
        await town.deliver()
        assert "Not yet" in councillors[0]["text"]
        assert any(CASE in one["text"] and "Find another way" in one["text"] for one in dana.messages())
        await opened(town, "Dana")
        assert "came back" in words(dana.view)
        nothing_private(town)
