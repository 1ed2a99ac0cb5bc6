"""The files of a letter: made beside the click, exactly what was previewed, fetched once by who may."""

from __future__ import annotations

import io
import re
from hashlib import sha256
from typing import Any

import pytest
from aiohttp import ClientResponse
from docx import Document
from pypdf import PdfReader
from yarl import URL

from handlers.letter_text import plain
from storage.records_files import Document as File
from tests.accessible import elements, faults
from tests.journeys.steps import decide
from tests.town import Answer, Colleague, Seen, Town

CASE = "/incident case INC-2026-0001"
POST: dict[str, Answer] = {"method": "first-class", "address": "1 High Street\nAmbleford\nCA14 2ED"}


async def prepared(town: Town, **changes: Answer) -> Seen:
    """A decided case whose notice is written; its preview."""
    await decide(town)
    dana = await town.colleague("Dana")
    form = await dana.presses((await dana.types(CASE)).button("notice.prepare"))
    preview = await dana.fills(form, {**POST, **changes})
    await town.deliver()
    return preview


def links(seen: Seen) -> list[str]:
    """The links of a card, in order."""
    return re.findall(r'<a class="button[^"]*" href="(/files/[^"]+)"', seen.html)


async def download(who: Colleague, link: str) -> ClientResponse:
    """Press the one button of the page behind a link."""
    return await who.visitor.client.post(link)


def kept(town: Town) -> dict[str, File]:
    """The files as they are recorded, by format."""
    (notice,) = town.file().notices
    with town.civility.store.read(town.council_id) as uow:
        return {one.format: one for one in uow.documents.of_notice(notice.id)}


async def test_files_should_say_exactly_what_was_previewed_and_be_kept_with_their_hash(town: Town) -> None:
    preview = await prepared(town)
    dana = await town.colleague("Dana")
    card = await dana.presses(preview.button("notice.download"))
    got = [await (await download(dana, link)).read() for link in links(card)]
    files = kept(town)
    assert [files["pdf"].content, files["docx"].content] == got
    assert [sha256(one).hexdigest() for one in got] == [files["pdf"].sha256, files["docx"].sha256]
    assert {d["sha256"] for _, _, d in town.log("file.made")} == {f.sha256 for f in files.values()}
    (notice,) = town.file().notices
    said = plain(notice.text).replace("- ", "").split()
    pdf = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(got[0])).pages)
    word = " ".join(p.text for p in Document(io.BytesIO(got[1])).paragraphs)
    for shown in (pdf, word):
        assert set(said) - set(shown.split()) == set()
    assert "1 High Street" in pdf
    assert "1 High Street" in word


async def test_pdf_should_be_tagged_titled_and_british(town: Town) -> None:
    await prepared(town)
    made = kept(town)["pdf"].content
    assert faults(made) == []
    reader = PdfReader(io.BytesIO(made))
    root: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Limits on your contact with the council"
    assert reader.metadata.author == "Sample Town Council"
    found = {tag["/S"] for tag in elements(root["/StructTreeRoot"])}
    assert {"/H1", "/H2", "/P", "/L", "/LI"} <= found
    word = Document(io.BytesIO(kept(town)["docx"].content))
    about = word.core_properties
    assert (about.title, about.language, about.author, about.last_modified_by) == (
        "Limits on your contact with the council",
        "en-GB",
        "Sample Town Council",
        "Sample Town Council",
    )
    assert {"Heading 1", "Heading 2", "List Bullet"} <= {p.style.name for p in word.paragraphs if p.style}


async def test_link_should_work_once_and_only_when_its_button_is_pressed(town: Town) -> None:
    preview = await prepared(town)
    dana = await town.colleague("Dana")
    link = links(await dana.presses(preview.button("notice.download")))[0]
    for _ in range(3):  # as a mail filter that looks into every link
        page = await dana.visitor.client.get(link)
        assert page.status == 200
        said = await page.text()
        assert "Marsden" not in said
        assert "Whoever opens it sees personal data" in said
    first, second = await download(dana, link), await download(dana, link)
    assert (first.status, second.status) == (200, 410)
    assert first.headers["Content-Disposition"].endswith("INC-2026-0001-decision-1.pdf")
    assert first.headers["Cache-Control"] == "no-store"
    assert "works once" in await second.text()
    assert (await dana.visitor.client.get(link)).status == 410
    assert [who for who, _, _ in town.log("file.fetched")] == ["Dana"]
    assert [d["code"] for _, _, d in town.log("refused")] == ["link_gone"]


async def test_link_should_end_after_its_minutes(town: Town) -> None:
    preview = await prepared(town)
    dana = await town.colleague("Dana")
    link = links(await dana.presses(preview.button("notice.download")))[0]
    town.clock.pass_by(minutes=15)
    assert (await download(dana, link)).status == 410


@pytest.mark.parametrize("wrong", ["x", "nobody.secret", "{council}.secret", "{council}.", ".x", "a.b.c"])
async def test_invented_link_should_open_nothing(town: Town, wrong: str) -> None:
    dana = await town.colleague("Dana")
    for ask in (dana.visitor.client.get, dana.visitor.client.post):
        found = await ask(f"/files/{wrong.format(council=town.council_id)}")
        assert found.status == 410


async def test_access_should_be_asked_again_when_the_file_is_fetched(town: Town) -> None:
    preview = await prepared(town)
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    link = links(await margaret.presses(preview.button("notice.download")))[0]
    # Between the press and the fetch the Chair is reported to have been aimed at: no sight of the case any more.
    with town.civility.store.write(town.council_id) as uow:
        case = uow.cases.all(1)[0]
        uow.incidents.add(
            case_id=case.id, reporter_id=dana.id, channel="email", category="aggressive_or_abusive",
            happened_on=town.clock().date(), happened_at=None, target_ids=[margaret.id], examples=[],
            actions_taken=[], warning="given", no_warning_reason="", injury="none", offence="no",
        )  # fmt: skip
        uow.commit()
    refused = await download(margaret, link)
    assert refused.status == 410
    assert "no longer see this case" in await refused.text()
    assert town.log("refused")[-1][2]["code"] == "file_not_yours"
    assert not town.log("file.fetched")


async def test_others_should_get_no_link(town: Town) -> None:
    preview = await prepared(town)
    for name in ("Tom", "Leila", "Priya"):
        other = await town.colleague(name)
        answer = await other.presses(preview.button("notice.download"))
        assert answer.kind == "refuse"
        assert not links(answer)


async def test_letter_by_email_should_be_copied_with_its_subject_or_attached_without_an_address_window(
    town: Town,
) -> None:
    preview = await prepared(town, method="email", address="alex.marsden@example.com")
    assert "Copy the words below into an email" in preview.text
    assert "Limits on your contact with the council (INC-2026-0001)" in preview.text
    (notice,) = town.file().notices
    letter = [line for line in plain(notice.text).split("\n") if line]
    assert [line for line in letter if line.removeprefix("- ") not in preview.text] == []
    dana = await town.colleague("Dana")
    link = links(await dana.presses(preview.button("notice.download")))[0]
    made = await (await download(dana, link)).read()
    assert faults(made) == []
    pdf = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "alex.marsden@example.com" not in pdf


async def test_typed_marks_should_stay_words_in_every_file(town: Town) -> None:
    typed = '# Not a heading\n- not an item\n#panic("x") *no* _no_ $x^2$ <b>no</b> \\ `raw` @ref'
    await decide(town, case_for=typed)
    dana = await town.colleague("Dana")
    form = await dana.presses((await dana.types(CASE)).button("notice.prepare"))
    await dana.fills(form, POST)
    await town.deliver()
    files = kept(town)
    pdf = PdfReader(io.BytesIO(files["pdf"].content)).pages[0].extract_text()
    word = "\n".join(p.text for p in Document(io.BytesIO(files["docx"].content)).paragraphs)
    for line in typed.split("\n"):
        assert "".join(line.split()) in "".join(pdf.split())
        assert line in word


async def test_odd_link_should_be_answered_like_one_that_no_longer_works(town: Town) -> None:
    dana = await town.colleague("Dana")
    for token in ("%ff.%ff", "%00.%00", "a.%00", "a", "%F0%9F%A6%86.b", "a" * 3000 + ".b"):
        address = URL(f"/files/{token}", encoded=True)
        assert (await dana.visitor.client.get(address)).status == 410, token
        assert (await dana.visitor.client.post(address)).status == 410, token
