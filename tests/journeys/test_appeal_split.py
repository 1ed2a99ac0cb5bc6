"""Reviewers who stay split make room for others; nobody chooses whose answer goes (R36)."""

from __future__ import annotations

from datetime import datetime

from tests.journeys.appeal_steps import REF, agree, appeal_card, assign, record, told, verdict
from tests.town import Colleague, Town

SPLIT_WORDS = "They talk it over; then either answers again."


async def split(town: Town, first: Colleague, second: Colleague) -> None:
    """The two reviewers answer differently."""
    await verdict(first)
    await verdict(second, outcome="upheld", reasons="A fist was raised.")
    assert town.record()["appeals"][0]["state"] == "split"


async def test_reviewers_who_stay_split_should_both_make_room_for_two_others(town: Town) -> None:
    await told(town)
    dana, ruth, leila, owen, ian = [
        await town.colleague(name) for name in ("Dana", "Ruth", "Leila", "Owen", "Ian")
    ]
    await record(dana)
    await assign(town)
    await split(town, ruth, leila)
    card = await appeal_card(dana)
    assert f"{SPLIT_WORDS} From Tuesday 27 October 2026 other reviewers can be picked." in card.text
    (appealed,) = town.file().appeals
    town.clock.go(datetime.fromisoformat("2026-10-26 23:59"))
    early = await dana.presses("appeal.split", appealed.record.id)
    assert "The reviewers are given time to agree first." in early.text
    await verdict(ruth, reasons="I have read it again: no fist.")  # answering again starts no new time
    town.clock.go(datetime.fromisoformat("2026-10-27 09:00"))
    assert "Waiting for you" in (await dana.types("/incident home")).text
    for name in ("Ruth", "Leila", "Owen", "Tom", "Priya"):
        assert (
            await (await town.colleague(name)).presses("appeal.split", appealed.record.id)
        ).kind == "refuse"
    opened = await dana.types(f"/incident case {REF}")
    assert "The time to agree is over: the Chief Officer picks other reviewers." in opened.text
    form = await dana.presses(opened.button("appeal.split"))
    assert "Both reviewers make room" in form.text
    assert set(form.options("reviewers").values()) == {owen.id, ian.id}
    blank = await dana.fills(form, {"reasons": ""}, strict=False)
    assert list(blank.errors) == ["reasons"]
    one = await dana.fills(form, {"reviewers": [ian.id], "reasons": "They met twice."}, strict=False)
    assert "two different councillors" in one.errors["reviewers"]
    await dana.fills(form, {"reasons": "They met twice."})

    found = town.record()["appeals"][0]
    assert found["state"] == "with_reviewers"
    assert [one["released_why"] for one in found["reviewers"]] == ["split", "split", "", ""]
    assert [one["answer"] for one in found["answers"]] == ["quashed", "upheld", "quashed", "replaced"]
    assert "0 of 2 have answered" in (await appeal_card(owen)).text
    assert (await ruth.presses("appeal.decide", appealed.record.id)).kind == "refuse"
    late = await (await town.colleague("Margaret")).presses("appeal.split", appealed.record.id)
    assert "The reviewers do not differ now." in late.text  # a second pick comes too late and changes nothing
    picking = await dana.presses("appeal.assign", appealed.record.id)
    assert "they heard it already and could not agree" in picking.text
    assert (
        "picked other reviewers, because these could not agree: They met twice."
        in (await dana.types(f"/incident case {REF}")).text
    )

    await split(town, owen, ian)  # nobody else is left: these two stay
    town.clock.go(datetime.fromisoformat("2026-11-04 09:00"))
    assert "No other councillor may hear this appeal" in (await appeal_card(dana)).text
    assert "No other councillor" in (await dana.presses("appeal.split", appealed.record.id)).text
    await agree(ian)
    ended = town.record()["appeals"][0]
    assert (ended["outcome"], ended["state"]) == ("quashed", "decided")
    assert {actor for actor, action, _ in town.log("appeal.released")} == {"Dana"}
