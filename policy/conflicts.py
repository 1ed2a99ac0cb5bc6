"""Conflicts of interest, also those noticed late (R17).

A colleague who takes no part signs nothing that counts. Before a decision such a signature is passed over and the
seat is asked anew. After one it is flagged: the decision keeps its effect, because the person and the staff rely on
it and two names stood under it on the day, until somebody without a conflict signs in that seat afresh.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from policy.answers import Problem, Refusal
from policy.offices import Office, Seat
from policy.seats import Parties, conflict
from policy.worded import Worded


class ConflictReason(Worded):
    """Why a colleague takes no part in a case."""

    TARGET = "target", "The behaviour was aimed at them"
    WITNESS = "witness", "They are a witness we rely on"
    PERSON = "person", "They are the person the case is about"
    INTEREST = "interest", "Another interest, such as family, friendship or business"


class FreshAnswer(Worded):
    """What somebody without a conflict says to a decision that was flagged."""

    SAME = "same", "I decide the same, with my own name"
    OTHER = "other", "I would decide otherwise: the decision ends now"
    CLOSED = "closed", "The person is a councillor and was not told of it: the decision is made again"


ASKED = (FreshAnswer.SAME, FreshAnswer.OTHER)
"""The answers somebody can choose; the third follows from who the person is (R10)."""
MAKES_AGAIN = frozenset({FreshAnswer.OTHER, FreshAnswer.CLOSED})


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature under a decision: whose, in which seat and office of the time."""

    colleague_id: str
    seat: Seat
    office: Office


KNOWN = Refusal("conflict_known", "This colleague takes no part in the case already.")


def check_conflict(
    reason: ConflictReason, words: str, *, colleague_is_councillor: bool, already: Refusal | None
) -> tuple[Problem, ...]:
    """What stops this conflict from being recorded, at its field; `already`: why they take no part as it is."""
    problems = []
    if already is not None:
        problems.append(Problem("colleague", KNOWN.code, KNOWN.sentence))
    if reason is ConflictReason.PERSON and not colleague_is_councillor:
        sentence = "Only a councillor can be recorded so. For a member of staff choose “Another interest”."
        problems.append(Problem("reason", "person_not_councillor", sentence))
    if reason is ConflictReason.INTEREST and not words.strip():
        problems.append(Problem("words", "interest_missing", "Say what the interest is, in a few words."))
    return tuple(problems)


def lift_refusal(me: str, colleague_id: str) -> Refusal | None:
    """Why this colleague cannot lift the conflict, or None: never one's own."""
    if me != colleague_id:
        return None
    return Refusal("own_conflict", "This is about you. Another colleague must say that it was a mistake.")


def flagged(signed: Iterable[Signed], parties: Parties, fresh: Collection[Seat]) -> tuple[Signed, ...]:
    """The signatures under a decision whose colleague takes no part as is known now; one a seat, in order.

    `fresh`: the seats in which somebody has signed afresh since.
    """
    found = {one.seat: one for one in signed if one.seat not in fresh and conflict(one.colleague_id, parties)}
    return tuple(found[seat] for seat in Seat if seat in found)


def check_fresh(answer: FreshAnswer, words: str) -> tuple[Problem, ...]:
    """What is missing from a signature given afresh: an ending always needs its reason."""
    if answer is FreshAnswer.OTHER and not words.strip():
        return (Problem("words", "reason_missing", "Say why you would decide otherwise."),)
    return ()
