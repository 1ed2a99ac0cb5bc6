"""Every stage and event of an appeal: exactly the legal moves."""

from __future__ import annotations

import pytest

from policy.answers import Refusal
from policy.appeal_stages import STAGE_WORDS, TRANSITIONS, AppealEvent, AppealStage, first_stage, move

LEGAL = {
    AppealStage.LATE: {
        "accept_late": "waiting_for_reviewers",
        "refuse_late": "refused_late",
        "withdraw": "withdrawn",
    },
    AppealStage.WAITING_FOR_REVIEWERS: {"assign": "with_reviewers", "withdraw": "withdrawn"},
    AppealStage.WITH_REVIEWERS: {
        "assign": "with_reviewers",
        "agree": "decided",
        "disagree": "split",
        "withdraw": "withdrawn",
    },
    AppealStage.SPLIT: {"assign": "with_reviewers", "agree": "decided", "withdraw": "withdrawn"},
    AppealStage.DECIDED: {"tell_person": "closed"},
    AppealStage.REFUSED_LATE: {"tell_person": "closed"},
    AppealStage.WITHDRAWN: {"tell_person": "closed"},
    AppealStage.CLOSED: {},
}


@pytest.mark.parametrize("stage", list(AppealStage))
@pytest.mark.parametrize("event", list(AppealEvent))
def test_move_should_allow_exactly_the_legal_transitions(stage: AppealStage, event: AppealEvent) -> None:
    result = move(stage, event)
    expected = LEGAL[stage].get(event)
    if expected is None:
        assert isinstance(result, Refusal)
        assert STAGE_WORDS[stage] in result.sentence
    else:
        assert result == expected


def test_every_open_stage_should_lead_to_closed() -> None:
    reaches = {AppealStage.CLOSED}
    for _ in AppealStage:
        reaches |= {stage for (stage, _event), following in TRANSITIONS.items() if following in reaches}
    assert reaches == set(AppealStage)


def test_first_stage_should_flag_late_and_never_refuse() -> None:
    assert first_stage(0) is AppealStage.WAITING_FOR_REVIEWERS
    assert first_stage(1) is AppealStage.LATE


def test_every_stage_should_have_words_that_never_say_upheld() -> None:
    assert set(STAGE_WORDS) == set(AppealStage)
    assert "upheld" not in " ".join(STAGE_WORDS.values()).casefold()
