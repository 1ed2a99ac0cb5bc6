"""What drafting, approving and imposing share: a proposal as it was seen, its checks, and its effect (R15-R22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handlers import views
from handlers.casefile import CaseFile, load
from handlers.chat import (
    Button,
    Callout,
    Card,
    FormValues,
    Replace,
    Reply,
    Response,
    ViewRef,
)
from handlers.desk import Refused, Turn
from handlers.forms import text
from handlers.investigate import ENDED
from handlers.makers import decided_words, minute_ref
from handlers.proposal_form import Prefill, proposed
from handlers.tell import tell_case
from policy.answers import Refusal
from policy.decisions import (
    Asked,
    ConfirmFirst,
    already_done,
    approve_check,
    stale,
)
from policy.guards import ProposalFacts, check_proposal
from policy.notice_words import loaded_words
from policy.offices import Office
from policy.restriction_words import case_for_words
from storage.records import Proposal

YES = "yes"
NO_PROPOSAL = Refusal("no_proposal", "There is no proposal waiting in this case.")
FIRST_A_FINDING = Refusal(
    "finding_first", "Sign your finding first. A proposal needs a finding that a restriction is the answer."
)
OTHER_FINDING = Refusal(
    "finding_differs",
    "Your own finding says something else. Sign it again before you approve, or reject this.",
)
OPEN_ALREADY = Refusal("proposal_open", "A proposal is waiting already. Change that one instead.")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a button's value says: the id of what was seen, its version, and whether a warning was read."""

    id: str
    version: int
    confirmed: bool


def read_value(value: str) -> Seen:
    """`<id>:<version>` or `<id>:<version>:yes`; anything else is version 0, which is never current."""
    parts = value.split(":")
    version = int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() and len(parts[1]) < 9 else 0
    return Seen(parts[0], version, parts[-1] == YES)


def proposal_of(turn: Turn, proposal_id: str) -> Proposal:
    """The proposal in its present version, or a refusal."""
    found = turn.uow.proposals.get(proposal_id)
    if found is None:
        raise Refused(NO_PROPOSAL)
    return found


def still_current(turn: Turn, file: CaseFile, proposal: Proposal, seen: Seen) -> Proposal:
    """The proposal, if it is still open and the version is the one that was seen (R19)."""
    if proposal.state != "open":
        raise _answered(turn, file, proposal)
    refusal = stale(seen.version, proposal.version)
    if refusal is not None:
        raise Refused(refusal, file.case.id, ViewRef("case.open", {"case": file.case.id}))
    return proposal


def _answered(turn: Turn, file: CaseFile, proposal: Proposal) -> Refused:
    """ "Already approved by the Chair at 10:02" (R19)."""
    answers = [a for a in file.approvals if a.proposal_id == proposal.id and a.version == proposal.version]
    last = max(answers, key=lambda a: a.at, default=None)
    show = ViewRef("case.open", {"case": file.case.id})
    decided = next((d for d in file.decisions if d.proposal_id == proposal.id), None)
    if decided and minute_ref(decided):
        return Refused(decided_words(decided, turn.now), file.case.id, show)
    if last is None:
        return Refused(NO_PROPOSAL, file.case.id, show)
    return Refused(already_done(last.answer, (Office(last.office),), last.at, turn.now), file.case.id, show)


def stale_press(file: CaseFile, seen: int, current: int) -> Refused:
    """The refusal of a press on an old version, with the case as it is now (R19)."""
    refusal = stale(seen, current) or NO_PROPOSAL
    return Refused(refusal, file.case.id, ViewRef("case.open", {"case": file.case.id}))


def locked(file: CaseFile) -> Refusal | None:
    """Nothing can be decided about a councillor, an unknown person, or a case that has ended (R9, R10)."""
    return (ENDED if file.over else None) or file.restriction_lock


def check_content(turn: Turn, file: CaseFile, values: FormValues) -> None:
    """Stop at the fields that the policy does not allow (R21-R24)."""
    facts = ProposalFacts(
        target_ids=file.parties.targets,
        writing_is_hard=text(values, "writing_hard") == "yes",
    )
    problems = check_proposal(
        proposed(turn, values),
        facts,
        expected_day(turn),
        turn.settings.restriction_max_months,
        turn.settings.review_first_months,
    )
    # Two signatures on words that no notice may carry would stand in nobody's way to the person but the notice's.
    turn.check((*problems, *loaded_words(text(values, "case_for"), "case_for")))


def expected_day(turn: Turn) -> date:
    """The day the person is expected to be notified: the next working day after today."""
    return turn.calendar.add_working_days(turn.today, 1)


def prefill(turn: Turn, file: CaseFile, content: object) -> Prefill:
    """What the form starts from: an earlier version's `content`, and the case for it from the findings (R21)."""
    from_findings = (f.answers.get("reasons", "") for f in file.by_seat.values() if not f.agrees_with)
    values = dict(content) if isinstance(content, dict) else {}
    return Prefill(values, expected_day(turn), case_for_words(from_findings))


def content_of(values: FormValues) -> dict[str, object]:
    """A version's content as it is stored: the form's values in JSON's shapes."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def approver(turn: Turn, file: CaseFile, *, confirmed: bool) -> Asked | Refusal | ConfirmFirst:
    """In which seat this colleague may answer a proposal at this moment, or why not (R15, R18)."""
    return approve_check(
        turn.me.id,
        turn.register,
        file.parties,
        turn.today,
        file.overdue,
        turn.settings,
        mayor_confirmed=confirmed,
    )


def confirm_first(answer: ConfirmFirst, button: str, value: str) -> Reply:
    """The warning to read before the press counts, with the button that says yes."""
    yes = Button(button, "Yes, act now", value, style="danger")
    return Reply(Card("Before you act", (Callout(answer.sentence, "warning"),), (yes,)))


def settled(turn: Turn, case_id: str, note: str = "") -> Response:
    """Bring every card up to date and answer with the asker's own."""
    tell_case(load(turn, case_id))
    again = ViewRef("case.card", {"case": case_id})
    card = views.show(turn, again, turn.me.id) or views.gone()
    return Replace(views.with_note(card, note) if note else card, again)
