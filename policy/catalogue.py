"""The restriction catalogue: what a council can put in place, and which routes it leaves (policy 5; R22-R24).

What each measure says in a notice and at the counter is in `restriction_words.py`, what is refused in
`guards.py`, and when a restriction is in force in `restrictions.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policy.worded import Worded


class Measure(Worded):
    """C1-C12, in the order of the policy."""

    C1 = "C1", "In writing only"
    C2 = "C2", "One specific individual"
    C3 = "C3", "Removed from social media and blocked"
    C4 = "C4", "One email address or telephone number"
    C5 = "C5", "Placed on file without further response"
    C6 = "C6", "Limited in another way, in line with the policy"
    C7 = "C7", "Telephone at set times on set days"
    C8 = "C8", "A nominated employee or councillor handles all contact"
    C9 = "C9", "Limited issues"
    C10 = "C10", "Emails or numbers blocked"
    C11 = "C11", "Complaint or further contact refused"
    C12 = "C12", "Another necessary action"


class Route(Worded):
    """The ordinary routes to the council; those that nothing closes (R25) are not here."""

    LETTER = "letter", "letter"
    EMAIL = "email", "email"
    WEB_FORM = "web_form", "web form"
    TELEPHONE = "telephone", "telephone"
    IN_PERSON = "in_person", "visit"
    SOCIAL_MEDIA = "social_media", "social media"


WRITING = frozenset({Route.LETTER, Route.EMAIL, Route.WEB_FORM})


class Duration(Worded):
    """How long a restriction lasts (R22)."""

    TEMPORARY = "temporary", "Temporary, with an end date"
    PERMANENT = "permanent", "Permanent, with a review date"


class Scope(Worded):
    """What a restriction is about (R23)."""

    ONE_ISSUE = "one_issue", "One issue"
    ONE_SERVICE = "one_service", "One service"
    WHOLE_COUNCIL = "whole_council", "The whole council"

    @property
    def breadth(self) -> int:
        """1 for the narrowest to 3 for the broadest: a broader one burdens the person more."""
        return tuple(Scope).index(self) + 1


@dataclass(frozen=True, slots=True)
class Contact:
    """A colleague named for the person's contact (C2, C8): have they agreed, is there cover (R23)."""

    colleague_id: str
    name: str
    agreed: bool = False
    has_cover: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """A restriction as proposed. Field names are those of the form `proposal`; blank is not answered.

    `detail` holds C4's address or number, or the text of C6 and C12. With C4 beside C6 or C12, its first line
    is the address or number and the lines after it are the text. `scope_detail` names the issue or service; a
    blank one means the matter of the case. `c10_blocks` says what C10 blocks: emails, numbers or both.
    `alternative` says how somebody who finds writing hard can reach the council without it (R24).
    """

    measures: frozenset[Measure] = frozenset()
    scope: Scope | None = None
    scope_detail: str = ""
    duration: Duration | None = None
    ends_on: date | None = None
    review_on: date | None = None
    detail: str = ""
    contact: Contact | None = None
    c2_contact: Contact | None = None
    c5_answer: str = ""
    c7_times: str = ""
    c9_issue: str = ""
    c10_counts: str = ""
    c10_blocks: frozenset[Route] = frozenset({Route.EMAIL, Route.TELEPHONE})
    c11_reason: str = ""
    other_why: str = ""
    alternative: str = ""
    adjustments: str = ""
    proportionate: str = ""
    access_left: str = ""
    case_for: str = ""
    case_against: str = ""

    @property
    def c4_address(self) -> str:
        """C4's address or number: the first line of `detail`; blank without C4."""
        if Measure.C4 not in self.measures:
            return ""
        return self.detail.strip().partition("\n")[0].strip(" .\r\t")

    @property
    def other_text(self) -> str:
        """The text of C6 or C12: `detail`, without C4's line where C4 stands beside them."""
        if not self.measures & OTHER:
            return ""
        text = self.detail.strip()
        return text.partition("\n")[2].strip() if Measure.C4 in self.measures else text


OTHER = frozenset({Measure.C6, Measure.C12})
"""The measures in free words, which need "why none of the others is enough" (R23)."""

FIELDS_NEEDED: dict[Measure, tuple[str, ...]] = {
    Measure.C1: (),
    Measure.C2: ("c2_contact",),
    Measure.C3: (),
    Measure.C4: ("detail",),
    Measure.C5: ("c5_answer",),
    Measure.C6: ("detail", "other_why"),
    Measure.C7: ("c7_times",),
    Measure.C8: ("contact",),
    Measure.C9: ("c9_issue",),
    Measure.C10: ("c10_counts",),
    Measure.C11: ("c11_reason",),
    Measure.C12: ("detail", "other_why"),
}
"""The fields of the form `proposal` that each measure asks for, beside those of every proposal."""


def in_order(measures: frozenset[Measure]) -> tuple[Measure, ...]:
    """The measures in the order of the policy, as every list shows them."""
    return tuple(measure for measure in Measure if measure in measures)


def c4_route(proposed: Proposed) -> Route | None:
    """The one route C4 leaves, read from its address or number; None when that is neither or both."""
    address = proposed.c4_address
    mailboxes = address.count("@")
    digits = sum(c.isdecimal() for word in address.split() if "@" not in word for c in word)
    if mailboxes == 1 and digits < _FEWEST_DIGITS:
        return Route.EMAIL
    if mailboxes == 0 and _FEWEST_DIGITS <= digits <= _MOST_DIGITS:
        return Route.TELEPHONE
    return None


def open_routes(proposed: Proposed) -> tuple[Route, ...]:
    """The ordinary routes that stay open within the scope of the restriction, best known first (R24).

    C2 and C8 change who answers, C5 whether, C7 when and C9 about what: none of them closes a route. C6 and
    C12 are free words and close none that can be read from them. C11 closes all routes of a restriction on
    the whole council but those another measure expressly leaves; on one issue or service the rest stays open.
    """
    left = set(Route)
    for measure in proposed.measures:
        left -= _closes(measure, proposed)
    if Measure.C11 in proposed.measures and proposed.scope in (None, Scope.WHOLE_COUNCIL):
        left &= _expressly_left(proposed)
    return tuple(route for route in Route if route in left)


# A telephone number with area code has 10 or 11 digits in the UK and at most 15 in the world (ITU E.164);
# local ones have from 5. More than that are two numbers.
_FEWEST_DIGITS = 5
_MOST_DIGITS = 15


def _closes(measure: Measure, proposed: Proposed) -> frozenset[Route]:
    if measure is Measure.C1:
        return frozenset(Route) - WRITING
    if measure is Measure.C3:
        return frozenset({Route.SOCIAL_MEDIA})
    if measure is Measure.C10:
        return proposed.c10_blocks
    only = c4_route(proposed) if measure is Measure.C4 else None
    return frozenset() if only is None else frozenset(Route) - {only}


def _expressly_left(proposed: Proposed) -> frozenset[Route]:
    left: set[Route] = set()
    if proposed.measures & {Measure.C2, Measure.C8}:
        left |= set(Route)
    if Measure.C1 in proposed.measures:
        left |= WRITING
    if Measure.C7 in proposed.measures:
        left.add(Route.TELEPHONE)
    if (only := c4_route(proposed)) is not None:
        left.add(only)
    return frozenset(left)
