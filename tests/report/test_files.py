"""The committee's report as files: one set of figures in all of them, nobody in any of them, readable by everybody."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest
from pypdf import PdfReader
from sqlalchemy import create_engine, select

from bot.app import Civility
from bot.report.files import write
from bot.report.pdf import pdf
from bot.report.pictures import png
from bot.report.sheet import HEADERS, sheet
from bot.report.word import word
from bot.sample import sample_council
from bot.seed import seed
from bot.settings import Settings
from handlers import report_counts
from handlers.casefile import load
from handlers.chat import Table
from handlers.decision_page import decision_page
from handlers.pages import Page, Section, as_card
from handlers.report_counts import Figures, figures
from handlers.report_page import report_page
from policy.answers import Refusal
from policy.calendars import LONDON, local_date
from policy.report_periods import span_of
from storage.mainkey import new_key_text
from storage.models import METADATA
from storage.uow import UnitOfWork
from tests.accessible import elements, faults
from tests.leaks import leaks
from tests.storage.filled import TYPED, fill
from tests.town import Clock

STATED = datetime(2026, 10, 31, 9, 5, tzinfo=UTC)
COUNCIL = "Zephyr Town Council"


MAKERS = [
    {"name": "Ottoline Ferncastle", "office": "chief_officer", "seat": "officer", "colleague_id": "nobody"},
    {"name": "Peregrine Thistlewood", "office": "chair_fgp", "seat": "councillor", "colleague_id": "nobody"},
]


def busy(uow: UnitOfWork) -> set[str]:
    """A council with a row in every table and many cases; every name, address, number, reference and id in it."""
    private = {*TYPED, *(one["name"] for one in MAKERS)}
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
            uow.decisions.add(case.id, kinds[n % 5], None, None, MAKERS)
    uow.commit()
    return private


class Full(NamedTuple):
    """The report of a full database, the public record of one of its decisions, and what neither may say."""

    page: Page
    made: Figures
    private: set[str]
    record: Page


def ids(database_url: str) -> set[str]:
    """Every id, reference, name and address that stands open in the database, those of other platforms included."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        found = {
            value
            for table in METADATA.sorted_tables
            for row in connection.execute(select(table)).mappings()
            for name, value in row.items()
            if isinstance(value, str)
            and len(value) > 8
            and str(name).endswith(("id", "reference", "name", "address"))
        }
    engine.dispose()
    return found


@pytest.fixture
def full(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Full]:
    """The report and the record of a full database."""
    settings = Settings(database_url=database_url, civility_data=tmp_path, civility_key=new_key_text())
    clock = Clock(datetime(2026, 10, 14, 10, 0, tzinfo=LONDON))
    civility = Civility(settings, now=clock)
    civility.store.migrate()
    council = seed(civility.store, sample_council(local_date(clock())), "local", clock)
    with civility.store.write(council) as uow:
        private = busy(uow) | {one.name for one in uow.colleagues.all()}
        private |= ids(database_url) - {uow.council.get().name}
        assert len(private) > 300
        clock.pass_by(days=17)
        here = civility.desk(uow)
        span = span_of(here.today.replace(day=1), here.today, here.now)
        assert not isinstance(span, Refusal)
        told: list[int] = []
        with monkeypatch.context() as often:
            often.setattr(report_counts, "STEP", 10)
            made = figures(here, span, told.append)
        assert not isinstance(made, Refusal)
        assert told == [
            41,
            50,
            60,
            70,
        ]  # the cases of a month at once, then decisions: whoever waits sees it move
        decided = next(found for case in uow.cases.all(9) for found in uow.decisions.of_case(case.id))
        record = decision_page(load(here, decided.case_id), decided)
        yield Full(report_page(COUNCIL, made, STATED), made, private, record)
    civility.close()


def rows_of(page: Page) -> list[tuple[str, ...]]:
    return [row for section in page.sections for table in section.tables for row in table.rows]


def test_figures_should_be_the_same_in_all_four(full: Full) -> None:
    page, made, _, _ = full
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
    full: Full, tmp_path: Path
) -> None:
    for name, page in (("report", full.page), ("record", full.record)):
        files = {path.name: path.read_bytes() for path in write(page, tmp_path, name)}
        files["card"] = as_card(page).plain().encode()
        files |= {f"{n}.png": png(one.picture) for n, one in enumerate(page.sections) if one.picture}
        assert len(files) > 4
        assert leaks(full.private, files) == []
        assert {where.split(":")[0] for _, where in leaks([page.council], files)} >= {
            f"{name}.csv", f"{name}.pdf", "card", f"{name}.docx/word/document.xml"
        }  # fmt: skip


def test_the_same_report_should_be_the_same_bytes_but_for_its_time(
    full: Full,
) -> None:
    page, made, _, _ = full
    again = report_page(COUNCIL, made, STATED)
    later = report_page(COUNCIL, made, STATED + timedelta(hours=3))
    for form in (word, pdf, sheet):
        assert form(page) == form(again)
        assert form(page) != form(later)


# --- for everybody to read --------------------------------------------------------------------------


def test_pdf_should_be_tagged_titled_british_and_say_its_pictures_in_words(
    full: Full,
) -> None:
    page, _, _, _ = full
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
    full: Full,
) -> None:
    page, _, _, _ = full
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
