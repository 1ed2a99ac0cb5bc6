"""An appeal as it is recorded, read whole: what was received, who hears it, what each of them answered (R35, R36)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from policy.appeal_pause import PauseVote, PauseWish
from policy.appeal_stages import AppealStage
from policy.appeals import AppealOutcome, LateVote, Verdict
from policy.catalogue import Measure, Scope
from policy.notices import Terms
from storage.appealed import Appeal, AppealAnswer, AppealReviewer
from storage.records import Decision, Notice, Restriction
from storage.store import UnitOfWork

OPEN = frozenset(
    {AppealStage.LATE, AppealStage.WAITING_FOR_REVIEWERS, AppealStage.WITH_REVIEWERS, AppealStage.SPLIT}
)
HEARD = frozenset({AppealStage.WITH_REVIEWERS, AppealStage.SPLIT})
UNTOLD = frozenset({AppealStage.DECIDED, AppealStage.REFUSED_LATE, AppealStage.WITHDRAWN})
"""It is over, and the person is still to be told."""

LATE, PAUSE, OUTCOME, WITHDRAWN, SPLIT = "late", "pause", "outcome", "withdrawn", "split"
"""What an answer can be about."""
ACCEPT, REFUSE = "accept", "refuse"


@dataclass(frozen=True)
class Appealed:
    """One appeal with its answers and everybody who was picked to hear it; lists are oldest first."""

    record: Appeal
    answers: tuple[AppealAnswer, ...]
    picked: tuple[AppealReviewer, ...]

    @property
    def stage(self) -> AppealStage:
        """Where it stands."""
        return AppealStage(self.record.stage)

    @property
    def open(self) -> bool:
        """Whether it waits for an answer or an outcome."""
        return self.stage in OPEN

    @property
    def untold(self) -> bool:
        """Whether it is over and the person is still to be told."""
        return self.stage in UNTOLD

    @property
    def outcome(self) -> AppealOutcome | None:
        """What both reviewers decided, or None."""
        return AppealOutcome(self.record.outcome) if self.record.outcome else None

    @property
    def reviewers(self) -> tuple[AppealReviewer, ...]:
        """The councillors who hear it now."""
        return tuple(one for one in self.picked if one.released_at is None)

    @property
    def late_votes(self) -> tuple[LateVote, ...]:
        """Who accepted or refused it though it was late."""
        return tuple(
            LateVote(one.colleague_id, one.answer == ACCEPT, one.reasons)
            for one in self.answers
            if one.about == LATE
        )

    def last_answers(self, without: Iterable[str] = ()) -> Mapping[str, AppealAnswer]:
        """The last answer about the outcome of each present reviewer since they were picked, by colleague id."""
        barred = frozenset(without)
        since = {one.colleague_id: one.assigned_at for one in self.reviewers}
        return {
            one.colleague_id: one
            for one in self.answers
            if one.about == OUTCOME
            and one.colleague_id in since
            and one.at >= since[one.colleague_id]
            and one.colleague_id not in barred
        }

    @property
    def pause_votes(self) -> tuple[PauseVote, ...]:
        """What each present reviewer asked for about the pause since they were picked, in the order of time."""
        since = {one.colleague_id: one.assigned_at for one in self.reviewers}
        return tuple(
            PauseVote(one.colleague_id, PauseWish(one.answer))
            for one in self.answers
            if one.about == PAUSE and one.colleague_id in since and one.at >= since[one.colleague_id]
        )

    def pause_wish(self, colleague_id: str) -> PauseWish | None:
        """What a reviewer asked for last about the pause."""
        return next((v.wish for v in reversed(self.pause_votes) if v.reviewer_id == colleague_id), None)

    @property
    def split_since(self) -> datetime | None:
        """When both present reviewers had answered for the first time since they were picked; None: not yet."""
        since = {one.colleague_id: one.assigned_at for one in self.reviewers}
        first: dict[str, datetime] = {}
        for one in self.answers:
            if one.about == OUTCOME and one.colleague_id in since and one.at >= since[one.colleague_id]:
                first.setdefault(one.colleague_id, one.at)
        return max(first.values()) if first and len(first) == len(since) else None

    @property
    def could_not_agree(self) -> frozenset[str]:
        """Who heard it and made room because the reviewers could not agree."""
        return frozenset(one.colleague_id for one in self.picked if one.released_why == SPLIT)

    def settles(self, notices: Iterable[Notice]) -> bool:
        """Whether its decision can't be appealed again: it has an outcome, and no corrected notice came after it."""
        decided = self.record.decided_at
        return decided is not None and not any(one.prepared_at > decided for one in notices)


class AppealsOf:
    """What the appeals of a case say of its decisions; a `CaseFile` is one."""

    appeals: tuple[Appealed, ...]

    @property
    def reviewers(self) -> frozenset[str]:
        """The colleagues picked to hear an appeal of this case, so far as nobody took their place."""
        return frozenset(r.colleague_id for one in self.appeals for r in one.reviewers)

    @property
    def sent_back(self) -> frozenset[str]:
        """The ids of the decisions that an appeal sent back to be made again."""
        return self._with(AppealOutcome.SENT_BACK)

    @property
    def sent_back_at(self) -> tuple[datetime, ...]:
        """When that was."""
        back = (one.record.decided_at for one in self.appeals if one.outcome is AppealOutcome.SENT_BACK)
        return tuple(at for at in back if at is not None)

    @property
    def quashed(self) -> frozenset[str]:
        """The ids of the decisions that an appeal cancelled."""
        return self._with(AppealOutcome.QUASHED)

    def heard(self, decision: Decision, notices: Iterable[Notice]) -> Appealed | None:
        """The appeal that settled a decision with these notices, so that it can't be appealed again; or None."""
        own = (one for one in self.appeals if one.record.decision_id == decision.id)
        known = tuple(notices)
        return next((one for one in own if one.settles(known)), None)

    def _with(self, outcome: AppealOutcome) -> frozenset[str]:
        return frozenset(one.record.decision_id for one in self.appeals if one.outcome is outcome)


def load_appeals(uow: UnitOfWork, case_id: str) -> tuple[Appealed, ...]:
    """A case's appeals, the first recorded first."""
    return tuple(
        Appealed(one, uow.appeals.answers(one.id), uow.appeals.reviewers(one.id))
        for one in uow.appeals.of_case(case_id)
    )


# --- terms ----------------------------------------------------------------------------------------


def terms_of(restriction: Restriction) -> Terms:
    """A restriction's terms, as the policy compares them."""
    return Terms(
        frozenset(Measure(one) for one in restriction.measures),
        restriction.ends_on,
        Scope(restriction.scope),
        restriction.review_on,
    )


def terms_record(terms: Terms, scope_detail: str) -> dict[str, Any]:
    """Terms as they are kept beside an answer: codes, days, and the words that name a narrower scope."""
    return {
        "measures": [one.value for one in Measure if one in terms.measures],
        "ends_on": terms.ends_on.isoformat() if terms.ends_on else None,
        "review_on": terms.review_on.isoformat() if terms.review_on else None,
        "scope": terms.scope.value,
        "scope_detail": scope_detail,
    }


def terms_from(kept: Mapping[str, Any]) -> Terms | None:
    """Terms as they were kept, or None where there were none."""
    if not kept:
        return None
    return Terms(
        frozenset(Measure(one) for one in kept["measures"]),
        date.fromisoformat(kept["ends_on"]) if kept["ends_on"] else None,
        Scope(kept["scope"]),
        date.fromisoformat(kept["review_on"]) if kept["review_on"] else None,
    )


def verdict(answer: AppealAnswer) -> Verdict:
    """A recorded answer about the outcome, as the policy reads it."""
    return Verdict(
        answer.colleague_id, AppealOutcome(answer.answer), answer.reasons, terms_from(answer.terms)
    )
