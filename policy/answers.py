"""How the policy answers: a refusal carries its reason, never a bare boolean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not allowed.

    `code` is stable and safe to log; `sentence` is plain English for the colleague who asked and
    says what to do instead. Neither holds personal data.
    """

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of a form: shown beside that field, with what was typed kept."""

    field: str
    code: str
    sentence: str
