"""A file in a colleague's own conversation in Slack: named, brought, shown, and deleted (files.uploadV2 by its parts).

Its three parts are called one by one, because the file's name must be written down before anybody sees it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import NEVER, GoneError, called
from scheduler.platform import Down

REFUSED: Final = NEVER | {
    "file_type_not_allowed",
    "file_upload_size_restricted",
    "file_uploads_disabled",
    "file_uploads_except_images_disabled",
    "missing_scope",
    "storage_limit_reached",
}
"""Slack's answers to a file that no second try will change, while somebody waits for it."""
GONE: Final = frozenset({"file_not_found", "file_deleted"})
TAKEN: Final = 200


async def upload(
    client: AsyncWebClient,
    room: str,
    name: str,
    content: bytes,
    words: str,
    begun: Callable[[str], Awaitable[None]],
) -> str:
    """Show a file in a conversation; Slack's id of it, which `begun` is told before anybody sees the file."""
    place = await called(client.files_getUploadURLExternal(filename=name, length=len(content)), never=REFUSED)
    file_id = str(place["file_id"])
    await begun(file_id)
    await _bring(client, str(place["upload_url"]), content)
    done = client.files_completeUploadExternal(
        files=[{"id": file_id, "title": name}], channel_id=room, initial_comment=words
    )
    await called(done, never=REFUSED)
    return file_id


async def take_away(client: AsyncWebClient, file_id: str) -> None:
    """Delete a file everywhere; one that is gone is no error."""
    try:
        await called(client.files_delete(file=file_id), gone=GONE)
    except GoneError:
        return


async def _bring(client: AsyncWebClient, address: str, content: bytes) -> None:
    session = client.session
    if session is None:
        raise RuntimeError("the client of a workspace shares the door's session")
    try:
        async with session.post(address, data=content) as answer:
            if answer.status != TAKEN:
                raise Down(f"Slack did not take the file: status {answer.status}.")
    except (TimeoutError, aiohttp.ClientError, OSError) as broken:
        raise Down(f"Slack was not reached: {type(broken).__name__}.") from broken
