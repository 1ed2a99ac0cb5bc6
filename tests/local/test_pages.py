"""What stands around a card: times in London, what was brought up to date, what can no longer be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.local.cards import to_json
from bot.local.pages import Pages, shown
from storage.records import LocalMessage
from tests.local.hall import APPROVED, WAITING

PAGES = Pages("Ambleford Town Council", [("/incident", "Report")], "/static")
POSTED = datetime(2026, 10, 14, 22, 30, tzinfo=UTC)


def message(changes: int = 0, later: timedelta = timedelta()) -> LocalMessage:
    return LocalMessage("m-1", "staff", to_json(APPROVED), POSTED, POSTED + later, changes)


def test_message_should_say_its_day_and_time_as_in_london() -> None:
    winter = datetime(2026, 12, 1, 9, 5, tzinfo=UTC)
    assert (shown(message()).day_words, shown(message()).time) == ("Wednesday 14 October 2026", "23:30")
    later = shown(LocalMessage("m-2", "staff", to_json(WAITING), winter, winter, 0))
    assert (later.day_words, later.time) == ("Tuesday 1 December 2026", "09:05")


@pytest.mark.parametrize(
    ("changes", "later", "words"),
    [
        (0, timedelta(hours=5), ""),
        (1, timedelta(minutes=5), "23:35"),
        (2, timedelta(hours=1), "15 October, 00:30"),
    ],
)
def test_message_should_say_when_it_was_brought_up_to_date(
    changes: int, later: timedelta, words: str
) -> None:
    one = message(changes, later)
    assert shown(one).changed == words
    assert ("brought up to date" in PAGES.message(one)) is bool(words)


def test_message_should_say_so_when_its_key_was_erased() -> None:
    html = PAGES.message(LocalMessage("m-1", "staff", {}, POSTED, POSTED, 0))
    assert "This message can no longer be read." in html
    assert "data-button" not in html


def test_press_should_name_the_card_it_stands_on_to_a_screen_reader() -> None:
    html = PAGES.card(WAITING, "m-1")
    assert html.count('aria-describedby="m-1-title"') == len(WAITING.buttons)
    assert html.count('aria-haspopup="dialog"') == 1
    assert 'data-ask-title="Impose an urgent restriction?"' in html
