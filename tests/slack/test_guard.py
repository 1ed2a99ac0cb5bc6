"""What Slack did not sign is refused before anything is read: 401 or 400, never 500, and nothing is written."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from tests.fakes.slack import TEAM
from tests.slack.town import SlackTown

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
COMMAND = {
    "command": "/incident",
    "text": "help",
    "team_id": TEAM,
    "user_id": "U0000000001",
    "channel_id": "D1",
}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Request-Timestamp": "9" * 40, "X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Request-Timestamp": "-1", "X-Slack-Signature": "v0=é"},
    ],
)
async def test_request_without_slacks_signature_should_be_refused(
    town: SlackTown, headers: dict[str, str]
) -> None:
    async with town.session.post(town.door, data=urlencode(COMMAND), headers={**FORM, **headers}) as answer:
        assert answer.status == 401
    assert _log(town) == 0


async def test_forged_and_old_signatures_should_be_refused(town: SlackTown) -> None:
    body = urlencode(COMMAND).encode()
    forged = town.slack.sign(body, secret="another secret")
    old = town.slack.sign(body, at=town.clock() - timedelta(minutes=6))
    other = town.slack.sign(body + b"&more=1")
    for headers in (forged, old, other):
        async with town.session.post(town.door, data=body, headers={**FORM, **headers}) as answer:
            assert answer.status == 401
    assert _log(town) == 0


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"payload=%7Bnot json", "application/x-www-form-urlencoded"),
        (b"payload=[]", "application/x-www-form-urlencoded"),
        (b"{not json", "application/json"),
        (b"[1, 2, 3]", "application/json"),
        (b"\xff\xfe\xfa", "application/x-www-form-urlencoded"),
        (b"command=%2Fincident", "text/plain"),
        (b"command=%2Fincident&team_id=T-OTHER&user_id=U1", "application/x-www-form-urlencoded"),
        (b'payload={"type":"block_actions","actions":[]}', "application/x-www-form-urlencoded"),
    ],
)
async def test_signed_garbage_should_never_be_an_error_of_ours(
    town: SlackTown, body: bytes, kind: str
) -> None:
    headers = {"Content-Type": kind, **town.slack.sign(body)}
    async with town.session.post(town.door, data=body, headers=headers) as answer:
        assert answer.status < 500, await answer.text()
    assert _log(town) == 0


def _log(town: SlackTown) -> int:
    """Lines written since the council was made."""
    with town.civility.store.read(town.council_id) as uow:
        return len(uow.log.lines()) - 1
