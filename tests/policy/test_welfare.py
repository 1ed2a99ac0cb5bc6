"""What colleagues are told: a reference, a stage, no story."""

from __future__ import annotations

import pytest

from policy.welfare import DEBRIEF_REMINDER, SUPPORT_OFFER, ReporterNews, reporter_sentence


@pytest.mark.parametrize("news", list(ReporterNews))
def test_reporter_should_hear_each_stage_in_whole_sentences(news: ReporterNews) -> None:
    sentence = reporter_sentence(news)
    assert sentence[0].isupper()
    assert sentence.endswith(".")


def test_reporter_should_hear_a_different_sentence_at_each_stage() -> None:
    assert len({reporter_sentence(news) for news in ReporterNews}) == len(ReporterNews)


def test_reporter_should_be_thanked_and_never_blamed() -> None:
    assert "received" in reporter_sentence(ReporterNews.RECEIVED)
    assert "right to report" in reporter_sentence(ReporterNews.NOT_UNACCEPTABLE)


def test_target_should_be_offered_support_and_a_debrief() -> None:
    assert "talk" in SUPPORT_OFFER
    assert "debrief" in DEBRIEF_REMINDER
