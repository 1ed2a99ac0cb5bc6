"""Cards in Teams: nothing lost, nothing read as markup, nothing Teams would refuse."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams import limits
from bot.teams.cards import (
    ALONE,
    MORE,
    adaptive,
    command_data,
    commanded,
    invitation,
    message,
    part_of,
    pressed,
)
from bot.teams.words import escaped
from handlers.chat import Button, Callout, Card, Command, Confirm, Facts, Press, Table, Text
from handlers.table import TABLE
from tests.teams.validators import KB, buttons, check_card, check_message, every, words

PING = "<at>Dana</at> @everyone [here](https://example.test) *bold* __x__ `c` &amp; {{DATE(2026-10-14T10:00:00Z)}}"
ARABIC = "قال إنه سيعود غداً. " * 150
FAMILY = "👨‍👩‍👧‍👦"
OPEN = Button("case.open", "Open this case", "case-1")
SURE = Confirm("Close the case?", "A closed case stays closed.", "Close it")

WORST = {
    "3,000 characters": "x" * 3000,
    "no blank anywhere": "y" * 9000,
    "emoji": "😀" * 3000,
    "families": FAMILY * 430,
    "pings": PING * 25,
    "right to left": ARABIC,
    "embedded direction": "\u202eabc\u202c def",
    "markdown": "# One\n- two\n1. three\n> four\n===\n**five**\n|six|",
    "many lines": "z\n" * 1500,
    "blank": "   ",
    "nothing": "",
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST.keys())
def test_message_should_be_taken_by_teams_when_words_are_the_worst(text: str) -> None:
    for card in (
        Card("Title", (Text(text),)),
        Card("Title", (Text(text, small=True),)),
        Card("Title", (Callout(text, "urgent"),), (OPEN,)),
        Card("Title", (Facts((("What happened", text), ("Where", text), ("When", ""))),), (OPEN,)),
        Card("Title", (Table("Cases", ("Case", "Words"), ((text, text), ("INC-1", text))),)),
        Card(text[:3000] or "Title", (), (Button("case.open", text[:1000] or "Open", "1"),)),
    ):
        check_message(message(card))


@pytest.mark.parametrize("text", WORST.values(), ids=WORST.keys())
def test_every_word_should_be_read_by_reading_on(text: str) -> None:
    card = Card(
        "Title", (Text(text), Facts((("Said", text),)), Table("T", ("A", "B"), (("a", text),))), (OPEN,)
    )
    shown = "".join(read_all(card).split())
    assert shown.count("".join(text.split())) >= 3 if text.strip() else MORE not in shown


def read_all(card: Card) -> str:
    """Every piece of a long card, by pressing "Read all" and "Read on" as a colleague does."""
    content = adaptive(card)
    check_card(content)
    again = {"button": "case.open", "value": "case-1"}
    if all(one["title"] != "Read all" for one in buttons(content)):
        return words(content)
    found = []
    (onward,) = [one["data"] for one in buttons(content) if one["title"] == "Read all"]
    assert onward["msteams"] == {"type": "task/fetch"}
    for _ in range(30):
        assert pressed(onward) == Press("case.open", "case-1")
        content = adaptive(card, place="dialog", again=again, part=part_of(onward))
        check_card(content, limit=80 * KB)
        found.append(words(content))
        further = [one["data"] for one in buttons(content) if one["title"] == "Read on"]
        if not further:
            assert [one["title"] for one in buttons(content)] == ["Open this case"]
            return " ".join(found)
        (onward,) = further
        assert "msteams" not in onward
    raise AssertionError("it never ends")


def test_long_card_should_say_which_part_is_shown_and_keep_its_buttons_for_the_last() -> None:
    card = Card("INC-1", tuple(Text("z" * 4000) for _ in range(50)), (OPEN,))
    first = adaptive(card, place="dialog", again={"command": "case", "words": "INC-1"})
    assert words(first).startswith("INC-1 (1 of 3)")
    assert [one["title"] for one in buttons(first)] == ["Read on"]
    assert commanded(buttons(first)[0]["data"]) == Command("case", "INC-1")
    last = adaptive(card, place="dialog", again={"command": "case", "words": "INC-1"}, part=99)
    assert words(last).startswith("INC-1 (3 of 3)")
    assert words(first).count("z") + words(last).count("z") < 200_000


def test_long_card_without_a_way_back_should_say_that_there_is_more() -> None:
    made = message(Card("Offices", tuple(Text("z" * 4000) for _ in range(9))))
    check_message(made)
    assert MORE in words(made["attachments"][0]["content"])
    assert made["summary"].endswith(MORE)


def test_summary_and_fallback_should_hold_the_whole_card_with_its_buttons() -> None:
    card = Card(
        "Title", (Text("One"), Facts((("Two", "2"),)), Table("T", ("A", "B"), (("a", "b"),))), (OPEN,)
    )
    made = message(card)
    assert made["summary"] == card.plain()
    assert made["attachments"][0]["content"]["fallbackText"] == card.plain()


def test_typed_words_should_mean_nothing_to_teams() -> None:
    card = Card(
        PING, (Text(PING), Callout(PING), Facts(((PING, PING[:90]),)), Table("T", ("A",), ((PING,),)))
    )
    content = adaptive(card)
    check_card(content)
    assert words(content).count("<at>Dana</at> @everyone [here](https://example.test) *bold*") == 5 + 1
    for one in every(content):
        for markdown in _markdown(one):
            assert "<at" not in markdown.replace("\\<", "")
            assert "](" not in markdown.replace("\\]", "")
            assert "{{DATE" not in markdown
        assert "{{DATE" not in one.get("text", "")


def _markdown(one: dict[str, Any]) -> list[str]:
    """What Teams reads as markdown."""
    if one.get("type") == "TextBlock":
        return [one["text"]]
    return [one["title"], one["value"]] if set(one) == {"title", "value"} else []


@given(st.text(max_size=300))
def test_any_words_should_come_back_as_they_were_typed(text: str) -> None:
    card = Card("T", (Text(text), Facts((("Said", text),)), Callout(text, "warning")), (OPEN,))
    content = adaptive(card)
    check_card(content)
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    shown = " ".join(words(content).replace("\u2060", "").split())
    for line in lines:
        assert shown.count(line.replace("\u2060", "")) >= 3


@given(st.text(alphabet="\\`*_[]<>&~|!#+-=1.) \nab", max_size=80))
def test_escaped_words_should_begin_no_list_and_no_emphasis(text: str) -> None:
    bare = escaped(text)
    for line in bare.split("\n"):
        begun = line.lstrip()
        assert not begun.startswith(("#", "+", "-", "=", ">", "1.", "1)", "11.", "*"))
    pairs = iter(bare)
    assert all(next(pairs, "") != "" if one == "\\" else one not in "`*_[]<>&~|!" for one in pairs)


def test_press_should_be_executed_with_a_submit_for_old_clients() -> None:
    (made,) = buttons(adaptive(Card("T", (), (Button("notice.bounced", "It came back", "n-1", "danger"),))))
    data = {"button": "notice.bounced", "value": "n-1"}
    assert (made["type"], made["verb"], made["data"], made["style"]) == (
        "Action.Execute",
        "press",
        data,
        "destructive",
    )
    assert (made["fallback"]["type"], made["fallback"]["data"]) == ("Action.Submit", data)
    assert pressed(made["data"]) == Press("notice.bounced", "n-1")


@pytest.mark.parametrize(
    "button",
    [Button("finding.sign", "Sign", "c-1", opens="finding"), *(Button(one, "Look", "c-1") for one in ALONE)],
)
def test_what_one_reader_sees_should_open_a_dialog(button: Button) -> None:
    (made,) = buttons(adaptive(Card("T", (), (button,))))
    assert made["type"] == "Action.Submit"
    assert made["data"] == {"msteams": {"type": "task/fetch"}, "button": button.id, "value": "c-1"}
    (inside,) = buttons(adaptive(Card("T", (), (button,)), place="dialog"))
    assert inside["data"] == {"button": button.id, "value": "c-1"}


def test_buttons_read_alone_should_be_buttons_of_the_journeys() -> None:
    assert set(TABLE.buttons) >= ALONE


@pytest.mark.parametrize("place", ["message", "dialog"])
def test_what_cannot_be_undone_should_ask_first(place: Any) -> None:
    content = adaptive(Card("T", (), (Button("case.close", "Close", "c-1", confirm=SURE),)), place=place)
    check_card(content)
    shows, yes = buttons(content)
    assert (shows["type"], shows["title"]) == ("Action.ShowCard", "Close")
    assert "data" not in shows
    assert words(shows["card"]) == "Close the case? A closed case stays closed."
    assert yes["title"] == "Close it"
    assert yes["type"] == {"message": "Action.Execute", "dialog": "Action.Submit"}[place]
    assert pressed(yes["data"]) == Press("case.close", "c-1")


def test_sixty_buttons_should_stand_in_rows_teams_shows() -> None:
    made = adaptive(Card("T", (), tuple(Button("case.open", f"Open {n}", str(n)) for n in range(60))))
    check_card(made)
    assert [one["title"] for one in buttons(made)] == [f"Open {n}" for n in range(60)]


def test_buttons_should_stand_in_rows_short_enough_for_a_narrow_chat() -> None:
    labels = (
        "Open this case",
        "Approve version 1",
        "Reject",
        "Agree with the finding, and approve version 1 as Chair",
    )
    content = adaptive(Card("T", (), tuple(Button(f"b.{n}", one, "1") for n, one in enumerate(labels))))
    check_card(content)
    assert [[one["title"] for one in row["actions"]] for row in content["body"][1:]] == [
        list(labels[:3]),
        [labels[3]],
    ]


def test_long_label_should_stand_in_full_in_its_tooltip() -> None:
    label = "Agree with the finding, and approve version 1 as Chair of F&GP"
    (made,) = buttons(adaptive(Card("T", (), (Button("x", label, "1", "primary"),))))
    assert (made["title"], made["tooltip"], made["style"]) == (label, label, "positive")


def test_callout_should_say_its_tone_in_words_once() -> None:
    for said in ("Ring now.", "Urgent: Ring now."):
        content = adaptive(Card("T", (Callout(said, "urgent"),)))
        assert " ".join(words(content).split()) == "T Urgent: Ring now."
        assert content["body"][1]["style"] == "attention"


def test_table_should_be_a_real_table_with_headings_in_each_piece() -> None:
    rows = tuple((f"INC-2026-{n:04}", "Aggressive or abusive", "") for n in range(60))
    content = adaptive(Card("Cases", (Table("Open cases", ("Case", "Kind", "Who"), rows),)))
    check_card(content)
    tables = [one for one in content["body"] if one["type"] == "Table"]
    assert [len(one["rows"]) for one in tables] == [26, 26, 11]
    assert content["msteams"] == {"width": "full"}
    for one in tables:
        heads = [cell["items"][0] for cell in one["rows"][0]["cells"]]
        assert [head["text"] for head in heads] == ["Case", "Kind", "Who"]
    assert all(row[0] in words(content) for row in rows)


def test_wide_table_should_become_a_paragraph_a_row() -> None:
    rows = (("INC-1", "a", "b", "", "d"),)
    content = adaptive(Card("Cases", (Table("Cases", ("Case", "A", "B", "C", "D"), rows),)))
    check_card(content)
    assert " ".join(words(content).split()) == "Cases Cases INC-1 A: a B: b D: d"


def test_empty_parts_should_leave_no_empty_element() -> None:
    card = Card("Title", (Facts(()), Text(""), Text(" ", small=True), Table("Nothing yet", ("A",), ())))
    check_message(message(card))
    assert words(adaptive(card)) == "Title Nothing yet"
    assert "Where –" in words(adaptive(Card("T", (Facts((("Where", ""),)),))))


def test_invitation_should_open_a_dialog_with_the_command_that_was_typed() -> None:
    made = invitation("Report an incident", "", "Open the form", command_data(Command("report", "")))
    check_card(made)
    (only,) = buttons(made)
    assert only["data"]["msteams"] == {"type": "task/fetch"}
    assert commanded(only["data"]) == Command("report", "")


@pytest.mark.parametrize(
    "data",
    [{}, {"button": 1}, {"button": ""}, {"button": "x", "value": 3}, {"button": None}, {"value": "x"}],
    ids=str,
)
def test_pressed_should_take_nothing_that_is_no_button(data: dict[str, object]) -> None:
    assert pressed(data) is None


@pytest.mark.parametrize("part", [-1, 1000, "1", None, 1.5, [2]], ids=str)
def test_part_should_be_a_small_number_or_the_first(part: object) -> None:
    assert part_of({"part": part}) == 0
    assert limits.weight({"a": "é"}) == 11
    assert commanded({"command": 1}) is None


@pytest.mark.parametrize("place", ["message", "dialog"])
def test_seldom_needed_buttons_should_be_hidden_until_asked_for(place: Any) -> None:
    made = adaptive(Card("INC-2026-0001", (), (OPEN, Button("a", "Rare", "7", seldom=True))), place=place)
    check_card(made)
    near, hidden = made["body"][-2:]
    assert [one["title"] for one in near["actions"]] == ["Open this case", "More steps"]
    assert near["actions"][1]["targetElements"] == [{"elementId": hidden["id"]}]
    assert hidden["isVisible"] is False
    assert [one["title"] for one in buttons(hidden)] == ["Rare"]
