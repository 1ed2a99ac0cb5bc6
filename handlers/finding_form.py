"""The form `finding`: what one investigator signs, with the reports beside the questions (R5, R13)."""

from __future__ import annotations

from handlers.casefile import CaseFile
from handlers.chat import Block, Callout, Choice, Facts, Form, LongText, Option, Page, ShowIf, Text
from handlers.note_views import note_blocks
from handlers.person_views import person_blocks
from handlers.report_form import options
from policy.behaviour import OBJECTIVE_TEST, Category, Channel, Example, WarningGiven
from policy.calendars import say_day
from policy.findings import PERSISTENCE, FindingKind
from storage.records import Incident

UNACCEPTABLE = tuple(k.value for k in FindingKind if k.says_unacceptable)


def finding_form(file: CaseFile) -> Form:
    """One page of what was reported and found, one of reasons; the three answers of R5 only where they apply."""
    return Form(
        id="finding",
        title="Sign a finding",
        submit="Sign",
        context=file.case.id,
        pages=(
            Page(
                (Choice(name="finding", label="Your finding", options=options(FindingKind), required=True),),
                title=file.case.reference,
                intro=(*story(file), Text(OBJECTIVE_TEST)),
            ),
            Page(
                (
                    LongText(
                        name="circumstances",
                        label="What did you look at?",
                        hint="For example: the report, the recording, a talk with the person or a witness.",
                    ),
                    *demand_fields(file, "finding"),
                    LongText(
                        name="reasons",
                        label="Your reasons",
                        hint="Say what was done and why it is or is not acceptable. Describe the behaviour, "
                        "not the person.",
                        required=True,
                    ),
                ),
                title="Your reasons",
            ),
        ),
    )


def demand_fields(file: CaseFile, kind: str) -> tuple[Choice | LongText, ...]:
    """The three answers of R5, where the reports speak of demands; `kind` is the field that says what was found."""
    if not any(i.category == Category.UNREASONABLE_DEMANDS for i in file.standing):
        return ()
    shown = ShowIf(kind, UNACCEPTABLE)
    return (
        Choice(
            name="same_issue",
            label="Were the contacts about the same issue?",
            hint=PERSISTENCE,
            options=(Option("yes", "Yes"), Option("no", "No")),
            required=True,
            show_if=shown,
        ),
        LongText(
            name="dealt_with",
            label="When, how and by whom was it dealt with in line with council policy?",
            required=True,
            show_if=shown,
        ),
        LongText(name="burden", label="What burden did it put on others?", required=True, show_if=shown),
    )


def story(file: CaseFile) -> tuple[Block, ...]:
    """What was reported, for those who may read it: the person, then each report."""
    blocks: list[Block] = [*person_blocks(file)]
    for number, incident in enumerate(file.incidents, 1):
        blocks += _incident(file, incident, number)
    return tuple(blocks)


def _incident(file: CaseFile, incident: Incident, number: int) -> list[Block]:
    name = file.desk.name
    at = f", {incident.happened_at:%H:%M}" if incident.happened_at else ""
    rows = [
        ("Report", f"{number}, by {name(incident.reporter_id)}"),
        ("When", f"{say_day(incident.happened_on)}{at}"),
        ("How", Channel(incident.channel).words + (f" ({incident.place})" if incident.place else "")),
        ("Kind", Category(incident.category).words),
    ]
    if incident.examples:
        rows.append(("Examples", "; ".join(Example(e).words for e in incident.examples)))
    if incident.target_ids:
        rows.append(("Aimed at", ", ".join(map(name, incident.target_ids))))
    if incident.warning:
        words = f": “{incident.warning_words}”" if incident.warning_words else ""
        rows.append(("Warning", WarningGiven(incident.warning).words + words))
    if file.stated_extreme and incident.no_warning_reason:
        rows.append(("Why no warning", file.stated_extreme.words + _after(incident.no_warning_words)))
    if incident.offence in ("yes", "unsure"):
        rows.append(("Possible crime", incident.offence_words or "Yes, not described"))
    if incident.characteristic:
        rows.append(("Characteristic", incident.characteristic))
    if incident.adjustments:
        rows.append(("Needs to allow for", incident.adjustments))
    blocks: list[Block] = [Facts(tuple(rows)), Text(incident.what_happened), *note_blocks(file, incident.id)]
    if incident.withdrawn_at:
        blocks.insert(0, Callout(f"Report {number} was withdrawn and counts towards nothing."))
    return blocks


def _after(words: str) -> str:
    return f": {words}" if words else ""
