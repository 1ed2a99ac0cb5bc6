"""The sample council of the local chat: its colleagues can be renamed, and nothing in it is real."""

from __future__ import annotations

from datetime import date

from bot.council_file import Colleague, CouncilFile
from policy.offices import Office

CHANNELS = {
    "staff": {"local": "staff"},
    "governance": {"local": "governance"},
    "councillors": {"local": "councillors"},
}

_COLLEAGUES: tuple[tuple[str, Office], ...] = (
    ("Dana Okoro", Office.CHIEF_OFFICER),
    ("Sam Whitfield", Office.DEPUTY_CHIEF_OFFICER),
    ("Priya Shah", Office.STAFF),
    ("Tom Bell", Office.STAFF),
    ("Councillor Margaret Hall", Office.CHAIR_FGP),
    ("Councillor Owen Pryce", Office.VICE_CHAIR_FGP),
    ("Councillor Ruth Adeyemi", Office.MAYOR),
    ("Councillor Ian Frost", Office.MEMBER_FGP),
    ("Councillor Leila Aziz", Office.COUNCILLOR),
)


def sample_council(today: date) -> CouncilFile:
    """A small town council with one colleague in each office, in office since the last annual meeting."""
    year = today.year if today >= date(today.year, 5, 15) else today.year - 1
    since = date(year, 5, 15)
    return CouncilFile(
        name="Sample Town Council",
        address="Town Hall, Sample Street, Sample Town, ST1 1AA",
        appeals_contact="The Chief Officer, Sample Town Council, Town Hall, Sample Street, Sample Town, ST1 1AA, "
        "or appeals@sample-council.example",
        channels=CHANNELS,
        colleagues=tuple(Colleague(name, {}, ((office, since, None),)) for name, office in _COLLEAGUES),
        policy={},
    )
