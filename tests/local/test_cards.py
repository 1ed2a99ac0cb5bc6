"""Cards: nothing is lost on the way through JSON, and nothing typed becomes HTML."""

from __future__ import annotations

import json
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local.cards import from_json, to_json
from bot.local.pages import Pages
from handlers.chat import Button, Callout, Card, Confirm, Facts, Table, Text
from tests.local.hall import APPROVED, MEASURES, WAITING

PAGES = Pages("Ambleford Town Council", [("/incident", "Report")], "/static")
NASTY = "<script>alert('x')</script> & \"quotes\" </article>"
words = st.text(max_size=40)
blocks = st.one_of(
    st.builds(Text, words, st.booleans()),
    st.builds(Facts, st.lists(st.tuples(words, words), max_size=3).map(tuple)),
    st.builds(Callout, words, st.sampled_from(["info", "success", "warning", "urgent"])),
    st.builds(Table, words, st.just(("a", "b")), st.lists(st.tuples(words, words), max_size=3).map(tuple)),
)
buttons = st.builds(
    Button,
    words,
    words,
    words,
    st.sampled_from(["default", "primary", "danger"]),
    st.none() | st.builds(Confirm, words, words, words),
    st.none() | words,
    st.just(""),
    st.booleans(),
)
cards = st.builds(
    Card, words, st.lists(blocks, max_size=4).map(tuple), st.lists(buttons, max_size=3).map(tuple)
)


@given(cards)
def test_card_should_come_back_the_same_when_stored_as_json(card: Card) -> None:
    assert from_json(json.loads(json.dumps(to_json(card)))) == card


def test_card_should_be_refused_when_a_block_is_unknown() -> None:
    with pytest.raises(ValueError, match="poem"):
        from_json({"title": "x", "body": [{"kind": "poem"}]})


@pytest.mark.parametrize("card", [WAITING, APPROVED, MEASURES], ids=lambda card: card.title)
def test_card_should_show_every_word_of_its_plain_text_when_rendered(card: Card) -> None:
    html = unescape(PAGES.card(card, "m-1"))
    for block in card.body:
        parts = (
            [cell for row in block.rows for cell in row] if isinstance(block, Facts | Table) else [block.text]
        )
        assert all(part in html for part in parts)
    assert all(button.label in html for button in card.buttons)


def test_card_should_be_escaped_everywhere_when_its_words_look_like_html() -> None:
    card = Card(
        NASTY,
        (
            Text(NASTY),
            Facts(((NASTY, NASTY),)),
            Callout(NASTY, "urgent"),
            Table(NASTY, (NASTY, NASTY), ((NASTY, NASTY),)),
        ),
        (Button(NASTY, NASTY, NASTY, confirm=Confirm(NASTY, NASTY, NASTY, NASTY)),),
    )
    for html in (PAGES.card(card, "m-1"), PAGES.only_you(card), PAGES.notice(NASTY)):
        assert "<script" not in html
        assert "'x'" not in html
    assert PAGES.card(card, "m-1").count("</article>") == 1


@pytest.mark.parametrize(
    ("tone", "words"),
    [("info", "Note"), ("success", "Done"), ("warning", "Please note"), ("urgent", "Urgent")],
)
def test_callout_should_say_its_tone_in_words(tone: str, words: str) -> None:
    html = PAGES.card(Card("Title", (Callout("Look here.", tone),)), "m-1")  # type: ignore[arg-type]
    assert f'<strong class="tone">{words}</strong>' in html


def test_table_should_have_a_caption_and_headings_with_a_scope() -> None:
    html = PAGES.card(MEASURES, "m-1")
    assert "<caption>Restrictions in force</caption>" in html
    assert '<th scope="col">Measure</th>' in html
    assert '<th scope="row">C1 In writing only</th>' in html


def test_seldom_needed_buttons_should_stand_under_more_steps() -> None:
    card = Card("INC-2026-0001", (), (Button("a", "Near"), Button("b", "Rare", "7", seldom=True)))
    html = PAGES.card(card, "m-1")
    near, rare = html.split("<details")
    assert ">Near<" in near
    assert "Rare" not in near
    assert "More steps (1)" in rare
    assert 'data-button="b" data-value="7"' in rare
    assert "<details" not in PAGES.card(Card("INC-2026-0001", (), card.buttons[:1]), "m-1")
