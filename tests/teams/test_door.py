"""What a click in Teams does: who may, what is posted, what only one colleague reads, and what is answered twice."""

from __future__ import annotations

import asyncio
from typing import Any

from storage.conversations import PERSONAL
from tests.fakes.teams import TENANT
from tests.fakes.teams_user import TeamsUser, action_of, opener_of
from tests.journeys.steps import FINDING, PROPOSAL, THREAT
from tests.teams.test_whole_case import said
from tests.teams.town import TeamsTown
from tests.teams.validators import words

CASE = "INC-2026-0001"


async def reported(town: TeamsTown, who: str = "Priya") -> TeamsUser:
    """A threat is reported from one's own chat, and told."""
    reporter = town.user(who)
    await reporter.types("report")
    await town.idle()
    await reporter.press_action(opener_of(reporter.messages()[-1]), reporter.messages()[-1]["id"])
    await reporter.fills(THREAT)
    await town.deliver()
    return reporter


async def proposed(town: TeamsTown) -> None:
    """Reported, both findings signed, a restriction proposed."""
    dana, margaret = town.user("Dana"), town.user("Margaret")
    await reported(town)
    await dana.presses(dana.card_of(CASE), "finding.sign")
    await dana.fills(FINDING)
    await town.deliver()
    await margaret.presses(margaret.card_of(CASE), "finding.agree")
    await town.deliver()
    await dana.presses(dana.card_of(CASE), "proposal.draft")
    await dana.fills(PROPOSAL)
    await town.deliver()


def everything(town: TeamsTown) -> str:
    """Every word ever posted anywhere, buttons' data too."""
    return str(town.teams.messages)


# --- what is posted (R41) -------------------------------------------------------------------------


async def test_no_posted_message_should_name_a_person_when_colleagues_type_and_press(
    small_town: TeamsTown,
) -> None:
    town = small_town
    await proposed(town)
    dana, governance = town.user("Dana"), town.channels["governance"]
    card = dana.card_of(CASE)
    for room in ("", governance):
        for text in (
            "check Alex Marsden",
            f"case {CASE}",
            "cases",
            "mine",
            "home",
            "offices",
            "help",
            "nonsense",
        ):
            await dana.types(text, room)
    await dana.presses(card, "case.open")
    assert "Alex Marsden" in words(dana.dialog)
    await town.deliver()
    for secret in ("Marsden", "fist", "01632"):
        assert secret not in everything(town)


async def test_answer_should_come_to_the_asker_alone_when_typed_in_a_channel(small_town: TeamsTown) -> None:
    town = small_town
    await reported(town)
    dana, governance = town.user("Dana"), town.channels["governance"]
    before = len(town.teams.messages[governance])
    await dana.types("cases", governance)
    await town.idle()
    (line,) = town.teams.messages[governance][before:]
    assert "answered you in your own chat" in said(line)
    assert line["thread"]  # beside the question, not as a new post
    assert CASE in said(dana.messages()[-1])


async def test_slash_command_should_be_answered_where_only_its_colleague_reads(small_town: TeamsTown) -> None:
    town = small_town
    dana, tom, governance = town.user("Dana"), town.user("Tom"), town.channels["governance"]
    await dana.types("/incident offices", governance, slash=True)
    await town.idle()
    (answer,) = town.teams.read_by(dana.id, governance)
    assert "Offices of the council" in said(answer)
    assert town.teams.read_by(tom.id, governance) == []


async def test_colleague_without_the_app_should_learn_how_to_be_answered(small_town: TeamsTown) -> None:
    town = small_town
    tom, governance = town.user("Tom"), town.channels["governance"]
    del town.teams.personal[tom.id]
    await tom.types("mine", governance)
    await town.idle()
    (line,) = town.teams.messages[governance]
    assert "Add the app Civility for yourself" in said(line)


async def test_typed_case_should_open_in_a_dialog_with_access_checked_at_the_press(
    small_town: TeamsTown,
) -> None:
    town = small_town
    await reported(town)
    dana, kim = town.user("Dana"), town.user("Tom")
    for one in (dana, kim):
        await one.types(f"case {CASE}")
        await town.idle()
        offered = one.messages()[-1]
        assert "Only you can read the answer" in said(offered)
        await one.press_action(opener_of(offered), offered["id"])
    assert "raised his fist" in words(dana.dialog)
    assert "raised his fist" not in words(kim.dialog)


# --- who may --------------------------------------------------------------------------------------


async def test_press_should_be_refused_when_the_presser_holds_no_office(small_town: TeamsTown) -> None:
    town = small_town
    await proposed(town)
    tom, margaret = town.user("Tom"), town.user("Margaret")
    card = margaret.card_of(CASE)
    await tom.press_action(action_of(margaret.sees(card), "proposal.approve"), card["id"])
    assert tom.toasts
    assert town.file().decisions == ()


async def test_forged_data_should_decide_nothing(small_town: TeamsTown) -> None:
    town = small_town
    await proposed(town)
    tom, margaret = town.user("Tom"), town.user("Margaret")
    card = margaret.card_of(CASE)
    good = action_of(margaret.sees(card), "proposal.approve")
    forged: list[Any] = [
        {**good["data"], "office": "chair_fgp", "user": margaret.id, "approved": True},
        {**good["data"], "value": good["data"]["value"] + "9"},
        {**good["data"], "value": "x" * 5000},
        {"button": "proposal.approve", "value": "'; DROP TABLE decision; --:1"},
        {"button": "\x00", "value": "\ud800"},
        {"button": "proposal.approve", "value": {"id": 1}},
        {"button": ["proposal.approve"]},
        {"command": "nonsense", "words": "\x00"},
        "text",
        None,
    ]
    for data in forged:
        for name, value in (
            ("adaptiveCard/action", {"action": {"verb": "press", "data": data}}),
            ("task/fetch", {"data": data}),
            ("task/submit", {"data": data}),
        ):
            status, _ = await tom.post(tom.activity({"type": "invoke", "name": name, "value": value}))
            assert status in (200, 501), (name, data)
    for data in (
        {"form": "finding", "context": town.file().case.id, "nonce": "n", "page": 0, "step": "submit"},
        {
            "form": "setup",
            "page": 0,
            "nonce": "n2",
            "chief_officer": f"account:{tom.id}",
            "people": "chief_officer",
        },
        {"form": "offices", "page": 99999999999, "nonce": "n3", "change": "appoint"},
        {"form": "nowhere", "page": 0, "nonce": "n4"},
    ):
        status, _ = await tom.post(
            tom.activity({"type": "invoke", "name": "task/submit", "value": {"data": data}})
        )
        assert status == 200
    assert town.file().decisions == ()
    assert len(town.file().findings) == 2


async def test_name_and_rights_should_come_from_the_roster_never_from_the_payload(
    small_town: TeamsTown,
) -> None:
    town = small_town
    newcomer = town.teams.add_user("Nia Newcomer")
    guest = town.teams.add_user("Gil Guest", guest=True)
    other = town.teams.add_user("Oli Other", tenant="99999999-dddd-4eee-8fff-444444444444")
    town.ids |= {"Nia": newcomer, "Gil": guest, "Oli": other}
    for name in ("Nia", "Gil", "Oli"):
        await town.user(name).types("mine")
    await town.idle()
    with town.civility.store.read(town.council_id) as uow:
        known = {one.name for one in uow.colleagues.all()}
    assert "Nia Newcomer" in known
    assert not {"whatever a payload says", "Gil Guest", "Oli Other"} & known
    assert "Guests can't use Civility here" in said(town.user("Gil").messages()[-1])
    assert "Guests can't use Civility here" in said(town.user("Oli").messages()[-1])


# --- once -----------------------------------------------------------------------------------------


async def test_activity_that_comes_twice_should_be_answered_once(town: TeamsTown) -> None:
    await proposed(town)
    margaret = town.user("Margaret")
    card = margaret.card_of(CASE)
    action = action_of(margaret.sees(card), "proposal.approve")
    value = {"action": {"type": "Action.Execute", "verb": action["verb"], "data": action["data"]}}
    press = margaret.activity({"type": "invoke", "name": "adaptiveCard/action", "value": value})
    answers = await asyncio.gather(*(margaret.post(press) for _ in range(5)))
    answers.append(await margaret.post(press))
    assert {status for status, _ in answers} == {200}
    assert all(body == answers[0][1] for _, body in answers)
    assert len(town.file().decisions) == 1
    typed = margaret.activity({"type": "message", "text": "help"})
    before = len(margaret.messages())
    for _ in range(3):
        await margaret.post(typed)
    await town.idle()
    assert len(margaret.messages()) == before + 1


async def test_repeat_after_a_restart_should_be_answered_from_the_record(small_town: TeamsTown) -> None:
    town = small_town
    await proposed(town)
    margaret = town.user("Margaret")
    action = action_of(margaret.sees(margaret.card_of(CASE)), "proposal.approve")
    value = {"action": {"type": "Action.Execute", "verb": action["verb"], "data": action["data"]}}
    press = margaret.activity({"type": "invoke", "name": "adaptiveCard/action", "value": value})
    await margaret.post(press)
    town.opened.entrance._turns.clear()  # as another process: nothing is remembered
    status, body = await margaret.post(press)
    assert status == 200
    assert body["type"] == "application/vnd.microsoft.card.adaptive"
    assert len(town.file().decisions) == 1


async def test_old_client_should_decide_by_a_message_when_it_knows_no_execute(small_town: TeamsTown) -> None:
    town = small_town
    await proposed(town)
    margaret = town.user("Margaret")
    card = margaret.card_of(CASE)
    data = action_of(margaret.sees(card), "proposal.approve")["fallback"]["data"]
    await margaret.send({"type": "message", "value": data, "replyToId": card["id"]})
    await town.deliver()
    assert len(town.file().decisions) == 1
    assert "Decided: A communication restriction." in said(margaret.card_of(CASE))
    await margaret.send({"type": "message", "value": data, "replyToId": card["id"]})
    await town.idle()
    assert "Already approved by" in said(margaret.messages()[-1])
    assert "Marsden" not in everything(town)


async def test_late_press_should_say_so_without_naming_anybody(small_town: TeamsTown) -> None:
    town = small_town
    await proposed(town)
    margaret = town.user("Margaret")
    card = margaret.card_of(CASE)
    action = action_of(margaret.sees(card), "proposal.approve")
    await margaret.press_action(action, card["id"])
    shown = await margaret.press_action(action, card["id"])
    assert "Already approved by" in words(shown)
    assert "Marsden" not in str(shown)


# --- message extension ----------------------------------------------------------------------------


async def test_message_should_be_reported_with_its_words_author_and_link(small_town: TeamsTown) -> None:
    town = small_town
    priya, tom = town.user("Priya"), town.user("Tom")
    message = {
        "id": "1700",
        "createdDateTime": "2026-10-14T08:30:00Z",
        "linkToMessage": "https://teams.microsoft.com/l/message/19:x/1700",
        "from": {"user": {"id": tom.id, "displayName": "A forged name"}},
        "body": {
            "contentType": "html",
            "content": "<p>You are <b>all</b> fools &amp; worse</p><p>Second line</p>",
        },
    }
    await priya.extension("report_message", town.channels["governance"], message)
    held = " ".join(str(one.get("value", "")) for one in _inputs(priya))
    assert "You are all fools & worse\nSecond line" in held
    assert "https://teams.microsoft.com/l/message/19:x/1700" in held
    assert town.teams.users[tom.id]["name"] in held
    assert "A forged name" not in held
    received = await priya.fills(THREAT)
    assert f"Report received: {CASE}" in words(received)
    assert "fools" not in everything(town)


async def test_message_should_be_filed_under_a_case_with_its_words(small_town: TeamsTown) -> None:
    town = small_town
    await reported(town)
    message = {
        "id": "1701",
        "createdDateTime": "2026-10-14T08:30:00Z",
        "linkToMessage": "https://teams.microsoft.com/l/message/19:x/1701",
        "body": {"contentType": "html", "content": "<p>He rang again about the bins.</p>"},
    }
    dana = town.user("Dana")
    await dana.extension("file_message", town.channels["governance"], message)
    assert "He rang again about the bins." in str(dana.dialog)
    assert "reference" in {one["id"] for one in _inputs(dana)}


async def test_report_should_open_from_the_compose_box(small_town: TeamsTown) -> None:
    tom = small_town.user("Tom")
    await tom.extension("report_incident")
    await tom.fills(THREAT)
    assert "Report received" in words(tom.dialog)


async def test_card_should_open_its_case_from_its_menu(small_town: TeamsTown) -> None:
    town = small_town
    await reported(town)
    dana = town.user("Dana")
    card = dana.card_of(CASE)
    content = str(card["attachments"][0]["content"])
    message = {
        "id": card["id"],
        "body": {"content": "<attachment id='1'></attachment>"},
        "attachments": [{"content": content}],
    }
    await dana.extension("open_case", message=message)
    assert "Alex Marsden" in words(dana.dialog)


def _inputs(user: TeamsUser) -> list[dict[str, Any]]:
    from tests.teams.validators import inputs

    return list(inputs(user.dialog).values())


# --- forms ----------------------------------------------------------------------------------------


async def test_errors_should_stand_in_the_dialog_with_everything_typed_kept(small_town: TeamsTown) -> None:
    town = small_town
    tom = town.user("Tom")
    await tom.extension("report_incident")
    await tom.sends({**THREAT, "happened_on": "", "person_name": "Alex Marsden"})
    assert "There is a problem" in words(tom.dialog)
    assert "Alex Marsden" in str(tom.dialog)
    await tom.fills(THREAT)
    assert "Report received" in words(tom.dialog)


WORST = {
    "long": "x" * 3000,
    "emoji": "😀" * 1500,
    "markup": "<at>Dana Okoro</at> **bold** [link](https://evil.example) {{DATE(2026-01-01)}} @everyone &lt;b&gt;",
    "right to left": "قال إنه سيعود غداً. " * 140,
}


async def test_worst_words_should_be_kept_and_read_back_whole(small_town: TeamsTown) -> None:
    town = small_town
    for number, text in enumerate(WORST.values(), 1):
        priya, dana = town.user("Priya"), town.user("Dana")
        await priya.extension("report_incident")
        await priya.fills({**THREAT, "what_happened": text})
        await town.deliver()
        await dana.presses(dana.card_of(f"INC-2026-000{number}"), "case.open")
        read = words(dana.dialog)
        for _ in range(10):
            more = [one for one in _actions(dana) if one["title"] == "Read on"]
            if not more:
                break
            await dana.submit(more[0]["data"])
            read += " " + words(dana.dialog)
        assert "".join(text.split()) in "".join(read.split())


def _actions(user: TeamsUser) -> list[dict[str, Any]]:
    from tests.teams.validators import buttons

    return buttons(user.dialog)


# --- where Civility may speak ---------------------------------------------------------------------


async def test_channel_should_be_chosen_where_it_is_typed(small_town: TeamsTown) -> None:
    town = small_town
    dana, tom, room = town.user("Dana"), town.user("Tom"), town.teams.add_room("elsewhere")
    await tom.types("use governance", room)
    await dana.types("use councillors")
    await town.idle()
    assert "in the channel itself" in said(dana.messages()[-1])
    await dana.types("use governance", room)
    await town.idle()
    assert "This is the governance channel now" in said(town.teams.messages[room][-1])
    with town.civility.store.read(town.council_id) as uow:
        chosen = uow.council.get().channels
    assert chosen["governance"]["teams"] == room  # without the thread it was typed in
    assert chosen["councillors"]["teams"] == town.channels["councillors"]
    await reported(town)
    assert any(CASE in said(one) for one in town.teams.messages[room])


async def test_installation_should_be_kept_once_however_often_teams_says_it(small_town: TeamsTown) -> None:
    town = small_town
    tom = town.user("Tom")
    for _ in range(3):
        await tom.installs()
        await tom.send(
            {
                "type": "conversationUpdate",
                "membersAdded": [
                    {"id": tom.teams.users[tom.id]["id"]},
                    {"id": "28:11111111-aaaa-4bbb-8ccc-222222222222"},
                ],
            }
        )
    await town.idle()
    assert len(tom.messages()) == 1
    assert "Type report" in said(tom.messages()[0])
    with town.civility.store.read(town.council_id) as uow:
        kept = uow.conversations.get(TENANT, PERSONAL, tom.id)
        assert kept is not None
        assert (kept.conversation_id, kept.left_at, kept.admin) == (tom.own_room, None, False)
        assert len([one for one in uow.log.lines() if one.action == "conversation.joined"]) == 1
    await tom.send({"type": "installationUpdate", "action": "remove"})
    with town.civility.store.read(town.council_id) as uow:
        kept = uow.conversations.get(TENANT, PERSONAL, tom.id)
        assert kept is not None
        assert kept.left_at is not None
