"""What comes after the decision, at Teams, natively: appeal, review, messages, letters, people, markers (issue 6)."""

from __future__ import annotations

from datetime import datetime

from policy.calendars import LONDON
from tests.fakes.teams_user import opener_of
from tests.journeys.appeal_steps import LETTER, VERDICT
from tests.teams.after_steps import (
    CASE,
    colleague,
    labelled,
    nothing_private,
    opened,
    press,
    reported,
    said,
    told,
    write,
)
from tests.teams.town import TeamsTown
from tests.teams.validators import buttons, words


async def can(town: TeamsTown, words_given: str = "marsden") -> str:
    """What a colleague reads who asks what they may do."""
    tom = town.user("Tom")
    await tom.types("check")
    await town.idle()
    message = tom.messages()[-1]
    await tom.press_action(buttons(message["attachments"][0]["content"])[0], message["id"])
    return words(await tom.fills({"words": words_given}))


async def assigned(town: TeamsTown, **letter: str) -> None:
    """The person appeals; the chief officer picks the Mayor and Leila."""
    dana = town.user("Dana")
    town.clock.pass_by(days=6, hours=2)
    await dana.types(f"appeal {CASE}")
    await town.idle()
    message = dana.messages()[-1]
    await dana.press_action(buttons(message["attachments"][0]["content"])[0], message["id"])
    assert "It is in time" in words(await dana.fills({**LETTER, **letter}))
    await town.deliver()
    await dana.presses(dana.card_of(f"Appeal: {CASE}"), "appeal.assign")
    assert "they investigated the case" in words(dana.dialog)
    await dana.fills({"reviewers": [colleague(town, "Ruth"), colleague(town, "Leila")]})
    await town.deliver()


async def test_appeal_should_go_from_command_to_quashed_with_its_tasks_and_letter(town: TeamsTown) -> None:
    dana, ruth, leila, tom = (town.user(name) for name in ("Dana", "Ruth", "Leila", "Tom"))
    await told(town)
    assert "Ask the person to write." in await can(town)
    await assigned(town)
    for reviewer in (ruth, leila):
        assert "0 of 2 have answered" in said(reviewer.card_of(f"Appeal: {CASE}"))
    await ruth.presses(ruth.card_of("Appeal"), "case.open")
    assert "waved my stick" in words(ruth.dialog)
    # Somebody who is no reviewer presses the reviewer's own button.
    card = ruth.card_of("Appeal")
    (decide,) = [one for one in buttons(card["attachments"][0]["content"]) if one["title"] == "Decide"]
    await tom.press_action(decide, card["id"])
    assert "appeal_outcome" not in str(tom.dialog)
    assert "Only the two councillors who hear this appeal may do this." in words(tom.dialog)
    await ruth.presses(card, "appeal.decide")
    await ruth.fills(VERDICT)
    await town.deliver()
    await leila.presses(leila.card_of("Appeal"), "appeal.agree")
    await town.deliver()
    assert "The decision is cancelled." in said(leila.card_of("Appeal"))
    assert "No restriction is in force" in await can(town)

    task = next(one for one in dana.messages() if "To do" in said(one))
    await dana.presses(task, "task.done")
    await town.deliver()
    assert "Done on" in said(next(one for one in dana.messages() if one["id"] == task["id"]))
    await opened(town, "Dana")
    letter = await write(town, "Write how the appeal ended", {"method": "email"})
    assert "walking stick" in letter
    assert [one.kind for one in town.file().notices if one.state == "sent"] == ["decision", "appeal_outcome"]
    nothing_private(town)


async def test_varied_outcome_should_be_signed_by_two_and_make_the_limit_milder(
    small_town: TeamsTown,
) -> None:
    town = small_town
    ruth, leila = town.user("Ruth"), town.user("Leila")
    await told(town, measures=["C1", "C3"])
    await assigned(town)
    await ruth.presses(ruth.card_of("Appeal"), "appeal.decide")
    await ruth.fills({**VERDICT, "outcome": "varied", "measures": ["C1"]})
    await town.deliver()
    await leila.presses(leila.card_of("Appeal"), "appeal.agree")
    await town.deliver()
    (held,) = [one for one in town.file().restrictions if one.ended_at is None]
    assert held.content["measures"] == ["C1"]
    await opened(town, "Dana")
    assert "milder" in await write(town, "Write how the appeal ended", {"method": "email"})
    assert "Ask the person to write." in await can(town)
    nothing_private(town)


async def test_review_should_go_from_the_invitation_to_its_end(town: TeamsTown) -> None:
    dana, tom = town.user("Dana"), town.user("Tom")
    await told(town, duration="permanent", ends_on="", review_on="2027-04-14")
    town.clock.now = datetime(2027, 3, 24, 10, tzinfo=LONDON)
    await opened(town, "Dana")
    assert "due for review by Wednesday 14 April 2027" in words(dana.dialog)
    comment = labelled(dana.dialog, "Record what the person said")
    await press(dana, "Invite the person to comment")
    assert "Wednesday 14 April 2027" in words(await dana.fills({"method": "email"}))
    await tom.submit(comment["data"])
    assert "Chief Officer" in words(tom.dialog), words(tom.dialog)
    await dana.submit(comment["data"])
    await dana.fills({"how": "email", "text": "I have kept my temper since."})
    await opened(town, "Dana")
    await dana.presses_in_dialog("review.decide")
    assert "kept my temper" in words(dana.dialog)
    await dana.sends({"outcome": "continue"})
    await dana.sends({"reasons": "He shouted again in March."})
    assert "has not been invited to comment" in words(dana.dialog)
    await dana.sends({"outcome": "end"})
    await dana.fills({"outcome": "end", "reasons": ""})
    await town.deliver()
    assert any("To do" in said(card) for card in dana.messages())
    assert "No restriction is in force" in await can(town)
    nothing_private(town)


async def test_review_should_continue_with_a_second_name_and_a_new_notice(small_town: TeamsTown) -> None:
    town = small_town
    dana, margaret = town.user("Dana"), town.user("Margaret")
    await told(town, duration="permanent", ends_on="", review_on="2027-04-14")
    town.clock.now = datetime(2027, 3, 24, 10, tzinfo=LONDON)
    await opened(town, "Dana")
    await write(town, "Invite the person to comment", {"method": "email"})
    town.clock.now = datetime(2027, 4, 12, 10, tzinfo=LONDON)
    await opened(town, "Dana")
    await dana.presses_in_dialog("review.decide")
    await dana.fills(
        {"outcome": "continue", "reasons": "He shouted again in March.", "review_on": "2028-04-01"}
    )
    await town.deliver()
    assert len(town.file().decisions) == 1
    await margaret.presses(margaret.card_of(CASE), "proposal.approve")
    await town.deliver()
    assert len(town.file().decisions) == 2
    await opened(town, "Dana")
    assert "You can appeal" in await write(town, "Prepare the notice", {"method": "email"})
    assert "Ask the person to write." in await can(town)
    nothing_private(town)


async def test_message_should_be_filed_by_command_and_from_the_chat_and_its_route_done(
    town: TeamsTown,
) -> None:
    dana, tom = town.user("Dana"), town.user("Tom")
    await reported(town)
    room = town.channels["governance"]
    await tom.types(f"/incident message {CASE}", room, slash=True)
    await town.idle()
    (offered,) = [one for one in town.teams.messages[room] if one["only"]]  # only Tom sees it there
    await tom.press_action(opener_of(offered), offered["id"], room)
    await tom.sends({"channel": "email", "words": "Send me the minutes about my gate."})
    await tom.sends({})
    assert "Tick what is so, or tick “None of these” below." in words(tom.dialog)
    filed = words(await tom.fills({"questions": ["foi"]}))
    assert f"Filed under {CASE}" in filed
    assert "Wednesday 11 November 2026" in filed
    await town.deliver()
    card = dana.messages()[-1]
    assert "The last day is Wednesday 11 November 2026." in said(card)
    await dana.presses(card, "message.read")
    assert "Send me the minutes about my gate." in words(dana.dialog)
    await dana.presses(card, "task.done")
    await town.deliver()
    assert "Done on Wednesday 14 October 2026" in said(dana.messages()[-1])

    priya = town.user("Priya")
    quoted = {
        "id": "1700000000001",
        "body": {"contentType": "html", "content": f"<p>He wrote again, see {CASE}: &lt;where?&gt;</p>"},
        "createdDateTime": "2026-10-14T09:00:00Z",
        "linkToMessage": "https://teams.microsoft.com/l/message/x/1",
        "from": {"user": {"id": tom.id, "displayName": "Tom"}},
    }
    await priya.extension("file_message", room, quoted)
    held = priya.typed({})
    assert held["reference"] == CASE
    assert held["words"].startswith(f"He wrote again, see {CASE}: <where?>")
    assert held["words"].endswith("https://teams.microsoft.com/l/message/x/1")
    assert (held["received_on"], held["received_at"]) == ("2026-10-14", "10:00")
    assert f"Filed under {CASE}" in words(await priya.fills({"channel": "other", "none_of_these": True}))
    assert len(town.file().messages) == 2
    nothing_private(town)


async def test_person_should_be_identified_merged_and_parted_and_marked(town: TeamsTown) -> None:
    dana, margaret, tom = (town.user(name) for name in ("Dana", "Margaret", "Tom"))
    await reported(town, person_is="unknown", person_name="Tall man, red coat", person_contact="")
    await reported(town, "Tom", person_name="Alex Marsdon", person_contact="+44 (0)1632 960 123")
    other = "INC-2026-0002"
    await opened(town, "Dana")
    assert "Nobody is identified yet" in words(dana.dialog)
    identify = labelled(dana.dialog, "Say who the person is")
    await tom.submit(identify["data"])
    assert "identify" not in str(tom.dialog.get("actions"))
    await dana.submit(identify["data"])
    await dana.sends({"person_is": "member_of_public", "person_name": ""})
    assert "Give the person’s name." in words(dana.dialog)
    shown = words(await dana.fills({"person_name": "Alex Marsden", "person_contact": "01632 960123"}))
    assert "First described as" in shown
    assert other in shown

    await press(dana, f"Same person as in {other}")
    await dana.fills({"evidence": "The same red van."})
    await town.deliver()
    (card,) = [one for one in margaret.messages() if "one person" in said(one)]
    await margaret.presses(card, "merge.look")
    assert "The same red van." in words(margaret.dialog)
    await press(margaret, "One person: merge")
    assert "Confirmed by Councillor Margaret Hall" in words(margaret.dialog)
    assert len(town.file(CASE).records) == 2
    await opened(town, "Dana", other)
    await press(dana, f"Undo the merge with {CASE}")
    assert len(town.file(CASE).records) == 1
    await town.deliver()

    await opened(town, "Dana")
    await press(dana, "Propose a safety marker")
    await dana.fills(
        {
            "risk": "threat",
            "fact": "On 14 October 2026 he raised his fist at the desk and said “you will be sorry”.",
            "advice": "Meet in pairs, at the front desk.",
            "expires_on": "2027-04-14",
            "tell_person": "yes",
        }
    )
    await town.deliver()
    card = margaret.messages()[-1]
    await margaret.presses(card, "marker.look")
    await margaret.presses_in_dialog("marker.approve")
    await town.deliver()
    assert "Meet in pairs, at the front desk." in await can(town)
    assert any("the person is to be told" in said(one) for one in dana.messages())
    nothing_private(town)


async def test_letter_should_be_corrected_and_come_back_and_go_another_way(town: TeamsTown) -> None:
    dana, margaret = town.user("Dana"), town.user("Margaret")
    await told(town)
    town.clock.now = datetime(2026, 10, 21, 10, tzinfo=LONDON)
    await opened(town, "Dana")
    await press(dana, "Correct the notice")
    await dana.sends({"changed": ["dates"], "words": "We gave the wrong last day. It is one month earlier."})
    await dana.sends({"ends_on": "2027-05-15"})
    assert "This is harsher than the notice it corrects" in words(dana.dialog)
    await press(dana, "Go back to the correction")  # what was typed is kept
    assert "It is one month earlier." in str(dana.dialog)
    await dana.sends({})
    assert "nothing is sent yet" in words(await dana.fills({"ends_on": "2027-03-15"}))
    await dana.presses_in_dialog("notice.prepare")
    assert "11.59pm on Wednesday 4 November 2026" in words(await dana.fills({"method": "email"}))
    await dana.presses_in_dialog("notice.send")
    await dana.fills({})
    await town.deliver()
    assert any("was corrected" in said(one) for one in margaret.messages())

    await opened(town, "Dana")
    bounced = labelled(dana.dialog, "It came back (Corrected notice)")
    await town.user("Tom").submit(bounced["data"])
    assert town.file().notices[-1].state == "sent"
    await dana.submit(bounced["data"])
    await town.deliver()
    assert town.file().notices[-1].state == "void"
    task = next(one for one in reversed(dana.messages()) if "To do" in said(one))
    await opened(town, "Dana")
    again = next(one for one in buttons(dana.dialog) if one["title"].startswith("Send it another way"))
    await dana.submit(again["data"])
    await dana.fills({"method": "hand", "address": "1 High Street"})
    await town.deliver()
    assert "Done" in said(next(one for one in dana.messages() if one["id"] == task["id"]))
    nothing_private(town)


async def test_warning_police_and_the_order_of_things_should_be_read_and_written_in_dialogs(
    small_town: TeamsTown,
) -> None:
    town = small_town
    dana, margaret = town.user("Dana"), town.user("Margaret")
    await reported(town)
    await dana.presses(dana.card_of(CASE), "finding.sign")
    await dana.fills({"finding": "warning", "circumstances": "One report.", "reasons": "He shouted."})
    await town.deliver()
    await margaret.presses(margaret.card_of(CASE), "finding.agree")
    await town.deliver()
    await opened(town, "Dana")
    preview = await write(
        town, "Prepare the notice", {"method": "email", "address": "alex.marsden@example.com"}
    )
    assert "It counts until Thursday 14 October 2027." in preview
    assert "A warning was given. It counts until 11.59pm on Thursday 14 October 2027." in await can(town)

    await opened(town, "Dana")
    await dana.presses_in_dialog("police.record")
    await dana.sends({"route": "101"})
    await dana.fills({"force": "Cumbria Police", "log_number": "log 77"})
    await opened(town, "Dana")
    assert "log 77" in words(dana.dialog)
    order = labelled(dana.dialog, "What happened, in order")
    await dana.submit(order["data"])
    assert "Incident reported" in words(dana.dialog)
    await town.user("Tom").submit(order["data"])
    assert "Marsden" not in words(town.user("Tom").dialog)
    nothing_private(town)
