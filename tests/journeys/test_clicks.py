"""What makes a click safe: sent thrice it counts once; not yours, it does nothing and tells nothing (R17-R19, R41)."""

from __future__ import annotations

import asyncio

import pytest

from handlers.chat import Command, FieldErrors, Press, Refuse, Reply, Request, Sender, Submission
from handlers.table import TABLE
from tests.journeys.steps import THREAT, decide, notify, report, sign
from tests.town import Colleague, Seen, Town

SECRETS = ("Marsden", "marsden", "01632", "fist", "front desk", "A threat of violence")
NOTHING = "There is no case with this reference that you can see."


async def test_one_submission_should_be_one_incident_however_often_it_comes(town: Town) -> None:
    priya = await town.colleague("Priya")
    form = await _to_last_page(priya)
    first = await priya.sends(form, THREAT)
    second = await priya.sends(form, THREAT)
    third = await priya.sends(form, THREAT)
    assert first.title == second.title == third.title == "Report received: INC-2026-0001"
    assert len(town.file().incidents) == 1
    assert [action for _, action, _ in town.log("incident.reported")] == ["incident.reported"]


async def test_one_submission_sent_thrice_at_once_should_be_one_incident(town: Town) -> None:
    priya = await town.colleague("Priya")
    form = await _to_last_page(priya)
    seen = await asyncio.gather(*(priya.sends(form, THREAT) for _ in range(3)))
    assert {one.title for one in seen} == {"Report received: INC-2026-0001"}
    assert len(town.file().incidents) == 1
    with town.civility.store.read(town.council_id) as uow:
        assert len(uow.cases.all()) == 1
        assert uow.log.verify().ok


async def test_double_press_should_count_once(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    await sign(dana)
    button = (await margaret.latest()).button("finding.agree")
    same = await asyncio.gather(*(margaret.presses(button, delivery="delivery-0001") for _ in range(3)))
    assert {one.kind for one in same} <= {"reply", "replace"}
    assert [one.seat for one in town.file().findings] == ["officer", "chair"]


@pytest.mark.parametrize("name", ["Tom", "Leila", "Ian", "Ruth"])
async def test_press_that_is_not_yours_should_do_nothing_and_tell_nothing(town: Town, name: str) -> None:
    await report(await town.colleague("Priya"))
    await sign(await town.colleague("Dana"))
    file = town.file()
    stranger = await town.colleague(name)
    for button, value in (
        ("case.open", file.case.id),
        ("finding.sign", file.case.id),
        ("finding.agree", file.findings[0].id),
        ("proposal.draft", file.case.id),
        ("interim.impose", file.case.id),
        ("police.record", file.case.id),
        ("case.close", file.case.id),
        ("case.withdraw", file.incidents[0].id),
        ("incident.add", file.case.id),
    ):
        seen = await stranger.presses(button, value)
        assert seen.kind == "refuse", (button, seen.text)
        for secret in (*SECRETS, "INC-2026"):
            assert secret not in seen.text
    after = town.file()
    assert after.case.version == file.case.version
    assert (len(after.findings), after.police, after.proposals) == (1, (), ())
    refused = [(actor, detail["what"]) for actor, _, detail in town.log("refused")]
    assert [actor for actor, _ in refused] == [name] * 9
    assert all(set(detail) == {"code", "what"} for _, _, detail in town.log("refused"))


async def test_case_that_is_not_yours_should_read_like_one_that_does_not_exist(town: Town) -> None:
    await report(await town.colleague("Priya"))
    tom = await town.colleague("Tom")
    hidden = await tom.types("/incident case INC-2026-0001")
    missing = await tom.types("/incident case INC-2026-9999")
    assert hidden.text == missing.text
    assert NOTHING in hidden.text


async def test_third_refusal_in_a_day_should_tell_the_chief_officer_once(town: Town) -> None:
    tom, dana = await town.colleague("Tom"), await town.colleague("Dana")
    told: list[Seen] = []
    for number in range(4):
        await tom.types(f"/incident case INC-2026-000{number}")
        told = [one for one in await dana.room() if "refused" in one.title]
        assert len(told) == (1 if number >= 2 else 0)
    assert "Tom Bell was refused three times today" in told[0].text


FORGED = ("", "x", "0", "' OR 1=1 --", "a:b:c:d", "\x00", "🙂" * 50, "9" * 5000, "None:1:yes")


async def test_forged_values_should_be_refused_in_a_sentence(town: Town) -> None:
    await report(await town.colleague("Priya"))
    dana = await town.colleague("Dana")
    for button in (
        "case.open",
        "finding.sign",
        "finding.agree",
        "finding.agree_approve",
        "proposal.draft",
        "proposal.change",
        "proposal.approve",
        "proposal.reject",
        "interim.impose",
        "interim.confirm",
        "notice.prepare",
        "notice.preview",
        "notice.send",
        "notice.bounced",
        "police.record",
        "case.withdraw",
        "case.close",
        "incident.add",
    ):
        for value in FORGED:
            seen = await dana.presses(button, value)
            assert seen.kind == "refuse", (button, value, seen.text)
            assert "went wrong" not in seen.text, button
    assert len(town.file().findings) == 0


async def test_forged_forms_should_be_refused_in_a_sentence(town: Town) -> None:
    dana = Sender("local", "local", town.people["Dana"], "Dana Okoro")
    for form in TABLE.forms:
        for forged in ("", "x", "new:", "change:x:1", "\x00", "🙂" * 50, "9" * 5000):
            sent = Submission(form, forged, f"nonce{forged}", page=99, raw={"reason": ["x"], "": "\x00"})
            answer = await town.civility.answer(Request(dana, sent))
            assert isinstance(answer, Refuse | FieldErrors), (form, forged)
    with town.civility.store.read(town.council_id) as uow:
        assert uow.cases.all() == ()


async def test_unknown_words_should_point_to_help(town: Town) -> None:
    tom = await town.colleague("Tom")
    for seen in (
        await tom.types("/incident dance"),
        await tom.presses("no.such"),
        await tom.presses("report.opens"),
    ):
        assert "/incident help" in seen.text


async def test_guest_should_be_refused_and_a_new_colleague_should_join_as_staff(town: Town) -> None:
    guest = Sender("local", "local", "guest-1", "A Visitor", guest=True)
    answer = town.civility.routes.answer(Request(guest, Command("check", "Alex")))
    assert isinstance(answer, Refuse)
    assert "Ask the chief officer" in answer.sentence
    new = Sender("local", "local", "new-1", "Nadia Holt")
    answers = await asyncio.gather(
        *(town.civility.answer(Request(new, Command("mine"), delivery_id=f"d{n}")) for n in range(4))
    )
    assert all(isinstance(one, Reply) for one in answers)
    with town.civility.store.read(town.council_id) as uow:
        assert [one.name for one in uow.colleagues.all()].count("Nadia Holt") == 1


async def test_workspace_of_no_council_should_be_told_so(town: Town) -> None:
    answer = town.civility.routes.answer(Request(Sender("slack", "T-OTHER", "U1"), Press("case.open", "x")))
    assert isinstance(answer, Refuse)
    assert "not connected to a council" in answer.sentence


async def test_no_message_anywhere_should_carry_a_name_or_a_story(town: Town) -> None:
    await decide(town)
    await notify(town, address="alex.marsden@example.com")
    await town.deliver()
    for _ in range(20):
        town.clock.pass_by(days=1)
        await town.tick()
        await town.deliver()
    with town.civility.store.read(town.council_id) as uow:
        rooms = [f"dm:{one}" for one in town.people.values()] + ["staff", "governance", "councillors"]
        cards = [str(message.card) for room in rooms for message in uow.local.of_channel(room)]
    assert len(cards) > 8
    for card in cards:
        for secret in SECRETS:
            assert secret not in card


async def _to_last_page(who: Colleague) -> Seen:
    form = await who.types("/incident")
    while form.hidden["page"] != "2":
        form = await who.sends(form, THREAT)
        assert form.kind == "form", form.errors
    return form
