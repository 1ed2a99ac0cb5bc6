"""Files and GOV.UK Notify at Teams: by a link that works once, asked for in a dialog; delivered and come back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from scheduler.standing import Standing
from tests.fakes.notify import open_notify
from tests.fakes.teams import Json
from tests.letters.by_link import PUBLIC, fetched
from tests.letters.by_notify import calls_back, settings
from tests.teams.after_steps import (
    CASE,
    colleague,
    decided,
    labelled,
    nothing_private,
    opened,
    press,
    said,
    told,
)
from tests.teams.town import TeamsTown, open_teams_town
from tests.teams.validators import buttons, words


def links(shown: Json) -> list[str]:
    """The links of a dialog, in order."""
    return [one["url"] for one in buttons(shown) if one["type"] == "Action.OpenUrl"]


async def fetch(town: TeamsTown, link: str) -> tuple[int, bytes]:
    """Open a link's page and press its one button."""
    return await fetched(town.session, town.site, link)


async def test_every_kind_of_file_should_be_fetched_by_a_link_once(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    async with open_teams_town(migrated_sqlite_url, tmp_path, public_url=PUBLIC) as town:
        dana, margaret, tom = (town.user(name) for name in ("Dana", "Margaret", "Tom"))
        await told(town)
        await opened(town, "Dana")
        download = labelled(dana.dialog, "Download the letter")
        pdf, word = links(await dana.submit(download["data"]))
        assert (await fetch(town, pdf))[1].startswith(b"%PDF")
        assert (await fetch(town, word))[1].startswith(b"PK")
        status, answer = await fetch(town, pdf)
        assert (status, b"works once" in answer) == (410, True)
        assert links(await tom.submit(download["data"])) == []
        late = links(await margaret.submit(download["data"]))[0]
        town.clock.pass_by(minutes=15)
        assert (await fetch(town, late))[0] == 410
        mine = links(await margaret.submit(download["data"]))[0]
        await opened(town, "Dana")
        await press(dana, "Record a conflict of interest")
        await dana.fills(
            {"colleague": colleague(town, "Margaret"), "reason": "interest", "words": "A neighbour."}
        )
        status, answer = await fetch(town, mine)
        assert (status, b"no longer see this case" in answer) == (410, True)

        await opened(town, "Dana")
        await press(dana, "What happened, in order")
        (order,) = links(await press(dana, "Download"))
        assert (await fetch(town, order))[1].startswith(b"PK")
        await opened(town, "Dana")
        (dates,) = links(await press(dana, "Dates for my calendar"))
        assert b"BEGIN:VCALENDAR" in (await fetch(town, dates))[1]
        await opened(town, "Dana")
        record = links(await press(dana, "Public record"))
        assert (await fetch(town, record[0]))[1].startswith(b"%PDF")
        nothing_private(town)


async def test_committees_report_should_be_read_made_and_fetched_from_the_monthly_offer(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    async with open_teams_town(migrated_sqlite_url, tmp_path, public_url=PUBLIC) as town:
        dana = town.user("Dana")
        await decided(town)
        town.clock.now = datetime.fromisoformat("2026-11-02T09:00:00+00:00")
        standing = Standing(town.civility.store, town.civility.desk, town.clock)
        await town.civility.run(standing.look)
        await town.deliver()
        offer = next(one for one in dana.messages() if "Report for the committee" in said(one))
        assert "fewer than 5" not in said(offer)
        before = offer["edits"]
        await dana.presses(offer, "summary.look")
        assert "fewer than 5" in words(dana.dialog)
        assert offer["edits"] == before
        assert offer["id"] not in dana.in_place  # the numbers open beside the message, never in its place
        await press(dana, "Make the report")
        await press(dana, "Download")
        found = [(await fetch(town, one))[1] for one in links(dana.dialog)]
        assert [one[:4] for one in found[:2]] == [b"%PDF", b"PK\x03\x04"]
        assert b"Cases opened" in found[2]
        nothing_private(town)


async def test_letter_should_be_handed_to_notify_arrive_and_come_back(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    async with (
        open_notify() as notify,
        open_teams_town(migrated_sqlite_url, tmp_path, **settings(notify)) as town,
    ):
        dana, tom = town.user("Dana"), town.user("Tom")
        await decided(town)
        await opened(town, "Dana")
        await press(dana, "Prepare the notice")
        await dana.fills({"method": "email", "address": "alex.marsden@example.com"})
        send = labelled(dana.dialog, "Send by GOV.UK Notify")
        assert "PUBLIC_URL" in words(await dana.presses_in_dialog("notice.download"))  # no link leads here
        await tom.submit(send["data"])
        await town.deliver()
        assert notify.held == []
        assert "handed to GOV.UK Notify" in words(await dana.submit(send["data"]))
        await dana.submit(send["data"])
        await town.deliver()
        assert len(notify.held) == 1  # pressed twice, sent once
        (decision,) = town.teams.messages[town.channels["councillors"]]
        assert "Not yet" in said(decision)
        await calls_back(town.session, town.site, notify.becomes("delivered", "2026-10-14T09:30:00.000000Z"))
        await town.deliver()
        assert "Wednesday 14 October 2026" in said(decision)
        await calls_back(
            town.session, town.site, notify.becomes("permanent-failure", "2026-10-14T09:40:00.000000Z")
        )
        await town.deliver()
        assert "Not yet" in said(decision)
        assert any(CASE in said(one) and "Find another way" in said(one) for one in dana.messages())
        nothing_private(town)
