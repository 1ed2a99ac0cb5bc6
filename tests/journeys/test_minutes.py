"""Where no officer can act a committee decides: one colleague records its minute, another confirms it (R17)."""

from __future__ import annotations

import asyncio
from datetime import datetime

from tests.journeys.appeal_steps import record as record_appeal
from tests.journeys.steps import FINDING, decide, notify, propose, report
from tests.journeys.test_conflicts import record
from tests.journeys.test_people import ONE, opened
from tests.town import Answer, Seen, Town

REASONS = "A fist was raised at the desk. The committee heard the two residents."


async def stuck(town: Town) -> None:
    """A report of what was aimed at both officers: neither can act."""
    both = [town.people[name] for name in ("Dana", "Sam")]
    await report(await town.colleague("Priya"), target=both)


async def minute(
    town: Town, resolution: str, present: str = "Margaret Owen Ian", /, **changes: Answer
) -> Seen:
    """The Chair records what the committee resolved."""
    margaret = await town.colleague("Margaret")
    form = await margaret.presses((await opened(town, "Margaret")).button("minute.record"))
    answers: dict[str, Answer] = {
        "met_on": "2026-10-14",
        "reference": "F&GP 26/114",
        "present": [town.people[name] for name in present.split()],
        "resolution": resolution,
        "reasons": REASONS,
    }
    return await margaret.fills(form, {**answers, **changes}, strict=False)


async def read(town: Town, name: str) -> Seen:
    """A colleague opens the minute from the message about it."""
    one = await town.colleague(name)
    return await one.presses((await one.latest("minute")).button("minute.look"))


async def test_committee_should_decide_by_a_minute_that_another_colleague_confirms(town: Town) -> None:
    await stuck(town)
    margaret, owen, ian = [await town.colleague(name) for name in ("Margaret", "Owen", "Ian")]
    card = await margaret.latest(ONE)
    assert "No officer can lawfully act in this case." in card.text
    assert card.button("minute.record").label == "Record the committee’s minute"
    assert town.record()["state"] == "stuck"
    told = (await (await town.colleague("Priya")).latest(ONE)).text
    assert "A committee of the council decides this case, because no officer can." in told
    await record(town, "Margaret", "Leila")
    for changes, field, said in (
        ({"present": [town.people["Margaret"], town.people["Owen"]]}, "present", "at least 3 councillors"),
        (
            {"present": [town.people[name] for name in ("Margaret", "Owen", "Ian", "Leila")]},
            "present",
            "Somebody here takes no part in this case.",
        ),
        ({"met_on": "2026-10-15"}, "met_on", "The meeting is still to come."),
        ({"met_on": "2026-10-13"}, "met_on", "the meeting cannot have been before"),
        ({"reasons": ""}, "reasons", "Fill in"),
    ):
        wrong = await minute(town, "warning", **changes)
        assert said in wrong.errors[field], wrong.errors
    done = await minute(town, "warning")
    assert "It has no effect until a second colleague confirms it." in done.text
    assert town.record()["state"] == "stuck"
    assert town.file().decisions == ()
    ids = (await margaret.presses("minute.look", town.file().minutes[0].id)).buttons
    assert [one.id for one in ids] == ["minute.set_aside"]
    value = f"{town.file().minutes[0].id}:0"
    for name in ("Margaret", "Leila", "Dana", "Sam", "Priya", "Tom", "Ruth"):
        assert (await (await town.colleague(name)).presses("minute.confirm", value)).kind == "refuse", name
    assert (await margaret.presses("minute.record", town.file().case.id)).kind == "refuse"
    refused = [detail["code"] for _, _, detail in town.log("refused")]
    assert {"minute_second_name", "minute_not_yours", "minute_waits"} <= set(refused)
    posted = await owen.latest("minute")
    assert not [word for word in ("fist", "Marsden", "residents", "26/114") if word in posted.text]
    seen = await read(town, "Owen")
    assert REASONS in seen.text
    assert "Resolved Unacceptable: a warning" in seen.text
    press = seen.button("minute.confirm")
    await asyncio.gather(owen.presses(press), ian.presses(press))
    assert (await owen.presses(press)).kind in ("reply", "refuse")
    (decision,) = town.record()["decisions"]
    assert (decision["decision"], decision["decided_by"]) == ("warning", ["committee"])
    assert town.record()["state"] == "notice_due"
    assert len(town.log("minute.confirmed")) == 1
    assert len(town.log("finding.resolved")) == 2
    whole = (await opened(town, "Margaret")).text
    assert "Decided by a committee of the council, minute F&GP 26/114" in whole
    letter = await margaret.fills(
        await margaret.presses((await opened(town, "Margaret")).button("notice.prepare")),
        {"method": "email"},
    )
    assert "A committee of the council decided this (minute F&GP 26/114" in letter.text
    assert "Yours sincerely, A committee of the council Minute F&GP 26/114" in letter.text


async def test_committee_should_approve_the_version_it_saw_and_no_other(town: Town) -> None:
    await stuck(town)
    margaret, ian = await town.colleague("Margaret"), await town.colleague("Ian")
    form = await margaret.presses((await opened(town, "Margaret")).button("finding.sign"))
    await margaret.fills(form, FINDING)
    await propose(margaret)
    assert town.record()["state"] == "stuck"
    await minute(town, "approve")
    (held,) = town.file().minutes
    assert (held.version, held.about) == (1, town.file().proposals[0].id)
    form = await margaret.presses((await opened(town, "Margaret")).button("proposal.change"))
    await margaret.fills(form, {"case_against": "It was one occasion, and he said sorry."})
    late = await ian.presses("minute.confirm", f"{held.id}:1")
    assert "This has changed since you saw it" in late.text
    assert town.file().decisions == ()
    aside = await ian.presses((await read(town, "Ian")).button("minute.set_aside"))
    assert "Set aside" in (await ian.fills(aside, {"why": "The proposal was changed."})).text
    await minute(town, "approve")
    await ian.presses((await read(town, "Ian")).button("minute.confirm"))
    (decision,) = town.record()["decisions"]
    assert (decision["decision"], decision["proposal_version"]) == ("restriction", 2)
    assert decision["decided_by"] == ["committee"]
    assert [one["finding"] for one in town.record()["findings"]][-2:] == ["restriction"] * 2
    assert [one["state"] for one in town.record()["minutes"]] == ["set_aside", "confirmed"]
    again = await ian.presses("proposal.approve", f"{town.file().proposals[0].id}:2")
    assert "Already decided by a committee of the council" in again.text, again.text
    opening = await opened(town, "Margaret")
    preview = await margaret.fills(
        await margaret.presses(opening.button("notice.prepare")), {"method": "email"}
    )
    await margaret.fills(await margaret.presses(preview.button("notice.send")), {})
    town.clock.go(datetime.fromisoformat("2026-10-20 12:00"))
    assert town.record()["restrictions"][0]["in_force"] is True
    await record_appeal(margaret)
    picking = await margaret.presses((await opened(town, "Margaret")).button("appeal.assign"))
    assert sorted(picking.options("reviewers").values()) == sorted(town.people[n] for n in ("Ruth", "Leila"))


async def test_committee_should_answer_a_flag_that_no_officer_can(town: Town) -> None:
    await decide(town)
    await notify(town)
    for name in ("Dana", "Sam"):
        await record(town, "Margaret", name)
    assert [one["seat"] for one in town.record()["flags"]] == ["officer"]
    assert town.record()["restrictions"][0]["in_force"] is True
    done = await minute(town, "stands", "Margaret Owen Ian")
    assert "Resolved The decision stands" in done.text
    await (await town.colleague("Owen")).presses((await read(town, "Owen")).button("minute.confirm"))
    assert town.record()["flags"] == []
    assert [one["answer"] for one in town.record()["signed_afresh"]] == ["same"]
    assert "minute.record" not in [one.id for one in (await opened(town, "Margaret")).buttons]


async def test_committee_with_a_conflict_noticed_late_should_be_flagged(town: Town) -> None:
    await stuck(town)
    await minute(town, "no_action")
    await (await town.colleague("Owen")).presses((await read(town, "Owen")).button("minute.confirm"))
    assert town.record()["state"] == "decided"
    await record(town, "Margaret", "Ian")
    assert [one["seat"] for one in town.record()["flags"]] == ["chair"]
    assert (
        await (await town.colleague("Ian")).presses("minute.look", town.file().minutes[0].id)
    ).kind == "refuse"
