"""Who the person is, markers, the police part, corrected and bounced letters, at Slack, natively (issue 6)."""

from __future__ import annotations

from datetime import datetime

from policy.calendars import LONDON
from tests.slack.after_steps import CASE, nothing_private, on_card, opened, press, reported, told
from tests.slack.test_whole_case import words
from tests.slack.town import SlackTown


async def can(town: SlackTown) -> str:
    """What a colleague reads who asks what they may do."""
    tom = town.user("Tom")
    await tom.types("/incident check marsden", town.channels["governance"])
    return words(await tom.fills({}))


async def test_person_should_be_identified_merged_parted_marked_and_the_police_told(town: SlackTown) -> None:
    dana, margaret, tom = (town.user(name) for name in ("Dana", "Margaret", "Tom"))
    await reported(town, person_is="unknown", person_name="Tall man, red coat", person_contact="")
    await reported(town, "Tom", person_name="Alex Marsdon", person_contact="+44 (0)1632 960 123")
    other = "INC-2026-0002"
    await opened(town, "Dana")
    assert "Nobody is identified yet" in words(dana.view)
    town.slack.show(tom.id, dana.view)  # somebody who was never offered it presses the same
    await press(tom, "Say who the person is")
    assert tom.view.get("callback_id") != "identify"
    await press(dana, "Say who the person is")
    who = {"person_is": "member_of_public", "person_contact": "01632 960123"}
    wrong = await dana.sends({**who, "person_name": ""})
    assert "Give the person’s name." in str(wrong)
    shown = words(await dana.fills({**who, "person_name": "Alex Marsden"}))
    assert "First described as" in shown
    assert other in shown

    await press(dana, f"Same person as in {other}")
    await dana.fills({"evidence": "The same red van."})
    await town.deliver()
    await on_card(town, margaret, "merge.look", "one person")
    assert "The same red van." in words(margaret.view)
    await press(margaret, "One person: merge")
    assert "Confirmed: by Councillor Margaret Hall" in words(margaret.view)
    await opened(town, "Dana", other)
    await press(dana, f"Undo the merge with {CASE}")
    assert "Undone" in words(dana.view)
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
    await on_card(town, margaret, "marker.look", "marker")
    await margaret.presses(margaret.view, "marker.approve")
    await town.deliver()
    assert "Meet in pairs, at the front desk." in await can(town)

    await opened(town, "Dana")
    await press(dana, "Record the police part")
    await dana.sends({"route": "101"})
    await dana.fills({"force": "Cumbria Police", "log_number": "log 77"})
    await opened(town, "Dana")
    assert "log 77" in words(dana.view)
    nothing_private(town)


async def test_letter_should_be_corrected_and_come_back_and_go_another_way(town: SlackTown) -> None:
    dana, margaret, tom = (town.user(name) for name in ("Dana", "Margaret", "Tom"))
    await told(town)
    town.clock.now = datetime(2026, 10, 21, 10, tzinfo=LONDON)
    await opened(town, "Dana")
    await press(dana, "Correct the notice")
    await dana.sends({"changed": ["dates"], "words": "We gave the wrong last day. It is one month earlier."})
    await dana.sends({"ends_on": "2027-05-15"})
    assert "This is harsher than the notice it corrects" in words(dana.view)
    await press(dana, "Go back to the correction")  # what was typed is kept
    assert "It is one month earlier." in str(dana.view)
    await dana.sends({})
    assert "nothing is sent yet" in words(await dana.fills({"ends_on": "2027-03-15"}))
    await dana.presses(dana.view, "notice.prepare")
    assert "11.59pm on Wednesday 4 November 2026" in words(await dana.fills({"method": "email"}))
    await dana.presses(dana.view, "notice.send")
    await dana.fills({})
    await town.deliver()
    assert any("was corrected" in one["text"] for one in margaret.messages())

    await opened(town, "Dana")
    town.slack.show(tom.id, dana.view)
    await press(tom, "It came back (Corrected notice)")
    assert "Ask the person to write." in await can(town)
    await press(dana, "It came back (Corrected notice)")
    await town.deliver()
    assert any("Find another way" in one["text"] for one in dana.messages())
    await opened(town, "Dana")
    await press(dana, "Send it another way (Corrected notice)")
    await dana.fills({"method": "hand", "address": "1 High Street"})
    await town.deliver()
    assert any(one["text"].startswith(f"Done: {CASE}") for one in dana.messages())
    nothing_private(town)
