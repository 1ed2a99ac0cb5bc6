"""Forms: each field's control, what was typed kept beside its error, and what comes back from the browser."""

from __future__ import annotations

import pytest

from bot.local.forms import Control, FormPage, form_page, submission
from bot.local.pages import Pages
from handlers import chat
from tests.local.hall import REPORT

PAGES = Pages("Ambleford Town Council", [("/incident", "Report")], "/static")
SEVEN = tuple(chat.Option(str(n), f"Answer {n}") for n in range(7))


def one_field(field: chat.AnyField, values: chat.FormValues | None = None) -> FormPage:
    form = chat.Form("f", "A form", (chat.Page((field,)),), nonce="n")
    return form_page(chat.OpenForm(form, 0, values or {}))


@pytest.mark.parametrize(
    ("field", "control"),
    [
        (chat.TextField(name="a", label="A"), "text"),
        (chat.LongText(name="a", label="A"), "long"),
        (chat.Choice(name="a", label="A", options=SEVEN[:6]), "radios"),
        (chat.Choice(name="a", label="A", options=SEVEN), "select"),
        (chat.Choice(name="a", label="A", options=(*SEVEN, chat.Option("h", "H", "Hint"))), "radios"),
        (chat.Choices(name="a", label="A", options=SEVEN), "checkboxes"),
        (chat.Person(name="a", label="A", options=SEVEN), "select"),
        (chat.Person(name="a", label="A", options=SEVEN, several=True), "checkboxes"),
        (chat.Checkbox(name="a", label="A"), "tick"),
        (chat.Date(name="a", label="A"), "date"),
        (chat.Time(name="a", label="A"), "time"),
    ],
)
def test_field_should_have_the_control_that_suits_it(field: chat.AnyField, control: Control) -> None:
    assert one_field(field).inputs[0].control == control


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (chat.Date(name="a", label="A"), "31/02/2026"),
        (chat.Date(name="a", label="A"), "20261-01-01"),
        (chat.Time(name="a", label="A"), "half past"),
        (chat.TextField(name="a", label="A"), '"><b>'),
        (chat.LongText(name="a", label="A"), "\nline one\n</textarea>"),
    ],
)
def test_value_should_be_kept_in_sight_when_it_is_not_a_good_one(field: chat.AnyField, typed: str) -> None:
    page = one_field(field, {"a": typed})
    html = PAGES.form(chat.OpenForm(page.form, 0, {"a": typed}))
    escaped = typed.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
    assert page.inputs[0].control in ("text", "long")
    assert f'value="{escaped}"' in html or f">\n{escaped}</textarea>" in html


def test_choice_should_offer_no_answer_when_it_is_not_required() -> None:
    free = one_field(chat.Choice(name="a", label="A", options=SEVEN[:2])).inputs[0]
    must = one_field(chat.Choice(name="a", label="A", options=SEVEN[:2], required=True)).inputs[0]
    assert [one.value for one in free.options] == ["", "0", "1"]
    assert free.chosen == {""}
    assert [one.value for one in must.options] == ["0", "1"]


def test_field_should_start_with_its_initial_value_until_something_was_typed() -> None:
    field = chat.TextField(name="a", label="A", initial="Before")
    assert one_field(field).inputs[0].value == "Before"
    assert one_field(field, {"a": ""}).inputs[0].value == ""


def test_chosen_answers_should_stay_ticked_when_the_page_comes_back() -> None:
    html = PAGES.form(
        chat.OpenForm(REPORT, 0, {"examples": ("A2",), "person_is": "yes", "channel": "letter"})
    )
    assert 'value="A2" checked' in html
    assert 'value="A1" checked' not in html
    assert 'value="yes" checked' in html
    assert '<option value="letter" selected>' in html


def test_field_should_be_left_out_when_an_earlier_answer_does_not_ask_for_it() -> None:
    asked = form_page(chat.OpenForm(REPORT, 1, {"examples": ("A2",)}))
    not_asked = form_page(chat.OpenForm(REPORT, 1, {"examples": ()}))
    assert "f.violence" in [one.name for one in asked.inputs]
    assert "f.violence" not in [one.name for one in not_asked.inputs]


def test_pages_should_be_counted_and_lead_both_ways() -> None:
    first, second = (form_page(chat.OpenForm(REPORT, page)) for page in (0, 1))
    assert (first.number, first.of, first.can_go_back, first.is_last) == (1, 2, False, False)
    assert (second.number, second.of, second.can_go_back, second.is_last) == (2, 2, True, True)
    assert 'data-step="back"' not in PAGES.form(chat.OpenForm(REPORT, 0))
    assert "Send the report" in PAGES.form(chat.OpenForm(REPORT, 1))


def test_page_should_be_the_last_when_no_later_page_can_ask_anything() -> None:
    more = chat.Page((chat.TextField(name="b", label="B", show_if=chat.ShowIf("a", ("yes",))),))
    form = chat.Form("f", "F", (chat.Page((chat.TextField(name="a", label="A"),)), chat.Page(()), more))
    assert not form_page(chat.OpenForm(form, 0)).is_last  # the answer is still to come
    assert form_page(chat.OpenForm(form, 1, {"a": "no"})).is_last
    assert not form_page(chat.OpenForm(form, 1, {"a": "yes"})).is_last


def test_error_should_stand_at_its_field_and_in_the_summary() -> None:
    errors = {"what_happened": "Fill in “What happened”.", "channel": "Choose one.", "": "Not now."}
    html = PAGES.form(chat.FieldErrors(REPORT, 0, {"person_name": "Sam"}, errors))
    assert '<a href="#f-what_happened">Fill in “What happened”.</a>' in html
    assert '<a href="#f-channel">Choose one.</a>' in html
    assert "<li>Not now.</li>" in html
    assert 'aria-describedby="f-what_happened-error f-what_happened-limit" aria-invalid="true"' in html
    assert '<p class="error" id="f-what_happened-error">' in html
    assert 'value="Sam"' in html


def test_error_should_still_be_said_when_its_field_is_on_another_page() -> None:
    page = form_page(chat.FieldErrors(REPORT, 1, {}, {"person_name": "Too long."}))
    assert page.errors == (("", "Too long."),)


def test_error_of_a_group_should_lead_to_its_first_answer() -> None:
    html = PAGES.form(chat.FieldErrors(REPORT, 0, {}, {"examples": "Choose."}))
    assert 'href="#f-examples-0"' in html
    assert 'id="f-examples-0"' in html


def test_required_should_be_said_in_words() -> None:
    html = PAGES.form(chat.OpenForm(REPORT, 0))
    assert 'How did it happen? <span class="must">required</span>' in html
    assert "Who was it?</label>" in html


def test_submission_should_hold_exactly_what_was_typed() -> None:
    posted = {
        "form": ["report"],
        "context": ["c:1"],
        "nonce": ["n-1"],
        "page": ["1"],
        "step": ["back"],
        "f.person_name": ["  Sam  "],
        "f.examples": ["A1", "A2"],
        "f.form": ["not the form's id"],
        "other": ["ignored"],
    }
    assert submission(posted) == chat.Submission(
        form="report",
        context="c:1",
        nonce="n-1",
        page=1,
        raw={"person_name": "  Sam  ", "examples": ["A1", "A2"], "form": "not the form's id"},
        step="back",
    )


@pytest.mark.parametrize(
    "posted", [{}, {"form": ["report"]}, {"form": ["report"], "page": ["-1"]}, {"page": ["0"]}]
)
def test_submission_should_be_none_when_it_is_no_page_of_a_form(posted: dict[str, list[str]]) -> None:
    assert submission(posted) is None


def test_submission_should_send_the_page_when_the_step_is_unknown() -> None:
    sent = submission({"form": ["report"], "page": ["0"], "step": ["jump"]})
    assert sent is not None
    assert sent.step == "submit"
