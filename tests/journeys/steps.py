"""The steps most journeys begin with, each through the door."""

from __future__ import annotations

from storage.repos.cases import MOST
from tests.town import Answer, Colleague, Seen, Town

THREAT: dict[str, Answer] = {
    "person_is": "member_of_public",
    "person_name": "Alex Marsden",
    "person_contact": "alex.marsden@example.com, 01632 960123",
    "happened_on": "2026-10-14",
    "happened_at": "09:40",
    "channel": "in_person_office",
    "place": "front desk",
    "category": "aggressive_or_abusive",
    "what_happened": "He raised his fist and said I would be sorry.",
    "examples": ["A2"],
    "warning": "not_given",
    "offence": "unsure",
    "injury": "none",
    "no_warning_reason": "physical_threat",
    "offence_words": "A threat of violence.",
}
FINDING: dict[str, Answer] = {
    "finding": "restriction",
    "circumstances": "The report, and two residents who were waiting.",
    "reasons": "A fist was raised and a threat was made at the desk.",
}
PROPOSAL: dict[str, Answer] = {
    "measures": ["C1"],
    "scope": "whole_council",
    "duration": "temporary",
    "writing_hard": "no",
    "adjustments": "None are known; we asked and offered help with letters.",
    "proportionate": "Writing keeps every service open. A meeting was offered and refused.",
    "case_against": "It was one occasion.",
}


async def report(who: Colleague, **changes: Answer) -> Seen:
    """A colleague reports a threat, unless `changes` says otherwise."""
    return await who.fills(await who.types("/incident"), {**THREAT, **changes})


async def sign(who: Colleague, reference: str = "INC-2026-0001", **changes: Answer) -> Seen:
    """An investigator signs a finding from their own card."""
    message = await who.latest(reference)
    form = await who.presses(message.button("finding.sign"))
    return await who.fills(form, {**FINDING, **changes})


async def agree(who: Colleague, reference: str = "INC-2026-0001") -> Seen:
    """The second investigator agrees with the first."""
    return await who.presses((await who.latest(reference)).button("finding.agree"))


async def propose(who: Colleague, reference: str = "INC-2026-0001", **changes: Answer) -> Seen:
    """An investigator drafts a restriction."""
    form = await who.presses((await who.latest(reference)).button("proposal.draft"))
    return await who.fills(form, {**PROPOSAL, **changes})


async def approve(who: Colleague, reference: str = "INC-2026-0001") -> Seen:
    """A colleague approves the version on their card."""
    return await who.presses((await who.latest(reference)).button("proposal.approve"))


async def decide(town: Town, **changes: Answer) -> None:
    """Report, two findings, proposal, approval: a restriction decided, its notice not yet written."""
    dana, margaret = await town.colleague("Dana"), await town.colleague("Margaret")
    await report(await town.colleague("Priya"))
    await sign(dana)
    await agree(margaret)
    await propose(dana, "INC-2026-0001", **changes)
    await approve(margaret)


async def notify(town: Town, reference: str = "INC-2026-0001", **changes: Answer) -> Seen:
    """The chief officer writes the notice and records that it was e-mailed now."""
    dana = await town.colleague("Dana")
    opened = await dana.types(f"/incident case {reference}")
    preview = await dana.fills(
        await dana.presses(opened.button("notice.prepare")), {"method": "email", **changes}
    )
    return await dana.fills(await dana.presses(preview.button("notice.send")), {})


def bury(town: Town) -> None:
    """So many newer cases that the first is no longer among the newest."""
    with town.civility.store.write(town.council_id) as uow:
        person = town.file("INC-2026-0001").person.id
        for _ in range(MOST):
            uow.cases.withdraw(uow.cases.open(person, urgent=False).id, town.clock.now)
        uow.commit()
