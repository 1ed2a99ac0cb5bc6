"""Who is believed at `/api/messages`, and what everything else is answered: never 500 (PLATFORMS, defects 5 to 7)."""

from __future__ import annotations

import asyncio
import base64
import io
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest

from bot.teams.app import TeamsSettings
from bot.teams.problems import TeamsProblem
from tests.fakes.teams import APP, KEY, OTHER_KEY, SECRET, TENANT, Fault, SigningKey
from tests.fakes.teams_user import TeamsUser
from tests.teams.town import TeamsTown

HELP: dict[str, Any] = {"type": "message", "text": "help"}
STRANGE = SigningKey(KEY.kid)
"""Another key under the name of Microsoft's."""


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def answered(town: TeamsTown, headers: dict[str, str], activity: dict[str, Any] | None = None) -> int:
    """The status of the answer to a request with these headers; 200 only when it was believed."""
    dana = town.user("Dana")
    status, _ = await dana.post(activity or dana.activity(HELP), headers)
    await town.idle()
    assert bool(dana.messages()) == (status == 200)
    return status


async def test_request_should_be_believed_when_teams_signed_it(small_town: TeamsTown) -> None:
    assert await answered(small_town, small_town.teams.bearer()) == 200


BAD_CLAIMS: dict[str, dict[str, Any]] = {
    "expired": {"exp": 1},
    "no end": {"exp": None},
    "no real end": {"exp": True},
    "not yet": {"nbf": 99999999999},
    "no audience": {"aud": None},
    "another app": {"aud": "55555555-dddd-4eee-8fff-444444444444"},
    "an empty app": {"aud": ""},
    "no issuer": {"iss": None},
    "another issuer": {"iss": "https://sts.windows.net/somewhere/"},
    "no service": {"serviceurl": None},
    "another service": {"serviceurl": "https://evil.example/"},
    "another tenant": {"tid": "99999999-dddd-4eee-8fff-444444444444"},
}


@pytest.mark.parametrize("changes", BAD_CLAIMS.values(), ids=BAD_CLAIMS.keys())
async def test_request_should_get_401_when_its_token_says_something_else(
    small_town: TeamsTown, changes: dict[str, Any]
) -> None:
    assert await answered(small_town, small_town.teams.bearer(**changes)) == 401


async def test_request_should_get_401_when_its_token_is_none(small_town: TeamsTown) -> None:
    town = small_town
    claims = town.teams.claims()
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    head = base64.urlsafe_b64encode(b'{"alg":"none","kid":"key-1"}').decode().rstrip("=")
    forged = [
        {},
        {"Authorization": ""},
        {"Authorization": "Basic abc"},
        {"Authorization": "Bearer"},
        bearer("rubbish"),
        bearer("a.b.c"),
        bearer("x" * 6_000),
        bearer(f"{head}.{body}."),
        bearer(STRANGE.sign(claims)),
        bearer(KEY.sign(claims)[:-8] + "AAAAAAAA"),
        bearer(
            jwt.encode(
                claims, "0123456789abcdef0123456789abcdef", algorithm="HS256", headers={"kid": "key-1"}
            )
        ),
        bearer(jwt.encode(claims, KEY.private, algorithm="RS256")),
        bearer(jwt.encode(claims, KEY.private, algorithm="RS256", headers={"kid": "nobody"})),
    ]
    assert [await answered(town, one) for one in forged] == [401] * len(forged)


async def test_request_should_get_401_when_its_activity_names_another_tenant_or_service(
    small_town: TeamsTown,
) -> None:
    town, dana = small_town, small_town.user("Dana")
    other = "99999999-dddd-4eee-8fff-444444444444"
    good = dana.activity(HELP)
    talk = {**good["conversation"], "tenantId": other}
    bad: list[dict[str, Any]] = [
        {**good, "conversation": talk},
        {**good, "channelData": {"tenant": {"id": other}}},
        {**good, "channelData": {}, "conversation": {**good["conversation"], "tenantId": ""}},
        {**good, "serviceUrl": "https://evil.example/"},
        {**good, "serviceUrl": town.teams.service + "more"},
    ]
    assert [await answered(town, town.teams.bearer(), one) for one in bad] == [401] * len(bad)


BAD_VALUES: tuple[object, ...] = (None, 5, [], "")


async def test_request_should_get_400_when_it_is_nothing_teams_sends(small_town: TeamsTown) -> None:
    town, dana = small_town, small_town.user("Dana")
    good = dana.activity(HELP)
    broken: list[dict[str, Any]] = [
        {**good, name: value}
        for name in ("type", "from", "conversation", "recipient", "serviceUrl")
        for value in BAD_VALUES
    ]
    broken += [
        {**good, "from": {"id": None}},
        {**good, "conversation": {"id": 7}},
        {**good, "channelData": []},
        {**good, "entities": {}},
        {**good, "id": {}},
        {**good, "text": 5},
        {**good, "type": "invoke"},
        {**good, "type": "invoke", "name": "task/fetch", "value": None},
        {**good, "type": "invoke", "name": "task/fetch", "value": []},
    ]
    bodies = [json.dumps(one).encode() for one in broken]
    bodies += [b"", b"{", b"null", b"[]", b'"text"', b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000]
    statuses = []
    for body in bodies:
        headers = {**town.teams.bearer(), "Content-Type": "application/json"}
        async with town.session.post(town.door, data=body, headers=headers) as answer:
            statuses.append(answer.status)
    assert statuses == [400] * len(bodies)
    for content_type in ("text/plain", "application/x-www-form-urlencoded", ""):
        headers = {**town.teams.bearer(), "Content-Type": content_type}
        async with town.session.post(town.door, data=json.dumps(good).encode(), headers=headers) as answer:
            assert answer.status == 400
    huge = json.dumps({**good, "text": "x" * 1_100_000}).encode()
    headers = {**town.teams.bearer(), "Content-Type": "application/json"}
    async with town.session.post(town.door, data=io.BytesIO(huge), headers=headers) as answer:
        assert answer.status == 413


async def test_activity_should_be_taken_when_it_holds_what_nobody_expects(small_town: TeamsTown) -> None:
    town, dana = small_town, small_town.user("Dana")
    odd: list[dict[str, Any]] = [
        {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
        {"type": "typing"},
        {"type": "brandNew"},
        {"type": "event", "name": "application/vnd.microsoft.meetingStart", "value": {}},
        {"type": "conversationUpdate", "membersAdded": None},
        {"type": "installationUpdate", "action": None},
        {"type": "message", "text": None, "value": None, "entities": []},
        {
            "type": "message",
            "text": "help",
            "entities": [None, {"type": "mention"}, {"type": "mention", "mentioned": 5}],
        },
        {"type": "message", "value": {"button": 5}},
        {"type": "message", "value": {"form": "report"}},
    ]
    for one in odd:
        status, _ = await dana.post(dana.activity(one))
        assert status == 200, one
    await town.idle()


async def test_unknown_invokes_should_get_501(small_town: TeamsTown) -> None:
    dana = small_town.user("Dana")
    for name, value in (
        ("composeExtension/query", {}),
        ("signin/verifyState", {}),
        ("task/fetch", {}),
        ("task/fetch", {"data": {"msteams": {}}}),
        ("task/submit", {"data": None}),
        ("adaptiveCard/action", {"action": {"verb": "other", "data": {}}}),
        ("adaptiveCard/action", {"action": None}),
    ):
        status, _ = await dana.post(dana.activity({"type": "invoke", "name": name, "value": value}))
        assert status == 501, name


async def test_new_key_should_be_fetched_when_a_token_names_it(small_town: TeamsTown) -> None:
    town = small_town
    assert await answered(town, town.teams.bearer()) == 200
    town.teams.keys = [OTHER_KEY]
    town.clock.pass_by(minutes=2)
    status, _ = await town.user("Tom").post(town.user("Tom").activity(HELP), town.teams.bearer(OTHER_KEY))
    assert status == 200
    assert town.teams.called.count("GET /keys") == 2


async def test_forged_key_ids_should_not_make_us_ask_again_and_again(small_town: TeamsTown) -> None:
    town, dana = small_town, small_town.user("Dana")
    for number in range(20):
        token = jwt.encode(
            town.teams.claims(), KEY.private, algorithm="RS256", headers={"kid": f"forged-{number}"}
        )
        assert (await dana.post(dana.activity(HELP), bearer(token)))[0] == 401
    assert town.teams.called.count("GET /keys") == 1


async def test_withdrawn_key_should_not_be_believed_a_day_later(small_town: TeamsTown) -> None:
    town = small_town
    assert await answered(town, town.teams.bearer()) == 200
    town.teams.keys = [OTHER_KEY]
    town.clock.pass_by(days=1, minutes=1)
    status, _ = await town.user("Tom").post(town.user("Tom").activity(HELP))
    assert status == 401


async def test_nobody_should_be_refused_for_good_while_keys_cannot_be_fetched(small_town: TeamsTown) -> None:
    town, dana = small_town, small_town.user("Dana")
    town.teams.faults = [Fault("GET /openid", 500)]
    assert (await dana.post(dana.activity(HELP)))[0] == 503
    town.clock.pass_by(minutes=2)
    assert (await dana.post(dana.activity(HELP)))[0] == 200


async def test_one_token_of_entra_should_serve_every_reply(small_town: TeamsTown) -> None:
    town = small_town
    people: list[TeamsUser] = [town.user(name) for name in ("Dana", "Priya", "Tom", "Margaret")]
    await asyncio.gather(*(one.types("help") for one in people))
    await town.idle()
    assert sum("oauth2" in one for one in town.teams.called) == 1
    town.clock.pass_by(hours=1)
    await people[0].types("help")
    await town.idle()
    assert sum("oauth2" in one for one in town.teams.called) == 2


def test_door_should_not_open_when_a_setting_is_missing() -> None:
    good = TeamsSettings(APP, SECRET, TENANT)
    assert good.checked("0.0.0.0").tenant == TENANT
    for bad in (
        TeamsSettings("", SECRET, TENANT),
        TeamsSettings(APP, "", TENANT),
        TeamsSettings(APP, SECRET, ""),
        TeamsSettings("Civility", SECRET, TENANT),
        TeamsSettings(APP, SECRET, "council.example"),
        TeamsSettings(APP, SECRET, TENANT, kind="MultiTenant"),
        TeamsSettings(APP, SECRET, TENANT, playground=True),
    ):
        with pytest.raises(TeamsProblem):
            bad.checked("127.0.0.1")


def test_playground_should_not_open_when_others_could_reach_it() -> None:
    assert TeamsSettings(playground=True).checked("127.0.0.1").tenant == "playground"
    for host in ("0.0.0.0", "192.168.0.7", "::", "council.example"):
        with pytest.raises(TeamsProblem):
            TeamsSettings(playground=True).checked(host)


async def test_times_should_be_checked_by_the_clock_of_the_program(small_town: TeamsTown) -> None:
    town = small_town
    headers = town.teams.bearer()
    town.clock.pass_by(hours=1, minutes=4)
    assert await answered(town, headers) == 200
    town.clock.now += timedelta(minutes=2)
    status, _ = await town.user("Tom").post(town.user("Tom").activity(HELP), headers)
    assert status == 401
