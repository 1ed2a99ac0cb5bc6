"""What a proposal must answer before it can be put to anybody (R21-R24), and where its notice may go (R29)."""

from __future__ import annotations

import pytest

from tests.journeys.steps import PROPOSAL, agree, decide, report, sign
from tests.town import Answer, Colleague, Seen, Town


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"writing_hard": "yes"}, "alternative", "finds writing hard"),
        ({"measures": ["C4"]}, "detail", ""),
        ({"measures": ["C5"]}, "c5_answer", ""),
        ({"measures": ["C7"]}, "c7_times", ""),
        ({"measures": ["C8"]}, "contact", ""),
        ({"measures": ["C9"]}, "c9_issue", ""),
        (
            {"measures": ["C11"], "scope": "one_service", "scope_detail": "allotments"},
            "c11_reason",
            "exceptional",
        ),
        ({"scope": "one_service"}, "scope_detail", "Name the service"),
        ({"ends_on": "2027-12-01"}, "ends_on", "12 months"),
        ({"ends_on": "2026-10-01"}, "ends_on", ""),
        ({"duration": "permanent", "review_on": "2027-10-01"}, "review_on", "6 months"),
        ({"case_against": ""}, "case_against", "Fill in"),
        ({"adjustments": ""}, "adjustments", "Fill in"),
    ],
)
async def test_proposal_should_be_refused_at_the_field(
    town: Town, answers: dict[str, Answer], field: str, said: str
) -> None:
    dana = await _ready(town)
    wrong = await _proposes(dana, answers)
    assert wrong.kind == "errors", wrong.text
    assert said in wrong.errors.get(field, ""), wrong.errors
    assert field in wrong.errors
    assert town.record()["proposals"] == []


async def test_other_way_should_be_printed_when_writing_is_hard(town: Town) -> None:
    dana = await _ready(town)
    other = "Sam Whitfield takes down what you say, Tuesdays at 10am, on 01632 960100"
    done = await _proposes(dana, {"writing_hard": "yes", "alternative": other})
    assert done.kind == "reply", done.errors
    assert "Sam Whitfield takes down" in (await dana.types("/incident case INC-2026-0001")).text


async def test_emailed_notice_should_go_to_one_address(town: Town) -> None:
    await decide(town)
    dana = await town.colleague("Dana")
    opened = await dana.types("/incident case INC-2026-0001")
    form = await dana.presses(opened.button("notice.prepare"))
    assert form.fields["address"] == ["alex.marsden@example.com"]
    for wrong in ("01632 960123", "alex@example.com, jo@example.com", "the High Street"):
        refused = await dana.fills(form, {"method": "email", "address": wrong}, strict=False)
        assert refused.errors == {
            "address": "Give one email address and nothing else, such as name@example.org."
        }
        assert refused.fields["address"] == [wrong]
    preview = await dana.fills(form, {"method": "hand", "address": "1 High Street"})
    assert "1 High Street" in preview.text


async def _ready(town: Town) -> Colleague:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"))
    await sign(dana)
    await agree(await town.colleague("Margaret"))
    return dana


async def _proposes(dana: Colleague, answers: dict[str, Answer]) -> Seen:
    form = await dana.presses((await dana.latest()).button("proposal.draft"))
    return await dana.fills(form, {**PROPOSAL, **answers}, strict=False)
