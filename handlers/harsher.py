"""A correction that would be harsher: it is not taken, and opens a new decision with what was typed (R32).

What was typed waits for a day, for its writer alone, under a token that two buttons carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from handlers.casefile import CaseFile
from handlers.chat import Block, Button, Callout, Card, FormValues, Reply, Response, Text, ViewRef
from handlers.desk import Turn
from handlers.nonce import new_nonce
from handlers.superseding import new_decision_refusal
from policy.answers import Problem
from policy.findings import FindingKind

CODE = "harsher_is_new_decision"
"""The policy's code for a correction that is harder on the person."""
KEPT = "correction.kept"
AFTER, TYPED = "after", "typed"


def may_propose(file: CaseFile) -> bool:
    """Whether a new decision can be proposed now in the place of the one the notice tells of."""
    found = any(one.kind == FindingKind.RESTRICTION for one in file.by_seat.values())
    free = file.open_proposal is None and file.restriction_lock is None
    return found and free and new_decision_refusal(file) is None


def offer(
    turn: Turn,
    file: CaseFile,
    notice_id: str,
    after: Mapping[str, Any],
    values: FormValues,
    why: Iterable[Problem],
) -> Response:
    """Why it is no correction, and two ways on; `after` is what the notice would have told of."""
    token = new_nonce()
    turn.uow.drafts.save(token, turn.me.id, KEPT, {AFTER: dict(after), TYPED: dict(values)})
    turn.log("correction.harsher", "notice", notice_id, case=file.case.id)
    body: list[Block] = [Callout(one.sentence, "warning") for one in why]
    body.append(Text("Nothing is changed. What you typed is kept for a day, for you alone."))
    buttons = (
        Button(
            "proposal.draft",
            "Propose a new decision in its place",
            f"{file.case.id}:{token}",
            style="primary",
            opens="proposal",
        ),
        Button("notice.correct", "Go back to the correction", f"{notice_id}:{token}", opens="correction"),
    )
    title = f"Not a correction: {file.case.reference}"
    return Reply(Card(title, tuple(body), buttons), ViewRef("case.open", {"case": file.case.id}))


def kept(turn: Turn, token: str, part: str) -> Mapping[str, Any]:
    """What this colleague typed: `AFTER` by the proposal form's names, `TYPED` by the correction's. {}: gone."""
    draft = turn.uow.drafts.get(token, turn.me.id) if token else None
    found = draft.values.get(part) if draft is not None and draft.form == KEPT else None
    return found if isinstance(found, Mapping) else {}
