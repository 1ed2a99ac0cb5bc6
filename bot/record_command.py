"""`civility record`: the public record of each decision of a case, as files that name nobody (R39)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.app import Civility
from bot.report.files import write
from handlers.casefile import load
from handlers.decision_page import decision_page
from policy.cases import parse_reference


def make(civility: Civility, reference: str, out: Path) -> Mapping[str, tuple[Path, ...]] | None:
    """Write the records of a case's decisions; each decision's id with its files. None when there is no such case.

    Neither the files nor their names carry the reference: they are for the public.
    """
    for council in civility.store.councils():
        with civility.store.write(council.id) as uow:
            case = uow.cases.by_reference(parse_reference(reference) or reference)
            if case is None:
                continue
            file = load(civility.desk(uow), case.id)
            written = {}
            for decision in file.decisions:
                name = f"decision-{decision.id[-6:]}"
                written[decision.id] = write(decision_page(file, decision), out, name)
                uow.log.append("", "record.exported", "decision", decision.id, case=case.id)
            uow.commit()
            return written
    return None
