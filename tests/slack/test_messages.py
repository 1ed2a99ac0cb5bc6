"""Filing a further message at Slack: by command, by the shortcut on a message, and the card of what it opened (R28)."""

from __future__ import annotations

from tests.journeys.steps import THREAT
from tests.slack.test_whole_case import words
from tests.slack.town import SlackTown

CASE = "INC-2026-0001"
MESSAGE = {"channel": "email", "words": "Send me the minutes about my gate."}


async def test_message_should_be_filed_by_command_and_its_route_done(either_town: SlackTown) -> None:
    town = either_town
    priya, dana, tom = (town.user(name) for name in ("Priya", "Dana", "Tom"))
    await priya.types("/incident")
    await priya.fills(THREAT)
    await town.deliver()
    await tom.types(f"/incident message {CASE}")
    assert tom.view["callback_id"] == "message"
    answer = await tom.sends(MESSAGE)
    assert answer["response_action"] == "update"
    wrong = await tom.sends({})
    assert wrong["errors"] == {"questions": "Tick what is so, or tick “None of these” below."}
    filed = words(await tom.fills({"questions": ["foi"]}))
    assert f"Filed under {CASE}" in filed
    assert "Wednesday 11 November 2026" in filed
    await town.deliver()
    card = dana.messages()[-1]
    assert "The last day is Wednesday 11 November 2026." in card["text"]
    assert "gate" not in card["text"] + words(card)
    await dana.presses(card, "message.read", town.slack.direct(dana.id))
    assert "Send me the minutes about my gate." in words(dana.view)
    await dana.presses(card, "task.done", town.slack.direct(dana.id))
    await town.deliver()
    assert "Done on Wednesday 14 October 2026" in words(dana.messages()[-1])


async def test_message_of_the_chat_should_be_filed_with_its_words_link_and_reference(
    either_town: SlackTown,
) -> None:
    town = either_town
    priya = town.user("Priya")
    await priya.types("/incident")
    await priya.fills(THREAT)
    message = {
        "type": "message",
        "user": priya.id,
        "text": f"He wrote again, see {CASE}: &lt;where are my minutes?&gt;",
        "ts": "1791968400.000200",
    }
    view = await priya.message_shortcut("file_message", message, "C42")
    typed = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    assert typed["reference"]["initial_value"] == CASE
    assert typed["words"]["initial_value"].startswith(f"He wrote again, see {CASE}: <where are my minutes?>")
    assert typed["words"]["initial_value"].endswith("/archives/C42/p1791968400000200")
    assert typed["received_on"]["initial_date"] == "2026-10-14"
    assert typed["received_at"]["initial_time"] == "10:00"
    filed = words(await priya.fills({"channel": "other", "none_of_these": "yes"}))
    assert f"Filed under {CASE}" in filed


async def test_longest_message_should_keep_its_link(town: SlackTown) -> None:
    priya = town.user("Priya")
    message = {"type": "message", "user": priya.id, "text": "🙂 words " * 900, "ts": "1791968400.000200"}
    view = await priya.message_shortcut("file_message", message, "C42")
    typed = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    assert len(typed["words"]["initial_value"]) == 3000
    assert "the whole message stands at the link)\n\nhttps://" in typed["words"]["initial_value"]
    assert "initial_value" not in typed["reference"]
