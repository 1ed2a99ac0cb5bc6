"""R27, R46: how typed words are compared, and when two records may become one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.people import (
    MatchReason,
    PersonKeys,
    Suggestion,
    merge_refusal,
    normalise_email,
    phone_digits,
    search_words,
    suggest_match,
)
from policy.settings import PolicySettings

DEFAULTS = PolicySettings()

FROM = DEFAULTS.similar_name_percent / 100
JO = PersonKeys(frozenset({"jo@example.org"}), frozenset({"01900702986"}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("  Jo  BLOGGS ", ("jo", "bloggs")),
        ("O'Brien o’brien OBRIEN", ("obrien",)),
        ("Smith-Jones", ("smith", "jones")),
        ("José Núñez", ("jose", "nunez")),
        ("Jose\u0301", ("jose",)),
        ("Łukasz Sørensen", ("lukasz", "sorensen")),
        ("Weiß WEISS", ("weiss",)),
        ("ﬁeld Ｊｏ", ("field", "jo")),
        ("4 Mill_Lane, INC-2026-0001", ("4", "mill", "lane", "inc", "2026", "0001")),
        ("… — !", ()),
        ("Οδυσσεύς", ("οδυσσευσ",)),
        ("Иван", ("иван",)),
    ],
)
def test_search_words_should_be_plain_and_each_once(text: str, words: tuple[str, ...]) -> None:
    assert search_words(text) == words


@given(st.text())
def test_search_words_should_not_change_when_taken_again(text: str) -> None:
    words = search_words(text)
    assert search_words(" ".join(words)) == words
    assert len(set(words)) == len(words)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzáéñö O'-"))
def test_search_words_should_not_depend_on_capital_letters(text: str) -> None:
    assert search_words(text.upper()) == search_words(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Jo.Bloggs@Example.ORG ", "jo.bloggs@example.org"),
        ("Jo Bloggs <Jo@example.org>", "jo@example.org"),
        ("mailto:jo@example.org", "jo@example.org"),
        ("jo+council@example.org", "jo+council@example.org"),
        ("ｊｏ@example.org", "jo@example.org"),
        ("jo@example", ""),
        ("jo at example.org", ""),
        ("a@example.org, b@example.org", ""),
        ("", ""),
        ("@example.org", ""),
    ],
)
def test_normalise_email_should_give_one_bare_address_or_nothing(text: str, address: str) -> None:
    assert normalise_email(text) == address


@given(st.text())
def test_normalise_email_should_not_change_when_taken_again(text: str) -> None:
    address = normalise_email(text)
    assert address == "" or normalise_email(address) == address


@given(st.emails())
def test_normalise_email_should_ignore_capital_letters(address: str) -> None:
    assert normalise_email(address.upper()) == normalise_email(address)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("01900 702986", "01900702986"),
        ("(01900) 702-986", "01900702986"),
        ("+44 1900 702986", "01900702986"),
        ("+44 (0)1900 702986", "01900702986"),
        ("(+44) 1900 702986", "01900702986"),
        ("0044 1900 702986", "01900702986"),
        ("441900702986", "01900702986"),
        ("01900 702986 ext. 12", "01900702986"),
        ("01900702986x12", "01900702986"),
        ("Fax 01900 702986", "01900702986"),
        ("+33 1 23 45 67 89", "0033123456789"),
        ("0033 1 23 45 67 89", "0033123456789"),
        ("702986", "702986"),
        ("٠١٩٠٠ ٧٠٢٩٨٦", "01900702986"),
        ("Flat 12", ""),
        ("", ""),
        ("Jo Bloggs", ""),
    ],
)
def test_phone_digits_should_be_one_form_for_one_number(text: str, digits: str) -> None:
    assert phone_digits(text) == digits


@given(st.integers(1_000_000_000, 9_999_999_999), st.sampled_from([" ", "-", "", ".", " ("]))
def test_phone_digits_should_be_the_same_however_a_uk_number_is_typed(number: int, gap: str) -> None:
    area, rest = str(number)[:4], str(number)[4:]
    national = phone_digits(f"0{area}{gap}{rest}")
    assert national == f"0{number}"
    for typed in (
        f"+44{gap}{area}{gap}{rest}",
        f"+44(0){area}{gap}{rest}",
        f"0044 {area}{gap}{rest}",
        national,
    ):
        assert phone_digits(typed) == national


@pytest.mark.parametrize(
    ("other", "names_alike", "reasons"),
    [
        (PersonKeys(), 0.0, None),
        (PersonKeys(), 0.84, None),
        (PersonKeys(), 0.85, (MatchReason.SIMILAR_NAME,)),
        (PersonKeys(emails=JO.emails), 0.1, (MatchReason.SAME_EMAIL,)),
        (PersonKeys(phones=JO.phones), 0.1, (MatchReason.SAME_NUMBER,)),
        (JO, 1.0, (MatchReason.SAME_EMAIL, MatchReason.SAME_NUMBER, MatchReason.SIMILAR_NAME)),
    ],
)
def test_match_should_be_suggested_with_its_reasons(
    other: PersonKeys, names_alike: float, reasons: tuple[MatchReason, ...] | None
) -> None:
    suggestion = suggest_match(JO, other, names_alike, FROM)
    assert (suggestion.reasons if suggestion else None) == reasons


def test_match_should_not_come_from_what_is_blank() -> None:
    blank = PersonKeys(frozenset({""}), frozenset({""}))
    assert suggest_match(blank, blank, 0.0, FROM) is None


def test_match_by_name_should_begin_where_the_council_says() -> None:
    assert suggest_match(JO, PersonKeys(), 0.9, 0.95) is None
    assert suggest_match(JO, PersonKeys(), 0.9, 0.7) is not None


def test_match_should_say_its_reasons_in_plain_words() -> None:
    def sentence(other: PersonKeys, names_alike: float) -> str:
        suggestion = suggest_match(JO, other, names_alike, FROM)
        assert suggestion is not None
        return suggestion.sentence

    assert sentence(JO, 1.0) == "The same email address, the same telephone number and a similar name."
    assert sentence(PersonKeys(), 0.9) == "A similar name. A name alone is never enough to merge."
    shared = "The same telephone number. The names differ, so this may be a shared one."
    assert sentence(PersonKeys(phones=JO.phones), 0.1) == shared


def test_match_should_put_the_stronger_reasons_first() -> None:
    ordered = [
        suggest_match(JO, JO, 1.0, FROM),
        suggest_match(JO, PersonKeys(emails=JO.emails), 1.0, FROM),
        suggest_match(JO, PersonKeys(phones=JO.phones), 0.9, FROM),
        suggest_match(JO, PersonKeys(), 1.0, FROM),
    ]
    scores = [suggestion.score for suggestion in ordered if suggestion is not None]
    assert len(scores) == 4
    assert scores == sorted(scores, reverse=True)


NAME_ONLY = suggest_match(JO, PersonKeys(), 1.0, FROM)
SAME_NUMBER = suggest_match(JO, PersonKeys(phones=JO.phones), 1.0, FROM)


@pytest.mark.parametrize(
    ("suggestion", "evidence", "confirmed_by", "code"),
    [
        (NAME_ONLY, "", None, "merge_by_name_alone"),
        (NAME_ONLY, " - ", "lee", "merge_by_name_alone"),
        (None, "", "lee", "merge_by_name_alone"),
        (NAME_ONLY, "Both letters came from 4 Mill Lane.", None, None),
        (NAME_ONLY, "Both letters came from 4 Mill Lane.", "lee", None),
        (None, "The person told us so on 3 May.", "lee", None),
        (SAME_NUMBER, "", None, None),
        (SAME_NUMBER, "", "lee", None),
        (SAME_NUMBER, "", "dana", "merge_same_colleague"),
        (NAME_ONLY, "Both letters came from 4 Mill Lane.", "dana", "merge_same_colleague"),
    ],
)
def test_merge_should_need_two_colleagues_and_more_than_a_name(
    suggestion: Suggestion | None, evidence: str, confirmed_by: str | None, code: str | None
) -> None:
    refusal = merge_refusal(suggestion, evidence, "dana", confirmed_by)
    assert (refusal.code if refusal else None) == code
