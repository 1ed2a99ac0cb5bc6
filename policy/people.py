"""People: how what is typed becomes searchable, and when two records may be one person (R27, R46).

A likely match is only ever suggested, with its reason. Two colleagues merge, and never by name alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from policy.answers import Refusal

_FEWEST_DIGITS = 5
# "44" and the ten digits of nearly every UK number: typed so, without the plus, it is no local number.
_UK_WITH_44 = 12


def search_words(text: str) -> tuple[str, ...]:
    """The words of a text as a search compares them: small letters, no accents, each once, in order.

    Apostrophes vanish ("O'Brien" is "obrien"), every other mark parts two words ("Smith-Jones" is two).
    """
    plain = _plain(text)
    return tuple(dict.fromkeys(_WORD.findall(_APOSTROPHES.sub("", plain))))


def normalise_email(text: str) -> str:
    """An e-mail address as it is compared: small letters, bare. Blank when the text holds no single address.

    Dots and tags ("jo+council@") stay, because on most hosts they are different mailboxes.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    bracketed = _BRACKETED.search(plain)
    address = (bracketed.group(1) if bracketed else plain).strip().lower().removeprefix("mailto:")
    return address if _EMAIL.fullmatch(address) else ""


def phone_digits(text: str) -> str:
    """The digits of a telephone number as they are compared; blank when the text holds fewer than five.

    UK numbers begin with 0, also when typed with +44, 0044 or +44 (0). Other countries' begin with 00 and
    the country's code. An extension is left out.
    """
    number = _EXTENSION.split(unicodedata.normalize("NFKC", text), maxsplit=1)[0].strip()
    digits = "".join(str(unicodedata.decimal(c)) for c in number if c.isdecimal())
    bare_44 = digits.startswith("44") and len(digits) == _UK_WITH_44
    if bare_44 or number.lstrip("( ").startswith("+"):
        digits = "00" + digits
    if digits.startswith("0044"):
        digits = "0" + digits[4:].removeprefix("0")
    return digits if len(digits) >= _FEWEST_DIGITS else ""


class MatchReason(StrEnum):
    """Why two records may be one person, strongest first."""

    SAME_EMAIL = "same_email"
    SAME_NUMBER = "same_number"
    SIMILAR_NAME = "similar_name"


@dataclass(frozen=True, slots=True)
class PersonKeys:
    """What one record is compared by: outputs of `normalise_email` and `phone_digits`; blanks are ignored."""

    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A likely match. `score` orders suggestions, best first; `sentence` gives the reasons to a colleague."""

    reasons: tuple[MatchReason, ...]
    score: float
    sentence: str

    @property
    def by_name_alone(self) -> bool:
        """True when nothing but the name is alike: worth a look, never enough to merge (R46)."""
        return self.reasons == (MatchReason.SIMILAR_NAME,)


def suggest_match(
    one: PersonKeys, other: PersonKeys, names_alike: float, similar_from: float
) -> Suggestion | None:
    """Whether two records may be one person, with the reasons, or None (R46).

    `names_alike` and `similar_from` go from 0 to 1; the latter is the setting `similar_name_percent`. A shared
    address or number is suggested whatever the names say, because people share those too: a different name is told,
    so that the colleague looks twice.
    """
    reasons: list[MatchReason] = []
    if (one.emails & other.emails) - {""}:
        reasons.append(MatchReason.SAME_EMAIL)
    if (one.phones & other.phones) - {""}:
        reasons.append(MatchReason.SAME_NUMBER)
    if names_alike >= similar_from:
        reasons.append(MatchReason.SIMILAR_NAME)
    if not reasons:
        return None
    sentence = f"{_join([_REASON_WORDS[reason] for reason in reasons])}.".capitalize()
    if MatchReason.SIMILAR_NAME not in reasons:
        sentence += " The names differ, so this may be a shared one."
    elif len(reasons) == 1:
        sentence += " A name alone is never enough to merge."
    score = sum(_REASON_WEIGHT[reason] for reason in reasons) + names_alike
    return Suggestion(tuple(reasons), score, sentence)


def merge_refusal(
    suggestion: Suggestion | None, evidence: str, proposed_by: str, confirmed_by: str | None = None
) -> Refusal | None:
    """Why two records cannot be merged, or None when they can (R46).

    `evidence` is what the proposer wrote down besides the name; it is needed unless an address or a number is
    shared. `confirmed_by` None asks only whether the merge may be proposed.
    """
    shared = suggestion is not None and not suggestion.by_name_alone
    if not shared and not any(character.isalnum() for character in evidence):
        sentence = "Records are never merged by name alone. Say what else shows that this is one person."
        return Refusal("merge_by_name_alone", sentence)
    if confirmed_by is not None and confirmed_by == proposed_by:
        sentence = "You proposed this merge. Another colleague must confirm it."
        return Refusal("merge_same_colleague", sentence)
    return None


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    without_accents = "".join(c for c in apart if unicodedata.category(c) != "Mn")
    return without_accents.translate(_LETTERS)


def _join(words: Iterable[str]) -> str:
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_BRACKETED = re.compile(r"<([^<>]*)>")
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_EXTENSION = re.compile(r"(?<![a-z])(?:ext(?:ension|n)?|x)\.?\s*\d", re.IGNORECASE)
_REASON_WORDS = {
    MatchReason.SAME_EMAIL: "the same email address",
    MatchReason.SAME_NUMBER: "the same telephone number",
    MatchReason.SIMILAR_NAME: "a similar name",
}
_REASON_WEIGHT = {MatchReason.SAME_EMAIL: 3, MatchReason.SAME_NUMBER: 2, MatchReason.SIMILAR_NAME: 0}
