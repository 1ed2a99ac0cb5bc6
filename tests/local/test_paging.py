"""A form of two pages through the door: forward, back, errors kept with what was typed, and what is asked when."""

from __future__ import annotations

import pytest

from tests.local.desk import Desk
from tests.local.hall import Hall
from tests.local.visitor import Visitor

PLACE = {"form": "report", "context": "ctx", "nonce": "n-1"}
FIRST = {
    **PLACE,
    "page": "0",
    "f.person_name": "Sam O'Brien",
    "f.channel": "telephone",
    "f.happened_on": "2026-10-14",
    "f.what_happened": "He shouted.\nThen he left.",
}
SECOND = {**PLACE, "page": "1"}


@pytest.fixture
def desk(hall: Hall) -> Desk:
    """The hall's journey, for this test."""
    desk = Desk()
    hall.script = desk.answer
    return desk


async def test_form_should_go_on_to_the_next_page_and_be_sent_from_the_last(
    desk: Desk, visitor: Visitor
) -> None:
    await visitor.load()
    assert "Page 1 of 2" in (await visitor.say("/incident"))["html"]
    second = await visitor.fill_in(FIRST)
    assert second["kind"] == "form"
    assert "Page 2 of 2" in second["html"]
    sent = await visitor.fill_in({**SECOND, "f.target": "c-priya", "f.told": "yes"})
    assert (sent["kind"], sent["say"]) == ("reply", "Report received: INC-2026-0008")
    (report,) = desk.reports
    assert report["what_happened"] == "He shouted.\nThen he left."
    assert (report["target"], report["told"]) == (("c-priya",), True)


@pytest.mark.usefixtures("desk")
async def test_form_should_keep_both_pages_when_going_back_and_forth(visitor: Visitor) -> None:
    await visitor.load()
    await visitor.fill_in(FIRST)
    first = await visitor.fill_in({**SECOND, "f.target": "c-mary", "step": "back"})
    assert (first["kind"], "Page 1 of 2" in first["html"]) == ("form", True)
    assert 'value="Sam O&#39;Brien"' in first["html"]
    assert "He shouted.\nThen he left.</textarea>" in first["html"]
    second = await visitor.fill_in(FIRST)
    assert 'value="c-mary" checked' in second["html"]


async def test_form_should_keep_good_and_bad_answers_alike_when_one_is_wrong(
    desk: Desk, visitor: Visitor
) -> None:
    await visitor.load()
    long = "x" * 401
    wrong = await visitor.fill_in({**FIRST, "f.happened_on": "31/02/2026", "f.what_happened": long})
    assert wrong["kind"] == "errors"
    assert 'id="form-errors"' in wrong["html"]
    assert 'value="31/02/2026"' in wrong["html"]
    assert f"{long}</textarea>" in wrong["html"]
    assert 'value="Sam O&#39;Brien"' in wrong["html"]
    assert '<option value="telephone" selected>' in wrong["html"]
    assert wrong["html"].count('aria-invalid="true"') == 2
    assert desk.reports == []


@pytest.mark.parametrize(("example", "asked"), [("A2", True), ("A1", False)])
async def test_later_page_should_ask_only_what_the_earlier_answers_call_for(
    desk: Desk, visitor: Visitor, example: str, asked: bool
) -> None:
    await visitor.load()
    second = await visitor.fill_in({**FIRST, "f.examples": example})
    assert ('name="f.violence"' in second["html"]) is asked
    await visitor.fill_in({**SECOND, "f.violence": "A bruise."})
    assert ("violence" in desk.reports[0]) is asked


@pytest.mark.usefixtures("desk")
async def test_form_should_be_refused_when_the_token_is_not_the_pages(visitor: Visitor) -> None:
    await visitor.load()
    visitor.token = "0" * 64
    answer = await visitor.fill_in(FIRST)
    assert (answer["status"], answer["kind"]) == (403, "failed")
