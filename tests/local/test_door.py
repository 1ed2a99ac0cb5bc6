"""The door: pages, clicks, who may read what, and what it refuses to believe."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.local.channels import LocalColleague
from bot.local.clicks import NOT_A_COMMAND, TOO_LONG
from bot.local.door import CLOSED_ROOM, FAILED, SWITCHED
from handlers import chat
from tests.local.hall import APPROVED, COLIN, DANA, PRIYA, REPORT, WAITING, Hall
from tests.local.visitor import Visitor

# --- the page ----------------------------------------------------------------------------------------


async def test_page_should_open_the_staff_room_as_the_first_colleague(hall: Hall, visitor: Visitor) -> None:
    hall.book.put("staff", WAITING)
    html = await visitor.load()
    assert '<html lang="en-GB">' in html
    assert 'data-me="c-dana"' in html
    assert "INC-2026-0007: two signatures wanted" in html
    assert "no log-in" in html
    assert "10:03" in html  # 09:03 UTC is 10:03 in London in October


async def test_page_should_carry_a_strict_policy_and_no_inline_code(visitor: Visitor) -> None:
    html = await visitor.load()
    response = await visitor.client.get("/")
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; ")
    for rule in ("base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'", "img-src 'self' data:"):
        assert rule in policy
    assert "unsafe" not in policy
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "<style" not in html
    assert " style=" not in html
    assert " onclick" not in html
    assert html.count("<script") == html.count('<script type="module" src="/local/static/') == 1
    assert "http://" not in html
    assert "https://" not in html


async def test_cookie_should_be_signed_and_kept_from_scripts_and_other_sites(visitor: Visitor) -> None:
    response = await visitor.client.get("/")
    cookie = SimpleCookie(response.headers["Set-Cookie"])
    (morsel,) = cookie.values()
    assert morsel["httponly"]
    assert morsel["samesite"] == "Strict"
    assert morsel["path"] == "/"


async def test_page_should_say_so_when_there_is_nobody_to_act_as(hall: Hall, visitor: Visitor) -> None:
    hall.book.everybody = ()
    response = await visitor.client.get("/")
    assert response.status == 503
    assert "register" in await response.text()


async def test_page_should_fall_back_to_the_staff_room_when_the_channel_is_closed(visitor: Visitor) -> None:
    html = await visitor.load("councillors")
    assert 'data-channel="staff"' in html
    assert '<h2 id="room-title" tabindex="-1">Staff room</h2>' in html


async def test_page_should_act_as_the_first_again_when_the_colleague_is_gone(
    hall: Hall, visitor: Visitor
) -> None:
    await visitor.load()
    await visitor.act_as("c-priya")
    hall.book.everybody = (COLIN,)
    assert 'data-me="c-colin"' in await visitor.load()


async def test_static_file_should_be_kept_for_good_under_its_own_address(visitor: Visitor) -> None:
    html = await visitor.load()
    address = html.split('<script type="module" src="')[1].split('"')[0]
    response = await visitor.client.get(address)
    assert response.content_type == "text/javascript"
    assert "immutable" in response.headers["Cache-Control"]
    older = await visitor.client.get("/local/static/older/base.css")
    assert older.content_type == "text/css"
    assert older.headers["Cache-Control"] == "no-cache"
    assert (await visitor.client.get("/local/static/older/nothing.js")).status == 404
    assert (await visitor.client.get("/local/static/older/..%2Fdoor.py")).status == 404


# --- whom it acts as ----------------------------------------------------------------------------------


async def test_act_as_should_be_kept_for_each_browser(hall: Hall) -> None:
    server = TestServer(hall.app())
    one: TestClient[web.Request, web.Application] = TestClient(server)
    other: TestClient[web.Request, web.Application] = TestClient(server)
    async with one, other:
        first, second = Visitor(one), Visitor(other)
        await first.load()
        await second.load()
        await first.act_as("c-priya")
        assert 'data-me="c-priya"' in await first.load()
        assert 'data-me="c-dana"' in await second.load()


async def test_act_as_should_leave_a_room_the_new_colleague_may_not_read(visitor: Visitor) -> None:
    await visitor.load()
    response = await visitor.send("/local/act-as", {"colleague": "c-priya", "channel": "governance"})
    assert response.headers["Location"] == "/?channel=staff"
    await visitor.load()
    kept = await visitor.send("/local/act-as", {"colleague": "c-colin", "channel": "staff"})
    assert kept.headers["Location"] == "/?channel=staff"


async def test_act_as_should_refuse_when_the_colleague_or_token_is_wrong(visitor: Visitor) -> None:
    await visitor.load()
    assert (await visitor.send("/local/act-as", {"colleague": "c-nobody"})).status == 400
    visitor.token = "0" * 64
    assert (await visitor.send("/local/act-as", {"colleague": "c-priya"})).status == 403


async def test_old_page_should_not_press_as_somebody_else(hall: Hall, visitor: Visitor) -> None:
    await visitor.load()
    old_token = visitor.token
    await visitor.act_as("c-priya")
    visitor.token = old_token
    assert await visitor.press("case.open") == {"status": 403, "kind": "failed", "say": SWITCHED}
    assert hall.asked == []


# --- clicks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("/incident", chat.Command("", "")),
        ("  /Incident  ", chat.Command("", "")),
        ("/incident Report", chat.Command("report", "")),
        ("/incident check  Sam  O'Brien ", chat.Command("check", "Sam  O'Brien")),
        ("/incident case INC-2026-0001", chat.Command("case", "INC-2026-0001")),
    ],
)
async def test_command_should_reach_the_journeys(
    hall: Hall, visitor: Visitor, typed: str, command: chat.Command
) -> None:
    await visitor.load()
    answer = await visitor.say(typed, delivery="0123456789abcdef")
    assert answer["kind"] == "reply"
    assert "Hello Dana Okoro" in answer["html"]
    assert "Only you can see this" in answer["html"]
    assert hall.asked == [
        chat.Request(
            sender=chat.Sender("local", "local", "c-dana", "Dana Okoro"),
            what=command,
            delivery_id="0123456789abcdef",
            channel="staff",
            private=False,
        )
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("hello", NOT_A_COMMAND),
        ("/incidents", NOT_A_COMMAND),
        ("", NOT_A_COMMAND),
        ("/incident " + "x" * 1000, TOO_LONG),
    ],
)
async def test_ordinary_chat_should_not_be_kept(
    hall: Hall, visitor: Visitor, typed: str, sentence: str
) -> None:
    await visitor.load()
    answer = await visitor.say(typed)
    assert (answer["kind"], answer["say"]) == ("refuse", sentence)
    assert 'role="alert"' in answer["html"]
    assert hall.asked == []


async def test_request_should_be_private_when_it_comes_from_the_direct_channel(
    hall: Hall, visitor: Visitor
) -> None:
    await visitor.load()
    await visitor.say("/incident mine", channel="dm:c-dana")
    assert (hall.asked[0].channel, hall.asked[0].private) == ("dm:c-dana", True)


@pytest.mark.parametrize("channel", ["councillors", "dm:c-priya", "", "nowhere"])
async def test_click_should_be_refused_when_the_channel_is_not_theirs(
    hall: Hall, visitor: Visitor, channel: str
) -> None:
    await visitor.load()
    assert await visitor.press("case.open", channel=channel) == {
        "status": 403,
        "kind": "failed",
        "say": CLOSED_ROOM,
    }
    assert hall.asked == []


async def test_press_should_name_a_delivery_of_its_own_when_the_page_gives_none(
    hall: Hall, visitor: Visitor
) -> None:
    await visitor.load()
    await visitor.press("case.open", "case-7")
    await visitor.press("case.open", "case-7", delivery="<bad>")
    await visitor.press("case.open", "case-7", delivery="fedcba9876543210")
    assert [one.what for one in hall.asked] == [chat.Press("case.open", "case-7")] * 3
    first, second, third = (one.delivery_id for one in hall.asked)
    assert len({first, second, third}) == 3
    assert third == "fedcba9876543210"


async def test_replace_should_swap_the_pressed_card_and_only_that(hall: Hall, visitor: Visitor) -> None:
    async def approve(_: chat.Request) -> chat.Response:
        return chat.Replace(APPROVED)

    hall.script = approve
    await visitor.load()
    pressed = await visitor.press("proposal.approve", "p-7:1", uid="m-m0001")
    assert (pressed["kind"], pressed["say"]) == ("replace", APPROVED.title)
    assert 'id="m-m0001"' in pressed["html"]
    assert (await visitor.say("/incident case X"))["kind"] == "reply"
    assert (await visitor.press("proposal.approve", uid='"><b>'))["kind"] == "reply"


async def test_refusal_should_be_told_to_the_asker_alone(hall: Hall, visitor: Visitor) -> None:
    async def refuse(_: chat.Request) -> chat.Response:
        return chat.Refuse("Only the Chief Officer may do that.")

    hall.script = refuse
    await visitor.load()
    answer = await visitor.press("interim.impose", "case-7")
    assert answer["kind"] == "refuse"
    assert '<p class="text" role="alert">Only the Chief Officer may do that.</p>' in answer["html"]
    assert hall.book.kept == {}


async def test_form_should_come_back_with_its_errors_and_what_was_typed(hall: Hall, visitor: Visitor) -> None:
    async def correct(request: chat.Request) -> chat.Response:
        assert isinstance(request.what, chat.Submission)
        values: dict[str, chat.FormValue] = {"person_name": str(request.what.raw["person_name"])}
        return chat.FieldErrors(REPORT, 0, values, {"happened_on": "Fill in “Day”."})

    hall.script = correct
    await visitor.load()
    answer = await visitor.fill_in(
        [
            ("form", "report"),
            ("page", "0"),
            ("nonce", "n-1"),
            ("f.person_name", "Sam <Smith>"),
            ("f.examples", "A1"),
            ("f.examples", "A2"),
        ]
    )
    assert answer["kind"] == "errors"
    assert 'value="Sam &lt;Smith&gt;"' in answer["html"]
    assert "Fill in “Day”." in answer["html"]
    assert hall.asked[0].delivery_id == "n-1"
    assert hall.asked[0].what == chat.Submission(
        "report", "", "n-1", 0, {"person_name": "Sam <Smith>", "examples": ["A1", "A2"]}
    )


async def test_click_should_say_sorry_when_the_journey_fails(
    hall: Hall, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_: chat.Request) -> chat.Response:
        raise RuntimeError("the roof is leaking")

    hall.script = fail
    await visitor.load()
    assert await visitor.say("/incident") == {"status": 500, "kind": "failed", "say": FAILED}
    assert "the roof is leaking" in caplog.text


@pytest.mark.parametrize(
    ("address", "fields"),
    [("/local/press", {"button": "<b>"}), ("/local/press", {}), ("/local/form", {"form": "report"})],
)
async def test_click_should_be_refused_when_it_is_no_click(
    hall: Hall, visitor: Visitor, address: str, fields: dict[str, str]
) -> None:
    await visitor.load()
    assert (await visitor.send(address, {"channel": "staff", **fields})).status == 400
    assert hall.asked == []


# --- reading ------------------------------------------------------------------------------------------


async def test_channel_should_be_read_only_by_those_who_may(hall: Hall, visitor: Visitor) -> None:
    hall.book.put("governance", WAITING)
    await visitor.load()
    read = await visitor.client.get("/local/channel/governance", params={"as": "c-dana"})
    assert "two signatures wanted" in await read.text()
    await visitor.act_as("c-priya")
    for channel in ("governance", "councillors", "dm:c-dana", "nowhere"):
        shut = await visitor.client.get(f"/local/channel/{channel}", params={"as": "c-priya"})
        assert shut.status == 403
        assert "INC-" not in await shut.text()
    claimed = await visitor.client.get("/local/channel/governance", params={"as": "c-dana"})
    assert claimed.status == 403


async def test_channel_should_be_closed_as_soon_as_the_office_ends(hall: Hall, visitor: Visitor) -> None:
    await visitor.load()
    hall.book.everybody = (LocalColleague("c-dana", "Dana Okoro"), PRIYA)
    shut = await visitor.client.get("/local/channel/governance", params={"as": "c-dana"})
    assert shut.status == 403
    assert (await visitor.press("case.open", channel="governance"))["status"] == 403


async def test_channel_should_show_a_line_for_each_day(hall: Hall, visitor: Visitor) -> None:
    hall.book.put("staff", WAITING)
    hall.book.put("staff", WAITING)
    hall.book.now = hall.book.now.replace(day=24, month=11)
    hall.book.put("staff", WAITING)
    html = await visitor.load()
    assert html.count('<li class="day">') == 2
    assert html.count("<span>Wednesday 14 October 2026</span>") == 1
    assert "<span>Tuesday 24 November 2026</span>" in html
    assert DANA.name in html
