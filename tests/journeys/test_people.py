"""Who the person is: said later, found in two cases, merged by two colleagues, undone; a councillor (R9, R10, R46)."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers.matches import names_alike
from policy.settings import PolicySettings
from tests.journeys.steps import agree, decide, notify, propose, report, sign
from tests.town import Answer, Colleague, Seen, Town

ONE, TWO = "INC-2026-0001", "INC-2026-0002"
UNKNOWN: dict[str, Answer] = {
    "person_is": "unknown",
    "person_name": "Tall man, red coat",
    "person_contact": "",
}
NAMED: dict[str, Answer] = {
    "person_is": "member_of_public",
    "person_name": "Alex Marsdon",
    "person_contact": "+44 (0)1632 960 123",
}


async def opened(town: Town, name: str, reference: str = ONE) -> Seen:
    """The whole case as a colleague may see it."""
    return await (await town.colleague(name)).types(f"/incident case {reference}")


async def identify(town: Town, name: str = "Dana", reference: str = ONE, /, **changes: Answer) -> Seen:
    """A colleague says who it is."""
    who = await town.colleague(name)
    form = await who.presses((await opened(town, name, reference)).button("person.identify"))
    return await who.fills(form, {**NAMED, **changes}, strict=False)


async def propose_merge(who: Colleague, reference: str = TWO, **answers: Answer) -> Seen:
    """A colleague says, in one case, that it is the person of another."""
    case = await who.types(f"/incident case {reference}")
    return await who.fills(await who.presses(case.button("merge.propose")), answers, strict=False)


async def two_cases(town: Town, **changes: Answer) -> None:
    """Two reports about one person, made by two colleagues who wrote the name differently."""
    await report(await town.colleague("Priya"))
    await report(await town.colleague("Tom"), **{**NAMED, **changes})


async def merged(town: Town) -> Seen:
    """Dana proposes, Margaret confirms."""
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await propose_merge(dana)
    card = await margaret.presses((await margaret.latest("one person")).button("merge.look"))
    return await margaret.presses(card.button("merge.confirm"))


# --- saying who it is -------------------------------------------------------------------------------------


async def test_unknown_person_should_be_identified_later_and_then_be_restricted(town: Town) -> None:
    await report(await town.colleague("Priya"), **UNKNOWN)
    dana = await town.colleague("Dana")
    before = await opened(town, "Dana")
    assert "Nobody is identified yet, so no restriction is possible." in before.text
    refused = await dana.fills(
        await dana.presses(before.button("finding.sign")),
        {"finding": "restriction", "reasons": "x"},
        strict=False,
    )
    assert "Record who it was first." in refused.errors["finding"]
    after = await identify(town)
    assert (
        "Person Alex Marsdon Contact +44 (0)1632 960 123 First described as Tall man, red coat" in after.text
    )
    assert "no restriction is possible" not in after.text
    assert after.button("person.identify").label == "Correct who the person is"
    await sign(dana)
    await agree(await town.colleague("Margaret"))
    assert "INC-2026-0001" in (await propose(dana)).text
    assert town.record()["state"] == "proposal_waiting"
    ((actor, _, detail),) = town.log("person.identified")
    assert (actor, detail["councillor"]) == ("Dana", "no")


async def test_only_those_who_work_the_case_should_say_who_it_is(town: Town) -> None:
    await report(await town.colleague("Priya"), **UNKNOWN)
    case = town.file().case.id
    for name in ("Priya", "Tom", "Owen", "Ruth", "Leila"):
        who = await town.colleague(name)
        assert (await who.presses("person.identify", case)).kind == "refuse", name
        assert "person.identify" not in [one.id for one in (await opened(town, name)).buttons], name
    assert not town.file().person.identified


async def test_target_should_not_say_who_it_is(town: Town) -> None:
    await report(await town.colleague("Priya"), target=[town.people["Dana"]], **UNKNOWN)
    assert (
        await (await town.colleague("Dana")).presses("person.identify", town.file().case.id)
    ).kind == "refuse"


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"person_name": ""}, "person_name", "Give the person’s name."),
        ({"person_is": ""}, "person_is", "Choose an answer"),
        ({"person_is": "unknown"}, "person_is", "Choose from the answers listed"),
        ({"person_name": "x" * 201}, "person_name", "1 character too long"),
        ({"person_is": "councillor", "person_colleague": ""}, "person_colleague", "Choose an answer"),
        ({"person_is": "councillor", "person_colleague": "nobody"}, "person_colleague", "Choose from"),
    ],
)
async def test_bad_input_should_stand_at_its_field(
    town: Town, answers: dict[str, Answer], field: str, said: str
) -> None:
    await report(await town.colleague("Priya"), **UNKNOWN)
    seen = await identify(town, **answers)
    assert said in seen.errors[field]
    assert not town.file().person.identified


async def test_name_should_stand_once_a_decision_was_made_but_the_address_may_be_mended(town: Town) -> None:
    await decide(town)
    wrong = await identify(town, person_name="Bo Derwent", person_contact="bo@example.org")
    assert "A decision about this person was made" in wrong.errors["person_name"]
    mended = await identify(town, person_name="Alex Marsden", person_contact="new@example.org")
    assert "Contact new@example.org" in mended.text
    tom = await town.colleague("Tom")
    assert "This person is known" in (await tom.types("/incident check new@example.org")).text
    assert "This person is known" not in (await tom.types("/incident check alex.marsden@example.com")).text


# --- likely matches -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "contact", "reason"),
    [
        ("Alex Marsdon", "", "A similar name. A name alone is never enough to merge."),
        ("MARSDEN, Alexander (Mr)", "", "A similar name. A name alone is never enough to merge."),
        (
            "Jo Bloggs",
            "01632 960123",
            "The same telephone number. The names differ, so this may be a shared one.",
        ),
        ("Jo Bloggs", "mobile 0044 1632 960123 after six", "The same telephone number. The names differ"),
        ("Jo Bloggs", "<Alex.Marsden@Example.com>", "The same email address. The names differ"),
        ("Alex Marsden", "alex.marsden@example.com", "The same email address and a similar name."),
        ("Jo Bloggs", "", ""),
        ("Alex Bloggs", "01632 960124", ""),
        ("Marlow, Alex", "", ""),
    ],
)
async def test_likely_match_should_be_shown_with_its_reason(
    town: Town, name: str, contact: str, reason: str
) -> None:
    await two_cases(town, person_name=name, person_contact=contact)
    for reader in ("Dana", "Sam", "Margaret"):
        seen = await opened(town, reader, TWO)
        assert (reason in seen.text) if reason else ("somebody you know already" not in seen.text)
        assert (f"Same person as in {ONE}" in [one.label for one in seen.buttons]) == bool(reason)
    assert ONE not in (await opened(town, "Tom", TWO)).text


async def test_report_should_tell_its_reporter_of_no_match(town: Town) -> None:
    await report(await town.colleague("Priya"))
    received = await report(await town.colleague("Tom"))
    assert TWO in received.text
    assert ONE not in received.html


async def test_match_should_be_hidden_from_a_colleague_with_a_conflict_in_the_other_case(town: Town) -> None:
    await report(await town.colleague("Priya"), target=[town.people["Dana"]])
    await report(await town.colleague("Tom"))
    assert ONE not in (await opened(town, "Dana", TWO)).text
    assert ONE in (await opened(town, "Sam", TWO)).text
    dana = await town.colleague("Dana")
    value = f"{town.file(TWO).case.id}:{town.file(ONE).case.person_id}"
    assert (await dana.presses("merge.propose", value)).kind == "refuse"
    typed = await dana.presses("merge.propose", f"{town.file(TWO).case.id}:")
    wrong = await dana.fills(typed, {"reference": ONE, "evidence": "I know him."}, strict=False)
    assert "There is no case with this reference that you can see." in wrong.errors["reference"]
    nothing = await dana.fills(typed, {"reference": "INC-2026-0099", "evidence": "I know him."}, strict=False)
    assert nothing.errors == wrong.errors


# --- merging ------------------------------------------------------------------------------------------------


async def test_merge_should_take_two_colleagues_and_then_count_everywhere(town: Town) -> None:
    await decide(town)
    await notify(town)
    await report(
        await town.colleague("Tom"),
        **{**NAMED, "person_name": "A. Marsdon", "person_contact": "a@example.org"},
    )
    tom, dana = await town.colleague("Tom"), await town.colleague("Dana")
    assert (await tom.types("/incident check a@example.org")).title == "No restriction is in force"
    typed = await dana.presses("merge.propose", f"{town.file(TWO).case.id}:")
    proposed = await dana.fills(typed, {"reference": ONE, "evidence": "The same red van."})
    assert "The same red van." in proposed.text
    assert [one.id for one in proposed.buttons] == ["merge.reject"]
    assert (await dana.presses("merge.confirm", proposed.buttons[0].value)).say.startswith(
        "You proposed this merge."
    )
    margaret = await town.colleague("Margaret")
    message = await margaret.latest("one person")
    assert message.title == f"{ONE} and {TWO}"
    assert "Mars" not in message.text
    assert "van" not in message.text
    seen = await margaret.presses(message.button("merge.look"))
    assert "The same red van." in seen.text
    done = await margaret.presses(seen.button("merge.confirm"))
    assert done.title == "One person"
    for words in ("a@example.org", "marsden", TWO, ONE):
        found = await tom.types(f"/incident check {words}")
        assert found.title == "A restriction is in force", words
        assert "people match" not in found.text
    both = await opened(town, "Dana", TWO)
    assert "Person A. Marsdon" in both.text
    assert "Also recorded as Alex Marsden, alex.marsden@example.com, 01632 960123" in both.text
    assert "confirmed by Councillor Margaret Hall" in both.text
    assert any("These two cases are about one person." in one.text for one in await margaret.room())


async def test_two_cases_of_one_person_should_both_be_found_by_check(town: Town) -> None:
    await two_cases(town)
    await merged(town)
    tom = await town.colleague("Tom")
    for words in ("marsden", "marsdon", ONE, TWO, "01632 960123"):
        assert "This person is known" in (await tom.types(f"/incident check {words}")).text
    assert {detail["found"] for _, _, detail in town.log("check.looked_up")} == {"1"}


async def test_name_alone_should_never_be_enough(town: Town) -> None:
    await two_cases(town, person_contact="")
    dana = await town.colleague("Dana")
    wrong = await propose_merge(dana, evidence="")
    assert wrong.errors["evidence"] == "Fill in “What shows that this is one person”."
    dots = await propose_merge(dana, evidence="…")
    assert "never merged by name alone" in dots.errors["evidence"]
    typed = await dana.presses("merge.propose", f"{town.file(TWO).case.id}:")
    blank = await dana.fills(typed, {"reference": ONE, "evidence": ""}, strict=False)
    assert "never merged by name alone" in blank.errors["evidence"]
    assert (await propose_merge(dana, evidence="Priya recognised him.")).title == "Is this one person?"


async def test_unknown_person_should_become_known_by_a_merge(town: Town) -> None:
    await report(await town.colleague("Priya"))
    await report(await town.colleague("Tom"), **UNKNOWN)
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    typed = await dana.presses("merge.propose", f"{town.file(TWO).case.id}:")
    await dana.fills(typed, {"reference": ONE, "evidence": "Priya recognised the coat."})
    assert town.file(TWO).restriction_lock is not None
    look = await margaret.presses((await margaret.latest("one person")).button("merge.look"))
    await margaret.presses(look.button("merge.confirm"))
    assert town.file(TWO).restriction_lock is None
    assert "Person Alex Marsden" in (await opened(town, "Dana", TWO)).text
    await dana.presses((await opened(town, "Dana", TWO)).button("merge.undo"))
    assert town.file(TWO).restriction_lock is not None
    assert "Not known: Tall man, red coat" in (await opened(town, "Dana", TWO)).text


async def test_undo_should_part_what_was_recorded_after_the_merge(town: Town) -> None:
    await two_cases(town)
    await merged(town)
    dana, margaret, tom = [await town.colleague(name) for name in ("Dana", "Margaret", "Tom")]
    await identify(town, "Dana", TWO, person_name="Alec Marsdon", person_contact="alec@example.org")
    await sign(dana, TWO)
    await agree(margaret, f"{TWO}:")
    await propose(dana, TWO)
    await margaret.presses((await margaret.latest("Proposal waiting")).button("proposal.approve"))
    form = await dana.presses((await opened(town, "Dana", TWO)).button("notice.prepare"))
    preview = await dana.fills(form, {"method": "email"})
    assert "alec@example.org" in preview.text
    await dana.fills(await dana.presses(preview.button("notice.send")), {})
    assert (await tom.types("/incident check marsden")).title == "A restriction is in force"
    seen = await margaret.presses((await opened(town, "Margaret", ONE)).button("merge.undo"))
    assert seen.title == "Two people: the merge was undone"
    assert (await tom.types("/incident check marsden")).title == "No restriction is in force"
    assert (await tom.types("/incident check alec@example.org")).title == "A restriction is in force"
    assert [town.file(ref).person.name for ref in (ONE, TWO)] == ["Alex Marsden", "Alec Marsdon"]
    assert [name for name, _, _ in town.log("merge.undone")] == ["Margaret"]


async def test_rejected_match_should_be_suggested_no_more(town: Town) -> None:
    await two_cases(town)
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await propose_merge(dana)
    seen = await margaret.presses((await margaret.latest("one person")).button("merge.look"))
    assert (await margaret.presses(seen.button("merge.reject"))).title == "Two people"
    after = await opened(town, "Dana", TWO)
    assert "somebody you know already" not in after.text
    assert "rejected by Councillor Margaret Hall" in after.text


STATES = ("proposed", "merged", "rejected", "undone")
LEGAL = {("proposed", "confirm"): "merged", ("proposed", "reject"): "rejected", ("merged", "undo"): "undone"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("press", ["confirm", "reject", "undo"])
async def test_every_press_on_a_merge_should_do_what_its_state_allows(
    town: Town, state: str, press: str
) -> None:
    await two_cases(town)
    margaret = await town.colleague("Margaret")
    await propose_merge(await town.colleague("Dana"))
    value = (await margaret.latest("one person")).button("merge.look").value
    for before in {
        "proposed": (),
        "merged": ("confirm",),
        "rejected": ("reject",),
        "undone": ("confirm", "undo"),
    }[state]:
        await margaret.presses(f"merge.{before}", value)
    lines = len([line for line in town.log() if line[1] != "refused"])
    await margaret.presses(f"merge.{press}", value)
    with town.civility.store.read(town.council_id) as uow:
        merge = uow.merges.get(value)
        assert merge is not None
        assert merge.state == LEGAL.get((state, press), state)
    after = len([line for line in town.log() if line[1] != "refused"])
    assert (after > lines) == ((state, press) in LEGAL)


async def test_merge_should_be_nothing_to_those_who_may_not_see_both_cases(town: Town) -> None:
    await two_cases(town)
    await propose_merge(await town.colleague("Dana"))
    value = (await (await town.colleague("Margaret")).latest("one person")).button("merge.look").value
    for name in ("Priya", "Tom", "Owen", "Ruth", "Ian", "Leila"):
        who = await town.colleague(name)
        for press in ("look", "confirm", "reject", "undo"):
            assert (await who.presses(f"merge.{press}", value)).kind == "refuse"
        assert not any("one person" in one.text for one in await who.room()), name
    with town.civility.store.read(town.council_id) as uow:
        assert uow.merges.get(value).state == "proposed"  # type: ignore[union-attr]


async def test_same_pair_should_be_proposed_once(town: Town) -> None:
    await two_cases(town)
    dana, sam = await town.colleague("Dana"), await town.colleague("Sam")
    await propose_merge(dana)
    for ref, other in ((ONE, TWO), (TWO, ONE)):
        typed = await sam.presses("merge.propose", f"{town.file(ref).case.id}:")
        again = await sam.fills(typed, {"reference": other, "evidence": "x"}, strict=False)
        assert "This merge was proposed already" in again.errors[""]
    typed = await sam.presses("merge.propose", f"{town.file(ONE).case.id}:")
    same = await sam.fills(typed, {"reference": ONE, "evidence": "x"}, strict=False)
    assert "about the same record already" in same.errors[""]


# --- the person is a councillor ------------------------------------------------------------------------------


async def test_councillor_found_later_should_close_the_paths_and_lose_sight(town: Town) -> None:
    await report(await town.colleague("Priya"), **UNKNOWN)
    await identify(town)
    dana, margaret, leila = [await town.colleague(name) for name in ("Dana", "Margaret", "Leila")]
    await sign(dana)
    await agree(margaret)
    await propose(dana)
    old = (await margaret.latest(ONE)).button("proposal.approve")
    seen = await identify(
        town,
        person_is="councillor",
        person_colleague=town.people["Leila"],
        person_name="Councillor Leila Aziz",
    )
    assert "warnings, restrictions and markers are closed" in seen.text
    ids = [one.id for one in seen.buttons]
    assert "referral.record" in ids
    assert "police.record" in ids
    assert not {"proposal.draft", "proposal.change", "interim.impose", "marker.propose"} & set(ids)
    late = await margaret.presses(old)
    assert town.file().decisions == ()
    assert "INC-2026-0001" in late.text or late.kind == "refuse"
    assert town.log("proposal.overtaken") != []
    assert (await leila.types(f"/incident case {ONE}")).kind == "refuse"
    form = await dana.presses(seen.button("referral.record"))
    wrong = await dana.fills(form, {"referred_on": "2026-10-15", "how": "email"}, strict=False)
    assert "still to come" in wrong.errors["referred_on"]
    early = await dana.fills(form, {"referred_on": "2026-10-01", "how": "email"}, strict=False)
    assert "before anything happened here" in early.errors["referred_on"]
    done = await dana.fills(form, {"referred_on": "2026-10-14", "how": "letter", "words": "Their ref MO-7"})
    assert "by letter; recorded by Dana Okoro. Their ref MO-7" in done.text
    assert town.record()["referrals"] == [{"to": "monitoring_officer", "referred_on": "2026-10-14"}]
    assert [detail["on"] for _, _, detail in town.log("referral.recorded")] == ["2026-10-14"]


async def test_referral_should_wait_for_a_councillor_and_for_those_who_work_the_case(town: Town) -> None:
    await report(await town.colleague("Priya"))
    case = town.file().case.id
    refused = await (await town.colleague("Dana")).presses("referral.record", case)
    assert "not recorded as a councillor" in refused.text
    await identify(town, person_is="councillor", person_colleague=town.people["Leila"])
    for name in ("Priya", "Owen", "Leila", "Ruth"):
        assert (await (await town.colleague(name)).presses("referral.record", case)).kind == "refuse", name


async def test_councillor_taken_for_another_should_be_set_right(town: Town) -> None:
    await report(await town.colleague("Priya"))
    await identify(town, person_is="councillor", person_colleague=town.people["Leila"])
    assert town.file().restriction_lock is not None
    seen = await identify(town)
    assert town.file().restriction_lock is None
    assert "referral.record" not in [one.id for one in seen.buttons]


async def test_two_councillors_should_never_be_merged(town: Town) -> None:
    await two_cases(town)
    for ref, name in ((ONE, "Leila"), (TWO, "Ian")):
        await identify(town, "Dana", ref, person_is="councillor", person_colleague=town.people[name])
    refused = await propose_merge(await town.colleague("Dana"), evidence="x")
    assert "two different councillors" in refused.text


async def test_restriction_of_a_councillor_found_late_should_stay_and_be_pointed_out(town: Town) -> None:
    await decide(town)
    await notify(town)
    seen = await identify(
        town, person_is="councillor", person_colleague=town.people["Leila"], person_name="Alex Marsden"
    )
    assert town.record()["restrictions"][0]["in_force"] is True
    assert "A restriction is still in force: it was decided before it was known" in seen.text
    assert "referral.record" in [one.id for one in seen.buttons]


async def test_decision_not_told_yet_should_end_when_the_person_is_found_to_be_a_councillor(
    town: Town,
) -> None:
    await decide(town)
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    notice = (await opened(town, "Dana")).button("notice.prepare")
    councillor: dict[str, Answer] = {
        "person_is": "councillor",
        "person_colleague": town.people["Leila"],
        "person_name": "Alex Marsden",
    }
    seen = await identify(town, **councillor)
    assert "was not told of the decision. It has no effect and is made again." in seen.text
    assert town.record()["state"] == "reported"
    assert town.record()["restrictions"][0]["ended_at"] is not None
    assert not {"notice.prepare", "proposal.draft"} & {one.id for one in seen.buttons}
    late = await dana.presses(notice)
    assert late.kind != "form"
    await identify(town, **councillor, person_contact="leila@example.org")  # said again: nothing more follows
    assert len(town.log("decision.sent_back")) == 1
    wrong = await dana.presses((await opened(town, "Dana")).button("finding.sign"))
    locked = await dana.fills(wrong, {"finding": "warning", "reasons": "So."}, strict=False)
    assert "so warnings and restrictions are closed" in locked.errors["finding"]
    await sign(dana, f"{ONE}:", finding="police")
    await agree(margaret, f"{ONE}:")
    assert [one["decision"] for one in town.record()["decisions"]] == ["restriction", "police"]
    assert town.record()["state"] == "decided"
    # It was somebody else after all: what was decided since stands.
    await identify(town, person_is="member_of_public", person_name="Alex Marsden")
    assert town.record()["state"] == "decided"


async def test_restriction_of_a_councillor_should_end_at_its_review_and_not_go_on(town: Town) -> None:
    await decide(town)
    await notify(town)
    await identify(
        town, person_is="councillor", person_colleague=town.people["Leila"], person_name="Alex Marsden"
    )
    dana = await town.colleague("Dana")
    town.clock.go(datetime.fromisoformat("2027-04-06 10:00"))
    restriction = town.file().restrictions[0].id
    form = await dana.presses("review.decide", restriction)
    answers: dict[str, Answer] = {"outcome": "continue", "reasons": "It goes on.", "ends_on": "2027-10-01"}
    wrong = await dana.fills(form, answers, strict=False)
    assert "so warnings, restrictions and markers are closed" in wrong.errors["outcome"]
    await dana.fills(await dana.presses("review.decide", restriction), {"outcome": "end"})
    assert town.record()["restrictions"][0]["ended_at"] is not None


# --- every state of a person ---------------------------------------------------------------------------------

PUBLIC: dict[str, Answer] = {"person_is": "member_of_public", "person_name": "Bo Derwent"}
CALM: dict[str, Answer] = {
    "examples": ["A1"], "offence": "no", "warning": "spoken", "warning_words": "Please stop.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        ("unknown", True),
        ("identified", True),
        ("councillor", True),
        ("decided", False),
        ("decided about somebody unknown", True),
        ("closed", False),
        ("withdrawn", False),
    ],
)
async def test_who_it_is_should_be_said_as_the_state_of_the_case_allows(
    town: Town, state: str, allowed: bool
) -> None:
    priya, dana, margaret = [await town.colleague(name) for name in ("Priya", "Dana", "Margaret")]
    unknown = UNKNOWN if state in ("unknown", "decided about somebody unknown") else {}
    received = await report(priya, **{**CALM, **unknown})
    if state == "councillor":
        await identify(town, person_is="councillor", person_colleague=town.people["Leila"])
    if state.startswith("decided") or state == "closed":
        await sign(dana, finding="no_action")
        await agree(margaret)
    if state == "closed":
        await dana.presses((await opened(town, "Dana")).button("case.close"))
    if state == "withdrawn":
        await priya.presses(received.button("case.withdraw"))
    before = town.file().person
    form = await dana.presses("person.identify", town.file().case.id)
    if form.kind == "form":
        await dana.fills(form, {**PUBLIC, "person_contact": ""}, strict=False)
    after = town.file().person
    assert (after.name == "Bo Derwent" and after.identified) == allowed
    assert allowed or after == before


@pytest.mark.parametrize(
    ("one", "other", "similar"),
    [
        ("Jo Bloggs", "BLOGGS, Jo", True),
        ("José Nuñez", "Jose Nunez", True),
        ("Catherine Smith", "Katherine Smith", True),
        ("Jo Bloggs", "Sam Patel", False),
        ("Jo Bloggs", "", False),
        ("", "", False),
    ],
)
def test_names_should_be_alike_whatever_their_order_and_accents(one: str, other: str, similar: bool) -> None:
    assert (names_alike(one, other) * 100 >= PolicySettings().similar_name_percent) is similar
    assert names_alike(one, other) == names_alike(other, one)
