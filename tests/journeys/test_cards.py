"""What the card of each office holder says at each stage: title, who acts next, by when, buttons (R13-R20, R41)."""

from __future__ import annotations

from collections.abc import Mapping

from tests.journeys.steps import PROPOSAL, agree, approve, decide, notify, propose, report, sign
from tests.town import Seen, Town

CASE = "INC-2026-0001"
EVERYBODY = ("Dana", "Sam", "Margaret", "Owen", "Ruth", "Ian", "Leila", "Priya", "Tom")
PERSONAL = ("Marsden", "Alex", "fist", "01632", "Okoro", "Hall", "Shah", "reasons")
DUE = "Due before Wednesday 21 October 2026."


async def posted(town: Town, name: str) -> Seen | None:
    """The card of the case in a colleague's own room, which comes once; a reporter reads of each step besides."""
    found = [one for one in await (await town.colleague(name)).room() if CASE in one.text]
    assert len(found) <= 1 or name == "Priya", [one.text for one in found]
    assert not [word for one in found for word in PERSONAL if word in one.text]
    return found[0] if found else None


async def stands(
    town: Town, title: str, next_step: str, buttons: Mapping[str, str], *, due: bool = True, done: str = ""
) -> None:
    """Whoever acts has a card of this title and step with these buttons; the record says the same; nobody else has.

    `buttons`: by first name, beside "Open this case", which everybody has.
    """
    assert town.record()["next_step"] == next_step
    for name, labels in buttons.items():
        card = await posted(town, name)
        assert card is not None, name
        assert card.title == f"{CASE}: {title}"
        assert next_step in card.text
        assert (DUE in card.text) == due
        assert done in card.text
        assert [one.label for one in card.buttons] == ["Open this case", *filter(None, labels.split("; "))], (
            name
        )
    for name in set(EVERYBODY) - buttons.keys() - {"Priya"}:
        assert await posted(town, name) is None, name


async def news(town: Town, *sentences: str) -> None:
    """What the reporter reads: the stage and the outcome, and one button."""
    card = await posted(town, "Priya")
    assert card is not None
    assert card.title == CASE
    for sentence in sentences:
        assert sentence in card.text
    assert [one.label for one in card.buttons] == ["Open this case"]


async def test_cards_should_follow_a_case_from_its_report_to_its_notice(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    interim = "Impose an urgent interim restriction"
    await stands(
        town,
        "Reported",
        "A finding is awaited from the Chief Officer and from the Chair of F&GP.",
        {"Dana": f"Sign a finding; {interim}", "Sam": "", "Margaret": "Sign a finding"},
    )
    await news(town, "We have received your report.")
    await sign(dana)
    await stands(
        town,
        "Waiting for the second finding",
        "The second finding is awaited from the Chair of F&GP.",
        {
            "Dana": f"Sign a different finding; Propose a restriction; {interim}",
            "Sam": "Propose a restriction",
            "Margaret": "Agree with the finding; Sign a different finding; Propose a restriction",
        },
        done="signed by the Chief Officer, 10:00 on Wednesday 14 October 2026",
    )
    await news(town, "Your report is being looked into.")
    await agree(margaret)
    await stands(
        town,
        "Findings agree, proposal to be written",
        "The proposal is to be written by the Chief Officer or the Chair of F&GP.",
        {
            "Dana": f"Sign a different finding; Propose a restriction; {interim}",
            "Sam": "Propose a restriction",
            "Margaret": "Sign a different finding; Propose a restriction",
        },
        done="signed by the Chair of F&GP, 10:00 on Wednesday 14 October 2026",
    )
    await propose(dana)
    await stands(
        town,
        "Proposal waiting for approval",
        "A signature is awaited from the Chair of F&GP.",
        {
            "Dana": "Sign a different finding; Change the proposal",
            "Sam": "Change the proposal",
            "Margaret": "Sign a different finding; Approve version 1; Reject; Change the proposal",
        },
        done="Version 1 approved by the Chief Officer, 10:00 on Wednesday 14 October 2026",
    )
    await news(town, "A decision on your report has been proposed and awaits approval.")
    await approve(margaret)
    outcome = (
        "Decided: A communication restriction. By the Chief Officer and the Chair of F&GP, 10:00 on Wednesday"
    )
    nothing = {"Dana": "", "Sam": "", "Margaret": ""}
    await stands(
        town,
        "Decided, notice not sent",
        "The Chief Officer sends the notice and records when it went.",
        nothing,
        due=False,
        done=outcome,
    )
    await news(town, "After your report, the decision is a limit on contact with the council.")
    await notify(town)
    await stands(
        town,
        "Notice sent, appeal open",
        "Nobody has to act. The person can appeal until 11.59pm on Wednesday 28 October 2026.",
        nothing,
        due=False,
        done=outcome,
    )
    await news(town, "The person has been told of the decision on your report.")


async def test_split_findings_should_ask_both_to_talk_and_sign_again(town: Town) -> None:
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    await sign(dana, finding="warning")
    await sign(margaret, finding="no_action")
    step = (
        "The findings differ. Talk it over; then a new finding is awaited from the Chief Officer and from the "
        "Chair of F&GP."
    )
    other = "Sign a different finding"
    await stands(
        town,
        "Split: discuss",
        step,
        {"Dana": f"{other}; Impose an urgent interim restriction", "Sam": "", "Margaret": other},
    )


async def test_finding_and_proposal_should_be_signed_by_one_press(town: Town) -> None:
    dana = await town.colleague("Dana")
    await report(await town.colleague("Priya"))
    await sign(dana)
    await propose(dana)
    card = await posted(town, "Margaret")
    assert card is not None
    assert card.button("finding.agree_approve").label == "Agree, and approve version 1"
    assert "A signature is awaited from the Chair of F&GP." in card.text


async def test_no_further_action_should_need_no_notice(town: Town) -> None:
    await report(await town.colleague("Priya"))
    await sign(await town.colleague("Dana"), finding="no_action")
    await agree(await town.colleague("Margaret"))
    await stands(
        town,
        "Decided, no notice needed",
        "The Chief Officer acts next. This case is urgent. Complete the police part before you close it: how the "
        "police were told, the force and the log number, or the reason for not telling them.",
        {"Dana": "", "Sam": "", "Margaret": ""},
        due=False,
        done="Decided: Unacceptable, no further action.",
    )
    await news(town, "Your report was looked into. The behaviour was found unacceptable; no further action")


async def test_interim_restriction_should_not_hide_what_is_still_awaited(town: Town) -> None:
    await report(await town.colleague("Priya"))
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    form = await dana.presses((await dana.latest(CASE)).button("interim.impose"))
    await dana.fills(form, {**PROPOSAL, "case_for": "A fist was raised."})
    awaited = "A finding is awaited from the Chief Officer and from the Chair of F&GP."
    lapses = (
        "The interim restriction lapses at 11.59pm on Wednesday 21 October 2026 unless a councillor confirms it. "
        "The Chair, the Vice-Chair or another member of F&GP may confirm it."
    )
    sign_and_confirm = "Sign a finding; Confirm the interim restriction"
    await stands(
        town,
        "Interim restriction, notice not sent",
        f"The Chief Officer sends the notice and records when it went. {awaited} {lapses}",
        {"Dana": "Sign a finding", "Sam": "", "Margaret": sign_and_confirm},
    )
    await notify(town)
    await stands(
        town,
        "Notice sent, appeal open",
        f"{awaited} {lapses}",
        {"Dana": "Sign a finding", "Sam": "", "Margaret": sign_and_confirm},
    )
    await margaret.presses((await margaret.latest(CASE)).button("interim.confirm"))
    await stands(
        town,
        "Notice sent, appeal open",
        awaited,
        {"Dana": "Sign a finding", "Sam": "", "Margaret": "Sign a finding"},
    )


# --- the private card, by reader ----------------------------------------------------------------------


async def opened(town: Town, name: str) -> Seen:
    """The whole case as a colleague may see it."""
    return await (await town.colleague(name)).types(f"/incident case {CASE}")


async def test_full_card_should_show_each_reader_their_part(town: Town) -> None:
    await decide(town)
    await notify(town)
    for name in ("Dana", "Sam", "Margaret"):
        seen = await opened(town, name)
        for words in ("Alex Marsden", "He raised his fist", "A fist was raised and", "It was one occasion."):
            assert words in seen.text, name
        assert "Dana Okoro (Chief Officer) and Councillor Margaret Hall (Chair of F&GP)" in seen.text
        assert "notice.preview" in [one.id for one in seen.buttons]
    for name in ("Owen", "Ruth", "Ian", "Leila"):  # the decision notice only
        seen = await opened(town, name)
        assert "Decision A communication restriction" in seen.text
        assert "Appeal closes at 11.59pm on Wednesday 28 October 2026" in seen.text
        assert not [word for word in ("Marsden", "fist", "occasion") if word in seen.text], name
        assert [one.id for one in seen.buttons] == ["decision.record"]  # it names nobody
    seen = await opened(town, "Priya")
    assert "He raised his fist" in seen.text
    assert not [word for word in ("Marsden", "Okoro", "occasion", "two residents") if word in seen.text]
    seen = await opened(town, "Tom")
    assert seen.kind == "refuse"
    assert "There is no case with this reference that you can see." in seen.text


async def test_councillor_should_see_nothing_of_a_case_before_its_decision(town: Town) -> None:
    await report(await town.colleague("Priya"))
    for name in ("Owen", "Ruth", "Ian", "Leila", "Tom"):
        assert (await opened(town, name)).kind == "refuse", name


async def test_target_should_see_the_stage_and_take_no_part(town: Town) -> None:
    await report(await town.colleague("Priya"), target=[town.people["Dana"]])
    assert town.record()["next_step"] == (
        "A finding is awaited from the Deputy Chief Officer and from the Chair of F&GP."
    )
    seen = await opened(town, "Dana")
    assert "fist" not in seen.text
    assert "finding.sign" not in [one.id for one in seen.buttons]
    sam = await posted(town, "Sam")
    assert sam is not None
    assert sam.button("finding.sign").label == "Sign a finding"


# --- the same facts as data ---------------------------------------------------------------------------


async def test_record_should_say_what_the_cards_say(town: Town) -> None:
    await decide(town)
    await notify(town)
    record, card = town.record(), await opened(town, "Dana")
    assert record["state"] == "appeal_open"
    assert record["next_step"] in card.text
    assert card.title == f"{record['reference']}: Notice sent, appeal open"
    assert [(f["office"], f["finding"]) for f in record["findings"]] == [
        ("chief_officer", "restriction"),
        ("chair_fgp", "restriction"),
    ]
    assert card.text.count("Finding Unacceptable: a communication restriction") == 2
    assert [(a["office"], a["version"], a["answer"]) for a in record["approvals"]] == [
        ("chief_officer", 1, "approved"),
        ("chair_fgp", 1, "approved"),
    ]
    assert card.text.count("Version 1 approved") == 2
    (decision,) = record["decisions"]
    assert decision["decided_by"] == ["chief_officer", "chair_fgp"]
    assert (decision["notified_on"], "Person notified on Wednesday 14 October 2026" in card.text) == (
        "2026-10-14",
        True,
    )
    assert record["appeal_closes_at"] == decision["appeal_closes_at"] == "2026-10-28T23:59:59+00:00"
    assert "Appeal closes at 11.59pm on Wednesday 28 October 2026" in card.text
    (restriction,) = record["restrictions"]
    assert (restriction["in_force"], restriction["ends_on"]) == (True, "2027-04-15")
    assert (
        "Lasts until 11.59pm on Thursday 15 April 2027 In force now This restriction is in force."
        in card.text
    )
    (notice,) = record["notices"]
    assert (notice["state"], notice["method"], len(notice["sent"])) == ("sent", "email", 1)
    assert "Notice version 1, by email State sent" in card.text
