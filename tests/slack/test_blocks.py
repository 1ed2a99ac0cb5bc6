"""Cards in Block Kit: nothing lost, nothing read as markup, nothing Slack would refuse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import limits
from bot.slack.blocks import MORE, answer, blocks, escaped, message
from bot.wording import pieces, shortened
from handlers.chat import Button, Callout, Card, Confirm, Facts, Table, Text
from tests.slack.validators import check_message, words

PING = "<!channel> <@U1> <https://example.test|here> *bold* :wave: &amp;"
ARABIC = "قال إنه سيعود غداً. " * 150
FAMILY = "👨‍👩‍👧‍👦"
OPEN = Button("case.open", "Open this case", "case-1")

WORST = {
    "3,000 characters": "x" * 3000,
    "no blank anywhere": "y" * 9000,
    "emoji": "😀" * 3000,
    "families": FAMILY * 430,
    "pings": PING * 40,
    "right to left": ARABIC,
    "embedded direction": "\u202eabc\u202c def",
    "blank": "   ",
    "nothing": "",
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST.keys())
def test_message_should_be_taken_by_slack_when_words_are_the_worst(text: str) -> None:
    for card in (
        Card("Title", (Text(text),)),
        Card("Title", (Text(text, small=True),)),
        Card("Title", (Callout(text, "urgent"),)),
        Card("Title", (Facts((("What happened", text), ("Where", text), ("When", ""))),)),
        Card("Title", (Table("Cases", ("Case", "Words"), ((text, text), ("INC-1", text))),)),
        # A title and a button's words are ours, never longer than a typed field may be.
        Card(text[:3000] or "Title", (), (Button("case.open", text[:3000] or "Open", "1"),)),
        Card(
            "Title",
            (),
            (Button("x", "Go", "1", "danger", Confirm(text[:3000] or "Sure?", text[:3000] or "?", "Yes")),),
        ),
    ):
        check_message(message(card))
        assert words(blocks(card, limits.VIEW_BLOCKS)).replace(" ", "").count("x") >= text.count("x")


def test_blocks_should_hold_every_word_of_a_long_text() -> None:
    text = "\n".join(f"Line {number} of the report, with its words." for number in range(400))
    card = Card("Title", (Text(text), Facts((("Report", text),)), Table("T", ("A", "B"), (("a", text),))))
    made = words(blocks(card, limits.VIEW_BLOCKS))
    for number in range(400):
        assert made.count(f"Line {number} of the report") == 3


def test_text_should_ping_nobody_and_blocks_keep_words_as_typed() -> None:
    made = message(Card("Report", (Text(PING), Facts((("Said", PING),)))))
    assert "<" not in made["text"]
    assert ">" not in made["text"]
    assert "&lt;!channel&gt;" in made["text"]
    assert words(made["blocks"]).count(PING) == 2
    assert "mrkdwn" not in str(made["blocks"])


def test_text_should_hold_the_whole_card_with_its_buttons() -> None:
    card = Card(
        "Title", (Text("One"), Facts((("Two", "2"),)), Table("T", ("A", "B"), (("a", "b"),))), (OPEN,)
    )
    assert message(card)["text"] == card.plain()


def test_text_should_say_that_there_is_more_and_cut_no_entity_when_it_is_over_the_limit() -> None:
    for lead in range(6):
        text = message(Card("T", (Text("a" * lead + "<" * 30_000),)))["text"]
        assert len(text) <= limits.MESSAGE_TEXT
        assert text.endswith(f"&lt;\n{MORE}")


def test_sixty_paragraphs_should_end_with_where_to_read_the_rest_and_keep_the_buttons() -> None:
    card = Card("Title", tuple(Text(f"Paragraph {n}.") for n in range(60)), (OPEN,))
    made = answer(card)
    assert len(made["blocks"]) == limits.MESSAGE_BLOCKS
    *_, before, more, buttons = made["blocks"]
    assert words(before) == "Paragraph 46."
    assert (more["type"], words(more)) == ("context", MORE)
    assert buttons["elements"][0]["action_id"] == "case.open"
    assert "Paragraph 59." in made["text"]
    assert "Paragraph 59." in words(blocks(card, limits.VIEW_BLOCKS))


def test_posted_message_should_stay_under_what_slack_takes_together() -> None:
    card = Card("Title", tuple(Text("z" * 3000) for _ in range(6)), (OPEN,))
    check_message(message(card))
    assert MORE in words(message(card)["blocks"])
    assert MORE not in words(answer(card)["blocks"])
    assert message(card)["text"].count("z") == 18_000


def test_table_of_many_rows_should_fit_whole_with_headings_in_each_row() -> None:
    rows = tuple((f"INC-2026-{n:04}", "Aggressive or abusive", "") for n in range(150))
    made = blocks(Card("Cases", (Table("Open cases", ("Case", "Kind", "Who"), rows),)), 50)
    text = words(made)
    assert all(row[0] in text for row in rows)
    assert text.count("Kind: Aggressive or abusive") == 150
    assert "Who:" not in text
    assert MORE not in text


def test_empty_parts_should_leave_no_empty_block() -> None:
    card = Card("Title", (Facts(()), Text(""), Text(" ", small=True), Table("Nothing yet", ("A",), ())))
    made = message(card)
    check_message(made)
    assert words(made["blocks"]) == "Title Nothing yet"
    assert "Where: –" in words(blocks(Card("T", (Facts((("Where", ""),)),)), 50))


def test_callout_should_say_its_tone_in_words_once() -> None:
    assert words(blocks(Card("T", (Callout("Ring now.", "urgent"),)), 50)) == "T Urgent: Ring now."
    assert words(blocks(Card("T", (Callout("Urgent: ring now.", "urgent"),)), 50)) == "T Urgent: ring now."


def test_cut_words_should_stand_in_full_elsewhere() -> None:
    title, label, asked = "Title " * 40, "Label " * 30, "Are you sure about this? " * 20
    card = Card(
        title.strip(), (), (Button("x", label.strip(), "1", confirm=Confirm("Sure?", asked.strip(), "Yes")),)
    )
    made = words(blocks(card, 50))
    for whole in (title, label, f"Sure? {asked}"):
        assert whole.strip() in made


def test_buttons_of_one_id_should_differ_and_fill_rows_of_25() -> None:
    card = Card("T", (), tuple(Button("case.open", f"Open {n}", str(n)) for n in range(60)))
    check_message(message(Card("T", (), card.buttons[:25])))
    made = blocks(card, 50)
    ids = [one["action_id"] for row in made[1:] for one in row["elements"]]
    assert [len(row["elements"]) for row in made[1:]] == [25, 25, 10]
    assert len(set(ids)) == 60
    assert {one.partition(":")[0] for one in ids} == {"case.open"}


def test_button_should_be_refused_when_slack_can_not_carry_its_value() -> None:
    with pytest.raises(ValueError, match="can't carry the button"):
        blocks(Card("T", (), (Button("x", "Go", "v" * 2001),)), 50)


@given(st.text(max_size=400), st.integers(min_value=25, max_value=90))
def test_pieces_should_lose_nothing_and_shortened_should_keep_the_limit(text: str, limit: int) -> None:
    assert "".join(pieces(text, limit)) == text
    assert all(0 < len(one) <= limit for one in pieces(text, limit))
    assert len(shortened(text, limit)) <= limit
    assert "<" not in escaped(text)


def test_shortened_should_cut_no_emoji_in_two() -> None:
    assert shortened("ab" + FAMILY + "c", 6) == "ab…"
    assert shortened("ab👍🏽cdefgh", 4) == "ab…"
    assert shortened("abe\u0301cdefgh", 4) == "ab…"


def test_seldom_needed_buttons_should_stand_last_under_their_heading() -> None:
    card = Card("INC-2026-0001", (), (OPEN, Button("a", "Rare", "7", seldom=True)))
    made = blocks(card, limits.MESSAGE_BLOCKS)
    assert [one["type"] for one in made] == ["header", "actions", "context", "actions"]
    assert made[2]["elements"][0]["text"] == "More steps"
    assert [one["text"]["text"] for one in made[3]["elements"]] == ["Rare"]
    check_message(message(card))
