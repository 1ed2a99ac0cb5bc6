"""Slack's own ways: the App Home, the shortcut, errors in a modal, worst-case words, a guest."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.fakes.slack import TEAM, Fault
from tests.fakes.slack_user import SlackUser
from tests.journeys.steps import FINDING, THREAT
from tests.slack.test_whole_case import words
from tests.slack.town import SlackTown

WORST = "<!channel> <@U0000000001> *bold* `code` & \u202eright to left\u202c 🙂 漢字 " + "x" * 2900


async def test_shortcut_should_open_the_report(town: SlackTown) -> None:
    priya = town.user("Priya")
    view = await priya.shortcut("report_incident")
    assert view["callback_id"] == "report"
    assert "Report received" in words(await priya.fills(THREAT))


async def test_report_this_message_should_carry_words_author_and_link(either_town: SlackTown) -> None:
    town = either_town
    priya, tom = town.user("Priya"), town.user("Tom")
    message = {
        "type": "message",
        "user": tom.id,
        "text": f"From <@{priya.id}>: <mailto:a@b.example|a@b.example> wrote &lt;I will burn it down&gt; <!channel>",
        "ts": "1791968400.000200",
        "thread_ts": "1791968300.000100",
    }
    view = await priya.message_shortcut("report_message", message, "C42")
    typed = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    story = typed["what_happened"]["initial_value"]
    assert story.startswith("Message by Tom ")
    assert "14 October 2026, 10:00:" in story
    assert "<I will burn it down> @channel" in story
    assert story.endswith("/archives/C42/p1791968400000200?thread_ts=1791968300.000100&cid=C42")
    assert typed["happened_on"]["initial_date"] == "2026-10-14"
    assert typed["happened_at"]["initial_time"] == "10:00"
    assert "initial_value" not in typed["person_name"]
    assert "Report received" in words(await priya.fills(THREAT))


async def test_report_of_the_longest_message_should_keep_its_link(town: SlackTown) -> None:
    priya = town.user("Priya")
    message = {"type": "message", "user": priya.id, "text": WORST * 13, "ts": "1791968400.000200"}
    view = await priya.message_shortcut("report_message", message, "C42")
    typed = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    story = typed["what_happened"]["initial_value"]
    assert len(story) == 3000
    assert "the whole message stands at the link)\n\nhttps://" in story


async def test_open_this_case_should_show_the_asker_only_what_they_may_see(town: SlackTown) -> None:
    priya, dana, tom = town.user("Priya"), town.user("Dana"), town.user("Tom")
    await priya.types("/incident")
    await priya.fills(THREAT)
    await town.deliver()
    card = dana.messages()[0]
    seen = words(await dana.message_shortcut("open_case", card, town.slack.direct(dana.id)))
    assert "INC-2026-0001" in seen
    assert "Sign a finding" in seen
    refused = words(await tom.message_shortcut("open_case", card, town.slack.direct(dana.id)))
    assert "There is no case with this reference that you can see." in refused
    assert "Marsden" not in refused


async def test_message_that_is_none_should_be_refused(town: SlackTown) -> None:
    for wrong in ({"message": "x"}, {"message_ts": "later"}, {"channel": None}, {"team": TEAM}):
        body = {
            "type": "message_action",
            "callback_id": "report_message",
            "team": {"id": TEAM},
            "team_id": TEAM,
        }
        whole = {
            **body,
            "user": {"id": "U1"},
            "message": {"ts": "1.2"},
            "message_ts": "1.2",
            "channel": {"id": "C"},
        }
        payload = urlencode({"payload": json.dumps({**whole, **wrong})}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        async with town.session.post(
            town.door, data=payload, headers={**kind, **town.slack.sign(payload)}
        ) as answer:
            assert answer.status == 400


async def test_errors_should_stand_at_their_fields_and_typed_words_stay(either_town: SlackTown) -> None:
    town = either_town
    priya = town.user("Priya")
    await priya.types("/incident")
    answer = await priya.sends({**THREAT, "what_happened": "", "person_is": ""})
    assert answer["response_action"] == "errors"
    assert answer["errors"] == {
        "person_is": "Choose an answer for “Who is the report about”.",
        "what_happened": "Fill in “What happened”.",
    }
    await priya.sends(THREAT)
    await priya.presses(priya.view, "form.back")
    typed = {b["block_id"]: b["element"] for b in priya.view["blocks"] if b["type"] == "input"}
    assert typed["what_happened"]["initial_value"] == THREAT["what_happened"]
    assert typed["happened_on"]["initial_date"] == "2026-10-14"
    assert typed["category"]["initial_option"]["value"] == "aggressive_or_abusive"


async def test_error_of_an_earlier_page_should_lead_back_to_it(town: SlackTown) -> None:
    priya = town.user("Priya")
    await priya.types("/incident")
    tomorrow = {**THREAT, "happened_on": "2026-10-15"}
    answer: dict[str, Any] = {}
    for _ in range(3):
        answer = await priya.sends(tomorrow)
    assert answer["response_action"] == "update"
    assert "future" in words(priya.view)
    assert any(block.get("block_id") == "happened_on" for block in priya.view["blocks"])


async def test_worst_words_should_ping_nobody_and_break_nothing(either_town: SlackTown) -> None:
    town = either_town
    priya, dana = town.user("Priya"), town.user("Dana")
    await priya.types("/incident")
    await priya.fills({**THREAT, "what_happened": WORST[:3000], "person_name": WORST[:150]})
    await town.deliver()
    await dana.presses(dana.messages()[0], "case.open", town.slack.direct(dana.id))
    assert WORST[:60].split("🙂", maxsplit=1)[0].strip()[:30] in words(dana.view)
    every = json.dumps([*town.slack.messages.values(), town.slack.said], ensure_ascii=False)
    assert "<!channel>" not in every
    assert "<@U" not in every


async def test_refusal_should_be_told_to_the_one_who_pressed(either_town: SlackTown) -> None:
    town = either_town
    tom = town.user("Tom")
    await tom.types("/incident case INC-2026-0001", town.channels["governance"])
    assert tom.told[-1]["response_type"] == "ephemeral"
    assert "There is no case with this reference that you can see." in tom.told[-1]["text"]
    assert town.slack.messages == {}


async def test_home_should_show_what_waits_and_who_holds_which_office(town: SlackTown) -> None:
    priya, dana = town.user("Priya"), town.user("Dana")
    await priya.types("/incident")
    await priya.fills(THREAT)
    await _opens_home(town, dana)
    assert "Waiting for you" in words(town.slack.homes[dana.id])
    assert "INC-2026-0001" in words(town.slack.homes[dana.id])
    await _opens_home(town, priya)
    home = words(town.slack.homes[priya.id])
    assert "Nothing waits for you." in home
    assert "Your reports" in home
    assert "Chair of F&GP" in home
    assert "Marsden" not in home


@pytest.mark.parametrize("faults", [[], [Fault("views.publish", kind) for kind in ("500", "before", "429")]])
async def test_open_home_should_follow_what_waits(town: SlackTown, faults: list[Fault]) -> None:
    town.slack.faults = list(faults)
    dana, priya = town.user("Dana"), town.user("Priya")
    await priya.types("/incident")
    await priya.fills(THREAT)
    await town.deliver()
    assert [len(one.messages()) for one in (dana, priya)] == [1, 1]  # trouble with a page holds up nothing
    if faults:
        return
    assert "Waiting for you" in words(town.slack.homes[dana.id])
    assert "INC-2026-0001" in words(town.slack.homes[dana.id])
    assert "Marsden" not in words(town.slack.homes[dana.id])
    assert "Your reports" in words(town.slack.homes[priya.id])
    await dana.presses(dana.messages()[0], "finding.sign", town.slack.direct(dana.id))
    await dana.fills(FINDING)
    await town.deliver()
    assert "Nothing waits for you" in words(town.slack.homes[dana.id])


async def test_first_click_of_a_new_colleague_may_be_a_report(town: SlackTown) -> None:
    town.ids["Nadia"] = town.slack.add_user("Nadia Holt")
    nadia = town.user("Nadia")
    await nadia.types("/incident")
    assert "Report received" in words(await nadia.fills(THREAT))
    with town.civility.store.read(town.council_id) as uow:
        assert [one.name for one in uow.colleagues.all()].count("Nadia Holt") == 1


async def test_form_slack_sends_again_should_count_once(either_town: SlackTown) -> None:
    town = either_town
    priya = town.user("Priya")
    await priya.types("/incident")
    priya.sent_again = 2  # Slack heard no answer, or Priya pressed three times
    assert "Report received: INC-2026-0001" in words(await priya.fills(THREAT))
    with town.civility.store.read(town.council_id) as uow:
        assert [case.reference for case in uow.cases.all()] == ["INC-2026-0001"]


async def test_guest_should_be_refused_and_a_new_member_join_as_staff(town: SlackTown) -> None:
    town.ids["Guest"] = town.slack.add_user("Gil Visitor", guest=True)
    town.ids["Nadia"] = town.slack.add_user("Nadia Holt")
    await town.user("Guest").types("/incident mine")
    assert "Guests can't use Civility here" in town.user("Guest").told[-1]["text"]
    await town.user("Nadia").types("/incident mine")
    assert "My reports" in town.user("Nadia").told[-1]["text"]
    with town.civility.store.read(town.council_id) as uow:
        assert [one.name for one in uow.colleagues.all()][-1] == "Nadia Holt"


async def _opens_home(town: SlackTown, who: SlackUser) -> None:
    event: dict[str, Any] = {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A0",
        "event_id": f"Ev{who.id}",
        "event": {
            "type": "app_home_opened",
            "user": who.id,
            "tab": "home",
            "channel": town.slack.direct(who.id),
        },
    }
    body = json.dumps(event).encode()
    headers = {"Content-Type": "application/json", **town.slack.sign(body)}
    async with town.session.post(town.door, data=body, headers=headers) as answer:
        assert answer.status == 200, await answer.text()
