"""The words of a notice: its three parts, its fixed sentences, and neutral wording (R25, R29)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from policy.answers import Problem
from policy.calendars import say_day, say_until
from policy.notices import AppealClose

# What no restriction can close (R25). Every notice prints these.
ROUTES_ALWAYS_OPEN: tuple[str, ...] = (
    "In an emergency call 999. You can always tell us that a child or an adult may be at risk.",
    "You can ask for information under the Freedom of Information Act.",
    "You can ask for your own personal information, or complain about how we use it.",
    "You can appeal against this decision.",
    "You can come to public meetings of the council.",
    "You can contact your own Member of Parliament.",
    "You can complain to the Monitoring Officer about the conduct of a councillor.",
)


@dataclass(frozen=True, slots=True)
class NoticeParts:
    """The three parts of a notice that cannot be blank (R29), in the words the person will read."""

    why: str
    action: str
    time_limit: str


_PARTS: tuple[tuple[str, str], ...] = (
    ("why", "Say why the council considers the behaviour unacceptable."),
    ("action", "Say what the council is doing."),
    ("time_limit", "Say how long it lasts, or that there is no time limit and when it will be reviewed."),
)
_FILLERS = frozenset({"na", "none", "nil", "tbc", "tba", "todo", "asabove"})


def _is_blank(text: str) -> bool:
    """Spaces, invisible characters, dashes and "n/a" say nothing to the person."""
    said = "".join(character for character in text.casefold() if character.isalnum())
    return not said or said in _FILLERS


def check_parts(parts: NoticeParts) -> tuple[Problem, ...]:
    """A problem for each of the three parts that says nothing (R29)."""
    return tuple(
        Problem(field, "blank", sentence) for field, sentence in _PARTS if _is_blank(getattr(parts, field))
    )


def time_limit_words(ends_on: date | None, review_on: date | None) -> str:
    """The time limit in words (R29). ValueError with neither: every restriction ends or is reviewed."""
    if ends_on is not None:
        return f"This lasts until {say_until(ends_on)}."
    if review_on is None:
        raise ValueError("a restriction has an end date or a review date")
    return f"There is no time limit; it will be reviewed by {say_day(review_on)}."


def interim_limit_words(lapses_on: date, ends_on: date | None, review_on: date | None) -> str:
    """The time limit of an urgent interim restriction that nobody has confirmed yet (R16, R29)."""
    limit = time_limit_words(ends_on, review_on)
    then = f"If it is confirmed: {limit[0].lower()}{limit[1:]}"
    return (
        f"This is urgent and for a short time: it ends at {say_until(lapses_on)}, unless a councillor confirms "
        f"it before then. {then}"
    )


def warning_limit_words(counts_until: date) -> str:
    """The time limit of a warning: it closes no route, and counts until a day (R14)."""
    return f"This warning does not limit how you contact us. It counts until {say_day(counts_until)}."


def appeal_words(close: AppealClose) -> str:
    """The one printed date of the appeal route (R29)."""
    return f"You can appeal in writing. Your appeal must reach us by {close.words}."


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")
_ROLE = r"(?:person|people|individual|customer|complainant|caller|resident|neighbour|man|woman|requester)s?"
_THEY_ARE = (
    r"(?:you|he|she|they) (?:are|were|is|was|have been|has been) (?:(?:very|simply|clearly|plainly) )?"
)
_WHAT = "what the person did"
# Names for a person. The behaviour may be called vexatious (the policy does); nobody is.
_LOADED: tuple[tuple[str, str], ...] = (
    (r"(?:re-?)?offenders?", "“the person”"),
    (rf"(?:vexatious|nuisance|problem) {_ROLE}", _WHAT),
    (rf"{_THEY_ARE}vexatious", _WHAT),
    (rf"{_THEY_ARE}(?:a|such a) (?:\w+ )?(?:nuisance|pest|menace)", _WHAT),
    (r"trouble[- ]?makers?", _WHAT),
    (r"time[- ]?wasters?", _WHAT),
    (
        r"(?:serial|habitual|persistent|professional) (?:complainer|complainant)s?",
        "how often, and about what",
    ),
    (r"(?:culprit|perpetrator|aggressor|abuser|harasser|stalker)s?", "“the person”"),
    (r"(?:crank|nutter|lunatic|psycho|weirdo|crackpot|thug|yob|liar)s?|bully|bullies", _WHAT),
    (r"(?:mad|crazy|deranged|unhinged|hysterical|paranoid|delusional)", _WHAT),
)
_LOADED_PATTERNS = tuple((re.compile(rf"\b(?:{p})\b", re.IGNORECASE), instead) for p, instead in _LOADED)


def loaded_words(text: str, field: str = "why") -> tuple[Problem, ...]:
    """Words that judge the person instead of what happened (R29), each reported once.

    Words in quotation marks are somebody's own and stay: a notice must be able to say what was said.
    """
    own_words = _QUOTED.sub(" ", text)
    found: dict[str, str] = {}
    for pattern, instead in _LOADED_PATTERNS:
        for match in pattern.finditer(own_words):
            found.setdefault(match.group(0).casefold(), instead)
    return tuple(
        Problem(
            field,
            "loaded_words",
            f"“{word}” judges the person. Write {instead} instead, "
            "or use quotation marks if these are words somebody said.",
        )
        for word, instead in found.items()
    )
