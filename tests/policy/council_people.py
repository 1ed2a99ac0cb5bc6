"""A small council for the tests of who may decide and who may see: one colleague in each office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.offices import Absence, Holding, Office, Register

TODAY = date(2026, 10, 14)
SINCE = date(2026, 5, 14)

PEOPLE: dict[str, Office] = {
    "chief": Office.CHIEF_OFFICER,
    "deputy": Office.DEPUTY_CHIEF_OFFICER,
    "mayor": Office.MAYOR,
    "deputy_mayor": Office.DEPUTY_MAYOR,
    "chair": Office.CHAIR_FGP,
    "vice": Office.VICE_CHAIR_FGP,
    "member1": Office.MEMBER_FGP,
    "member2": Office.MEMBER_FGP,
    "councillor": Office.COUNCILLOR,
    "staff": Office.STAFF,
}


def council(without: Iterable[str] = (), away: Iterable[str] = ()) -> Register:
    """The council on TODAY, some offices vacant and some colleagues away."""
    gone = set(without)
    return Register(
        tuple(Holding(office, who, SINCE) for who, office in PEOPLE.items() if who not in gone),
        tuple(Absence(who, TODAY, TODAY) for who in away),
    )
