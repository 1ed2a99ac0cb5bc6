"""Two names on every finding, who stands in, and what two findings decide by themselves (R13-R17)."""

from __future__ import annotations

from datetime import date

import pytest

from policy.offices import Absence
from tests.journeys.steps import FINDING, agree, propose, report, sign
from tests.town import Town

SHOUTING = {
    "examples": ["A1"],
    "warning": "spoken",
    "warning_words": "Please stop swearing.",
    "offence": "no",
}


@pytest.mark.parametrize(
    ("kind", "owed"),
    [
        ("warning", True),
        ("no_action", False),
        ("not_unacceptable", False),
        ("police", False),
        ("legal_action", False),
    ],
)
async def test_two_findings_that_agree_should_decide_by_themselves(town: Town, kind: str, owed: bool) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"), **SHOUTING)
    await sign(dana, finding=kind)
    assert town.record()["decisions"] == []
    await agree(margaret)
    (decision,) = town.record()["decisions"]
    assert (decision["decision"], sorted(decision["decided_by"])) == (kind, ["chair_fgp", "chief_officer"])
    buttons = [one.id for one in (await dana.types("/incident case INC-2026-0001")).buttons]
    assert ("notice.prepare" in buttons) is owed
    assert ("case.close" in buttons) is not owed


async def test_one_colleague_should_not_sign_both_seats(town: Town) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"))
    await sign(dana)
    refused = await dana.presses("finding.agree", town.file().findings[0].id)
    assert refused.kind == "refuse"
    assert "your own finding" in refused.text
    assert len(town.file().findings) == 1


async def test_findings_that_differ_should_decide_nothing_until_signed_again(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    await sign(dana)
    await sign(margaret, finding="no_action")
    assert "The findings differ" in (await dana.latest()).text
    assert town.record()["decisions"] == []
    await sign(dana, finding="no_action")
    assert [one["decision"] for one in town.record()["decisions"]] == ["no_action"]
    assert [one["replaced_at"] is None for one in town.record()["findings"]] == [False, True, True]


async def test_restriction_should_need_a_warning_that_was_not_heeded(town: Town) -> None:
    dana, priya = await town.colleague("Dana"), await town.colleague("Priya")
    await report(priya, **SHOUTING, happened_on="2026-10-12", happened_at="09:00")
    form = await dana.presses((await dana.latest()).button("finding.sign"))
    refused = await dana.fills(form, FINDING, strict=False)
    assert refused.kind == "errors"
    assert "warning" in refused.errors["finding"]
    again = await priya.presses("incident.add", town.file().case.id)
    await priya.fills(again, {**SHOUTING, **_incident("2026-10-13")})
    await sign(dana)
    assert town.record()["findings"][0]["finding"] == "restriction"


async def test_unreasonable_demands_should_need_their_three_answers(town: Town) -> None:
    dana = await town.colleague("Dana")
    changes = {"category": "unreasonable_demands", "examples": ["volume"], "warning": "written"}
    words = {"warning_words": "Please wait for our answer.", "offence": "no"}
    await report(await town.colleague("Priya"), **changes, **words)
    form = await dana.presses((await dana.latest()).button("finding.sign"))
    refused = await dana.fills(form, {**FINDING, "finding": "warning"}, strict=False)
    assert set(refused.errors) >= {"same_issue", "dealt_with", "burden"}
    answers = {
        "same_issue": "yes",
        "dealt_with": "Answered on 1 October by Dana Okoro.",
        "burden": "A day a week.",
    }
    done = await dana.fills(form, {**FINDING, "finding": "warning", **answers})
    assert done.kind == "reply"


async def test_deputy_should_stand_in_while_the_chief_officer_is_away(town: Town) -> None:
    _away(town, "Dana")
    await report(await town.colleague("Priya"))
    await sign(await town.colleague("Sam"))
    (finding,) = town.record()["findings"]
    assert (finding["office"], finding["seat"]) == ("deputy_chief_officer", "officer")


async def test_colleague_it_was_aimed_at_should_take_no_part(town: Town) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"), target=[dana.id])
    refused = await dana.presses("finding.sign", town.file().case.id)
    assert refused.kind == "refuse"
    assert "aimed at you" in refused.text
    assert any("Support for you" in one.title for one in await dana.room())
    assert "fist" not in (await dana.types("/incident case INC-2026-0001")).text
    await sign(await town.colleague("Sam"))
    assert town.record()["findings"][0]["office"] == "deputy_chief_officer"


async def test_stand_ins_should_be_asked_one_after_the_other_when_nobody_signs(town: Town) -> None:
    await report(await town.colleague("Priya"))
    await sign(await town.colleague("Dana"))
    seen = []
    for _ in range(5):
        seen.append(sorted(one.office.value for one in town.file().seats.chair))
        town.clock.pass_by(days=7)
    assert seen == [
        ["chair_fgp"],
        ["chair_fgp", "vice_chair_fgp"],
        ["chair_fgp", "member_fgp", "vice_chair_fgp"],
        ["chair_fgp", "mayor", "member_fgp", "vice_chair_fgp"],
        ["chair_fgp", "mayor", "member_fgp", "vice_chair_fgp"],
    ]


async def test_vice_chair_should_sign_and_approve_in_one_press_when_the_chair_is_away(town: Town) -> None:
    dana, owen = await town.colleague("Dana"), await town.colleague("Owen")
    _away(town, "Margaret")
    await report(await town.colleague("Priya"))
    await sign(dana)
    await propose(dana)
    both = (await owen.latest()).button("finding.agree_approve")
    assert both.label == "Agree, and approve version 1"
    await owen.presses(both)
    found = town.record()
    assert [one["office"] for one in found["findings"]] == ["chief_officer", "vice_chair_fgp"]
    assert [one["office"] for one in found["approvals"]] == ["chief_officer", "vice_chair_fgp"]
    assert [one["decision"] for one in found["decisions"]] == ["restriction"]


async def test_mayor_should_be_warned_before_acting_early(town: Town) -> None:
    dana, margaret, ruth = [await town.colleague(name) for name in ("Dana", "Margaret", "Ruth")]
    await report(await town.colleague("Priya"))
    await sign(dana)
    await agree(margaret)
    await propose(dana)
    proposal = town.file().open_proposal
    assert proposal is not None
    asked = await ruth.presses("proposal.approve", f"{proposal.id}:1")
    assert "you cannot hear an appeal" in asked.text
    assert town.record()["decisions"] == []
    await ruth.presses(asked.button("proposal.approve"))
    found = town.record()
    assert [one["decision"] for one in found["decisions"]] == ["restriction"]
    assert [(one["seat"], one["replaced_at"]) for one in found["findings"]] == [
        ("officer", None),
        ("chair", None),
        ("mayor", None),
    ]


async def test_councillor_and_unknown_person_should_never_be_restricted(town: Town) -> None:
    dana, leila = await town.colleague("Dana"), await town.colleague("Leila")
    await report(await town.colleague("Priya"), person_is="councillor", person_colleague=leila.id)
    form = await dana.presses((await dana.latest("INC-2026-0001")).button("finding.sign"))
    assert "Monitoring Officer" in (await dana.fills(form, FINDING, strict=False)).errors["finding"]
    hidden = await leila.types("/incident case INC-2026-0001")
    assert "There is no case with this reference that you can see." in hidden.text
    await report(await town.colleague("Priya"), person_is="unknown", person_name="A tall man in a red coat")
    form = await dana.presses((await dana.latest("INC-2026-0002")).button("finding.sign"))
    assert "identified" in (await dana.fills(form, FINDING, strict=False)).errors["finding"]


def _incident(day: str) -> dict[str, str]:
    return {
        "happened_on": day,
        "channel": "telephone",
        "category": "aggressive_or_abusive",
        "what_happened": "He swore at me again.",
        "injury": "none",
    }


def _away(town: Town, name: str) -> None:
    with town.civility.store.write(town.council_id) as uow:
        uow.offices.add_absence(Absence(town.people[name], date(2026, 10, 12), date(2026, 10, 30)), "test")
        uow.commit()
