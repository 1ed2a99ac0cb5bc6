"""The council's own templates of letters: looked at when the program starts, so that no letter fails later (R29).

A template of the council's takes the place of ours of the same name. It may say things its own way, but it can't
leave out what the person must be told, ask for words there are none for, or judge the person.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import TemplateSyntaxError, meta

from handlers.letters import TEMPLATES, environment, folder_of
from policy.notice_words import loaded_words

ENDING = ".txt.j2"
HEAD = f"head{ENDING}"
SHARED = frozenset({"open", "close"})
"""Parts that other templates include; they need their own words only."""
PARTS = {
    "why": "why the behaviour is considered unacceptable",
    "action": "what the council is doing",
    "time_limit": "the time limit",
    "appeal": "the appeal and its last day",
    "appeals_contact": "where to send an appeal",
    "always_open": "what stays open to the person",
    "person_name": "the person's name",
    "subject": "what the letter is about",
    "signed_name": "who signs it",
    "signed_office": "the office of who signs it",
}


class BadTemplates(ValueError):
    """A template of the council's can't be used; the text says which, and why, in plain English."""


def check_templates(folder: Path) -> None:
    """Look at every template of a folder and of the councils' own folders in it.

    Raises BadTemplates with every problem found, each with the name of its file.
    """
    if not folder.is_dir():
        raise BadTemplates(f"CIVILITY_TEMPLATES: there is no folder {folder}.")
    paths = sorted((*folder.glob("*.j2"), *folder.glob("*/*.j2")))
    problems = [one for path in paths for one in _problems(path, path.relative_to(folder).as_posix())]
    if problems:
        raise BadTemplates(
            "The council's templates need attention:\n" + "\n".join(f"- {p}" for p in problems)
        )


def strange_folders(folder: Path, councils: Iterable[str]) -> list[str]:
    """The folders in it that belong to none of the councils of these names, each with what is wrong."""
    known = sorted({folder_of(name) for name in councils} - {""})
    return [
        f"CIVILITY_TEMPLATES: no council here has the folder {one.name}. There are: {', '.join(known)}."
        for one in sorted(folder.iterdir())
        if one.is_dir() and one.name not in known and any(one.glob("*.j2"))
    ]


def _problems(path: Path, name: str) -> list[str]:
    ours = TEMPLATES / path.name
    if path.name == HEAD:
        return [f"{name}: the head with the council, the date and the reference can't be replaced."]
    if not ours.exists():
        names = ", ".join(sorted(p.name for p in TEMPLATES.glob("*.j2") if p.name != HEAD))
        return [f"{name}: there is no letter of this name. There are: {names}."]
    try:
        text = path.read_text(encoding="utf-8")
        asked, included = _asks(text)
    except UnicodeDecodeError:
        return [f"{name}: save it as UTF-8."]
    except TemplateSyntaxError as wrong:
        return [f"{name}, line {wrong.lineno}: {wrong.message}."]
    needed, parts = _asks(ours.read_text(encoding="utf-8"))
    known = _all_words(ours)
    found = [
        f"{name}: there are no words for “{word}”. You can use: {', '.join(sorted(known))}."
        for word in sorted(asked - known)
    ]
    found += [
        f"{name}: it leaves out {PARTS.get(word, f'“{word}”')}. Put in {{{{ {word} }}}}."
        for word in sorted(needed - asked)
    ]
    found += [
        f'{name}: it leaves out a part all letters have. Put in {{% include "{part}" %}}.'
        for part in sorted(parts - included)
    ]
    return found + [f"{name}: {problem.sentence}" for problem in loaded_words(text)]


def _asks(text: str) -> tuple[set[str], set[str]]:
    """The words a template asks for itself, and the parts it includes."""
    tree = environment("").parse(text)
    return meta.find_undeclared_variables(tree), {str(one) for one in meta.find_referenced_templates(tree)}


def _all_words(ours: Path) -> set[str]:
    """Every word there is for a template: its own, and those every letter has."""
    own, _ = _asks(ours.read_text(encoding="utf-8"))
    shared = [
        _asks((TEMPLATES / f"{name}{ENDING}").read_text(encoding="utf-8"))[0] for name in ("head", *SHARED)
    ]
    return own.union(*shared, {"appeals_contact"})
