"""Conflicts noticed late: sight is lost at once, signatures fall away or are flagged, a fresh one is given (R17)."""

from __future__ import annotations

import pytest

from handlers.digest import digest_card
from tests.journeys.steps import agree, approve, decide, notify, propose, report, sign
from tests.journeys.test_people import ONE, UNKNOWN, opened
from tests.town import Answer, Seen, Town


async def record(town: Town, by: str, who: str, /, reason: str = "witness", **more: Answer) -> Seen:
    """A colleague records that another takes no part."""
    one = await town.colleague(by)
    form = await one.presses((await opened(town, by)).button("conflict.record"))
    answers = {"colleague": town.people[who], "reason": reason, **more}
    return await one.fills(form, answers, strict=False)


async def afresh(town: Town, name: str, answer: str = "same", words: str = "") -> Seen:
    """A colleague signs the flagged decision afresh."""
    one = await town.colleague(name)
    form = await one.presses((await opened(town, name)).button("decision.afresh"))
    return await one.fills(form, {"answer": answer, "words": words}, strict=False)


@pytest.mark.parametrize("reason", ["target", "witness", "interest"])
async def test_colleague_should_lose_sight_at_once_and_the_stand_in_be_asked(town: Town, reason: str) -> None:
    await report(await town.colleague("Priya"))
    dana, sam = await town.colleague("Dana"), await town.colleague("Sam")
    mine = (await dana.latest(ONE)).button("finding.sign")
    done = await record(town, "Margaret", "Dana", reason, words="Her neighbour.")
    assert "Takes no part Dana Okoro" in done.text
    assert "Her neighbour." in done.text
    assert (await dana.presses(mine)).kind == "refuse"
    seen = await opened(town, "Dana")
    assert "fist" not in seen.text
    assert "Marsden" not in seen.text
    assert not any("finding.sign" in [b.id for b in one.buttons] for one in await dana.room())
    told = [one.text for one in await dana.room() if "If this is a mistake" in one.text]
    assert len(told) == 1
    assert (await sam.latest(f"{ONE}:")).button("finding.sign").label == "Sign a finding"
    ((actor, _, detail),) = town.log("conflict.recorded")
    assert (actor, detail["reason"], detail["colleague"]) == ("Margaret", reason, town.people["Dana"])
    assert town.record()["conflicts"][0]["reason"] == reason


async def test_signature_before_a_decision_should_count_no_more(town: Town) -> None:
    await report(await town.colleague("Priya"))
    dana, sam, margaret = [await town.colleague(name) for name in ("Dana", "Sam", "Margaret")]
    await sign(dana)
    old = (await margaret.latest(f"{ONE}:")).button("finding.agree")
    await record(town, "Margaret", "Dana")
    assert town.record()["state"] == "reported"
    assert town.record()["flags"] == []
    assert (await margaret.presses(old)).kind in ("refuse", "reply")
    assert town.record()["state"] == "reported"
    await sign(sam, f"{ONE}:")
    await agree(margaret, f"{ONE}:")
    assert town.record()["state"] == "proposal_due"


async def test_approval_before_a_decision_should_count_no_more(town: Town) -> None:
    await report(await town.colleague("Priya"))
    dana, sam, margaret = [await town.colleague(name) for name in ("Dana", "Sam", "Margaret")]
    await sign(dana)
    await agree(margaret)
    await propose(dana)
    await record(town, "Margaret", "Dana")
    await approve(margaret, f"{ONE}:")
    assert town.file().decisions == ()
    await sam.presses((await sam.latest(f"{ONE}:")).button("finding.agree_approve"))
    (decision,) = town.record()["decisions"]
    assert decision["decided_by"] == ["chair_fgp", "deputy_chief_officer"]


async def test_late_conflict_should_flag_the_decision_and_keep_its_effect_until_signed_afresh(
    town: Town,
) -> None:
    await decide(town)
    await notify(town)
    await record(town, "Margaret", "Dana")
    record_now = town.record()
    assert record_now["flags"] == [{"decision": "restriction", "office": "chief_officer", "seat": "officer"}]
    assert record_now["restrictions"][0]["in_force"] is True
    sam = await town.colleague("Sam")
    card = await sam.latest("signed the decision and takes no part")
    assert "The decision keeps its effect until then." in card.text
    assert not [word for word in ("Dana", "Okoro", "Marsden", "fist") if word in card.text]
    assert "signed the decision and takes no part" in (await opened(town, "Margaret")).text
    assert "decision.afresh" not in [one.id for one in (await opened(town, "Margaret")).buttons]
    decision = card.button("decision.afresh").value
    with town.civility.store.read(town.council_id) as uow:
        digest = str(digest_card(town.civility.desk(uow), {"on": "2026-10-19"}, None).body)
    assert f"needs a fresh signature: {ONE}. It keeps its effect until then." in digest
    for name in ("Dana", "Margaret", "Tom", "Owen", "Ruth"):
        assert (await (await town.colleague(name)).presses("decision.afresh", decision)).kind == "refuse", (
            name
        )
    done = await afresh(town, "Sam")
    assert "I decide the same, with my own name (Sam Whitfield, Deputy Chief Officer" in done.text
    after = town.record()
    assert after["flags"] == []
    assert [(one["office"], one["answer"]) for one in after["signed_afresh"]] == [
        ("deputy_chief_officer", "same")
    ]
    assert after["state"] == "appeal_open"
    assert (await sam.presses("decision.afresh", decision)).kind == "refuse"
    assert any("Nothing is to be signed afresh any more." in one.text for one in await sam.room())


async def test_deciding_otherwise_should_ask_both_offices_anew_while_the_decision_stands(town: Town) -> None:
    await decide(town)
    await notify(town)
    await record(town, "Margaret", "Dana")
    wrong = await afresh(town, "Sam", "other")
    assert "Say why you would decide otherwise." in wrong.errors["words"]
    done = await afresh(town, "Sam", "other", "A warning would have done.")
    assert "The decision is made again, with new findings. Until then the old one stands." in done.text
    assert town.record()["state"] == "reported"
    assert town.record()["restrictions"][0]["in_force"] is True
    sam, margaret = await town.colleague("Sam"), await town.colleague("Margaret")
    await sign(sam, f"{ONE}:", finding="warning")
    await agree(margaret, f"{ONE}:")
    after = town.record()
    assert [one["decision"] for one in after["decisions"]] == ["restriction", "warning"]
    assert after["restrictions"][0]["in_force"] is False
    assert after["flags"] == []


async def test_conflict_lifted_should_be_as_if_it_had_never_been(town: Town) -> None:
    await decide(town)
    seen = await record(town, "Margaret", "Dana")
    assert len(town.record()["flags"]) == 1
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    lift = seen.button("conflict.lift")
    assert (await dana.presses(lift)).kind == "refuse"
    done = await margaret.presses(lift)
    assert "lifted by Councillor Margaret Hall" in done.text
    assert town.record()["flags"] == []
    assert "He raised his fist" in (await opened(town, "Dana")).text
    again = await margaret.presses(lift)
    assert "lifted already" in again.text


async def test_target_of_a_second_report_should_be_flagged_too(town: Town) -> None:
    await decide(town)
    priya = await town.colleague("Priya")
    form = await priya.presses((await opened(town, "Priya")).button("incident.add"))
    more: dict[str, Answer] = {
        "happened_on": "2026-10-14", "happened_at": "09:50", "channel": "telephone",
        "category": "aggressive_or_abusive", "what_happened": "He rang and shouted at Dana.",
        "target": [town.people["Dana"]],
    }  # fmt: skip
    await priya.fills(form, more)
    assert [one["seat"] for one in town.record()["flags"]] == ["officer"]
    assert "takes no part" in (await (await town.colleague("Sam")).latest("signed the decision")).text


async def test_colleague_found_to_be_the_person_should_learn_nothing(town: Town) -> None:
    await report(await town.colleague("Priya"), **UNKNOWN)
    margaret, dana = await town.colleague("Margaret"), await town.colleague("Dana")
    await sign(margaret, finding="more_information")
    wrong = await record(town, "Dana", "Priya", "person")
    assert "Only a councillor can be recorded so." in wrong.errors["reason"]
    done = await record(town, "Dana", "Margaret", "person")
    assert "warnings, restrictions and markers are closed" in done.text
    assert "Person Councillor Margaret Hall" in done.text
    assert (await opened(town, "Margaret")).kind == "refuse"
    assert not any("mistake" in one.text for one in await margaret.room())
    await dana.presses(done.button("conflict.lift"))
    assert town.file().person.colleague_id is None
    assert (town.file().person.identified, town.file().person.name) == (False, "")
    assert "Person Not known: Tall man, red coat" in (await opened(town, "Margaret")).text


async def test_stand_in_should_say_so_only_of_themselves(town: Town) -> None:
    await report(await town.colleague("Priya"))
    await record(town, "Dana", "Margaret")
    owen = await town.colleague("Owen")
    button = (await opened(town, "Owen")).button("conflict.record")
    assert button.label == "I have a conflict of interest"
    form = await owen.presses(button)
    assert list(form.options("colleague").values()) == [town.people["Owen"]]
    done = await owen.fills(
        form, {"colleague": town.people["Owen"], "reason": "interest", "words": "My brother."}
    )
    assert "fist" not in done.text
    assert (await opened(town, "Owen")).kind == "refuse"
    ian = await town.colleague("Ian")
    assert (await ian.latest(f"{ONE}:")).button("finding.sign").label == "Sign a finding"


@pytest.mark.parametrize("name", ["Priya", "Tom", "Owen", "Ruth", "Leila"])
async def test_conflict_should_be_recorded_only_by_those_who_see_the_case(town: Town, name: str) -> None:
    await report(await town.colleague("Priya"))
    assert (
        await (await town.colleague(name)).presses("conflict.record", town.file().case.id)
    ).kind == "refuse"
    assert "conflict.record" not in [one.id for one in (await opened(town, name)).buttons]


async def test_same_conflict_should_be_recorded_once(town: Town) -> None:
    await report(await town.colleague("Priya"), target=[town.people["Sam"]])
    wrong = await record(town, "Dana", "Sam")
    assert "takes no part in the case already" in wrong.errors["colleague"]
    vague = await record(town, "Dana", "Margaret", "interest", words=" ")
    assert "Say what the interest is" in vague.errors["words"]
