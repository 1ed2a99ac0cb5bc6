"""An urgent interim restriction: one officer alone, for five working days, then two names or nothing (R16, R29)."""

from __future__ import annotations

import asyncio
from datetime import date, datetime

from policy.offices import Absence
from tests.journeys.steps import PROPOSAL, agree, approve, propose, report, sign
from tests.town import Seen, Town

CASE = "/incident case INC-2026-0001"
OWN_REASON = {**PROPOSAL, "case_for": "A threat was made at the desk."}
CALM = {"examples": ["A1"], "warning": "spoken", "warning_words": "Please stop.", "offence": "no"}


async def test_interim_restriction_should_need_an_extreme_case(town: Town) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"), **CALM)
    refused = await dana.presses("interim.impose", town.file().case.id)
    assert refused.kind == "refuse"
    assert "only for an extreme case" in refused.text
    assert "interim.impose" not in [one.id for one in (await dana.latest()).buttons]


async def test_interim_restriction_should_be_imposed_by_an_officer_only_and_once(town: Town) -> None:
    await report(await town.colleague("Priya"))
    case_id = town.file().case.id
    for name in ("Margaret", "Ruth", "Sam", "Priya"):
        refused = await (await town.colleague(name)).presses("interim.impose", case_id)
        assert refused.kind == "refuse", name
    await impose(town)
    again = await (await town.colleague("Dana")).presses("interim.impose", case_id)
    assert "An interim restriction was imposed in this case already" in again.text
    assert [one["decision"] for one in town.record()["decisions"]] == ["interim"]


async def test_deputy_should_impose_while_the_chief_officer_is_away(town: Town) -> None:
    with town.civility.store.write(town.council_id) as uow:
        uow.offices.add_absence(Absence(town.people["Dana"], date(2026, 10, 12), date(2026, 10, 30)), "test")
        uow.commit()
    await report(await town.colleague("Priya"))
    await impose(town, "Sam")
    assert town.record()["decisions"][0]["decided_by"] == ["deputy_chief_officer"]


async def test_notice_should_say_when_an_unconfirmed_restriction_lapses(town: Town) -> None:
    await report(await town.colleague("Priya"))
    await impose(town)
    preview = await tell(town)
    assert "Urgent interim limits on your contact with the council" in preview.text
    assert (
        "This is urgent and for a short time: it ends at 11.59pm on Wednesday 21 October 2026, unless a "
        "councillor confirms it before then." in preview.text
    )
    assert "If it is confirmed: this lasts until 11.59pm on Thursday 15 April 2027." in preview.text
    assert town.file().notices[0].text.count("11.59pm on Wednesday 28 October 2026") == 1
    (notice,) = await (await town.colleague("Leila")).room("councillors")
    assert "Marsden" not in notice.text
    assert "interim" in notice.text


async def test_unconfirmed_restriction_should_lapse_at_the_end_of_its_fifth_working_day(town: Town) -> None:
    await report(await town.colleague("Priya"))
    await impose(town)
    await tell(town)
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    button = (await margaret.latest()).button("interim.confirm")
    tom = await town.colleague("Tom")
    town.clock.go(datetime.fromisoformat("2026-10-21 23:59:57"))
    assert (await tom.types("/incident check marsden")).title == "A restriction is in force"
    town.clock.go(datetime.fromisoformat("2026-10-22 00:00:00"))
    assert town.record()["restrictions"][0]["in_force"] is False
    assert (await tom.types("/incident check marsden")).title != "A restriction is in force"
    late = await margaret.presses(button)
    assert "It lapsed at the end of Wednesday 21 October 2026" in late.text
    assert town.record()["restrictions"][0]["in_force"] is False
    opened = await dana.types(CASE)
    assert "This interim restriction lapsed" in opened.text
    await sign(dana)
    await agree(margaret)
    await propose(dana)
    await approve(margaret)
    assert [one["decision"] for one in town.record()["decisions"]] == ["interim", "restriction"]


async def test_notice_should_not_be_written_or_sent_after_the_restriction_lapsed(town: Town) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"))
    await impose(town)
    opened = await dana.types(CASE)
    prepare = opened.button("notice.prepare")
    form = await dana.presses(prepare)
    preview = await dana.fills(form, {"method": "email", "address": "alex.marsden@example.com"})
    sending = await dana.presses(preview.button("notice.send"))
    town.clock.go(datetime.fromisoformat("2026-10-22 09:00:00"))
    assert "lapsed" in (await dana.presses(prepare)).text
    refused = await dana.fills(sending, {"sent_on": "2026-10-22", "sent_at": "09:00"}, strict=False)
    assert "lapsed" in refused.text
    assert town.record()["notified_on"] is None
    opened = await dana.types(CASE)
    assert opened.title == "INC-2026-0001: Reported"
    assert "sends the notice" not in opened.text
    assert "notice.prepare" not in [one.id for one in opened.buttons]
    await town.tick()
    assert not [one for one in await dana.room("governance") if "notice to the person" in one.text]


async def test_notice_sent_in_time_but_recorded_late_should_still_count(town: Town) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"))
    await impose(town)
    opened = await dana.types(CASE)
    form = await dana.presses(opened.button("notice.prepare"))
    preview = await dana.fills(form, {"method": "email", "address": "alex.marsden@example.com"})
    town.clock.go(datetime.fromisoformat("2026-10-22 09:00:00"))
    sending = await dana.presses(preview.button("notice.send"))
    await dana.fills(sending, {"sent_on": "2026-10-15", "sent_at": "11:00"})
    assert town.record()["notified_on"] == "2026-10-15"


async def test_member_of_the_committee_should_confirm_and_the_mayor_only_when_warned(town: Town) -> None:
    await report(await town.colleague("Priya"))
    await impose(town)
    await tell(town)
    decision = town.file().decisions[0].id
    leila, ruth, ian = [await town.colleague(name) for name in ("Leila", "Ruth", "Ian")]
    assert (await leila.presses("interim.confirm", decision)).kind == "refuse"
    warned = await ruth.presses("interim.confirm", decision)
    assert "you cannot hear an appeal" in warned.text
    assert town.file().restrictions[0].confirmed_at is None
    await ian.presses("interim.confirm", decision)
    assert town.file().restrictions[0].confirmed_at is not None
    assert town.log("interim.confirmed")[0][2]["office"] == "member_fgp"
    town.clock.go(datetime.fromisoformat("2026-11-02 09:00"))
    assert town.record()["restrictions"][0]["in_force"] is True


async def test_two_confirmations_at_one_instant_should_count_once(town: Town) -> None:
    await report(await town.colleague("Priya"))
    await impose(town)
    decision = town.file().decisions[0].id
    councillors = [await town.colleague(name) for name in ("Margaret", "Owen", "Ian")]
    answers = await asyncio.gather(*(one.presses("interim.confirm", decision) for one in councillors))
    first = [actor for actor, _, _ in town.log("interim.confirmed")]
    assert len(first) == 1
    assert len([one for one in answers if "Already confirmed by " in one.text]) == 2


async def test_final_decision_otherwise_should_end_the_interim_restriction(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    await impose(town)
    await tell(town)
    await margaret.presses((await margaret.latest()).button("interim.confirm"))
    await sign(dana, finding="no_action")
    assert town.record()["restrictions"][0]["in_force"] is True
    await agree(margaret)
    found = town.record()
    assert [one["decision"] for one in found["decisions"]] == ["interim", "no_action"]
    assert found["restrictions"][0]["in_force"] is False
    assert "This restriction was ended" in (await dana.types(CASE)).text
    tom = await town.colleague("Tom")
    assert (await tom.types("/incident check marsden")).title != "A restriction is in force"


async def test_final_restriction_should_take_the_place_of_the_interim_one(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    await impose(town)
    await tell(town)
    await margaret.presses((await margaret.latest()).button("interim.confirm"))
    await sign(dana)
    await agree(margaret)
    await propose(dana, measures=["C7"], c7_times="Tuesdays, 10am to noon")
    await approve(margaret)
    assert [one["in_force"] for one in town.record()["restrictions"]] == [True, False]
    town.clock.go(datetime.fromisoformat("2026-10-15 10:00"))
    await tell(town)
    assert [one["in_force"] for one in town.record()["restrictions"]] == [False, True]


async def impose(town: Town, name: str = "Dana") -> None:
    """An officer imposes it from the case."""
    officer = await town.colleague(name)
    opened = await officer.types(CASE)
    await officer.fills(await officer.presses(opened.button("interim.impose")), OWN_REASON)


async def tell(town: Town) -> Seen:
    """The chief officer writes the notice and records that it was e-mailed now; what the notice says."""
    dana = await town.colleague("Dana")
    opened = await dana.types(CASE)
    form = await dana.presses(opened.button("notice.prepare"))
    preview = await dana.fills(form, {"method": "email", "address": "alex.marsden@example.com"})
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    return preview
