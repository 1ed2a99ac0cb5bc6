"""Who may hear an appeal (R36): two councillors, the Mayor first, none of them part of the case.

The Chair investigates every case (R13), so another councillor is the normal second reviewer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policy.answers import Refusal
from policy.notices import join_reasons
from policy.offices import Office

# The offices a councillor holds, in the order they are offered.
REVIEWER_OFFICES: tuple[Office, ...] = (
    Office.MAYOR,
    Office.CHAIR_FGP,
    Office.DEPUTY_MAYOR,
    Office.VICE_CHAIR_FGP,
    Office.MEMBER_FGP,
    Office.COUNCILLOR,
)


@dataclass(frozen=True, slots=True)
class Parties:
    """Colleague ids by their part in the case, so far as each bars from the appeal."""

    investigated: frozenset[str] = frozenset()
    approved: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    witnesses: frozenset[str] = frozenset()
    is_the_person: frozenset[str] = frozenset()
    interested: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()
    """Who heard this appeal and could not agree."""


_PARTS: tuple[tuple[str, str], ...] = (
    ("is_the_person", "the case is about them"),
    ("targets", "the behaviour was aimed at them"),
    ("witnesses", "they are a witness in the case"),
    ("interested", "a conflict of interest is recorded"),
    ("investigated", "they investigated the case"),
    ("approved", "they approved the decision"),
    ("reported", "they reported it"),
    ("heard", "they heard it already and could not agree"),
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A colleague for the reviewers' list; `barred` says why not."""

    colleague_id: str
    office: Office
    barred: Refusal | None = None


def reviewer_refusal(colleague_id: str, offices: frozenset[Office], parties: Parties) -> Refusal | None:
    """Why this colleague, in the offices held today, cannot hear the appeal, or None."""
    if not offices & frozenset(REVIEWER_OFFICES):
        return Refusal(
            "reviewer_not_councillor",
            "Appeals are heard by councillors: the Mayor and the Chair of F&GP, or another councillor.",
        )
    reasons = [words for part, words in _PARTS if colleague_id in getattr(parties, part)]
    if reasons:
        return Refusal(
            "reviewer_took_part",
            f"This colleague cannot hear the appeal: {join_reasons(reasons)}. Choose another councillor.",
        )
    return None


def suggested_reviewers(
    register: Mapping[str, frozenset[Office]], parties: Parties
) -> tuple[Suggestion, ...]:
    """Every councillor in `register` (colleague id to offices held today).

    Those who may be picked come first, the Mayor at their head; then those barred, with the reason.
    """
    councillors = (
        Suggestion(colleague_id, _first_office(offices), reviewer_refusal(colleague_id, offices, parties))
        for colleague_id, offices in register.items()
        if offices & frozenset(REVIEWER_OFFICES)
    )
    return tuple(sorted(councillors, key=_order))


def pair_refusal(
    picks: Sequence[str], register: Mapping[str, frozenset[Office]], parties: Parties, absent: frozenset[str]
) -> Refusal | None:
    """Why these colleagues cannot hear the appeal together, or None.

    Two different councillors, neither barred. The Mayor is one of them unless barred or `absent`.
    """
    if len(picks) != 2 or len(set(picks)) != 2:
        return Refusal("two_reviewers", "Choose two different councillors.")
    for pick in picks:
        if refusal := reviewer_refusal(pick, register.get(pick, frozenset()), parties):
            return refusal
    for colleague_id, offices in register.items():
        may_act = colleague_id not in absent and reviewer_refusal(colleague_id, offices, parties) is None
        if Office.MAYOR in offices and may_act and colleague_id not in picks:
            return Refusal("mayor_first", "The Mayor can hear this appeal, so the Mayor is one of the two.")
    return None


@dataclass(frozen=True, slots=True)
class SplitChange:
    """Who hears an appeal no longer, and who may take their places, after the reviewers could not agree."""

    leave: frozenset[str]
    free: tuple[str, ...]

    @property
    def picks(self) -> int:
        """How many are picked."""
        return len(self.leave)


NOBODY_ELSE = Refusal(
    "no_other_reviewer",
    "No other councillor may hear this appeal, so these two stay. They talk it over until they agree; “goes back” is "
    "an answer too.",
)
NOT_SPLIT = Refusal(
    "not_split",
    "The reviewers do not differ now. Open the case to see who hears the appeal and how it stands.",
)
NOT_SPLIT_LONG = Refusal(
    "split_too_soon", "The reviewers are given time to agree first. Open the case to see until when."
)


def split_change(
    reviewers: Sequence[Suggestion], register: Mapping[str, frozenset[Office]], parties: Parties
) -> SplitChange | Refusal:
    """Whose place is taken when `reviewers` (in the order they were picked) can't agree, by the offices of today.

    Nobody chooses who goes, because that would choose the answer: both do. Where only one other councillor may hear it,
    the one who leaves is not the Mayor; if neither is the Mayor, whoever was picked last.
    """
    present = frozenset(one.colleague_id for one in reviewers)
    others = suggested_reviewers(
        {id: offices for id, offices in register.items() if id not in present}, parties
    )
    free = tuple(one.colleague_id for one in others if one.barred is None)
    if not free:
        return NOBODY_ELSE
    if len(free) > 1:
        return SplitChange(present, free)
    not_mayor = [one.colleague_id for one in reviewers if one.office is not Office.MAYOR]
    return SplitChange(frozenset(not_mayor[-1:]), free)


def _first_office(offices: frozenset[Office]) -> Office:
    return next(office for office in REVIEWER_OFFICES if office in offices)


def _order(suggestion: Suggestion) -> tuple[bool, int, str]:
    barred = suggestion.barred is not None
    return barred, REVIEWER_OFFICES.index(suggestion.office), suggestion.colleague_id
