"""Every Word file: sound by the rules of the format, and opened by LibreOffice with all its words."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from bot.letters.maker import make
from bot.report.word import word as page_word
from tests.letters.specimens import KINDS, NAME, REASON, letter
from tests.report.pages import PAGE


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A Word file of every letter, a long one, and of a page with everything."""
    folder = tmp_path_factory.mktemp("word")
    made = {kind: make(letter(kind), NAME, "docx") for kind in KINDS}
    made["long"] = make(letter("decision", why="\n\n".join([REASON] * 12)), NAME, "docx")
    made["page"] = page_word(PAGE)
    for name, content in made.items():
        (folder / f"{name}.docx").write_bytes(content)
    return {name: folder / f"{name}.docx" for name in made}


def faults(path: Path) -> list[str]:
    """What the format's rules say is wrong with it: order of elements, values, relations, styles."""
    return [f"{one.part_uri}: {one.description}" for one in OpenXmlValidator().validate(path).errors]


def test_word_files_should_keep_the_rules_of_their_format(files: Mapping[str, Path]) -> None:
    """All letters are made alike, so one with everything a letter has stands for them: a check takes seconds."""
    assert {name: faults(files[name]) for name in ("long", "page")} == {"long": [], "page": []}


def test_check_of_the_format_should_find_planted_faults(files: Mapping[str, Path], tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.docx"
    with ZipFile(files["decision"]) as whole, ZipFile(spoiled, "w") as copy:
        for name in whole.namelist():
            content = whole.read(name)
            content = content.replace(b"<w:body>", b"<w:body><w:invented/>")
            copy.writestr(name, content.replace(b'w:hAnchor="page"', b'w:hAnchor="moon"'))
    said = " ".join(faults(spoiled))
    assert "invented" in said
    assert "moon" in said


def test_libreoffice_should_open_every_word_file(files: Mapping[str, Path], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        missing = "There is no LibreOffice (on Debian and Ubuntu: apt install libreoffice-writer-nogui)."
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, own, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, files.values())], check=True, capture_output=True, timeout=300)
    for name, path in files.items():
        read = PdfReader(io.BytesIO((tmp_path / f"{name}.pdf").read_bytes()))
        shown = "".join("".join(one.extract_text().split()) for one in read.pages)
        document = docx.Document(str(path))
        said = [one.text for one in document.paragraphs]
        said += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert [words for words in said if "".join(words.split()) not in shown] == [], name
    last = PdfReader(io.BytesIO((tmp_path / "long.pdf").read_bytes())).pages[-1].extract_text()
    assert {"another format", "Yours sincerely", "Dana Okoro"} <= {
        words for words in ("another format", "Yours sincerely", "Dana Okoro") if words in last
    }
