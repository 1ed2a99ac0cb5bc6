"""The demo as it is made just after New Year: its cases are of two years, and its days go around the holidays."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.app import Civility
from bot.demo import prepare_demo
from bot.settings import Settings
from handlers.case_record import record
from handlers.casefile import load
from policy.calendars import LONDON

PRESENT = datetime(2027, 1, 12, 10, 30, tzinfo=LONDON)


def test_demo_should_be_made_across_a_change_of_year(tmp_path: Path) -> None:
    settings = Settings(civility_data=tmp_path)
    with closing(Civility(settings, now=lambda: PRESENT)) as civility:
        council_id = prepare_demo(civility, PRESENT)
        with civility.store.read(council_id) as uow:
            cases = sorted(uow.cases.all(), key=lambda one: one.reference)
            found = [record(load(civility.desk(uow), one.id)) for one in cases]
    assert [one["reference"].split("-")[1] for one in found] == ["2026"] * 4 + ["2027"] * 3
    (review,) = found[0]["reviews"]
    assert (review["due_on"], review["comments"], review["stage"]) == ("2027-01-14", 1, "invited")
    assert "The Chief Officer holds the review." in found[0]["next_step"]
    (appeal,) = found[2]["appeals"]
    assert (appeal["state"], [one["answer"] for one in appeal["answers"]]) == ("with_reviewers", ["upheld"])
