"""The council's own templates: used when they are whole, else refused at start-up with a clear sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.letters import TEMPLATES, environment, folder_of
from handlers.templates_check import BadTemplates, check_templates, strange_folders
from tests.journeys.steps import decide
from tests.letters.specimens import WORDS
from tests.town import open_town

OURS = (TEMPLATES / "decision.txt.j2").read_text(encoding="utf-8")


def own(folder: Path, text: str, name: str = "decision.txt.j2") -> Path:
    """A folder with one template of the council's."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_template_of_ours_should_pass_its_own_check(tmp_path: Path) -> None:
    for path in TEMPLATES.glob("*.j2"):
        if path.name != "head.txt.j2":
            check_templates(own(tmp_path / path.stem, path.read_text(encoding="utf-8"), path.name))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("{{ why }}", ""), "it leaves out why the behaviour is considered unacceptable"),
        (("{{ time_limit }}", "Soon."), "it leaves out the time limit"),
        (("{{ appeal }}", "You can appeal."), "it leaves out the appeal and its last day"),
        (("{% for route in always_open %}- {{ route }}\n{% endfor %}", ""), "what stays open to the person"),
        (("{{ why }}", "{{ why }} {{ story }}"), "there are no words for “story”"),
        (("{{ why }}", "{{ why "), "line "),
        (('{% include "head.txt.j2" %}', ""), "a part all letters have"),
        (("We are writing", "You are a nuisance. We are writing"), "judges the person"),
    ],
)
def test_wrong_template_should_be_refused_with_its_reason(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    assert change[0] in OURS
    with pytest.raises(BadTemplates) as refused:
        check_templates(own(tmp_path / "own", OURS.replace(*change)))
    assert said in str(refused.value)
    assert "decision.txt.j2" in str(refused.value)


def test_head_and_unknown_names_and_no_folder_should_be_refused(tmp_path: Path) -> None:
    for name, said in (("head.txt.j2", "can't be replaced"), ("poem.txt.j2", "no letter of this name")):
        with pytest.raises(BadTemplates, match=said):
            check_templates(own(tmp_path / name[:4], OURS, name))
    with pytest.raises(BadTemplates, match="there is no folder"):
        check_templates(tmp_path / "nowhere")


def test_problem_in_a_councils_own_folder_should_be_told_with_the_name_of_its_file(tmp_path: Path) -> None:
    own(tmp_path, OURS)
    own(tmp_path / "upper-dale-parish-council", OURS.replace("{{ why }}", ""))
    with pytest.raises(BadTemplates, match=r"upper-dale-parish-council/decision\.txt\.j2: it leaves out why"):
        check_templates(tmp_path)
    said = strange_folders(tmp_path, ["Sample Town Council", ""])
    assert said == [
        "CIVILITY_TEMPLATES: no council here has the folder upper-dale-parish-council. There are: sample-town-council."
    ]
    assert strange_folders(tmp_path, ["Upper Dale Parish Council"]) == []


def test_each_council_should_have_its_own_words_then_those_for_all_then_ours(tmp_path: Path) -> None:
    own(tmp_path, OURS.replace("## How to appeal", "## If you disagree"))
    own(tmp_path, (TEMPLATES / "close.txt.j2").read_text(encoding="utf-8"), "close.txt.j2")
    own(tmp_path / "upper-dale", OURS.replace("## How to appeal", "## Your right of appeal"))
    check_templates(tmp_path)
    for council, heading in (("Upper Dale", "Your right of appeal"), ("Lower Dale", "If you disagree")):
        letter = environment(str(tmp_path), folder_of(council)).get_template("decision.txt.j2")
        assert heading in letter.render(WORDS)
    assert "How to appeal" in environment("").get_template("decision.txt.j2").render(WORDS)


async def test_letter_should_say_it_the_councils_way(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    own(folder, OURS)
    own(folder / "sample-town-council", OURS.replace("## How to appeal", "## If you disagree"))
    url = f"sqlite:///{(tmp_path / 'civility.db').as_posix()}"
    async with open_town(url, tmp_path, civility_templates=folder) as town:
        await decide(town)
        dana = await town.colleague("Dana")
        opened = await dana.types("/incident case INC-2026-0001")
        form = await dana.presses(opened.button("notice.prepare"))
        preview = await dana.fills(form, {"method": "email", "address": "alex.marsden@example.com"})
        assert "If you disagree" in preview.text
        assert "How to appeal" not in preview.text
