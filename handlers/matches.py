"""Records that may be of one person, with the reason, for a reader who may see both (R41, R46).

Nobody who may not see the other case learns that there is one: neither the reporter nor a colleague with a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.casefile import CaseFile, read
from handlers.desk import Desk
from policy.access import Part
from policy.people import PersonKeys, Suggestion, normalise_email, phone_digits, search_words, suggest_match
from storage.records import Person

SHARING, NEWEST, MOST = 50, 200, 3
_PIECES = re.compile(r"[\s,;]+")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "cllr", "councillor", "sir", "rev"})


@dataclass(frozen=True, slots=True)
class Match:
    """A record that may be of the same person, one of its cases that the reader may see, and why."""

    person: Person
    file: CaseFile
    suggestion: Suggestion


def likely(file: CaseFile, reader: str) -> tuple[Match, ...]:
    """The likeliest matches of a case's person, best first; nothing that two colleagues looked at and rejected."""
    uow = file.desk.uow
    same = {one.id for one in file.records}
    settled = {
        merge.other(one.id)
        for one in file.records
        for merge in uow.merges.about(one.id)
        if merge.state in ("proposed", "rejected")
    }
    found = []
    for one in uow.people.resembling(file.case.person_id, SHARING, NEWEST):
        suggestion = None if one.id in same | settled else compare(file.desk, file.records, (one,))
        if suggestion:
            found.append((suggestion, one))
    matches: dict[str, Match] = {}
    for suggestion, one in sorted(found, key=lambda pair: -pair[0].score):
        root = uow.merges.root(one.id)
        other = None if root in matches else seen_case(file.desk, one.id, reader)
        if other is not None and not settled & {record.id for record in other.records}:
            matches[root] = Match(one, other, suggestion)
        if len(matches) == MOST:
            break
    return tuple(matches.values())


def seen_case(desk: Desk, person_id: str, reader: str) -> CaseFile | None:
    """The newest case of a record in which the reader may see who the person is, or None."""
    for case in desk.uow.cases.of_person(person_id):
        file = read(desk, case)
        if Part.PERSON in file.seen_by(reader):
            return file
    return None


def compare(desk: Desk, ones: Iterable[Person], others: Iterable[Person]) -> Suggestion | None:
    """Whether two people, each in one or several records, may be one, and why; as alike as the council's setting."""
    here, there = tuple(ones), tuple(others)
    alike = max((names_alike(a.name, b.name) for a in here for b in there), default=0.0)
    return suggest_match(_keys(here), _keys(there), alike, desk.settings.similar_name_percent / 100)


def names_alike(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1: as alike as the least alike word of the shorter one, in any order."""
    from rapidfuzz.distance import JaroWinkler  # only a card of a case needs it, not every start

    first, second = _name_words(one), _name_words(other)
    if not first or not second:
        return 0.0
    short, long = sorted((first, second), key=len)
    if len(short) == 1 and len(long) > 1:
        return 1.0 if short[0] in long else 0.0
    return min(max(JaroWinkler.similarity(word, other) for other in long) for word in short)


def _name_words(name: str) -> list[str]:
    return [word for word in search_words(name) if word not in _TITLES]


def _keys(people: Iterable[Person]) -> PersonKeys:
    contacts = [one.contact for one in people]
    emails = {normalise_email(piece.strip("<>()\"'.")) for text in contacts for piece in _PIECES.split(text)}
    return PersonKeys(frozenset(emails), frozenset(n for text in contacts for n in _numbers(text)))


def _numbers(text: str) -> Iterable[str]:
    """The telephone numbers in a text, read as British ones unless they say otherwise."""
    from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number

    for found in PhoneNumberMatcher(text, "GB", leniency=Leniency.POSSIBLE):
        yield phone_digits(format_number(found.number, PhoneNumberFormat.E164))
