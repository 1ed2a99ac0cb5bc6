"""The notice: a promise in writing, the day it counts, and what happens when it comes back (R26, R29-R32)."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers.letter_text import plain
from policy.calendars import LONDON
from tests.journeys.steps import agree, decide, notify, report, sign
from tests.town import Answer, Colleague, Seen, Town

CASE = "/incident case INC-2026-0001"
ADDRESS = "alex.marsden@example.com"


async def test_preview_should_be_exactly_what_is_kept(town: Town) -> None:
    await decide(town)
    preview = await _prepare(await town.colleague("Dana"))
    (notice,) = town.file().notices
    assert " ".join(plain(notice.text).split()) in preview.text
    for part in (
        "A fist was raised and a threat was made at the desk.",
        "Please contact the council only in writing.",
        "11.59pm on Wednesday 28 October 2026",
        "Write to: The Chief Officer, Sample Town Council",
        "Freedom of Information",
        "Dana Okoro",
    ):
        assert part in notice.text
    for inner in ("chief_officer", "restriction", "None", "version", "{", "offender"):
        assert inner not in notice.text


@pytest.mark.parametrize(
    ("method", "sent", "notified", "closes"),
    [
        ("email", "2026-10-14 16:29", "2026-10-14", "2026-10-28"),
        ("email", "2026-10-14 16:30", "2026-10-15", "2026-10-29"),
        ("hand", "2026-10-17 11:00", "2026-10-19", "2026-11-02"),
        ("first-class", "2026-10-14 10:00", "2026-10-16", "2026-10-30"),
        ("second-class", "2026-10-14 10:00", "2026-10-20", "2026-11-03"),
        ("email", "2026-12-24 17:00", "2026-12-29", "2027-01-12"),
        ("first-class", "2026-12-23 10:00", "2026-12-29", "2027-01-12"),
    ],
)
async def test_day_it_counts_should_follow_how_and_when_it_went(
    town: Town, method: str, sent: str, notified: str, closes: str
) -> None:
    await decide(town)
    at = datetime.fromisoformat(sent).replace(tzinfo=LONDON)
    town.clock.now = at.replace(hour=9, minute=0)
    dana = await town.colleague("Dana")
    where = ADDRESS if method == "email" else "1 High Street"
    expected = {"expected_on": f"{at:%Y-%m-%d}"}
    preview = await _prepare(dana, method=method, address=where, **expected)
    town.clock.now = at
    await _sent(dana, preview, sent_on=f"{at:%Y-%m-%d}", sent_at=f"{at:%H:%M}")
    found = town.record()
    assert found["notified_on"] == notified
    assert found["appeal_closes_at"].startswith(f"{closes}T23:59:59")


async def test_printed_date_should_be_kept_when_it_is_the_later_one(town: Town) -> None:
    await decide(town)
    dana = await town.colleague("Dana")
    preview = await _prepare(dana, expected_on="2026-10-21")
    assert "11.59pm on Wednesday 4 November 2026" in preview.text
    await _sent(dana, preview)
    found = town.record()
    assert found["notified_on"] == "2026-10-14"
    assert found["appeal_closes_at"].startswith("2026-11-04T23:59:59")


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"sent_on": "2026-10-15"}, "sent_on", "future"),
        ({"sent_on": "2026-10-14", "sent_at": "23:00"}, "sent_at", "future"),
        ({"sent_on": "2026-10-13"}, "sent_on", "can't be sent before"),
        ({"sent_on": ""}, "sent_on", "Fill in"),
        ({"sent_at": "25:99"}, "sent_at", "time of day"),
    ],
)
async def test_impossible_sending_should_be_refused_at_its_field(
    town: Town, answers: dict[str, Answer], field: str, said: str
) -> None:
    await decide(town)
    dana = await town.colleague("Dana")
    preview = await _prepare(dana)
    form = await dana.presses(preview.button("notice.send"))
    refused = await dana.fills(form, answers, strict=False)
    assert said in refused.errors[field]
    assert town.record()["notified_on"] is None


@pytest.mark.parametrize("day", ["2026-10-13", "2026-12-13"])
async def test_notice_should_leave_soon_and_not_in_the_past(town: Town, day: str) -> None:
    await decide(town)
    dana = await town.colleague("Dana")
    opened = await dana.types(CASE)
    form = await dana.presses(opened.button("notice.prepare"))
    refused = await dana.fills(form, {"method": "email", "expected_on": day}, strict=False)
    assert set(refused.errors) == {"expected_on"}


async def test_notice_that_came_back_should_stop_the_clock_and_the_restriction(town: Town) -> None:
    await decide(town)
    await notify(town)
    assert town.record()["restrictions"][0]["in_force"] is True
    dana, leila = await town.colleague("Dana"), await town.colleague("Leila")
    opened = await dana.types(CASE)
    await dana.presses(opened.button("notice.bounced"))
    back = town.record()
    assert (back["notified_on"], back["appeal_closes_at"]) == (None, None)
    assert back["restrictions"][0]["in_force"] is False
    assert any("came back" in one.text for one in await dana.room())
    assert "Not yet" in (await leila.room("councillors"))[0].text
    town.clock.pass_by(days=1)
    again = await _prepare(dana, method="hand", address="1 High Street", expected_on="2026-10-15")
    await _sent(dana, again)
    found = town.record()
    assert found["notified_on"] == "2026-10-15"
    assert found["restrictions"][0]["in_force"] is True
    assert [one["state"] for one in found["notices"]] == ["void", "sent"]


async def test_notice_should_be_sent_once(town: Town) -> None:
    await decide(town)
    dana = await town.colleague("Dana")
    preview = await _prepare(dana)
    await _sent(dana, preview)
    twice = await dana.presses(preview.button("notice.send"))
    if twice.kind == "form":
        twice = await dana.fills(twice, {}, strict=False)
        assert "sent already" in twice.errors[""]
    else:
        assert "sent already" in twice.text
    assert len(town.record()["notices"][0]["sent"]) == 1


async def test_warning_should_be_told_in_writing_too(town: Town) -> None:
    dana, margaret, leila = [await town.colleague(name) for name in ("Dana", "Margaret", "Leila")]
    await report(await town.colleague("Priya"))
    await sign(dana, finding="warning")
    await agree(margaret)
    preview = await _prepare(dana)
    assert "This is a warning." in preview.text
    assert "How to appeal" in preview.text
    await _sent(dana, preview)
    (notice,) = await leila.room("councillors")
    assert "A warning" in notice.text
    assert "Marsden" not in notice.text
    assert town.record()["restrictions"] == []


async def _prepare(dana: Colleague, **answers: Answer) -> Seen:
    opened = await dana.types(CASE)
    form = await dana.presses(opened.button("notice.prepare"))
    return await dana.fills(form, {"method": "email", "address": ADDRESS, **answers})


async def _sent(dana: Colleague, preview: Seen, **answers: Answer) -> Seen:
    return await dana.fills(await dana.presses(preview.button("notice.send")), answers)
