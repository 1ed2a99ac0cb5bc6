"""The committee's report as files: one set of figures in all of them, nobody in any of them, readable by everybody."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from bot.app import Civility
from bot.report.files import write
from bot.report.pdf import pdf
from bot.report.sheet import HEADERS, sheet
from bot.report.word import word
from bot.sample import sample_council
from bot.seed import seed
from bot.settings import Settings
from handlers.chat import Table
from handlers.pages import Page, Section, as_card
from handlers.report_counts import Figures, figures
from handlers.report_page import report_page
from policy.answers import Refusal
from policy.calendars import LONDON, local_date
from policy.report_periods import span_of
from storage.mainkey import new_key_text
from storage.uow import UnitOfWork
from tests.accessible import elements, faults
from tests.storage.filled import TYPED, fill
from tests.town import Clock

STATED = datetime(2026, 10, 31, 9, 5, tzinfo=UTC)
COUNCIL = "Zephyr Town Council"


def busy(uow: UnitOfWork) -> set[str]:
    """A council with a row in every table and many cases; every name, address, number, reference and id in it."""
    private = set(TYPED)
    it = fill(uow)
    private |= {it.case.reference, it.case.id, it.person.id, it.colleague.id, it.decision.id, it.incident.id}
    kinds = ("restriction", "warning", "no_action", "interim", "not_unacceptable")
    for n in range(40):
        name, contact = f"Barnaby{n} Quillfeather{n}", f"quill{n}@feather.example, 07700 90{n:04d}"
        person = uow.people.add(name, contact, f"limps a bit {n}", identified=True, colleague_id=None)
        case = uow.cases.open(person.id, urgent=False)
        incident = uow.incidents.add(
            case_id=case.id,
            reporter_id=it.colleague.id,
            channel="email",
            category="aggressive_or_abusive" if n % 3 else "unreasonable_demands",
            happened_on=date(2026, 10, 13),
            what_happened=f"threw marmalade {n}",
            place=f"Larkspur Lane {n}",
        )
        private |= {name, *contact.split(", "), f"marmalade {n}", f"Larkspur Lane {n}", case.reference}
        private |= {case.id, incident.id, person.id}
        if n % 4:
            uow.decisions.add(case.id, kinds[n % 5], None, None, [{"name": "Ottoline Ferncastle"}])
    uow.commit()
    return private


@pytest.fixture
def full(database_url: str, tmp_path: Path) -> Iterator[tuple[Page, Figures, set[str]]]:
    """The report of a full database."""
    settings = Settings(database_url=database_url, civility_data=tmp_path, civility_key=new_key_text())
    clock = Clock(datetime(2026, 10, 14, 10, 0, tzinfo=LONDON))
    civility = Civility(settings, now=clock)
    civility.store.migrate()
    council = seed(civility.store, sample_council(local_date(clock())), "local", clock)
    with civility.store.write(council) as uow:
        private = busy(uow) | {one.name for one in uow.colleagues.all()}
        clock.pass_by(days=17)
        here = civility.desk(uow)
        span = span_of(here.today.replace(day=1), here.today, here.now)
        assert not isinstance(span, Refusal)
        made = figures(here, span)
        assert not isinstance(made, Refusal)
        yield report_page(COUNCIL, made, STATED), made, private
    civility.close()


def rows_of(page: Page) -> list[tuple[str, ...]]:
    return [row for section in page.sections for table in section.tables for row in table.rows]


def test_figures_should_be_the_same_in_all_four(full: tuple[Page, Figures, set[str]]) -> None:
    page, made, _ = full
    expected = rows_of(page)
    assert ("Cases opened", made.summary.cases.words) in expected
    assert made.summary.cases.value == 41
    # Word
    document = docx.Document(io.BytesIO(word(page)))
    found = [tuple(cell.text for cell in row.cells) for one in document.tables for row in one.rows[1:]]
    assert found == expected
    # the spreadsheet
    lines = list(csv.reader(io.StringIO(sheet(page).decode("utf-8-sig"))))
    assert tuple(lines[0]) == HEADERS
    told = [(line[1], line[3]) for line in lines[1:] if line[0] not in {"About", "Notes"}]
    assert told == [(row[0], value) for row in expected for value in row[1:]]
    # the card
    tables = [block for block in as_card(page).body if isinstance(block, Table)]
    assert [row for table in tables for row in table.rows] == expected
    # PDF: every row's words, in their order
    text = blanks(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf(page))).pages))
    at = 0
    for row in expected:
        found_at = text.find(blanks("".join(row)), at)
        assert found_at >= 0, row
        at = found_at


def blanks(words: str) -> str:
    return re.sub(r"\s+", "", words)


def test_nobody_should_be_found_in_any_file_nor_in_what_is_written_about_it(
    full: tuple[Page, Figures, set[str]], tmp_path: Path
) -> None:
    page, _, private = full
    everything = ""
    for path in write(page, tmp_path, "report"):
        everything += path.name + path.read_bytes().decode("utf-8", "replace")
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as parts:
                everything += "".join(
                    name + parts.read(name).decode("utf-8", "replace") for name in parts.namelist()
                )
        if path.suffix == ".pdf":
            reader = PdfReader(path)
            everything += str(reader.metadata) + str(
                reader.xmp_metadata and reader.xmp_metadata.stream.get_data()
            )
            everything += "".join(one.extract_text() for one in reader.pages)
    assert COUNCIL in everything  # the scan reads what is there
    squeezed = blanks(everything)
    assert [one for one in private if one in everything or blanks(one) in squeezed] == []


def test_the_same_report_should_be_the_same_bytes_but_for_its_time(
    full: tuple[Page, Figures, set[str]],
) -> None:
    page, made, _ = full
    again = report_page(COUNCIL, made, STATED)
    later = report_page(COUNCIL, made, STATED + timedelta(hours=3))
    for form in (word, pdf, sheet):
        assert form(page) == form(again)
        assert form(page) != form(later)


# --- for everybody to read --------------------------------------------------------------------------


def test_pdf_should_be_tagged_titled_british_and_say_its_pictures_in_words(
    full: tuple[Page, Figures, set[str]],
) -> None:
    page, _, _ = full
    made = pdf(page)
    assert faults(made) == []
    reader = PdfReader(io.BytesIO(made))
    root: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == page.title
    assert reader.metadata.creation_date == STATED
    tags = list(elements(root["/StructTreeRoot"]))
    roles = [tag["/S"] for tag in tags]
    assert roles.count("/Table") == sum(len(section.tables) for section in page.sections)
    pictures = [section.picture for section in page.sections if section.picture]
    assert [tag["/Alt"] for tag in tags if tag["/S"] == "/Figure"] == [one.alt for one in pictures]
    assert pictures


def test_word_should_have_header_rows_headings_a_language_and_pictures_in_words(
    full: tuple[Page, Figures, set[str]],
) -> None:
    page, _, _ = full
    made = word(page)
    document = docx.Document(io.BytesIO(made))
    about = document.core_properties
    assert (about.title, about.author, about.language) == (page.title, COUNCIL, "en-GB")
    headings = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings == [*(section.heading for section in page.sections), "Notes"]
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        xml = parts.read("word/document.xml").decode()
    assert xml.count("<w:tblHeader") == xml.count("<w:tbl>") == len(document.tables)
    pictures = [section.picture for section in page.sections if section.picture]
    described = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', xml)
    assert described == [one.alt for one in pictures]


def test_no_cell_of_the_spreadsheet_should_be_a_formula() -> None:
    evil = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "fine")
    table = Table("=caption", ("=a", "=b"), tuple((one, one) for one in evil))
    page = Page(
        "=title", "=council", STATED, ("=opening",), (Section("=heading", (), None, (table,)),), ("=note",)
    )
    for line in csv.reader(io.StringIO(sheet(page).decode("utf-8-sig"))):
        for cell in line:
            assert not cell.strip().startswith(("=", "+", "-", "@", "＝")), cell
    assert b"'=cmd" in sheet(page)


def test_words_should_stay_words_in_every_file(tmp_path: Path) -> None:
    odd = "#let x = [*a*] $y$ <b> & \\ “q” `r`"
    table = Table(odd, (odd, "n"), ((odd, "1"),))
    page = Page(odd, odd, STATED, (odd,), (Section(odd, (odd,), None, (table,)),), (odd,))
    _, made, _, _ = write(page, tmp_path, "odd")
    text = PdfReader(made).pages[0].extract_text()
    assert blanks(text).count(blanks(odd)) >= 6
