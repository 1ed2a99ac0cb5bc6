"""R21, R27, R29: every measure says something, to whom it should, and never the story."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.catalogue import Contact, Measure, Proposed, Route, Scope
from policy.restriction_words import (
    NEVER_CLOSED,
    access_left_words,
    case_for_words,
    guidance,
    notice_sentences,
    routes_words,
    scope_words,
)

STORY = ("story-answer", "story-counts", "story-reason", "story-why", "story-for", "story-against")
FULL = Proposed(
    scope=Scope.WHOLE_COUNCIL,
    detail="Please bring one companion to every visit.",
    contact=Contact("sam", "Sam Patel", True, True),
    c2_contact=Contact("ali", "Ali Khan", True, True),
    c5_answer=STORY[0],
    c7_times="Tuesdays, 10am to noon.",
    c9_issue="the hedge at 4 Mill Lane.",
    c10_counts=STORY[1],
    c11_reason=STORY[2],
    other_why=STORY[3],
    case_for=STORY[4],
    case_against=STORY[5],
)


@pytest.mark.parametrize("measure", list(Measure))
def test_every_measure_should_have_words_for_the_person_and_for_colleagues(measure: Measure) -> None:
    proposed = replace(FULL, measures=frozenset({measure}))
    said = notice_sentences(proposed)
    helped = guidance(proposed)
    assert len(said) == 2
    assert len(helped.to_do) == len(helped.to_say) == 1
    everything = " ".join([*said, *helped.to_do, *helped.to_say])
    assert "{" not in everything
    assert ".." not in everything
    assert "the person" not in " ".join(said).lower()


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        (Measure.C2, "Ali Khan"),
        (Measure.C5, "story-answer"),
        (Measure.C6, "bring one companion"),
        (Measure.C7, "Tuesdays, 10am to noon"),
        (Measure.C8, "Sam Patel"),
        (Measure.C9, "the hedge at 4 Mill Lane"),
        (Measure.C10, "story-counts"),
        (Measure.C11, "story-reason"),
        (Measure.C12, "bring one companion"),
    ],
)
def test_notice_should_print_what_the_measure_needs(measure: Measure, told: str) -> None:
    assert told in notice_sentences(replace(FULL, measures=frozenset({measure})))[1]


@given(st.frozensets(st.sampled_from(list(Measure)), min_size=1))
def test_guidance_should_never_tell_the_story(measures: frozenset[Measure]) -> None:
    helped = guidance(replace(FULL, measures=measures))
    everything = " ".join([helped.scope, *helped.to_do, *helped.to_say, *helped.always])
    assert not any(story in everything for story in STORY)
    assert NEVER_CLOSED in everything


def test_words_typed_with_braces_should_be_left_alone() -> None:
    proposed = replace(FULL, measures=frozenset({Measure.C7}), c7_times="{contact} {0} {")
    assert "{contact} {0} {" in notice_sentences(proposed)[1]
    assert "{contact} {0} {" in guidance(proposed).to_do[0]


@pytest.mark.parametrize(
    ("detail", "verb"), [("clerk@town.example", "write to clerk@"), ("01900 702986", "call 01900")]
)
def test_one_address_should_be_told_with_its_verb(detail: str, verb: str) -> None:
    proposed = replace(FULL, measures=frozenset({Measure.C4}), detail=detail)
    assert verb in guidance(proposed).to_say[0]
    assert detail in notice_sentences(proposed)[1]


def test_the_same_free_words_should_be_printed_once() -> None:
    proposed = replace(FULL, measures=frozenset({Measure.C6, Measure.C12}))
    assert notice_sentences(proposed).count(FULL.detail) == 1


def test_blocking_should_name_what_is_blocked_and_what_is_open() -> None:
    emails = replace(FULL, measures=frozenset({Measure.C10}), c10_blocks=frozenset({Route.EMAIL}))
    assert "your emails, because" in notice_sentences(emails)[1]
    said = guidance(emails).to_say[0]
    assert "Your emails are blocked." in said
    assert "by letter, web form, telephone, visit or social media" in said


@pytest.mark.parametrize(
    ("scope", "detail", "expected"),
    [
        (Scope.ONE_ISSUE, "", "This covers the person’s contact about one issue: the matter of this case."),
        (Scope.ONE_ISSUE, "The hedge.", "This covers the person’s contact about one issue: The hedge."),
        (Scope.ONE_SERVICE, "Allotments", "This covers the person’s contact with one service: Allotments."),
        (Scope.WHOLE_COUNCIL, "", "This covers all the person’s contact with the council."),
    ],
)
def test_scope_should_be_said_in_one_sentence(scope: Scope, detail: str, expected: str) -> None:
    assert scope_words(Proposed(scope=scope, scope_detail=detail)) == expected


def test_scope_should_be_said_to_the_person_as_you() -> None:
    assert scope_words(FULL, to_person=True) == "This covers all your contact with the council."


def test_access_left_should_be_drafted_from_the_open_routes() -> None:
    proposed = replace(
        FULL,
        measures=frozenset({Measure.C1, Measure.C8}),
        scope=Scope.ONE_ISSUE,
        alternative="Sam takes it down on Tuesdays.",
    )
    assert access_left_words(proposed) == (
        "The person can still reach the council by letter, email or web form. "
        "Contact goes through Sam Patel. "
        "Without writing they can use: Sam takes it down on Tuesdays. "
        "This covers the person’s contact about one issue: the matter of this case. "
        f"Contact about anything else is not limited. These are never closed: {NEVER_CLOSED}."
    )


def test_access_left_should_name_the_never_closed_routes_when_nothing_else_is_open() -> None:
    refused = Proposed(frozenset({Measure.C11}), scope=Scope.WHOLE_COUNCIL)
    assert access_left_words(refused) == f"These are never closed: {NEVER_CLOSED}."


def test_alternative_should_reach_the_person_and_the_colleague() -> None:
    proposed = replace(FULL, measures=frozenset({Measure.C1}), alternative="call Sam on Tuesdays")
    assert notice_sentences(proposed)[-1] == "You can also reach us this way: call Sam on Tuesdays."
    assert guidance(proposed).to_do[-1].endswith("call Sam on Tuesdays.")


def test_case_for_should_be_drafted_from_both_findings() -> None:
    assert case_for_words([" Threats. ", "It went on.", " ", "Threats."]) == "Threats.\n\nIt went on."


@pytest.mark.parametrize(
    ("routes", "words"),
    [
        ([], ""),
        ([Route.LETTER], "letter"),
        ([Route.LETTER, Route.EMAIL], "letter or email"),
        ([Route.LETTER, Route.EMAIL, Route.WEB_FORM], "letter, email or web form"),
    ],
)
def test_routes_should_read_as_a_list(routes: list[Route], words: str) -> None:
    assert routes_words(routes) == words
