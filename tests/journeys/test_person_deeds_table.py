"""What each colleague may record about the people of a case, in each state: every button, every colleague (R18)."""

from __future__ import annotations

import pytest

from tests.journeys.steps import agree, report, sign
from tests.journeys.test_people import CALM, ONE, UNKNOWN, identify, opened
from tests.town import Answer, Town

WORKERS = frozenset({"Dana", "Sam", "Margaret"})
REPORTER = frozenset({"Priya"})
NOBODY: frozenset[str] = frozenset()
DEEDS = (
    "person.identify",
    "merge.propose",
    "conflict.record",
    "referral.record",
    "marker.propose",
    "note.add",
)
#                                 identify merge    conflict referral marker   note
TABLE = {
    ("reported", "unknown"): (    WORKERS, WORKERS, WORKERS, NOBODY,  NOBODY,  REPORTER),
    ("found", "identified"): (    WORKERS, WORKERS, WORKERS, NOBODY,  WORKERS, REPORTER),
    ("decided", "councillor"): (  WORKERS, WORKERS, WORKERS, WORKERS, NOBODY,  REPORTER),
    ("closed", "identified"): (   WORKERS, WORKERS, WORKERS, NOBODY,  WORKERS, REPORTER),
    ("withdrawn", "identified"): (NOBODY,  NOBODY,  NOBODY,  NOBODY,  NOBODY,  REPORTER),
}  # fmt: skip


@pytest.mark.parametrize(("case", "person"), list(TABLE))
async def test_press_should_be_taken_exactly_where_the_table_says(town: Town, case: str, person: str) -> None:
    priya, dana = await town.colleague("Priya"), await town.colleague("Dana")
    received = await report(priya, **{**CALM, **(UNKNOWN if person == "unknown" else {})})
    if person == "councillor":
        leila: dict[str, Answer] = {"person_is": "councillor", "person_colleague": town.people["Leila"]}
        await identify(town, **leila, person_name="Alex Marsden")
    if case in ("found", "decided", "closed"):
        await sign(dana, f"{ONE}:", finding="no_action")
    if case in ("decided", "closed"):
        await agree(await town.colleague("Margaret"), f"{ONE}:")
    if case == "closed":
        await dana.presses((await opened(town, "Dana")).button("case.close"))
    if case == "withdrawn":
        await priya.presses(received.button("case.withdraw"))
    file = town.file()
    values = {"merge.propose": f"{file.case.id}:", "note.add": file.incidents[0].id}
    before = [line for line in town.log() if line[1] != "refused"]
    for deed, allowed in zip(DEEDS, TABLE[case, person], strict=True):
        taken = set()
        for name in town.people:
            seen = await (await town.colleague(name)).presses(deed, values.get(deed, file.case.id))
            assert seen.kind in ("form", "refuse"), (deed, name, seen.kind, seen.text)
            if seen.kind == "form":
                taken.add(name)
            elif name not in WORKERS | REPORTER:
                assert not any(word in seen.text for word in ("fist", "Marsden", "red coat")), (deed, name)
        assert taken == allowed, deed
    assert [
        line for line in town.log() if line[1] != "refused"
    ] == before  # a form that is opened records nothing
    # Taking it back: only who made it, and only before a finding. It is a press, so it comes last.
    for name in (*(set(town.people) - REPORTER), "Priya"):
        await (await town.colleague(name)).presses("case.withdraw", file.incidents[0].id)
        back = town.file().case.withdrawn_at is not None
        assert back == (case == "withdrawn" or (case == "reported" and name == "Priya")), name
