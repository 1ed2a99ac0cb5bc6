"""What the door refuses to believe: other hosts, other sites, other browsers, other kinds of body."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from bot.local.door import WRONG_ORIGIN
from tests.local.hall import Hall
from tests.local.visitor import Visitor


@pytest.mark.parametrize(
    "address", ["/", "/local/events", "/local/channel/staff", "/local/static/x/base.css"]
)
async def test_door_should_stay_shut_when_the_host_is_not_this_computer(
    visitor: Visitor, address: str
) -> None:
    response = await visitor.client.get(address, headers={"Host": "evil.example:3978"})
    assert response.status == 421
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("address", ["/local/command", "/local/press", "/local/form", "/local/act-as"])
async def test_door_should_refuse_when_another_site_sends(
    hall: Hall, visitor: Visitor, address: str, headers: dict[str, str]
) -> None:
    await visitor.load()
    response = await visitor.send(address, {"text": "/incident", "channel": "staff"}, headers)
    assert response.status == 403
    assert (await response.json())["say"] == WRONG_ORIGIN
    assert hall.asked == []


async def test_door_should_refuse_when_the_token_is_missing_or_another_browsers(
    hall: Hall, visitor: Visitor
) -> None:
    await visitor.load()
    for token in ("", "0" * 64, Hall().door._seal.token(hall.door._seal.new("c-dana"))):
        visitor.token = token
        assert (await visitor.say("/incident"))["status"] == 403
    assert hall.asked == []


async def test_door_should_refuse_when_the_body_is_not_a_form(hall: Hall, visitor: Visitor) -> None:
    await visitor.load()
    as_json = await visitor.client.post("/local/command", json={"text": "/incident"})
    assert as_json.status == 415
    assert as_json.headers["X-Content-Type-Options"] == "nosniff"
    crowd = urlencode([("token", visitor.token), *((f"f.{n}", "x") for n in range(1001))])
    too_many = await visitor.client.post(
        "/local/form", data=crowd, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert too_many.status == 413
    assert hall.asked == []
