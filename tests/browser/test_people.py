"""Who the person is, in a real browser: said later, recognised, merged by two colleagues, and undone (R9, R46)."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from playwright.async_api import Browser, expect

from tests.browser.screen import DESKTOP, PHONE, open_screen
from tests.journeys.steps import report
from tests.journeys.test_people import NAMED, UNKNOWN
from tests.town import Town

TWO = re.compile("INC-2026-0002: ")
BOTH = "INC-2026-0001 and INC-2026-0002"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_unknown_person_should_be_identified_recognised_merged_and_parted(
    chromium: Browser, town: Town, size: Mapping[str, int]
) -> None:
    await report(await town.colleague("Priya"))
    await report(await town.colleague("Tom"), **UNKNOWN)
    await town.deliver()
    dana = await open_screen(chromium, town, "Dana", viewport=size)
    margaret = await open_screen(chromium, town, "Margaret", viewport=size)
    tom = await open_screen(chromium, town, "Tom", viewport=size)

    # Dana says who it was, and is shown a likely match with its reason.
    await dana.presses(TWO, "Open this case")
    await expect(dana.card(TWO)).to_contain_text("Nobody is identified yet, so no restriction is possible.")
    await dana.check()
    await dana.presses(TWO, "Say who the person is")
    await dana.fills({name: str(value) for name, value in NAMED.items()})
    await dana.check()
    await dana.next("Next")  # the second page asks only which councillor it is, so it is left out
    await expect(dana.dialog).to_have_count(0)
    await expect(dana.card(TWO)).to_contain_text("The same telephone number and a similar name.")
    await expect(dana.card(TWO)).not_to_contain_text("no restriction is possible")
    await dana.check()
    await dana.look("people-01-match")

    # She proposes that both are one; nothing is merged yet.
    await dana.presses(TWO, "Same person as in INC-2026-0001")
    await dana.look("people-02-side-by-side")
    await dana.completes({"evidence": "Priya recognised the coat."}, "Propose the merge")
    await expect(dana.card("Is this one person?")).to_contain_text("Another colleague must confirm it.")
    await expect(dana.page.get_by_role("button", name="One person: merge")).to_have_count(0)

    # Margaret is told without a name, looks, and confirms.
    await expect(margaret.card(BOTH)).to_be_visible()
    await expect(margaret.page.get_by_text("Marsd")).to_have_count(0)
    await margaret.presses(BOTH, "Look at the reasons")
    await expect(margaret.card("Is this one person?")).to_contain_text("Priya recognised the coat.")
    await margaret.check()
    await margaret.look("people-03-reasons")
    await margaret.presses("Is this one person?", "One person: merge", sure="One person")
    await expect(margaret.card("One person")).to_be_visible()
    await expect(margaret.card(BOTH)).to_contain_text("These two cases are about one person.")

    # Whoever looks the person up finds one.
    await tom.types("/incident check alex")
    await expect(tom.card("No restriction is in force")).to_contain_text("This person is known")

    # It was a mistake: Margaret undoes it, and each case has its own words.
    await margaret.presses("One person", "Undo the merge with INC-2026-0002", sure="Undo the merge")
    await expect(margaret.card("Two people: the merge was undone")).to_be_visible()
    await margaret.check()
    await margaret.look("people-04-undone")
    assert [town.file(ref).person.name for ref in ("INC-2026-0001", "INC-2026-0002")] == [
        "Alex Marsden",
        "Alex Marsdon",
    ]
    assert len(town.file("INC-2026-0002").records) == 1
