"""Forms as dialogs: everything typed is kept, errors stand at their fields, and what comes back is what was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.dialogs import chosen_users, dialog, form_card, submission
from handlers.chat import (
    AnyField,
    Callout,
    Card,
    Checkbox,
    Choice,
    Choices,
    Date,
    FieldErrors,
    Form,
    FormValue,
    FormValues,
    LongText,
    OpenForm,
    Option,
    Page,
    Person,
    Refuse,
    Replace,
    Reply,
    ShowIf,
    Text,
    TextField,
    Time,
)
from handlers.forms import read_page
from tests.teams.test_cards import ARABIC, PING, WORST
from tests.teams.validators import KB, buttons, check_card, inputs, words

YES_NO = (Option("yes", "Yes"), Option("no", "No", "Nothing more is asked"))
MANY = tuple(Option(f"v{n}", f"Answer {n}") for n in range(30))
PEOPLE = (Option("p1", "Dana Okoro"), Option("p2", "Sam Hall"))
FIRST: tuple[AnyField, ...] = (
    TextField(name="person_name", label="Who", required=True, hint="Or “unknown”", autocomplete="email"),
    LongText(name="what_happened", label="What happened", required=True),
    Choice(name="warning", label="Warned?", options=YES_NO, required=True),
    Choice(name="channel", label="How", options=MANY),
    Choices(name="examples", label="Which", options=MANY[:4]),
    Date(name="happened_on", label="When", required=True),
    Time(name="happened_at", label="At"),
    Person(name="target", label="Who was it said to", options=PEOPLE),
    Person(name="witnesses", label="Who heard it", options=PEOPLE, several=True),
    Person(name="officer", label="Officer", options=(), anyone=True),
    Checkbox(name="injury", label="Somebody was hurt"),
)
SECOND: tuple[AnyField, ...] = (
    LongText(name="warning_words", label="The words", show_if=ShowIf("warning", ("yes",))),
    TextField(name="place", label="Where"),
)
FORM = Form(
    "report",
    "Report an incident",
    (
        Page(FIRST, "What happened", (Text("Only what you know."), Callout("Ring 999 first.", "urgent"))),
        Page(SECOND),
    ),
    submit="Send the report",
    context="case-1:2",
    nonce="n-1",
)
TYPED: dict[str, FormValue] = {
    "person_name": "A. Marsden",
    "what_happened": PING,
    "warning": "yes",
    "channel": "v7",
    "examples": ("v1", "v3"),
    "happened_on": "2026-10-14",
    "happened_at": "16:30",
    "target": "p1",
    "witnesses": ("p1", "p2"),
    "officer": "account:aad-1",
    "injury": True,
}


def sent(content: dict[str, Any], title: str, **typed: str) -> dict[str, object]:
    """What Teams sends: the button's data beside what every input holds."""
    (data,) = [one["data"] for one in buttons(content) if one["title"] == title]
    held = {name: one["value"] for name, one in inputs(content).items() if "value" in one}
    return {**held, **typed, **data}


def test_dialog_should_bring_back_exactly_what_was_typed() -> None:
    content = form_card(OpenForm(FORM, 0, TYPED))
    check_card(content)
    back = submission(sent(content, "Next"))
    assert back is not None
    assert (back.form, back.context, back.nonce, back.page, back.step) == (
        "report",
        "case-1:2",
        "n-1",
        0,
        "submit",
    )
    reading = read_page(FORM, 0, back.raw, {})
    assert reading.errors == {}
    assert reading.values == TYPED


def test_dialog_with_nothing_typed_should_bring_back_nothing() -> None:
    back = submission(sent(form_card(OpenForm(FORM)), "Next"))
    assert back is not None
    values = read_page(FORM, 0, back.raw, {}).values
    assert set(values.values()) == {"", (), False}


def test_answers_should_be_taken_back_when_none_is_needed() -> None:
    content = form_card(OpenForm(FORM, 0, TYPED))
    assert [one["title"] for one in inputs(content)["channel"]["choices"]][-1] == "No answer"
    assert "No answer" not in [one["title"] for one in inputs(content)["warning"]["choices"]]
    back = submission(sent(content, "Next", channel="form.none", examples="", witnesses=""))
    assert back is not None
    assert (back.raw["channel"], back.raw["examples"], back.raw["witnesses"]) == ("", [], [])


def test_errors_should_stand_on_top_and_at_their_fields_with_all_that_was_typed() -> None:
    errors = {
        "happened_on": "“When” must be a real date.",
        "": "This was changed meanwhile.",
        "place": "Too long.",
    }
    content = form_card(FieldErrors(FORM, 0, TYPED, errors))
    check_card(content)
    shown = words(content)
    assert shown.startswith(
        "There is a problem • “When” must be a real date. • This was changed meanwhile. • Too long."
    )
    at = next(number for number, one in enumerate(content["body"]) if one.get("id") == "happened_on")
    assert words({"body": [content["body"][at - 1]]}) == "Error:  “When” must be a real date."
    kept = submission(sent(content, "Next"))
    assert kept is not None
    assert read_page(FORM, 0, kept.raw, {}).values == TYPED


def test_later_page_should_go_back_with_what_is_typed_there() -> None:
    content = form_card(OpenForm(FORM, 1, TYPED))
    check_card(content)
    assert list(inputs(content)) == ["warning_words", "place"]
    assert [one["title"] for one in buttons(content)] == ["Send the report", "Back"]
    back = submission(sent(content, "Back", place="The office"))
    assert back is not None
    assert (back.step, back.page, back.raw["place"]) == ("back", 1, "The office")
    assert all("associatedInputs" not in one for one in buttons(content))
    assert all(not one.get("isRequired") for one in inputs(content).values())


def test_field_should_be_asked_only_when_an_earlier_answer_shows_it() -> None:
    content = form_card(OpenForm(FORM, 1, TYPED | {"warning": "no"}))
    assert list(inputs(content)) == ["place"]


def test_required_fields_and_hints_should_be_said_in_words() -> None:
    content = form_card(OpenForm(FORM))
    assert inputs(content)["person_name"]["label"] == "Who (required)\nOr “unknown”"
    assert inputs(content)["happened_at"]["label"] == "At"
    assert "maxLength" not in str(content), "a client would cut what is pasted"


def test_picker_of_people_should_give_accounts() -> None:
    content = form_card(OpenForm(FORM))
    assert inputs(content)["officer"]["choices.data"] == {
        "type": "Data.Query",
        "dataset": "graph.microsoft.com/users",
    }
    data = sent(content, "Next", officer="aad-7")
    back = submission(data)
    assert back is not None
    assert back.raw["officer"] == "account:aad-7"
    assert chosen_users(data) == ("aad-7",)
    assert chosen_users({"form": "x"}) == ()


def test_question_without_answers_should_be_no_input() -> None:
    form = Form(
        "x", "X", (Page((Choice(name="a", label="Which case", options=()), TextField(name="b", label="B"))),)
    )
    content = form_card(OpenForm(form))
    check_card(content)
    assert list(inputs(content)) == ["b"]
    assert "Which case\nThere is nothing to choose from yet." in words(content)


@pytest.mark.parametrize("text", WORST.values(), ids=WORST.keys())
def test_worst_words_should_be_kept_in_a_dialog(text: str) -> None:
    values = TYPED | {"what_happened": text, "person_name": text}
    content = form_card(FieldErrors(FORM, 0, values, {"person_name": f"“{text[:200]}” is no name."}))
    check_card(content, limit=80 * KB)
    back = submission(sent(content, "Next"))
    assert back is not None
    assert back.raw.get("what_happened", "") == text
    assert back.raw.get("person_name", "") == text


@given(st.text(max_size=200), st.text(max_size=50))
def test_any_typed_words_should_come_back(story: str, who: str) -> None:
    content = form_card(OpenForm(FORM, 0, {"what_happened": story, "person_name": who}))
    check_card(content)
    back = submission(sent(content, "Next"))
    assert back is not None
    assert back.raw.get("what_happened", "") == story
    assert back.raw.get("person_name", "") == who


@pytest.mark.parametrize("value", ["", "a,b", "form.none"])
def test_answer_should_be_refused_when_it_would_come_back_as_another(value: str) -> None:
    field = Choice(name="a", label="A", options=(Option(value, "A"),))
    with pytest.raises(ValueError, match="can't carry the answer"):
        form_card(OpenForm(Form("x", "X", (Page((field,)),))))


@pytest.mark.parametrize("name", ["form", "nonce", "several", "msteams"])
def test_field_should_be_refused_when_it_bears_a_name_of_the_dialog(name: str) -> None:
    with pytest.raises(ValueError, match="can't carry a field"):
        form_card(OpenForm(Form("x", "X", (Page((TextField(name=name, label="A"),)),))))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"form": 1, "page": 0},
        {"form": "x"},
        {"form": "x", "page": "0"},
        {"form": "", "page": 0},
        {"page": 1},
    ],
    ids=str,
)
def test_submission_should_take_nothing_that_is_no_form(data: dict[str, object]) -> None:
    assert submission(data) is None


def test_forged_data_should_be_read_and_judged_by_the_form() -> None:
    forged: dict[str, object] = {
        "form": "report",
        "page": 0,
        "context": 7,
        "nonce": None,
        "step": "approve",
        "several": 3,
        "people": "officer",
        "officer": "x",
        "warning": "maybe",
        "what_happened": {"a": 1},
        "injury": ["yes"],
    }
    back = submission(forged)
    assert back is not None
    assert (back.context, back.nonce, back.step) == ("", "", "submit")
    errors = read_page(FORM, 0, back.raw, {}).errors
    assert set(errors) == {"person_name", "what_happened", "warning", "happened_on"}


def test_any_answer_should_be_a_dialog() -> None:
    card = Card("INC-2026-0001: awaiting", (Text("Words"),))
    for answer, title in (
        (OpenForm(FORM), "Report an incident"),
        (FieldErrors(FORM, 0, TYPED, {"": "No."}), "Report an incident"),
        (Reply(card), card.title),
        (Replace(card), card.title),
        (Refuse("Only the Chair may do this."), "Civility"),
    ):
        made = dialog(answer)
        check_card(made["card"]["content"], limit=80 * KB)
        assert made["title"] == title
        assert made["card"]["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert len(dialog(Reply(replace(card, title="Long " * 40)))["title"]) <= 64
    assert "Only the Chair may do this." in words(
        dialog(Refuse("Only the Chair may do this."))["card"]["content"]
    )


def test_right_to_left_words_should_stand_alone_in_their_field() -> None:
    values: FormValues = {"what_happened": ARABIC}
    assert inputs(form_card(OpenForm(FORM, 0, values)))["what_happened"]["value"] == ARABIC
