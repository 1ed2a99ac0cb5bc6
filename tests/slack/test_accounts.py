"""A colleague's second account, linked by the chief officer (R17, R48)."""

from __future__ import annotations

import pytest

from tests.fakes.slack import TEAM, Json
from tests.fakes.slack_user import SlackUser
from tests.journeys.steps import THREAT
from tests.slack.test_whole_case import words
from tests.slack.town import SlackTown


async def from_a_second_account(town: SlackTown) -> SlackUser:
    """Priya reports from an account nobody knows, and names its own entry as the one it was aimed at."""
    town.ids["Second"] = town.slack.add_user("Priya (front desk)")
    second = town.user("Second")
    await second.types("/incident mine")
    await second.types("/incident")
    await second.fills({**THREAT, "target": [entry(town, "Priya (front desk)")]})
    await town.deliver()
    return second


def entry(town: SlackTown, name: str) -> str:
    """The id of the colleague of this name."""
    with town.civility.store.read(town.council_id) as uow:
        return next(one.id for one in uow.colleagues.all() if one.name == name)


async def presses(town: SlackTown, who: SlackUser, card: Json) -> None:
    """Somebody presses the button of a card shown to one alone."""
    await who.presses({**card, "ts": "1"}, "account.link", town.slack.direct(who.id))


async def links(town: SlackTown, who: str, second: str, colleague: str) -> SlackUser:
    """Somebody fills in the form."""
    one = town.user(who)
    await one.types("/incident offices")
    await presses(town, one, one.told[-1])
    await one.fills({"second": entry(town, second), "colleague": entry(town, colleague)})
    return one


async def test_linked_account_should_have_the_offices_and_reports_of_its_colleague(town: SlackTown) -> None:
    second = await from_a_second_account(town)
    await links(town, "Dana", "Priya (front desk)", "Priya Shah")
    await town.deliver()
    priya = town.user("Priya")
    for one in (priya, second):
        assert "An account was linked to you" in one.messages()[-1]["text"]
        await one.types("/incident mine")
        assert "INC-2026-0001" in one.told[-1]["text"]
    with town.civility.store.read(town.council_id) as uow:
        kept = entry(town, "Priya Shah")
        (incident,) = uow.incidents.of_case(uow.cases.all()[0].id)
        assert (incident.reporter_id, incident.target_ids) == (kept, (kept,))
        assert {one.external_id for one in uow.colleagues.identities(kept) if one.platform == "slack"} == {
            priya.id,
            second.id,
        }
        assert [line.detail for line in uow.log.lines() if line.action == "account.linked"]
        gone = entry(town, "Priya (front desk)")
        assert not [
            h
            for h in uow.offices.register().holdings
            if h.colleague_id == gone and (h.ends is None or h.ends >= h.starts)
        ]
    await town.user("Dana").types("/incident")
    offered = [
        option["text"]["text"]
        for block in town.user("Dana").view["blocks"]
        for option in block.get("element", {}).get("options", ())
    ]
    assert "Priya (front desk)" not in offered


@pytest.mark.parametrize(
    ("who", "second", "colleague", "sentence"),
    [
        ("Dana", "Priya (front desk)", "Priya (front desk)", "Choose two different entries."),
    ],
)
async def test_wrong_link_should_be_said_at_its_field(
    town: SlackTown, who: str, second: str, colleague: str, sentence: str
) -> None:
    await from_a_second_account(town)
    with pytest.raises(AssertionError, match=sentence):
        await links(town, who, second, colleague)


async def test_only_the_chief_officer_should_link(town: SlackTown) -> None:
    await from_a_second_account(town)
    tom = town.user("Tom")
    await tom.types("/incident offices")
    assert "Link a second account" not in tom.told[-1]["text"]
    await town.user("Dana").types("/incident offices")
    await presses(town, tom, town.user("Dana").told[-1])
    assert "account.link" not in str(tom.view)
    with town.civility.store.read(town.council_id) as uow:
        assert uow.colleagues.by_identity("slack", TEAM, town.ids["Second"]) == uow.colleagues.get(
            entry(town, "Priya (front desk)")
        )
        assert [line.actor_id for line in uow.log.lines() if line.action == "refused"] == [
            entry(town, "Tom Bell")
        ]


async def test_nobody_to_link_should_be_said(town: SlackTown) -> None:
    dana = town.user("Dana")
    await dana.types("/incident offices")
    await presses(town, dana, dana.told[-1])
    assert "in the list once its owner has used Civility from it" in words(dana.told[-1]) + words(
        dana.view or {"blocks": []}
    )


async def test_conflict_of_a_second_account_should_be_its_colleagues(town: SlackTown) -> None:
    await from_a_second_account(town)
    second = entry(town, "Priya (front desk)")
    with town.civility.store.write(town.council_id) as uow:
        case = uow.cases.all()[0].id
        uow.conflicts.add(case, second, "interest", "They are neighbours.", entry(town, "Dana Okoro"))
        uow.commit()
    await links(town, "Dana", "Priya (front desk)", "Priya Shah")
    with town.civility.store.read(town.council_id) as uow:
        assert [one.colleague_id for one in uow.conflicts.of_case(case)] == [entry(town, "Priya Shah")]
