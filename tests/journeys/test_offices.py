"""Who holds which office, from when; changed by the chief officer, with what waits handed over (R17, R18, R20)."""

from __future__ import annotations

from tests.journeys.steps import report, sign
from tests.journeys.test_reminders import at
from tests.town import Answer, Seen, Town, first_name


async def test_everybody_should_read_the_register_and_the_chief_officer_change_it(town: Town) -> None:
    for name in ("Priya", "Leila", "Sam", "Dana"):
        seen = await (await town.colleague(name)).types("/incident offices")
        assert "Chief Officer Dana Okoro from Friday 15 May 2026" in seen.text
        assert ("offices.change" in [one.id for one in seen.buttons]) is (name == "Dana")
    refused = await (await town.colleague("Sam")).presses("offices.change")
    assert "Only the Chief Officer may change the offices" in refused.text


async def test_new_chair_should_take_over_what_waits(town: Town) -> None:
    margaret, owen = await town.colleague("Margaret"), await town.colleague("Owen")
    await report(await town.colleague("Priya"))
    await sign(await town.colleague("Dana"))
    assert (await margaret.latest()).button("finding.agree").label == "Agree with the finding"
    done = await _change(town, change="appoint", office="chair_fgp", colleague=owen.id, starts="2026-10-14")
    assert "Chair of F&GP Councillor Owen Pryce from Wednesday 14 October 2026" in done.text
    assert "no longer applies" in (await margaret.latest()).text
    refused = await margaret.presses("finding.agree", town.file().findings[0].id)
    assert refused.kind == "refuse"
    await owen.presses((await owen.latest()).button("finding.agree"))
    assert [one["office"] for one in town.record()["findings"]] == ["chief_officer", "chair_fgp"]


async def test_dated_change_should_not_act_before_its_day(town: Town) -> None:
    owen = await town.colleague("Owen")
    await report(await town.colleague("Priya"))
    await _change(town, change="appoint", office="chair_fgp", colleague=owen.id, starts="2026-10-19")
    assert (await owen.presses("finding.sign", town.file().case.id)).kind == "refuse"
    town.clock.pass_by(days=5)
    assert (await owen.presses("finding.sign", town.file().case.id)).kind == "form"
    margaret = await town.colleague("Margaret")
    assert (await margaret.presses("finding.sign", town.file().case.id)).kind == "refuse"


async def test_waiting_cards_should_move_at_the_first_moment_of_the_day(town: Town) -> None:
    owen, margaret = await town.colleague("Owen"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    await _change(town, change="appoint", office="chair_fgp", colleague=owen.id, starts="2026-10-19")
    town.clock.go(at("2026-10-18 23:59:59"))
    await town.tick()
    assert (await margaret.latest()).button("finding.sign").label == "Sign a finding"
    assert [one for one in await owen.room() if "INC-2026-0001" in one.title] == []
    town.clock.pass_by(seconds=1)
    await town.tick()
    assert "no longer applies" in (await margaret.latest()).text
    # At night too: the case is urgent.
    assert (await owen.latest()).button("finding.sign").label == "Sign a finding"


async def test_new_colleague_should_be_able_to_act_at_once(town: Town) -> None:
    await _change(
        town, change="appoint", office="staff", colleague="new", new_name="Nadia Holt", starts="2026-10-14"
    )
    with town.civility.store.read(town.council_id) as uow:
        town.people |= {first_name(one.name): one.id for one in uow.colleagues.all()}
    nadia = await town.colleague("Nadia")
    assert (await report(nadia)).title == "Report received: INC-2026-0001"
    assert [actor for actor, _, _ in town.log("incident.reported")] == ["Nadia"]


async def test_absence_should_call_the_stand_in(town: Town) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"))
    done = await _change(town, change="absence", colleague=dana.id, starts="2026-10-14", ends="2026-10-20")
    assert "Dana Okoro is away until Tuesday 20 October 2026." in done.text
    await sign(await town.colleague("Sam"))
    assert town.record()["findings"][0]["office"] == "deputy_chief_officer"


async def test_impossible_changes_should_be_refused_at_their_field(town: Town) -> None:
    people = town.people
    for answers, field, said in (
        ({"change": "appoint", "office": "staff", "colleague": people["Leila"]}, "colleague", "section 116"),
        (
            {"change": "appoint", "office": "mayor", "colleague": "new"},
            "new_name",
            "name of the new colleague",
        ),
        ({"change": "end", "office": "chief_officer", "colleague": people["Dana"]}, "last_day", ""),
        ({"change": "end", "office": "mayor", "colleague": people["Tom"]}, "colleague", "does not hold"),
        (
            {"change": "absence", "colleague": people["Tom"], "starts": "2026-10-20", "ends": "2026-10-19"},
            "ends",
            "before the first day",
        ),
    ):
        before = town.log("offices.changed")
        refused = await _change(town, **answers)
        assert refused.kind == "errors", (answers, refused.text)
        assert said in " ".join(refused.errors.values()), refused.errors
        assert field in refused.errors or field == "last_day", refused.errors
        assert town.log("offices.changed") == before


async def _change(town: Town, **answers: Answer) -> Seen:
    dana = await town.colleague("Dana")
    form = await dana.presses((await dana.types("/incident offices")).button("offices.change"))
    return await dana.fills(form, answers, strict=False)
