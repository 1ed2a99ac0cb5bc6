"""Files at Slack: by a link where browsers reach the program, else shown in the colleague's own conversation."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest_asyncio
from docx import Document
from pypdf import PdfReader

from storage.records_files import Upload
from tests.fakes.slack import Fault, Json
from tests.letters.by_link import PUBLIC, fetched
from tests.slack.after_steps import CASE, nothing_private, opened, prepared, press, takes_no_part
from tests.slack.test_whole_case import words
from tests.slack.town import SlackTown, open_slack_town


@pytest_asyncio.fixture
async def reached(migrated_sqlite_url: str, tmp_path: Path) -> AsyncIterator[SlackTown]:
    """A town whose pages browsers reach."""
    async with open_slack_town(migrated_sqlite_url, tmp_path, public_url=PUBLIC) as one:
        yield one


@pytest_asyncio.fixture
async def walled(database_url: str, tmp_path: Path) -> AsyncIterator[SlackTown]:
    """A town behind a firewall: Socket Mode, and no address."""
    async with open_slack_town(database_url, tmp_path, socket=True) as one:
        yield one


def links(shown: Json) -> list[str]:
    """The links of a view, in order."""
    return [one["url"] for block in shown["blocks"] for one in block.get("elements", ()) if "url" in one]


async def fetch(town: SlackTown, link: str) -> tuple[int, bytes]:
    """Open a link's page and press its one button."""
    return await fetched(town.session, town.site, link)


def log(town: SlackTown, action: str) -> list[dict[str, str]]:
    """The details of every line of the log of an action."""
    with town.civility.store.read(town.council_id) as uow:
        return [dict(line.detail) for line in uow.log.lines() if line.action == action]


# --- by a link --------------------------------------------------------------------------------------


async def test_every_kind_of_file_should_be_fetched_by_a_link_once(reached: SlackTown) -> None:
    town, dana, margaret = reached, reached.user("Dana"), reached.user("Margaret")
    await prepared(town)
    pdf, word = links(await dana.presses(dana.view, "notice.download"))
    assert (await fetch(town, pdf))[1].startswith(b"%PDF")
    assert (await fetch(town, word))[1].startswith(b"PK")
    status, said = await fetch(town, pdf)
    assert (status, b"works once" in said) == (410, True)
    town.clock.pass_by(seconds=1)
    assert not town.slack.files

    await opened(town, "Margaret")
    await margaret.presses(margaret.view, "notice.download")
    late, mine = links(margaret.view)
    town.clock.pass_by(minutes=15)
    assert (await fetch(town, late))[0] == 410
    await opened(town, "Margaret")
    mine = links(await margaret.presses(margaret.view, "notice.download"))[0]
    await takes_no_part(town, "Margaret")
    status, said = await fetch(town, mine)
    assert (status, b"no longer see this case" in said) == (410, True)

    await opened(town, "Dana")
    await dana.presses(dana.view, "notice.send")  # the dates come when the person was told
    await dana.fills({})
    await opened(town, "Dana")
    assert "Incident reported" in words(await press(dana, "What happened, in order"))
    (order,) = links(await press(dana, "Download"))
    written = typed((await fetch(town, order))[1])
    assert [one in written for one in ("Incident reported", "Priya Shah", "He raised his fist")] == [True] * 3
    await opened(town, "Dana")
    (dates,) = links(await press(dana, "Dates for my calendar"))
    assert b"BEGIN:VCALENDAR" in (await fetch(town, dates))[1]
    await opened(town, "Dana")
    record = links(await press(dana, "Public record"))
    assert (await fetch(town, record[0]))[1].startswith(b"%PDF")
    report = links(await made_report(town))
    found = [(await fetch(town, one))[1] for one in report]
    assert [one[:4] for one in found[:2]] == [b"%PDF", b"PK\x03\x04"]
    assert b"Cases opened" in found[2]
    nothing_private(town)


def typed(content: bytes) -> str:
    """Every word in the tables of a Word file."""
    tables = Document(io.BytesIO(content)).tables
    return " ".join(cell.text for table in tables for row in table.rows for cell in row.cells)


async def made_report(town: SlackTown) -> Json:
    """October's report, made for the committee and asked for as files; the view with the three of them."""
    town.clock.go(datetime(2026, 11, 2, 10))  # noqa: DTZ001 - the town's own clock
    dana = town.user("Dana")
    await dana.types("/incident summary")
    await dana.fills({"first": "2026-10-01", "last": "2026-10-31"})
    await dana.presses(dana.view, "summary.make")
    return await dana.presses(dana.view, "summary.download")


# --- shown in the conversation ----------------------------------------------------------------------


def standing(town: SlackTown, name: str) -> list[Json]:
    """The files that stand in a colleague's own conversation."""
    return [one for message in town.user(name).messages() for one in message.get("files", ())]


def uploads(town: SlackTown) -> list[Upload]:
    """Every row of a file that was asked for."""
    with town.civility.store.read(town.council_id) as uow:
        ids = [line.detail["upload"] for line in uow.log.lines() if "upload" in line.detail]
        return [one for id in dict.fromkeys(ids) if (one := uow.uploads.get(id))]


async def test_letter_should_stand_in_the_conversation_for_some_minutes_where_no_browser_reaches(
    walled: SlackTown,
) -> None:
    town, dana = walled, walled.user("Dana")
    await prepared(town)
    card = await dana.presses(dana.view, "notice.download")
    assert not links(card)
    answer = words(await press(dana, "Send me: PDF, to print or send"))
    assert "It is taken away there after 15 minutes" in answer
    await press_again(town)
    assert not standing(town, "Dana")  # nothing is brought between a click and its answer
    await town.deliver()
    (file,) = standing(town, "Dana")
    assert file["name"] == f"{CASE}.pdf"
    text = " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(town.slack.contents[file["id"]])).pages
    )
    assert "Dear Alex Marsden" in text
    for name in ("Priya", "Margaret", "Tom"):
        assert not standing(town, name)
    nothing_private(town)
    assert [one["what"] for one in log(town, "file.sent")] == ["letter"]
    await opened(town, "Dana")
    await dana.presses(dana.view, "notice.download")
    again = words(await press(dana, "Send me: PDF, to print or send"))
    assert (
        "It stands in your own conversation with Civility already, until Wednesday 14 October 2026 at 10.1"
        in again
    )
    town.clock.pass_by(minutes=13)
    await town.deliver()
    assert standing(town, "Dana")
    town.clock.pass_by(minutes=3)
    await town.deliver()
    assert not standing(town, "Dana")
    assert town.slack.files == {}
    assert [one["why"] for one in log(town, "file.removed")] == ["over"]


async def press_again(town: SlackTown) -> None:
    """The same file once more while it is on its way: it comes once."""
    dana = town.user("Dana")
    await opened(town, "Dana")
    await dana.presses(dana.view, "notice.download")
    assert "It comes to your own conversation" in words(await press(dana, "Send me: PDF, to print or send"))
    assert len(uploads(town)) == 1


async def test_every_kind_of_file_should_be_shown_there_and_be_gone_after_its_minutes(
    walled: SlackTown,
) -> None:
    town, dana = walled, walled.user("Dana")
    await prepared(town)
    await dana.presses(dana.view, "notice.send")
    await dana.fills({})
    for label, more in (
        ("Dates for my calendar", ["Send me: the dates"]),
        ("What happened, in order", ["Download", "Send me: Word"]),
        ("Public record", ["Send me: PDF", "Send me: Word"]),
    ):
        for one in [more] if "Download" in more else [[one] for one in more]:
            await opened(town, "Dana")
            for each in (label, *one):
                await press(dana, each)
    await made_report(town)
    await press(dana, "Send me: CSV, for a spreadsheet")
    await town.deliver()
    names = [one["name"] for one in standing(town, "Dana")]
    assert names[:2] == [f"{CASE}.ics", f"{CASE}.docx"]
    assert [one.rpartition(".")[2] for one in names[2:]] == ["pdf", "docx", "csv"]
    assert b"Cases opened" in town.slack.contents[standing(town, "Dana")[-1]["id"]]
    town.clock.pass_by(minutes=16)
    await town.deliver()
    assert (standing(town, "Dana"), town.slack.files) == ([], {})


async def test_right_should_be_asked_again_just_before_the_file_is_shown(walled: SlackTown) -> None:
    town, margaret, tom = walled, walled.user("Margaret"), walled.user("Tom")
    await prepared(town)
    await opened(town, "Margaret")
    card = await margaret.presses(margaret.view, "notice.download")
    town.slack.show(tom.id, card)  # somebody who was never offered it
    assert "no longer see" in words(await tom.presses(card, "file.send"))
    for value in ("letter:x", "letter", "", "decision:x:exe", "nothing:1", "summary:2026:pdf"):
        button = {"action_id": "file.send", "value": value}
        town.slack.show(tom.id, {**card, "blocks": []})
        refused = words(await tom.presses({"blocks": [{"elements": [button]}]}, "file.send"))
        assert "Something went wrong" not in refused
        assert "It comes to your own" not in refused
    assert "file_not_yours" in [one["code"] for one in log(town, "refused")]
    await press(margaret, "Send me: Word")
    await takes_no_part(town, "Margaret")
    await town.deliver()
    assert town.slack.files == {}
    assert any("You can no longer see this case" in one["text"] for one in margaret.messages())
    assert not log(town, "file.sent")
    assert [one.state for one in uploads(town)] == ["over"]


async def test_file_should_go_at_once_when_who_has_it_loses_the_right(walled: SlackTown) -> None:
    town, margaret = walled, walled.user("Margaret")
    await prepared(town)
    await opened(town, "Margaret")
    await margaret.presses(margaret.view, "notice.download")
    await press(margaret, "Send me: Word")
    for _ in range(3):
        await town.deliver()
        town.clock.pass_by(minutes=1)
    assert len(standing(town, "Margaret")) == 1
    await takes_no_part(town, "Margaret")
    town.clock.pass_by(minutes=1)
    await town.deliver()
    assert (standing(town, "Margaret"), town.slack.files) == ([], {})
    assert [one["why"] for one in log(town, "file.removed")] == ["file_not_yours"]


async def test_file_should_stand_there_once_whatever_slack_loses_and_never_for_longer(
    walled: SlackTown,
) -> None:
    town, dana = walled, walled.user("Dana")
    await prepared(town)
    await dana.presses(dana.view, "notice.download")
    town.slack.faults += [
        Fault("files.getUploadURLExternal", "429", retry_after=7),
        Fault("files.completeUploadExternal", "after"),  # it is shown, and the answer is lost
        Fault("files.delete", "500"),
        Fault("files.completeUploadExternal", "before"),
    ]
    await press(dana, "Send me: Word")
    for _ in range(8):
        await town.deliver()
    assert town.slack.faults == []
    assert len(standing(town, "Dana")) == len(town.slack.files) == 1
    town.slack.faults += [Fault("files.delete", "500"), Fault("files.delete", "after")]
    town.clock.pass_by(minutes=16)
    for _ in range(4):
        await town.deliver()
    assert (town.slack.faults, town.slack.files) == ([], {})
    assert len(log(town, "file.removed")) == 1


async def test_file_that_may_stand_there_should_be_taken_away_when_it_is_given_up(walled: SlackTown) -> None:
    town, dana = walled, walled.user("Dana")
    await prepared(town)
    await dana.presses(dana.view, "notice.download")
    await press(dana, "Send me: Word")
    town.slack.faults += [Fault("files.completeUploadExternal", "after")]
    await town.civility.paper.work()
    assert len(standing(town, "Dana")) == 1  # and Slack never said so
    town.slack.down = True
    for _ in range(8):
        town.clock.pass_by(minutes=6)
        await town.civility.paper.work()
    town.slack.down = False
    town.clock.pass_by(minutes=6)
    await town.deliver()
    assert (standing(town, "Dana"), town.slack.files) == ([], {})
    assert any("The file you asked for did not come." in one["text"] for one in dana.messages())


async def test_colleague_should_be_told_when_slack_takes_no_file(walled: SlackTown) -> None:
    town, dana = walled, walled.user("Dana")
    await prepared(town)
    town.slack.scopes = "chat:write"
    await dana.presses(dana.view, "notice.download")
    await press(dana, "Send me: Word")
    await town.deliver()
    told = dana.messages()[-1]["text"]
    assert "The file you asked for did not come." in told
    assert "lacks a permission" in told
    town.slack.scopes = "chat:write,files:write"
    await opened(town, "Dana")
    await dana.presses(dana.view, "notice.download")
    await press(dana, "Send me: Word")
    await town.deliver()
    assert len(standing(town, "Dana")) == 1
    town.slack.faults += [Fault("files.delete", "500")] * 200
    for _ in range(60):
        town.clock.pass_by(hours=1)
        await town.civility.paper.work()
    town.slack.faults.clear()
    await town.deliver()
    assert "Please delete it there." in dana.messages()[-1]["text"]
    with town.civility.store.read(town.council_id) as uow:  # for civility doctor
        reasons = [one.last_error for one in uow.uploads.failed()]
    assert reasons == ["Slack says missing_scope.", "It was not taken away. Slack says status 500."]
