"""Where a case stands, who acts next, and what may be done with it there (R8-R14, R17).

The stage is computed from what was signed, sent and dated, never stored: it cannot be wrong, only the facts
can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from policy.answers import Refusal
from policy.calendars import say_until
from policy.findings import Agreement, FindingKind, compare, is_final
from policy.offices import Seat, name_offices
from policy.safety import PolicePart, police_refusal
from policy.seats import CHAINS, FINDING_SEATS, Seats, who_may_act
from policy.worded import Worded

# --- references -------------------------------------------------------------------------------------

# Hyphens and dashes as keyboards, letters and telephones turn them, or spaces; after INC also nothing.
_REFERENCE = re.compile(r"INC[\s\-\u2010-\u2015\u2212]*(\d{4})[\s\-\u2010-\u2015\u2212]+(\d{1,9})", re.ASCII)


def reference(year: int, number: int) -> str:
    """What people quote: "INC-2026-0001". ValueError for a number below 1 or a year without four digits."""
    if number < 1 or not 1000 <= year <= 9999:
        raise ValueError("a reference needs a year of four digits and a number from 1")
    return f"INC-{year}-{number:04d}"


def parse_reference(text: str) -> str | None:
    """The reference someone typed, or None: "inc 2026 1" and "INC–2026–0001" are INC-2026-0001."""
    found = _REFERENCE.fullmatch(" ".join(text.split()).upper())
    if found is None or int(found[2]) < 1 or int(found[1]) < 1000:
        return None
    return reference(int(found[1]), int(found[2]))


def find_reference(text: str) -> str:
    """The first reference in a text, such as a card's; "" when there is none."""
    found = (parse_reference(one[0]) for one in _REFERENCE.finditer(text.upper()))
    return next(filter(None, found), "")


# --- the stage --------------------------------------------------------------------------------------


class Stage(Worded):
    """Where a case stands; `words` is what its card says."""

    REPORTED = "reported", "Reported"
    SECOND_FINDING = "second_finding", "Waiting for the second finding"
    SPLIT = "split", "Split: discuss"
    MORE_INFORMATION = "more_information", "More information is needed"
    PROPOSAL_DUE = "proposal_due", "Findings agree, proposal to be written"
    PROPOSAL_WAITING = "proposal_waiting", "Proposal waiting for approval"
    STUCK = "stuck", "No officer can act"
    NO_COUNCILLOR = "no_councillor", "No councillor can act"
    NOTICE_DUE = "notice_due", "Decided, notice not sent"
    APPEAL_OPEN = "appeal_open", "Notice sent, appeal open"
    APPEAL_UNDECIDED = "appeal_undecided", "Appeal waiting for its outcome"
    APPEAL_DECIDED = "appeal_decided", "Appeal decided, the person not told yet"
    APPEAL_CLOSED = "appeal_closed", "Appeal closed"
    DECIDED = "decided", "Decided, no notice needed"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


@dataclass(frozen=True, slots=True)
class Progress:
    """The facts a stage is computed from.

    `officer` and `chair`: the findings that stand. `missing`: seats whose approval the open (or the coming)
    proposal still lacks. `notice_owed`: the decision is one the person is told of; `notice_sent`: a copy is
    out that has not come back. `appeal_closes_on`: set once the person counts as notified. `appeal_waiting`:
    an appeal was received and has no outcome. `appeal_untold`: it has one (or was refused as late, or withdrawn)
    that the person was not told of yet. `appeal_over`: it was appealed and that is settled. `review_waiting`: a review
    of a restriction was begun or is due. `letter_owed`: a letter about a review, an appeal or a correction is not
    recorded as sent. `proposal_open` on a decided case is a new decision.
    """

    officer: FindingKind | None = None
    chair: FindingKind | None = None
    proposal_open: bool = False
    missing: tuple[Seat, ...] = FINDING_SEATS
    decided: bool = False
    notice_owed: bool = False
    notice_sent: bool = False
    appeal_closes_on: date | None = None
    appeal_waiting: bool = False
    appeal_untold: bool = False
    appeal_over: bool = False
    review_waiting: bool = False
    letter_owed: bool = False
    withdrawn: bool = False
    closed: bool = False
    seats: Seats = field(default_factory=Seats)

    @property
    def settled(self) -> bool:
        """Whether there is a decision. Agreed findings are one, unless they ask for a restriction (R13)."""
        agreed = is_final(self.officer, self.chair) and self.officer is not FindingKind.RESTRICTION
        return (self.decided or agreed) and not self.proposal_open

    @property
    def unsigned(self) -> tuple[Seat, ...]:
        """The seats whose finding is awaited."""
        signed = {Seat.OFFICER: self.officer, Seat.CHAIR: self.chair}
        return tuple(seat for seat in FINDING_SEATS if signed[seat] is None)

    @property
    def awaited(self) -> tuple[Seat, ...]:
        """The seats somebody must still sign in, for a finding or an approval, before a decision."""
        if self.settled:
            return ()
        approvals = self.missing if self.proposal_open or not self.unsigned else ()
        return tuple(seat for seat in Seat if seat in self.unsigned or seat in approvals)


def stage(facts: Progress, today: date) -> Stage:
    """Where the case stands today. The whole last day of an appeal counts as open (R31)."""
    if facts.withdrawn:
        return Stage.WITHDRAWN
    if facts.closed and not (facts.appeal_waiting or facts.appeal_untold):
        return Stage.CLOSED
    return _after_decision(facts, today) if facts.settled else _before_decision(facts)


def _before_decision(facts: Progress) -> Stage:
    if any(not facts.seats.of(seat) for seat in facts.awaited):
        return Stage.STUCK if not facts.seats.officer else Stage.NO_COUNCILLOR
    agreement = compare(facts.officer, facts.chair)
    if agreement is Agreement.SPLIT:
        return Stage.SPLIT
    if facts.proposal_open:
        return Stage.PROPOSAL_WAITING
    if agreement is Agreement.AGREED:
        more = facts.officer is FindingKind.MORE_INFORMATION
        return Stage.MORE_INFORMATION if more else Stage.PROPOSAL_DUE
    return Stage.REPORTED if len(facts.unsigned) == len(FINDING_SEATS) else Stage.SECOND_FINDING


def _after_decision(facts: Progress, today: date) -> Stage:
    if facts.appeal_waiting:
        return Stage.APPEAL_UNDECIDED
    if facts.appeal_untold:
        return Stage.APPEAL_DECIDED
    if facts.notice_owed and not facts.notice_sent:
        return Stage.NOTICE_DUE
    if not facts.notice_owed:
        return Stage.DECIDED
    open_still = not facts.appeal_over and (facts.appeal_closes_on is None or today <= facts.appeal_closes_on)
    return Stage.APPEAL_OPEN if open_still else Stage.APPEAL_CLOSED


def next_step(facts: Progress, today: date, closing: Refusal | None = None) -> str:
    """Who acts next and what is awaited from them, by office: one sentence for the case card.

    `closing` is `close_refusal`'s answer: that a case can be closed is said only while it can.
    """
    now = stage(facts, today)
    who, both = _who(facts), _who(facts, FINDING_SEATS)
    closes = f" until {say_until(facts.appeal_closes_on)}" if facts.appeal_closes_on else ""
    worker = "The Chief Officer"
    if not facts.seats.officer and facts.seats.chair:  # the Chair's seat does the daily work then
        first = name_offices((facts.seats.chair[0].office,))
        worker = first[0].upper() + first[1:]
    close = f"{worker} acts next. {closing.sentence}" if closing else f"{worker} can close the case."
    stuck = facts.seats.stuck.sentence if facts.seats.stuck else who_may_act(facts.seats, facts.awaited)
    return {
        Stage.REPORTED: f"A finding is awaited from {who}.",
        Stage.SECOND_FINDING: f"The second finding is awaited from {who}.",
        Stage.SPLIT: f"The findings differ. Talk it over; then a new finding is awaited from {both}.",
        Stage.MORE_INFORMATION: f"Add what is missing; then a new finding is awaited from {both}.",
        Stage.PROPOSAL_DUE: f"The proposal is to be written by {_who(facts, FINDING_SEATS, ' or ')}.",
        Stage.PROPOSAL_WAITING: f"A signature is awaited from {who}.",
        Stage.STUCK: stuck,
        Stage.NO_COUNCILLOR: stuck,
        Stage.NOTICE_DUE: f"{worker} sends the notice and records when it went.",
        Stage.APPEAL_OPEN: f"Nobody has to act. The person can appeal{closes}.",
        Stage.APPEAL_UNDECIDED: "The reviewers decide the appeal.",
        Stage.APPEAL_DECIDED: f"{worker} tells the person the outcome of the appeal.",
        Stage.APPEAL_CLOSED: close,
        Stage.DECIDED: close,
        Stage.CLOSED: "Nobody has to act. The case is closed.",
        Stage.WITHDRAWN: "Nobody has to act. The report was withdrawn.",
    }[now]


def _who(facts: Progress, seats: Iterable[Seat] | None = None, joined: str = " and from ") -> str:
    """The offices asked in the seats (those awaited, unless given); stand-ins beside the holder with "or"."""
    # An approval may wait for its own finding only; then both seats are named rather than nobody.
    wanted = (facts.awaited or FINDING_SEATS) if seats is None else tuple(seats)
    named = []
    for seat in wanted:
        offices = dict.fromkeys(one.office for one in facts.seats.of(seat)) or (CHAINS[seat][0],)
        named.append(" or ".join(name_offices((office,)) for office in offices))
    return joined.join(named)


# --- guards -----------------------------------------------------------------------------------------


FINDING_SIGNED = Refusal(
    "finding_signed",
    "A finding is signed, so the report can no longer be withdrawn. You can add a note to it.",
)


def withdraw_refusal(
    colleague_id: str, reporter_id: str, any_finding: bool, *, decided: bool = False
) -> Refusal | None:
    """Why this report cannot be withdrawn by this colleague, or None (R12).

    `decided`: a decision rests on it already, an urgent interim one. Withdrawn, the case would keep a restriction that
    nobody could confirm, appeal or review any more.
    """
    if colleague_id != reporter_id:
        return Refusal("not_your_report", "Only the colleague who made the report can withdraw it.")
    if any_finding:
        return FINDING_SIGNED
    if decided:
        return Refusal(
            "decision_made",
            "A decision was made on this report, so it can no longer be withdrawn. You can add a note to it.",
        )
    return None


def note_refusal(colleague_id: str, reporter_id: str) -> Refusal | None:
    """Why this colleague cannot add a note to this report, or None (R12). At any stage, also after the end."""
    if colleague_id == reporter_id:
        return None
    return Refusal("not_your_report", "Only the colleague who made the report can add a note to it.")


def close_refusal(facts: Progress, urgent: bool, police: PolicePart | None) -> Refusal | None:
    """Why the case cannot be closed now, or None: decided, told, answered, and its police part done (R8)."""
    if facts.withdrawn or facts.closed:
        return Refusal("already_over", "This case is already closed or withdrawn.")
    if facts.review_waiting:
        return Refusal(
            "review_waiting", "A review of the restriction waits for its outcome. Close the case after it."
        )
    if not facts.settled:
        return Refusal(
            "not_decided", "There is no decision yet. Even “no further action” needs both findings."
        )
    if facts.appeal_waiting:
        return Refusal("appeal_undecided", "An appeal waits for its outcome. Close the case after it.")
    if facts.appeal_untold:
        return Refusal(
            "appeal_untold",
            "The person has not been told the outcome of the appeal. Send the letter and record when it went.",
        )
    if facts.notice_owed and not facts.notice_sent:
        return Refusal(
            "notice_not_sent", "The person has not been told. Send the notice and record when it went."
        )
    if facts.letter_owed:
        return Refusal(
            "letter_owed",
            "A letter to the person is not recorded as sent: about an appeal, a review or a correction. Send it first.",
        )
    return police_refusal(urgent, police)


def councillor_lock(person_is_councillor: bool) -> Refusal | None:
    """Why no warning, restriction or marker is possible, or None: the person is our councillor (R10)."""
    if not person_is_councillor:
        return None
    return Refusal(
        "person_is_councillor",
        "The person is a councillor of this council, so warnings, restrictions and markers are closed. "
        "Refer the matter to the Monitoring Officer. Support for staff and the police stay open.",
    )


def unidentified_refusal(identified: bool) -> Refusal | None:
    """Why no restriction is possible, or None: nobody can be restricted who is not identified (R9)."""
    if identified:
        return None
    return Refusal(
        "person_not_identified",
        "Nobody is identified yet, so no restriction is possible. Record who it was first.",
    )
