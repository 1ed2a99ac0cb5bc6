"""What may I do if they contact us? The look-up any colleague may make, and every one audited (R27, R41)."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.chat import (
    Button,
    Callout,
    Card,
    Facts,
    Form,
    FormValues,
    OpenForm,
    Page,
    Reply,
    Response,
    Text,
    TextField,
)
from handlers.desk import Desk, Turn
from handlers.forms import text
from handlers.marker_views import markers_now, safety_block
from handlers.one_person import records_of, whole
from handlers.proposal_form import from_record, proposed
from handlers.warned import live, warnings_for
from policy.access import may_check
from policy.calendars import local_date, say_until
from policy.cases import parse_reference
from policy.restriction_words import NEVER_CLOSED, guidance
from policy.restrictions import InForce, RestrictionDates, in_force
from storage.records import Person, Restriction
from storage.records_people import Marker

MOST = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A person the look-up found, with their restrictions in force and their safety markers shown now."""

    person: Person
    in_force: tuple[tuple[Restriction, InForce], ...]
    markers: tuple[Marker, ...] = ()


def check_form(_turn: Turn, context: str, _: FormValues) -> Form:
    """One box: a name, address, number or reference. `context` is unused."""
    field = TextField(
        name="words",
        label="Name, email address, telephone number or reference",
        hint="For example: Alex Smith, 01900 123456, or INC-2026-0001. Every look-up is recorded.",
        required=True,
    )
    return Form(
        id="check", title="Look somebody up", pages=(Page((field,)),), submit="Look up", context=context
    )


def check(turn: Turn, words: str) -> Response:
    """`/incident check WORDS`. In a channel the words belong into the form, where only the asker reads (R41)."""
    turn.require(may_check(turn.asker(turn.me.id)))
    if not words.strip() or not turn.request.private:
        return OpenForm(check_form(turn, "", {}), values={"words": words.strip()} if words.strip() else {})
    return Reply(look_up(turn, words))


def submit_check(turn: Turn, _: str, values: FormValues) -> Response:
    """The form `check`."""
    turn.require(may_check(turn.asker(turn.me.id)))
    return Reply(look_up(turn, text(values, "words")))


def look_up(turn: Turn, words: str) -> Card:
    """The card that answers, and the audit line: who was found, never what was typed."""
    found = tuple(
        Found(person, restrictions_now(turn, person), markers_now(turn, person))
        for person in _people(turn, words)
    )
    turn.log("check.looked_up", "person", found[0].person.id if found else "", found=str(len(found)))
    for other in found[1:]:
        turn.log("check.looked_up", "person", other.person.id, found=str(len(found)))
    again: tuple[Button, ...] = (Button("check.open", "Look somebody else up", opens="check"),)
    for marker in (m for one in found for m in one.markers):
        turn.log("marker.shown", "marker", marker.id)
    limited = tuple(one for one in found if one.in_force or one.markers)
    if not limited:
        warned = tuple(sentence for one in found if (sentence := _warned(turn, one.person, len(found))))
        return _nothing(len(found), warned, again)
    again = (*_filing(turn, limited), *again)
    body = [block for one in limited for block in _person_blocks(turn, one)]
    if len(found) > 1:
        sentence = f"{len(found)} people match. Make sure you have the right one: check the contact details."
        body.insert(0, Callout(sentence, "warning"))
    return Card(_title(limited), tuple(body), again)


def _title(limited: tuple[Found, ...]) -> str:
    restricted, marked = any(one.in_force for one in limited), any(one.markers for one in limited)
    both = "A restriction and a safety marker are in force"
    return (
        both if restricted and marked else f"A {'restriction' if restricted else 'safety marker'} is in force"
    )


def restrictions_now(desk: Desk, person: Person) -> tuple[tuple[Restriction, InForce], ...]:
    """A person's restrictions in force at this moment, in all their records, computed from the dates (R26, R46)."""
    every = (r for one in desk.uow.merges.group(person.id) for r in desk.uow.restrictions.of_person(one))
    answers = ((r, in_force(dates_of(r), desk.now)) for r in every)
    return tuple((r, answer) for r, answer in answers if answer)


def dates_of(restriction: Restriction) -> RestrictionDates:
    """A recorded restriction's dates as the policy reads them."""
    return RestrictionDates(
        starts_at=restriction.starts_at,
        ends_on=restriction.ends_on,
        ended_at=restriction.ended_at,
        interim_lapses_on=restriction.interim_lapses_on,
        confirmed=restriction.confirmed_at is not None,
        pauses=tuple((one.starts_at, one.ends_at) for one in restriction.pauses),
    )


def _people(turn: Turn, words: str) -> tuple[Person, ...]:
    """Those found, each person once in however many records they stand."""
    one_each = {turn.uow.merges.root(person.id): person for person in reversed(_records(turn, words))}
    return tuple(whole(records_of(turn.uow, person.id)) for person in reversed(one_each.values()))


def _records(turn: Turn, words: str) -> tuple[Person, ...]:
    reference = parse_reference(words)
    if reference is not None:
        case = turn.uow.cases.by_reference(reference)
        person = turn.uow.people.get(case.person_id) if case else None
        return (person,) if person else ()
    return turn.uow.people.search(words, limit=MOST)


def _filing(turn: Turn, limited: tuple[Found, ...]) -> tuple[Button, ...]:
    """A button for each case under which a message of theirs is filed (R28)."""
    cases = dict.fromkeys(r.case_id for one in limited for r, _ in one.in_force)
    found = [case for case in map(turn.uow.cases.get, cases) if case is not None]
    label = "File a message" if len(found) == 1 else "File a message under {}"
    return tuple(
        Button("message.open", label.format(case.reference), case.id, opens="message") for case in found
    )


def _warned(desk: Desk, person: Person, found: int) -> str:
    """That a warning counts, and until when: it limits nothing, and tells no story (R14, R27)."""
    until = [
        w.given.live_until(desk.settings.warning_live_months) for w in live(desk, warnings_for(desk, person))
    ]
    if not until:
        return ""
    who = f"{person.name or 'One of them'}: a" if found > 1 else "A"
    return f"{who} warning was given. It counts until {say_until(max(until))}. It limits no contact."


def _nothing(found: int, warned: tuple[str, ...], again: tuple[Button, ...]) -> Card:
    who = "This person is known, but no" if found else "No"
    return Card(
        "No restriction is in force",
        (
            Text(f"{who} restriction is in force. Help them as you would help anybody."),
            *(Callout(one) for one in warned),
            Text(
                "If somebody behaves unacceptably, you may end the contact. Then type /incident.", small=True
            ),
        ),
        again,
    )


def _person_blocks(turn: Turn, one: Found) -> list[Text | Facts | Callout]:
    blocks: list[Text | Facts | Callout] = [safety_block(marker) for marker in one.markers]
    if one.markers and not one.in_force:
        blocks.insert(0, Facts((("Person", one.person.name or "Not named"),)))
        blocks.append(Text("No restriction is in force. A marker limits nothing the person may do."))
        return blocks
    for restriction, answer in one.in_force:
        advice = guidance(proposed(turn, from_record(restriction.content)))
        case = turn.uow.cases.get(restriction.case_id)
        until = say_until(local_date(answer.until)) if answer.until else "no end date; it is reviewed"
        blocks += [
            Facts(
                (
                    ("Person", one.person.name or "Not named"),
                    ("Reference", case.reference if case else ""),
                    ("In force until", until),
                    ("It covers", advice.scope),
                )
            ),
            Text("What to do: " + " ".join(advice.to_do)),
            Text("What you can say: " + " ".join(advice.to_say)),
        ]
    blocks.append(Callout(f"Log every contact; it is read on its own merits. Never closed: {NEVER_CLOSED}."))
    return blocks
