"""What a case shows of its person: who it is, other records, likely matches, what is locked (R9, R10, R46)."""

from __future__ import annotations

from handlers.casefile import CaseFile
from handlers.chat import Block, Button, Callout, Confirm, Facts, Text
from handlers.contact import dates_of
from handlers.matches import Match, likely, seen_case
from policy.access import Part
from policy.calendars import local_date, say_day
from policy.decisions import case_work_refusal
from policy.restrictions import in_force
from storage.records import Person
from storage.records_people import Merge

HOW = {"email": "By email", "letter": "By letter", "telephone": "By telephone", "in_person": "In person"}

STILL_LIMITED = (
    "A restriction is still in force: it was decided before it was known that the person is a councillor. Take the "
    "Monitoring Officer’s advice, and hold its review."
)


def person_blocks(file: CaseFile) -> tuple[Block, ...]:
    """Who it is, as this case recorded it; other records of the same person; what is locked and why."""
    person = file.person
    rows = [("Person", person.name or f"Not known: {person.description or 'no description'}")]
    if person.contact:
        rows.append(("Contact", person.contact))
    if person.name and person.description:
        rows.append(("First described as", person.description))
    rows += [("Also recorded as", _who(one)) for one in file.records[1:] if one.name or one.contact]
    blocks: list[Block] = [Facts(tuple(rows))]
    if file.restriction_lock and not file.over:
        blocks.append(Callout(file.restriction_lock.sentence))
    if person.colleague_id and any(in_force(dates_of(one), file.desk.now) for one in file.restrictions):
        blocks.append(Callout(STILL_LIMITED, "warning"))
    return tuple(blocks)


def people_part(file: CaseFile, reader: str) -> tuple[tuple[Block, ...], tuple[Button, ...]]:
    """Likely matches, merges and referrals, with their buttons, for those who may see who the person is."""
    if Part.PERSON not in file.seen_by(reader):
        return (), ()
    matches, merges = likely(file, reader), _merges(file)
    blocks: list[Block] = []
    if matches:
        blocks.append(Text("This may be somebody you know already. Nothing is merged by itself."))
        blocks.append(Facts(tuple((one.file.case.reference, _why(one)) for one in matches)))
    rows = [row for row in (_merge_row(file, reader, one) for one in merges) if row] + _referrals(file)
    blocks += [Facts(tuple(rows))] if rows else []
    if file.case.withdrawn_at is not None:
        return tuple(blocks), ()
    return tuple(blocks), (*_work_buttons(file, reader), *_merging(file, reader, matches, merges))


def _work_buttons(file: CaseFile, me: str) -> tuple[Button, ...]:
    """Saying who it is; the referral of a councillor: for those who may work the case."""
    if case_work_refusal(me, file.desk.register, file.parties, file.desk.today) is not None:
        return ()
    case_id = file.case.id
    identify = Button("person.identify", "Say who the person is", case_id, style="primary", opens="identify")
    if file.person.identified:
        identify = Button("person.identify", "Correct who the person is", case_id, opens="identify")
    if file.person.colleague_id is None:
        return (identify,)
    label = "Record a referral to the Monitoring Officer"
    return identify, Button("referral.record", label, case_id, style="primary", opens="referral")


def _merging(
    file: CaseFile, me: str, matches: tuple[Match, ...], merges: tuple[Merge, ...]
) -> tuple[Button, ...]:
    case_id = file.case.id
    buttons = [
        Button(
            "merge.propose",
            f"Same person as in {one.file.case.reference}",
            f"{case_id}:{one.person.id}",
            opens="merge",
        )
        for one in matches
    ]
    buttons.append(Button("merge.propose", "Same person as in another case", f"{case_id}:", opens="merge"))
    return (*buttons, *(button for merge in merges for button in _merge_buttons(file, me, merge)))


def _merge_buttons(file: CaseFile, me: str, merge: Merge) -> list[Button]:
    other = _other_case(file, me, merge)
    if other is None or merge.state not in ("proposed", "merged"):
        return []
    if merge.state == "proposed":
        return [
            Button("merge.look", f"Look at the merge with {other.case.reference}", merge.id, style="primary")
        ]
    return [undo_button(merge, other.case.reference)]


def undo_button(merge: Merge, reference: str) -> Button:
    """Taking a merge back; one colleague may."""
    sure = Confirm(
        "Undo the merge?",
        "The two records stand apart again, each with its own words, cases and restrictions.",
        "Undo the merge",
    )
    return Button("merge.undo", f"Undo the merge with {reference}", merge.id, style="danger", confirm=sure)


def _merges(file: CaseFile) -> tuple[Merge, ...]:
    """Every merge of any of the person's records, each once."""
    found = {one.id: one for record in file.records for one in file.desk.uow.merges.about(record.id)}
    return tuple(found[key] for key in sorted(found))


def _other_case(file: CaseFile, reader: str, merge: Merge) -> CaseFile | None:
    """The case on the side of a merge that is not this one, if the reader may see it."""
    own = file.case.person_id
    sides = [one for one in (merge.kept_id, merge.merged_id) if one != own]
    return seen_case(file.desk, sides[0], reader) if len(sides) == 1 else _far(file, reader, merge)


def _far(file: CaseFile, reader: str, merge: Merge) -> CaseFile | None:
    """A merge of two other records of the person: named by the one that was merged."""
    return seen_case(file.desk, merge.merged_id, reader)


def _merge_row(file: CaseFile, reader: str, merge: Merge) -> tuple[str, str] | None:
    other = _other_case(file, reader, merge)
    if other is None:
        return None
    name, at = file.desk.name, say_day(local_date(merge.proposed_at))
    proposed = f"proposed by {name(merge.proposed_by)} on {at}"
    state = {"proposed": "waits for another colleague", "rejected": f"rejected by {name(merge.settled_by)}"}
    what = state.get(merge.state, f"confirmed by {name(merge.settled_by)}")
    if merge.undone_at is not None:
        what += f"; undone by {name(merge.undone_by)} on {say_day(local_date(merge.undone_at))}"
    return f"Merge with {other.case.reference}", f"{proposed}; {what}"


def _referrals(file: CaseFile) -> list[tuple[str, str]]:
    return [
        (
            "Referred to the Monitoring Officer",
            f"on {say_day(one.referred_on)}, {HOW[one.how].lower()}; recorded by {file.desk.name(one.recorded_by)}"
            + (f". {one.words}" if one.words else ""),
        )
        for one in file.desk.uow.referrals.of_case(file.case.id)
    ]


def _why(match: Match) -> str:
    return f"{_who(match.person)}. {match.suggestion.sentence}"


def _who(person: Person) -> str:
    return ", ".join(filter(None, (person.name or person.description or "Not named", person.contact)))
