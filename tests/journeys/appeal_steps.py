"""The steps of an appeal, each through the door."""

from __future__ import annotations

from datetime import datetime

from tests.journeys.steps import decide, notify
from tests.town import Answer, Colleague, Seen, Town

REF = "INC-2026-0001"
LETTER: dict[str, Answer] = {
    "received_on": "2026-10-20",
    "received_at": "11:00",
    "received_by": "letter",
    "ground": ["disproportionate"],
    "text": "I never raised a fist; I waved my stick because my hip hurts.",
}
VERDICT: dict[str, Answer] = {
    "outcome": "quashed",
    "reasons": "The recording shows a walking stick and no fist.",
    "minute_ref": "F&GP 26/114",
}


async def told(town: Town, **changes: Answer) -> None:
    """A restriction decided on 14 October and the person told by email that day: the appeal closes on 28 October."""
    await decide(town, **changes)
    await notify(town)
    town.clock.go(datetime.fromisoformat("2026-10-20 12:00"))


async def record(who: Colleague, **answers: Answer) -> Seen:
    """A colleague records the appeal that came by letter."""
    return await who.fills(await who.types(f"/incident appeal {REF}"), {**LETTER, **answers})


async def assign(town: Town, *names: str) -> Seen:
    """The chief officer picks the reviewers from their own card; the Mayor and Leila unless others are named."""
    dana = await town.colleague("Dana")
    form = await dana.presses((await appeal_card(dana)).button("appeal.assign"))
    picks = [town.people[name] for name in names or ("Ruth", "Leila")]
    return await dana.fills(form, {"reviewers": picks}, strict=False)


async def verdict(who: Colleague, **answers: Answer) -> Seen:
    """A reviewer signs an outcome from their own card."""
    form = await who.presses((await appeal_card(who)).button("appeal.decide"))
    return await who.fills(form, {**VERDICT, **answers}, strict=False)


async def agree(who: Colleague) -> Seen:
    """The second reviewer agrees with the first."""
    return await who.presses((await appeal_card(who)).button("appeal.agree"))


async def appeal_card(who: Colleague) -> Seen:
    """The colleague's own card of the appeal."""
    found = [one for one in await who.room() if one.title == f"Appeal: {REF}"]
    assert len(found) == 1, f"{who.name} has {len(found)} cards of the appeal"
    return found[0]


async def heard(town: Town, **answers: Answer) -> None:
    """Told, appealed, reviewers picked, and both sign the same outcome: cancelled, unless `answers` says otherwise."""
    await told(town)
    await record(await town.colleague("Dana"))
    await assign(town)
    await verdict(await town.colleague("Ruth"), **answers)
    await agree(await town.colleague("Leila"))
