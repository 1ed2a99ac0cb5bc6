"""The rooms of the local chat, and who may read each. Asked for every page, message, stream and press."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from policy.offices import COUNCILLOR_OFFICES, Office, title

DIRECT = "dm:"
STAFF, GOVERNANCE, COUNCILLORS = "staff", "governance", "councillors"

_GOVERNING = frozenset(
    {
        Office.CHIEF_OFFICER,
        Office.DEPUTY_CHIEF_OFFICER,
        Office.CHAIR_FGP,
        Office.VICE_CHAIR_FGP,
        Office.MAYOR,
    }
)


@dataclass(frozen=True, slots=True)
class LocalColleague:
    """Somebody the page can act as, with the offices held today."""

    id: str
    name: str
    offices: AbstractSet[Office] = frozenset()

    @property
    def office(self) -> str:
        """The offices in words, such as "Chair of F&GP, Councillor"."""
        return ", ".join(title(office) for office in Office if office in self.offices) or "Colleague"


@dataclass(frozen=True, slots=True)
class Channel:
    """A room. `private` = nobody but this colleague reads there."""

    id: str
    name: str
    about: str
    private: bool = False


def channels_for(colleague: LocalColleague) -> tuple[Channel, ...]:
    """The rooms this colleague may read, in the order of the list; the staff room is always the first."""
    rooms = [Channel(STAFF, "Staff room", "Everybody who works for the council can read this.")]
    if colleague.offices & _GOVERNING:
        rooms.append(
            Channel(
                GOVERNANCE,
                "Governance",
                "For the chief officer, the deputy, the Chair, the Vice-Chair and the Mayor.",
            )
        )
    if colleague.offices & COUNCILLOR_OFFICES:
        rooms.append(
            Channel(COUNCILLORS, "Councillors", "For every councillor. Decision notices carry no names.")
        )
    rooms.append(
        Channel(
            direct(colleague.id),
            "Civility · only you",
            "Private messages from Civility to you.",
            private=True,
        )
    )
    return tuple(rooms)


def channel_for(colleague: LocalColleague, channel_id: str) -> Channel | None:
    """The room, if this colleague may read it; None whether it is closed to them or does not exist."""
    return next((room for room in channels_for(colleague) if room.id == channel_id), None)


def direct(colleague_id: str) -> str:
    """The id of a colleague's own room."""
    return f"{DIRECT}{colleague_id}"


def find(colleagues: Iterable[LocalColleague], colleague_id: str) -> LocalColleague | None:
    """The colleague of that id, or None."""
    return next((one for one in colleagues if one.id == colleague_id), None)


def by_office(colleagues: Iterable[LocalColleague]) -> tuple[LocalColleague, ...]:
    """The order of the switch: the most senior office first, then by name."""
    order = {office: place for place, office in enumerate(Office)}
    nobody = len(order)
    return tuple(
        sorted(
            colleagues,
            key=lambda one: (min((order[held] for held in one.offices), default=nobody), one.name.casefold()),
        )
    )
