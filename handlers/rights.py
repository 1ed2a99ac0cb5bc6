"""Whether a colleague could answer a proposal or decide a review now: for the buttons they get (R15, R18)."""

from __future__ import annotations

from handlers.casefile import CaseFile
from policy.decisions import Asked, approve_check


def may_approve(file: CaseFile, me: str) -> bool:
    """Whether this colleague sits in a seat that decides, or may choose to (the Mayor, early). A press asks again."""
    desk = file.desk
    answer = approve_check(
        me, desk.register, file.parties, desk.today, file.overdue, desk.settings, mayor_confirmed=True
    )
    return isinstance(answer, Asked)
