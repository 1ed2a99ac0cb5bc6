"""Proposals and approvals: a decision put to the offices, version by version (R15, R19)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, Select, and_, insert, select

from storage.errors import OpenProposalExists
from storage.models import APPROVAL, PROPOSAL, PROPOSAL_VERSION
from storage.records import Approval, Proposal
from storage.unit import Repository, add_once, change, find, new_id, where

OPEN = "open"
REPLACED = "replaced"

_ADD = add_once(PROPOSAL)
_ADD_VERSION = insert(PROPOSAL_VERSION)
_CASE_OF = select(PROPOSAL.c.case_id).where(where(PROPOSAL, "id"))
_STILL_OPEN = change(PROPOSAL, "id", "version").where(PROPOSAL.c.state == OPEN)
_ANSWER = add_once(APPROVAL)
_ANSWERS = find(APPROVAL, "proposal_id").order_by(APPROVAL.c.version, APPROVAL.c.at, APPROVAL.c.colleague_id)


def _versions() -> Select[Any]:
    both = and_(
        PROPOSAL_VERSION.c.council_id == PROPOSAL.c.council_id,
        PROPOSAL_VERSION.c.proposal_id == PROPOSAL.c.id,
    )
    return select(
        PROPOSAL.c.id,
        PROPOSAL.c.case_id,
        PROPOSAL.c.kind,
        PROPOSAL.c.state,
        PROPOSAL.c.version.label("current"),
        PROPOSAL_VERSION.c.version,
        PROPOSAL_VERSION.c.drafted_by,
        PROPOSAL_VERSION.c.drafted_at,
        PROPOSAL_VERSION.c.content,
    ).join_from(PROPOSAL, PROPOSAL_VERSION, both)


_IS_CURRENT = PROPOSAL_VERSION.c.version == PROPOSAL.c.version
_GET = _versions().where(where(PROPOSAL, "id"), _IS_CURRENT)
_GET_VERSION = _versions().where(where(PROPOSAL, "id"), where(PROPOSAL_VERSION, "version"))
_OF_CASE = _versions().where(where(PROPOSAL, "case_id"), _IS_CURRENT).order_by(PROPOSAL.c.id)


class ProposalRepo(Repository):
    """A case's proposals. Each version's content is kept, with who wrote it and when."""

    def draft(self, case_id: str, kind: str, content: Mapping[str, Any], by: str) -> Proposal:
        """A new, open proposal at version 1. Raises OpenProposalExists when the case has an open one."""
        self._unit.lock_case(case_id)
        proposal = Proposal(new_id(), case_id, 1, OPEN, str(kind), by, self._unit.now(), dict(content))
        row = {
            "id": proposal.id,
            "case_id": case_id,
            "version": 1,
            "state": OPEN,
            "kind": proposal.kind,
            "settled_at": None,
        }
        if self._unit.put(_ADD, row) == 0:
            raise OpenProposalExists("This case already has an open proposal. Change that one instead.")
        self._put_version(proposal)
        return proposal

    def change(
        self, proposal_id: str, seen_version: int, content: Mapping[str, Any], by: str
    ) -> Proposal | None:
        """The next version, if the seen one is still current and open; else None and nothing is changed."""
        if (
            self._unit.change(
                _STILL_OPEN, {"version": seen_version + 1}, id=proposal_id, version=seen_version
            )
            == 0
        ):
            return None
        before = self.get(proposal_id, seen_version)
        if before is None:
            return None
        after = Proposal(
            before.id,
            before.case_id,
            seen_version + 1,
            OPEN,
            before.kind,
            by,
            self._unit.now(),
            dict(content),
        )
        self._put_version(after)
        return after

    def settle(self, proposal_id: str, seen_version: int, state: str) -> bool:
        """Close the proposal in this state, if the seen version is still current and open; else False (R19)."""
        values = {"state": str(state), "settled_at": self._unit.now()}
        return self._unit.change(_STILL_OPEN, values, id=proposal_id, version=seen_version) == 1

    def get(self, proposal_id: str, version: int | None = None) -> Proposal | None:
        """The current version, or the one asked for; an older one reads "replaced".

        In a writing unit on PostgreSQL its case is held until the unit ends.
        """
        if self._unit.writing and not self._unit.is_sqlite:
            found = self._unit.row(_CASE_OF, id=proposal_id)
            if found is not None:
                self._unit.lock_case(found.case_id)
        if version is None:
            row = self._unit.row(_GET, id=proposal_id)
        else:
            row = self._unit.row(_GET_VERSION, id=proposal_id, version=version)
        return None if row is None else self._proposal(row)

    def of_case(self, case_id: str) -> tuple[Proposal, ...]:
        """A case's proposals at their current versions, the first drafted first."""
        return tuple(self._proposal(row) for row in self._unit.rows(_OF_CASE, case_id=case_id))

    def _put_version(self, proposal: Proposal) -> None:
        self._unit.put(
            _ADD_VERSION,
            {
                "proposal_id": proposal.id,
                "version": proposal.version,
                "drafted_by": proposal.drafted_by,
                "drafted_at": proposal.drafted_at,
                "content": self._unit.seal_json(
                    self._unit.case_key(proposal.case_id),
                    "proposal_version.content",
                    f"{proposal.id}/{proposal.version}",
                    proposal.content,
                ),
            },
        )

    def _proposal(self, row: Row[Any]) -> Proposal:
        content = self._unit.open_json("proposal_version.content", f"{row.id}/{row.version}", row.content)
        state = row.state if row.version == row.current else REPLACED
        return Proposal(
            row.id, row.case_id, row.version, state, row.kind, row.drafted_by, row.drafted_at, content or {}
        )


class ApprovalRepo(Repository):
    """One answer a colleague a version: a second press counts once (R19)."""

    def add(
        self,
        proposal_id: str,
        version: int,
        colleague_id: str,
        office: str,
        seat: str,
        answer: str,
        reason: str = "",
    ) -> bool:
        """Record an answer, approved or rejected; False when that colleague answered that version before."""
        unit = self._unit
        found = unit.row(_CASE_OF, id=proposal_id)
        if found is None:
            return False
        unit.lock_case(found.case_id)
        place = f"{proposal_id}/{version}/{colleague_id}"
        sealed = unit.seal(unit.case_key(found.case_id), "approval.reason", place, reason) if reason else b""
        values = {
            "proposal_id": proposal_id,
            "version": version,
            "colleague_id": colleague_id,
            "office": str(office),
            "seat": str(seat),
            "answer": str(answer),
            "at": unit.now(),
            "reason": sealed,
        }
        return unit.put(_ANSWER, values) == 1

    def of(self, proposal_id: str) -> tuple[Approval, ...]:
        """Every answer to every version, in the order they were given."""
        return tuple(self._approval(row) for row in self._unit.rows(_ANSWERS, proposal_id=proposal_id))

    def _approval(self, row: Row[Any]) -> Approval:
        place = f"{row.proposal_id}/{row.version}/{row.colleague_id}"
        reason = self._unit.open("approval.reason", place, row.reason)
        return Approval(
            row.proposal_id, row.version, row.colleague_id, row.office, row.seat, row.answer, row.at, reason
        )
