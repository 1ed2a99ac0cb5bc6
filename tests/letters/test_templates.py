"""The council's own templates: used when they are whole, else refused at start-up with a clear sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.letters import TEMPLATES
from handlers.templates_check import BadTemplates, check_templates
from tests.journeys.steps import decide
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


async def test_letter_should_say_it_the_councils_way(tmp_path: Path) -> None:
    folder = own(tmp_path / "own", OURS.replace("## How to appeal", "## If you disagree"))
    url = f"sqlite:///{(tmp_path / 'civility.db').as_posix()}"
    async with open_town(url, tmp_path, civility_templates=folder) as town:
        await decide(town)
        dana = await town.colleague("Dana")
        opened = await dana.types("/incident case INC-2026-0001")
        form = await dana.presses(opened.button("notice.prepare"))
        preview = await dana.fills(form, {"method": "email", "address": "alex.marsden@example.com"})
        assert "If you disagree" in preview.text
        assert "How to appeal" not in preview.text
