"""Every stage and every action: the table of legal and illegal moves, written out."""

from __future__ import annotations

from itertools import product

import pytest

from policy.case_actions import ALLOWED, Action, action_refusal
from policy.cases import Stage

# x: may be done at this stage, by whoever may do it. The columns are in the order of HEADINGS.
HEADINGS = (
    "sign_finding propose change_proposal approve reject impose_interim record_minute send_notice "
    "record_return record_appeal decide_appeal record_police add_incident annotate withdraw close"
)
#                   sig pro chg app rej int min not ret apl dec pol inc ann wdr cls
TABLE = {
    "reported": "    x   .   .   .   .   x   .   x   x   x   x   x   x   x   x   .",
    "second_finding": "x  x   .   .   .   x   .   x   x   x   x   x   x   x   .   .",
    "split": "       x   .   x   .   x   x   .   x   x   x   x   x   x   x   .   .",
    "more_information": "x .  .   .   .   x   .   x   x   x   x   x   x   x   .   .",
    "proposal_due": "x   x   .   .   .   x   .   x   x   x   x   x   x   x   .   .",
    "proposal_waiting": "x .  x   x   x   x   .   x   x   x   x   x   x   x   .   .",
    "stuck": "       x   .   .   .   .   .   x   x   x   x   x   x   x   x   x   .",
    "no_councillor": " x   x   x   x   x   x   .   x   x   x   x   x   x   x   x   .",
    "notice_due": "  .   x   .   .   .   .   .   x   .   x   .   x   x   x   .   .",
    "appeal_open": " .   x   .   .   .   .   .   x   x   x   .   x   x   x   .   x",
    "appeal_undecided": ". .  .   .   .   .   .   x   x   x   x   x   x   x   .   .",
    "appeal_decided": ".  .   .   .   .   .   .   x   x   x   .   x   x   x   .   .",
    "appeal_closed": ".  x   .   .   .   .   .   x   x   x   .   x   x   x   .   x",
    "decided": "     .   .   .   .   .   .   .   .   .   x   .   x   x   x   .   x",
    "closed": "      .   .   .   .   .   .   .   .   x   x   .   x   .   x   .   .",
    "withdrawn": "   .   .   .   .   .   .   .   .   .   .   .   x   .   x   .   .",
}


def test_the_table_should_have_every_stage_and_every_action() -> None:
    assert set(TABLE) == set(Stage) == set(ALLOWED)
    assert " ".join(Action) == HEADINGS
    assert {len(row.split()) for row in TABLE.values()} == {len(Action)}


@pytest.mark.parametrize(
    ("stage", "action"), list(product(Stage, Action)), ids=lambda one: getattr(one, "value", str(one))
)
def test_action_should_be_allowed_exactly_where_the_table_says(stage: Stage, action: Action) -> None:
    mark = dict(zip(Action, TABLE[stage].split(), strict=True))[action]
    refusal = action_refusal(stage, action)
    assert (refusal is None) is (mark == "x")
    if refusal:
        assert action.words in refusal.sentence
        assert stage.words[1:] in refusal.sentence


def test_nothing_should_be_approved_while_the_findings_differ() -> None:
    refusal = action_refusal(Stage.SPLIT, Action.APPROVE)
    assert refusal is not None
    assert "split: discuss" in refusal.sentence
