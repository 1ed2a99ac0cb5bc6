"""The stages of an appeal and every legal move between them (R35, R36)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from policy.answers import Refusal


class AppealStage(StrEnum):
    """The stages of an appeal."""

    LATE = "late"
    WAITING_FOR_REVIEWERS = "waiting_for_reviewers"
    WITH_REVIEWERS = "with_reviewers"
    SPLIT = "split"
    DECIDED = "decided"
    REFUSED_LATE = "refused_late"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class AppealEvent(StrEnum):
    """What can happen to one."""

    ACCEPT_LATE = "accept_late"
    REFUSE_LATE = "refuse_late"
    ASSIGN = "assign"
    DISAGREE = "disagree"
    AGREE = "agree"
    WITHDRAW = "withdraw"
    TELL_PERSON = "tell_person"


# Every legal move; whatever is not here is refused.
TRANSITIONS: Mapping[tuple[AppealStage, AppealEvent], AppealStage] = {
    (AppealStage.LATE, AppealEvent.ACCEPT_LATE): AppealStage.WAITING_FOR_REVIEWERS,
    (AppealStage.LATE, AppealEvent.REFUSE_LATE): AppealStage.REFUSED_LATE,
    (AppealStage.LATE, AppealEvent.WITHDRAW): AppealStage.WITHDRAWN,
    (AppealStage.WAITING_FOR_REVIEWERS, AppealEvent.ASSIGN): AppealStage.WITH_REVIEWERS,
    (AppealStage.WAITING_FOR_REVIEWERS, AppealEvent.WITHDRAW): AppealStage.WITHDRAWN,
    (AppealStage.WITH_REVIEWERS, AppealEvent.ASSIGN): AppealStage.WITH_REVIEWERS,
    (AppealStage.WITH_REVIEWERS, AppealEvent.AGREE): AppealStage.DECIDED,
    (AppealStage.WITH_REVIEWERS, AppealEvent.DISAGREE): AppealStage.SPLIT,
    (AppealStage.WITH_REVIEWERS, AppealEvent.WITHDRAW): AppealStage.WITHDRAWN,
    (AppealStage.SPLIT, AppealEvent.ASSIGN): AppealStage.WITH_REVIEWERS,
    (AppealStage.SPLIT, AppealEvent.AGREE): AppealStage.DECIDED,
    (AppealStage.SPLIT, AppealEvent.WITHDRAW): AppealStage.WITHDRAWN,
    (AppealStage.DECIDED, AppealEvent.TELL_PERSON): AppealStage.CLOSED,
    (AppealStage.REFUSED_LATE, AppealEvent.TELL_PERSON): AppealStage.CLOSED,
    (AppealStage.WITHDRAWN, AppealEvent.TELL_PERSON): AppealStage.CLOSED,
}


def first_stage(late_days: int) -> AppealStage:
    """Where an appeal begins: late ones wait for an answer, and none is refused by itself (R35)."""
    return AppealStage.LATE if late_days > 0 else AppealStage.WAITING_FOR_REVIEWERS


def move(stage: AppealStage, event: AppealEvent) -> AppealStage | Refusal:
    """The next stage, or why this cannot happen now."""
    following = TRANSITIONS.get((stage, event))
    if following is not None:
        return following
    return Refusal("appeal_stage", f"This appeal is {STAGE_WORDS[stage]}, so this cannot be done now.")


STAGE_WORDS: dict[AppealStage, str] = {
    AppealStage.LATE: "late, and waiting for a colleague to accept it or two to refuse it",
    AppealStage.WAITING_FOR_REVIEWERS: "waiting for two reviewers",
    AppealStage.WITH_REVIEWERS: "with the reviewers",
    AppealStage.SPLIT: "with reviewers who do not agree yet",
    AppealStage.DECIDED: "decided, and the person is still to be told",
    AppealStage.REFUSED_LATE: "refused because it was late, and the person is still to be told",
    AppealStage.WITHDRAWN: "withdrawn",
    AppealStage.CLOSED: "closed",
}
