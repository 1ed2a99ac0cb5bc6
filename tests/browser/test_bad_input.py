"""Bad input: the dialog stays open, the sentence stands at its field, and nothing typed is lost."""

from __future__ import annotations

from playwright.async_api import Browser, Locator, expect

from tests.browser.screen import Screen, open_screen
from tests.journeys.steps import THREAT
from tests.town import PREFIX, Town

STORY = "He said “I'll be back” 🙂 and <b>raised</b> his fist; then he left & slammed the door."


async def test_every_wrong_answer_should_stand_at_its_field(chromium: Browser, town: Town) -> None:
    priya = await open_screen(chromium, town, "Priya", "staff")
    await priya.types("/incident")
    await priya.fills({"happened_on": "", "person_contact": "alex@example.com"})
    await priya.next("Next")

    # What is missing is said at each field, and all together at the top, where the focus goes.
    for name, sentence in {
        "person_is": "Choose an answer for “Who is the report about”.",
        "happened_on": "Fill in “Which day”.",
        "channel": "Choose an answer for “How did it happen”.",
        "category": "Choose an answer for “What kind of behaviour”.",
        "what_happened": "Fill in “What happened”.",
    }.items():
        await expect(_error(priya, name)).to_contain_text(sentence)
    summary = priya.dialog.get_by_role("alert", name="There is a problem")
    await expect(summary).to_be_focused()
    await expect(summary.get_by_role("link")).to_have_count(5)
    await priya.check()
    await priya.look("20-errors")
    await summary.get_by_role("link", name="Fill in “What happened”.").click()
    await expect(_field(priya, "what_happened").locator("textarea")).to_be_focused()

    # Too long, and in the future: the first is seen by the form, the second by the policy on the last page.
    await priya.fills({**_page_one(), "what_happened": "x" * 3001, "happened_on": "2026-10-15"})
    await priya.next("Next")
    await expect(_error(priya, "what_happened")).to_contain_text("1 character too long")
    await expect(_field(priya, "what_happened").locator("textarea")).to_have_value("x" * 3001)
    await priya.fills({"what_happened": STORY})
    await priya.next("Next")
    await expect(priya.dialog.locator(".step")).to_have_text("Page 2 of 3")
    await priya.fills({"examples": ["A2"], "warning": "not_given", "offence": "unsure"})
    await priya.next("Next")
    await expect(priya.dialog.locator(".step")).to_have_text("Page 3 of 3")
    await priya.fills({"offence_words": "A threat."})
    await priya.next("Send report")
    await expect(_error(priya, "happened_on")).to_contain_text("future")
    await expect(_field(priya, "person_contact").locator("input")).to_have_value("alex@example.com")
    await expect(_field(priya, "what_happened").locator("textarea")).to_have_value(STORY)
    await priya.check()

    # Put right, everything typed on every page is there, and arrives as it was typed.
    await priya.fills({"happened_on": "2026-10-14"})
    await priya.next("Next")
    await expect(_field(priya, "examples").locator("input[value=A2]")).to_be_checked()
    await priya.next("Back")
    await expect(_field(priya, "what_happened").locator("textarea")).to_have_value(STORY)
    await priya.next("Next")
    await priya.next("Next")
    await expect(_field(priya, "offence_words").locator("textarea")).to_have_value("A threat.")
    await priya.next("Send report")
    await expect(priya.card("Report received: INC-2026-0001")).to_be_visible()
    (incident,) = town.file().incidents
    assert incident.what_happened == STORY
    assert incident.offence_words == "A threat."
    assert incident.examples == ("A2",)


async def test_closing_a_form_should_ask_when_something_was_typed(chromium: Browser, town: Town) -> None:
    priya = await open_screen(chromium, town, "Priya", "staff")
    await priya.types("/incident")
    await priya.fills({"what_happened": STORY})
    await priya.page.keyboard.press("Escape")
    question = priya.page.get_by_role("alertdialog")
    await expect(question).to_be_visible()
    await priya.look("21-closing")
    await question.get_by_role("button").last.click()  # stay
    await expect(_field(priya, "what_happened").locator("textarea")).to_have_value(STORY)


def _page_one() -> dict[str, str | list[str]]:
    names = ("person_is", "person_name", "happened_at", "channel", "category")
    return {name: str(THREAT[name]) for name in names}


def _field(screen: Screen, name: str) -> Locator:
    return screen.dialog.locator(f'[data-field="{PREFIX}{name}"]')


def _error(screen: Screen, name: str) -> Locator:
    return _field(screen, name).locator(".error")
