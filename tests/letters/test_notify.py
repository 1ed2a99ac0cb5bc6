"""A letter's whole life at GOV.UK Notify, against one that speaks its protocol (R30)."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from pypdf import PdfReader

from storage.records_files import Posting
from tests.fakes.notify import FakeNotify, open_notify
from tests.journeys.steps import PROPOSAL, decide, report
from tests.letters.by_notify import TOKEN, settings
from tests.town import Answer, Seen, Town, open_town

CASE = "/incident case INC-2026-0001"
EMAIL: dict[str, Answer] = {"method": "email", "address": "alex.marsden@example.com"}
POST: dict[str, Answer] = {"method": "first-class", "address": "1 High Street\nAmbleford\nCA14 2ED"}


@dataclass
class Office:
    """A town whose letters go by the fake."""

    town: Town
    notify: FakeNotify

    async def hand_over(self, how: dict[str, Answer]) -> Seen:
        """Decide a case, write its notice and press "Send by GOV.UK Notify"."""
        await decide(self.town)
        return await self.send_again(how)

    async def send_again(self, how: dict[str, Answer]) -> Seen:
        """Write the notice (once more) and press the button."""
        dana = await self.town.colleague("Dana")
        form = await dana.presses((await dana.types(CASE)).button("notice.prepare"))
        preview = await dana.fills(form, how)
        answer = await dana.presses(preview.button("notice.notify"))
        await self.town.deliver()
        self.town.clock.pass_by(seconds=10)  # a letter waits until its PDF is made
        await self.town.deliver()
        return answer

    async def says(self, body: Any, token: str = f"Bearer {TOKEN}") -> int:
        """Notify calls back."""
        dana = await self.town.colleague("Dana")
        answer = await dana.visitor.client.post(
            "/notify/callback", json=body, headers={"Authorization": token}
        )
        return answer.status

    def postings(self) -> tuple[Posting, ...]:
        """Every attempt for the newest notice."""
        notice = self.town.file().notices[-1]
        with self.town.civility.store.read(self.town.council_id) as uow:
            return uow.postings.of_notice(notice.id)

    async def dana_reads(self) -> str:
        """Everything in the chief officer's private room."""
        return " ".join(one.text for one in await (await self.town.colleague("Dana")).room())


@pytest_asyncio.fixture
async def office(database_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    """A town with Notify set up for e-mail and letters."""
    async with open_notify() as notify, open_town(database_url, tmp_path, **settings(notify)) as town:
        yield Office(town, notify)


async def test_email_should_start_the_clock_when_it_is_delivered(office: Office) -> None:
    answer = await office.hand_over(EMAIL)
    assert "handed to GOV.UK Notify" in answer.text
    (held,) = office.notify.held
    assert held["email_address"] == "alex.marsden@example.com"
    assert held["personalisation"]["subject"] == "Limits on your contact with the council (INC-2026-0001)"
    assert "## Why we consider the behaviour unacceptable" in held["personalisation"]["body"]
    assert held["reference"] == office.postings()[0].id
    for personal in ("Marsden", "INC-2026", "alex"):
        assert personal not in held["reference"]
    before = office.town.record()
    assert (before["notified_on"], before["notices"][0]["state"]) == (None, "ready")
    office.town.clock.go(datetime(2026, 10, 14, 17, 0))  # noqa: DTZ001 - the clock on the wall
    assert await office.says(office.notify.becomes("delivered", "2026-10-14T15:29:00.000000Z")) == 204
    after = office.town.record()
    assert after["notified_on"] == "2026-10-14"  # 16:29 in London
    assert after["restrictions"][0]["in_force"] is True
    assert [p.state for p in office.postings()] == ["received"]
    dispatch = office.town.file().dispatches[office.town.file().notices[0].id][0]
    assert f"{dispatch.sent_local:%H:%M}" == "16:29"


async def test_letter_should_count_from_the_day_it_was_printed_and_posted(office: Office) -> None:
    await office.hand_over(POST)
    (held,) = office.notify.held
    assert (held["type"], held["postage"]) == ("letter", "first")
    page = PdfReader(io.BytesIO(held["pdf"])).pages[0]
    assert "1 High Street" in page.extract_text()
    found: dict[str, tuple[float, float]] = {}

    def seen(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip():
            across, up = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.setdefault(text.strip(), (across / 72 * 25.4, 297 - up / 72 * 25.4))

    page.extract_text(visitor_text=seen)
    across, down = next(at for words, at in found.items() if words.startswith("1 High Street"))
    assert 24.6 <= across <= 120
    assert 39.5 <= down <= 66.3
    # No callbacks for letters: it is asked, each six hours.
    office.notify.becomes("received", "2026-10-15T16:40:00.000000Z")
    office.town.clock.pass_by(hours=5)
    await office.town.deliver()
    assert office.town.record()["notified_on"] is None
    office.town.clock.pass_by(hours=5, days=1)
    await office.town.deliver()
    after = office.town.record()
    assert after["notified_on"] == "2026-10-19"  # posted on Thursday, first class: Saturday, so Monday
    assert after["notices"][0]["sent"][0]["at"].startswith("2026-10-15T17:40")


@pytest.mark.parametrize(
    ("how", "status"),
    [(EMAIL, "permanent-failure"), (POST, "permanent-failure"), (POST, "validation-failed")],
)
async def test_failure_should_void_the_letter_and_ask_for_another_way(
    office: Office, how: dict[str, Answer], status: str
) -> None:
    await office.hand_over(how)
    assert await office.says(office.notify.becomes(status, "2026-10-14T10:00:00.000000Z")) == 204
    found = office.town.record()
    assert (found["notified_on"], found["notices"][0]["state"]) == (None, "void")
    assert "Find another way" in await office.dana_reads()
    await office.send_again({"method": "hand", "address": "1 High Street"} | how)
    assert [n["state"] for n in office.town.record()["notices"]] == ["void", "ready"]


async def test_letter_that_comes_back_later_should_stop_the_clock(office: Office) -> None:
    await office.hand_over(POST)
    await office.says(office.notify.becomes("received", "2026-10-14T10:00:00.000000Z"))
    assert office.town.record()["notified_on"] == "2026-10-16"
    one = office.notify.held[0]
    back = {"notification_id": one["id"], "reference": one["reference"], "sent_by": "x", "template_name": "y"}
    assert await office.says(back) == 204
    found = office.town.record()
    assert (found["notified_on"], found["notices"][0]["state"]) == (None, "void")
    assert found["restrictions"][0]["in_force"] is False
    assert "Find another way" in await office.dana_reads()


async def test_word_of_one_copy_should_not_void_another(office: Office) -> None:
    await office.hand_over(POST)
    await office.says(office.notify.becomes("received", "2026-10-14T10:00:00.000000Z"))
    one = office.notify.held[0]
    back = {"notification_id": one["id"], "reference": one["reference"], "sent_by": "x", "template_name": "y"}
    dana = await office.town.colleague("Dana")
    office.town.clock.pass_by(days=1)
    form = await dana.presses((await dana.types(CASE)).button("notice.again"))
    await dana.fills(form, {"method": "hand", "address": "1 High Street"})
    for _ in range(3):  # it comes back, and Notify says so more than once
        assert await office.says(back) == 204
    found = office.town.record()
    assert (found["notified_on"], found["notices"][0]["state"]) == ("2026-10-15", "sent")
    assert [bool(copy["returned_at"]) for copy in found["notices"][0]["sent"]] == [True, False]
    assert len(office.town.log("notice.bounced")) == 1


async def test_letter_whose_decision_is_over_should_not_be_handed_over_any_more(office: Office) -> None:
    dana = await office.town.colleague("Dana")
    await report(await office.town.colleague("Priya"))
    form = await dana.presses((await dana.types(CASE)).button("interim.impose"))
    await dana.fills(form, {**PROPOSAL, "case_for": "A threat was made at the desk."})
    office.notify.failures = [(503, "x")]
    await office.send_again(EMAIL)
    office.town.clock.go(datetime(2026, 10, 22, 9, 0))  # noqa: DTZ001 - it lapsed the night before
    await office.town.deliver()
    assert office.notify.held == []
    assert [p.state for p in office.postings()] == ["stopped"]
    assert "lapsed" in await office.dana_reads()


async def test_technical_failure_should_be_told_and_never_sent_again(office: Office) -> None:
    await office.hand_over(EMAIL)
    await office.says(office.notify.becomes("technical-failure", "2026-10-14T10:00:00.000000Z"))
    for _ in range(5):
        office.town.clock.pass_by(days=1)
        await office.town.deliver()
    assert len(office.notify.held) == 1
    found = office.town.record()
    assert (found["notified_on"], found["notices"][0]["state"]) == (None, "ready")
    assert "technical failure" in await office.dana_reads()
    dana = await office.town.colleague("Dana")
    opened = await dana.types(CASE)
    assert {"notice.send", "notice.notify"} <= {b.id for b in opened.buttons}


async def test_passing_failure_should_be_sent_again_three_times_and_then_fail(office: Office) -> None:
    await office.hand_over(EMAIL)
    for _ in range(6):
        await office.says(office.notify.becomes("temporary-failure", "2026-10-14T10:00:00.000000Z"))
        office.town.clock.pass_by(hours=9)
        await office.town.deliver()
    assert len(office.notify.held) == 4
    assert {one["reference"].partition(".")[0] for one in office.notify.held} == {office.postings()[0].id}
    assert office.town.record()["notices"][0]["state"] == "void"


async def test_repeated_late_and_forged_callbacks_should_change_nothing(office: Office) -> None:
    await office.hand_over(EMAIL)
    said = office.notify.becomes("delivered", "2026-10-14T10:00:00.000000Z")
    for token in ("", "Bearer", "Bearer wrong", TOKEN, f"Bearer {TOKEN}x", "Bearer ünknown"):
        assert await office.says(said, token) == 403
    for forged in (
        {**said, "id": "00000000-0000-0000-0000-000000000000"},
        {**said, "id": ""},
        {**said, "reference": office.town.council_id},
        {**said, "reference": None},
        {**said, "reference": "\x00"},
        {**said, "status": "no-such-status"},
        {},
    ):
        assert await office.says(forged) == 204
    assert await office.says([said]) == 400
    assert office.town.record()["notified_on"] is None
    for _ in range(3):
        assert await office.says(said) == 204
    assert await office.says({**said, "status": "temporary-failure"}) == 204
    assert await office.says({**said, "status": "technical-failure"}) == 204
    found = office.town.record()
    assert found["notified_on"] == "2026-10-14"
    assert len(found["notices"][0]["sent"]) == 1
    assert len(office.town.log("posting.received")) == 1


async def test_press_twice_should_send_one_letter(office: Office) -> None:
    await decide(office.town)
    dana, margaret = await office.town.colleague("Dana"), await office.town.colleague("Margaret")
    form = await dana.presses((await dana.types(CASE)).button("notice.prepare"))
    button = (await dana.fills(form, EMAIL)).button("notice.notify")
    by_hand = await dana.presses("notice.send", button.value)  # opened before, sent after it is on its way
    await dana.presses(button)
    again, other = await dana.presses(button), await margaret.presses(button)
    assert "is with GOV.UK Notify" in again.text
    assert "is with GOV.UK Notify" in other.text
    await office.town.deliver()
    assert len(office.notify.held) == 1
    refused = await dana.fills(by_hand, {}, strict=False)
    assert "is with GOV.UK Notify" in refused.errors[""]
    assert "is with GOV.UK Notify" in (await dana.presses("notice.send", button.value)).text


async def test_crash_after_handing_over_should_send_nothing_twice(office: Office) -> None:
    office.notify.lose_answers = 1
    await office.hand_over(EMAIL)
    office.town.clock.pass_by(minutes=10)
    await office.town.deliver()
    assert len(office.notify.held) == 1
    assert [p.state for p in office.postings()] == ["accepted"]


async def test_notify_that_is_away_should_be_tried_until_it_takes_it(office: Office) -> None:
    office.notify.failures = [(503, "x"), (429, "Exceeded rate limit"), (500, "x")]
    await office.hand_over(EMAIL)
    for _ in range(4):
        office.town.clock.pass_by(hours=1)
        await office.town.deliver()
    assert len(office.notify.held) == 1


async def test_refusal_should_be_told_in_its_words(office: Office) -> None:
    office.notify.failures = [(400, "Can't send to this recipient when service is in trial mode")]
    await office.hand_over(EMAIL)
    assert "trial mode" in await office.dana_reads()
    assert [p.state for p in office.postings()] == ["stopped"]
    assert office.town.record()["notices"][0]["state"] == "ready"


async def test_typed_marks_should_be_harmless_in_the_email(office: Office) -> None:
    typed = "# shout\n* item\n^ boxed\n((gap)) [click](https://evil.example) see www.evil.example"
    await decide(office.town, case_for=typed)
    await office.send_again(EMAIL)
    body = office.notify.held[0]["personalisation"]["body"]
    for mark in ("((", "](", "https://", "www.", "\n# shout", "\n* item", "\n^ boxed"):
        assert mark not in body
    assert "shout" in body


async def test_without_notify_there_should_be_no_button_and_no_address(town: Town) -> None:
    await decide(town)
    dana = await town.colleague("Dana")
    form = await dana.presses((await dana.types(CASE)).button("notice.prepare"))
    preview = await dana.fills(form, EMAIL)
    assert "notice.notify" not in [b.id for b in preview.buttons]
    refused = await dana.presses("notice.notify", preview.button("notice.download").value)
    assert refused.kind == "refuse"
    assert (await dana.visitor.client.post("/notify/callback", json={})).status == 404
