"""The report and the public record of a decision, fetched from the chat: by whom, once, and without anybody in them."""

from __future__ import annotations

import io
from datetime import datetime

import docx
from pypdf import PdfReader

from tests.accessible import faults
from tests.journeys.steps import PROPOSAL, THREAT, decide
from tests.letters.test_files import download, links
from tests.town import Colleague, Seen, Town

OCTOBER = "2026-10-01:2026-10-31"


def only(found: list[str]) -> None:
    assert found == []


async def made(town: Town) -> tuple[Colleague, Seen]:
    """A report of October that was made for the committee."""
    await decide(town)
    dana = await town.colleague("Dana")
    town.clock.go(datetime(2026, 11, 2, 10, 0))  # noqa: DTZ001 - a clock on the wall
    draft = await dana.types("/incident summary October 2026")
    assert not [one for one in draft.buttons if one.id == "summary.download"]
    return dana, await dana.presses(draft.button("summary.make"))


async def test_a_report_that_was_made_should_be_fetched_in_three_formats_once(town: Town) -> None:
    dana, card = await made(town)
    found = links(await dana.presses(card.button("summary.download")))
    before = await (await dana.visitor.client.get(found[0])).text()
    assert "It names nobody." in before
    assert "personal data" not in before
    answers = [await download(dana, one) for one in found]
    assert [one.status for one in answers] == [200, 200, 200]
    pdf, word, sheet = [await one.read() for one in answers]
    assert faults(pdf) == []
    assert "Cases opened" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    cells = [cell.text for cell in docx.Document(io.BytesIO(word)).tables[0].rows[2].cells]
    assert cells == ["Cases opened", "fewer than 5"]
    assert "In numbers,Cases opened,Number,fewer than 5" in sheet.decode("utf-8-sig")
    assert (await download(dana, found[0])).status == 410
    assert len(town.log("file.fetched")) == 3


async def test_a_draft_should_have_no_files_and_a_stranger_no_report(town: Town) -> None:
    await decide(town)
    dana, priya = await town.colleague("Dana"), await town.colleague("Priya")
    assert "No report was made" in (await dana.presses("summary.download", OCTOBER)).text
    assert "is for the Chief Officer" in (await priya.presses("summary.download", OCTOBER)).text


async def test_the_public_record_should_say_what_was_decided_by_which_offices_and_nothing_else(
    town: Town,
) -> None:
    await decide(town)
    dana = await town.colleague("Dana")
    case = await dana.types("/incident case INC-2026-0001")
    record = await dana.presses(case.button("decision.record"))
    assert "A communication restriction" in record.text
    assert "The Chief Officer and the Chair of F&GP" in record.text
    assert "In writing only" in record.text
    pdf, word = [await (await download(dana, one)).read() for one in links(record)]
    assert faults(pdf) == []
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1
    everything = record.text + reader.pages[0].extract_text()
    everything += " ".join(one.text for one in docx.Document(io.BytesIO(word)).paragraphs)
    typed = [*THREAT.values(), *PROPOSAL.values(), "Marsden", "Okoro", "Dana", "Margaret", "INC-2026"]
    only([one for one in typed if isinstance(one, str) and len(one) > 12 and one in everything])
    only([one for one in ("Marsden", "Okoro", "Dana", "Margaret", "INC-2026", "01632") if one in everything])


async def test_the_public_record_should_be_closed_to_who_may_not_see_the_decision(town: Town) -> None:
    await decide(town)
    (decision,) = town.file().decisions
    priya = await town.colleague("Priya")
    assert "no decision here" in (await priya.presses("decision.record", decision.id)).text
    assert "no decision here" in (await priya.presses("decision.record", "nonsense")).text
