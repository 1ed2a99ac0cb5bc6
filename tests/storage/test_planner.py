"""A case is found by its index, however many cases a council has."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from tests.storage.house import House

TABLES = ("incident", "finding")


def _plan(house: House, table: str) -> str:
    statement = (
        f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE council_id = 'c' AND case_id = 'f' ORDER BY id"
    )
    with house.store.read(house.council) as uow:
        return " ".join(str(row[3]) for row in uow.connection.execute(text(statement)))


@pytest.mark.parametrize("table", TABLES)
def test_rows_of_a_case_should_be_found_by_its_index_once_the_tables_are_known(
    sqlite_house: House, table: str
) -> None:
    with sqlite_house.store.write(sqlite_house.council) as uow:
        person = uow.people.add("Alex Marsden", "", "", identified=True)
        for _ in range(60):
            case = uow.cases.open(person.id, urgent=False)
            uow.incidents.add(
                case_id=case.id,
                reporter_id="r",
                channel="letter",
                category="A",
                happened_on=date(2026, 10, 14),
            )
            uow.findings.sign(
                case_id=case.id, colleague_id="r", office="chief_officer", seat="officer", kind="warning"
            )
        uow.commit()
    sqlite_house.store.learn()
    assert f"USING INDEX ix_{table}_case" in _plan(sqlite_house, table)
    with sqlite_house.store.write(sqlite_house.council) as uow:  # writing goes on
        uow.people.add("Kim Bell", "", "", identified=True)
        uow.commit()
