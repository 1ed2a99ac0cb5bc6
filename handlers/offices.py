"""Who holds which office, from when; changed by the chief officer (R17, R18, R20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from handlers.casefile import load
from handlers.chat import (
    Button,
    Callout,
    Card,
    Choice,
    Date,
    Form,
    FormValues,
    OpenForm,
    Option,
    Page,
    Person,
    Reply,
    Response,
    ShowIf,
    Submission,
    Table,
    Text,
    TextField,
    ViewRef,
)
from handlers.desk import Desk, Turn
from handlers.forms import day, needed, text
from handlers.people_of import chosen_colleague
from handlers.reach import missing_words, without_app
from handlers.report_form import colleague_options
from handlers.tell import tell_case
from policy.answers import Problem, Refusal
from policy.calendars import say_day, start_of_day
from policy.offices import (
    COUNCILLOR_OFFICES,
    SHARED_OFFICES,
    Absence,
    Holding,
    Office,
    Register,
    change_refusal,
    check_change,
    title,
)
from storage.records import Identity
from storage.store import UnitOfWork

CHANGES = (
    Option("appoint", "Somebody takes an office"),
    Option("end", "Somebody leaves an office"),
    Option("absence", "Somebody is away"),
)
NEW = "new"
NEXT_DAY = timedelta(days=1)
CHANGE = "offices.change"
"""The kind of the reminder that waits for the first moment of a change to come."""
PICKERS = frozenset({"slack", "teams"})
"""Platforms where a new holder is chosen among everybody there."""


def may_change(desk: Desk, colleague_id: str) -> Refusal | None:
    """Why this colleague may not change the register today; the deputy may while the chief officer is late."""
    late = frozenset[str]()
    if colleague_id in desk.register.holders(Office.DEPUTY_CHIEF_OFFICER, desk.today):
        files = (load(desk, case.id) for case in desk.uow.cases.open_ones())
        late = late.union(*(file.overdue for file in files if not file.over and file.final_decision is None))
    return change_refusal(desk.register, colleague_id, desk.today, late)


def show_offices(turn: Turn, _: str) -> Response:
    """`/incident offices`."""
    return Reply(offices_card(turn, turn.me.id))


def open_change(turn: Turn, _: str) -> Response:
    """The button "Change an office"."""
    turn.require(may_change(turn, turn.me.id))
    return OpenForm(offices_form(turn, "", {}))


def offices_card(desk: Desk, colleague_id: str) -> Card:
    """The register of today, and the changes already dated; the chief officer gets the button."""
    rows = []
    for office in Office:
        if office is Office.STAFF:
            continue
        held = sorted((h for h in desk.register.holdings if h.office is office), key=lambda h: h.starts)
        current = [h for h in held if h.ends is None or h.ends >= desk.today]
        rows += [(title(office), desk.name(h.colleague_id), _dates(h)) for h in current]
        if not any(h.covers(desk.today) for h in current):
            rows.append((title(office), "Nobody", ""))
    body: list[Table | Callout | Text] = [
        Table("Who holds which office", ("Office", "Held by", "Dates"), tuple(rows))
    ]
    away = [a for a in desk.register.absences if a.covers(desk.today)]
    body += [Text(f"{desk.name(a.colleague_id)} is away{_until(a.ends)}.") for a in away]
    if not desk.register.holders(Office.CHIEF_OFFICER, desk.today):
        body.append(Callout("There is no chief officer in date, so nobody can decide a case.", "warning"))
    may = may_change(desk, colleague_id) is None
    if may and (missing := without_app(desk)):
        body.append(Callout(missing_words(missing), "warning"))
    change = Button("offices.change", "Change an office", opens="offices")
    link = Button("account.link", "Link a second account", opens="account")
    buttons = (change, link) if may else ()
    return Card("Offices of the council", tuple(body), buttons)


def offices_form(turn: Turn, context: str, _: FormValues) -> Form:
    """Appoint, end or record an absence, each with its dates."""
    offices = tuple(Option(o.value, title(o)) for o in Office)
    holding = ShowIf("change", ("appoint", "end"))
    people = colleague_options(turn)
    who: tuple[Person | TextField, ...]
    if turn.request.sender.platform in PICKERS:
        leaving = ShowIf("change", ("end", "absence"))
        who = (
            Person(
                name="account",
                label="Who takes the office?",
                required=True,
                options=(),
                anyone=True,
                show_if=ShowIf("change", ("appoint",)),
            ),
            Person(
                name="colleague", label="Which colleague?", options=people, required=True, show_if=leaving
            ),
        )
    else:
        new = Option(NEW, "Somebody new, named below")
        who = (
            Person(name="colleague", label="Which colleague?", options=(new, *people), required=True),
            TextField(
                name="new_name",
                label="Name of the new colleague",
                hint="Only for somebody who is not in the list.",
                show_if=ShowIf("change", ("appoint",)),
            ),
        )
    return Form(
        id="offices",
        title="Change an office",
        submit="Save",
        context=context,
        pages=(
            Page((Choice(name="change", label="What changes?", options=CHANGES, required=True),)),
            Page(
                (
                    Choice(
                        name="office", label="Which office?", options=offices, required=True, show_if=holding
                    ),
                    *who,
                    Date(
                        name="starts",
                        label="First day",
                        required=True,
                        initial=turn.today.isoformat(),
                        show_if=ShowIf("change", ("appoint", "absence")),
                    ),
                    Date(
                        name="ends",
                        label="Last day",
                        hint="Leave it empty if no end is known.",
                        show_if=ShowIf("change", ("appoint", "absence")),
                    ),
                    Date(
                        name="last_day",
                        label="Last day in office",
                        required=True,
                        initial=turn.today.isoformat(),
                        show_if=ShowIf("change", ("end",)),
                    ),
                ),
                intro=(
                    Text("A new holder takes over the day they begin; the one before ends the day before."),
                ),
            ),
        ),
    )


def submit_change(turn: Turn, _: str, values: FormValues) -> Response:
    """Check the whole register as it would be, then save it; waiting cards go to the new holder (R20)."""
    turn.require(may_change(turn, turn.me.id))
    change = text(values, "change")
    colleague_id = _colleague(turn, values)
    if change == "absence":
        starts, ends = needed(values, "starts"), day(values, "ends")
        absence = Absence(colleague_id, starts, ends)
        after = replace(turn.register, absences=(*turn.register.absences, absence))
        turn.check(_at_fields(turn, check_change(turn.register, after, turn.today)))
        turn.uow.offices.add_absence(absence, turn.me.id)
        remind_of_change(turn.uow, turn.today, starts, ends)
    else:
        office = Office(text(values, "office"))
        if change == "appoint":
            appoint(turn, Holding(office, colleague_id, needed(values, "starts"), day(values, "ends")))
        else:
            _end(turn, office, colleague_id, needed(values, "last_day"))
    turn.log("offices.changed", "colleague", colleague_id, change=change, office=text(values, "office"))
    again = ViewRef("offices", {})
    after_turn = replace(turn)  # a fresh copy reads the register as it is now
    hand_over(after_turn)
    return Reply(offices_card(after_turn, turn.me.id), again)


def appoint(turn: Turn, new: Holding) -> None:
    """Let a colleague hold an office; the one before ends the day before. Raises Wrong (R18, R20)."""
    rows = turn.uow.offices.rows()
    ended = new.starts - timedelta(days=1)
    before = (
        []
        if new.office in SHARED_OFFICES
        else [
            (row, h)
            for row, h in rows
            if h.office is new.office and h.starts < new.starts and (h.ends is None or h.ends >= new.starts)
        ]
    )
    # Whoever takes a councillor's office was never staff: they were only taken for it on first use.
    taken_for = turn.uow.offices.presumed(new.colleague_id) if new.office in COUNCILLOR_OFFICES else ()
    before += [(row, h) for row, h in rows if row in taken_for and (h.ends is None or h.ends >= new.starts)]
    handed_over = {row for row, _ in before}
    kept = tuple(
        replace(h, ends=ended) if row in handed_over else h
        for row, h in rows
        if row not in taken_for or h.starts <= ended
    )
    after = replace(turn.register, holdings=(*kept, new))
    turn.check(_at_fields(turn, check_change(turn.register, after, turn.today)))
    for row, _ in before:
        turn.uow.offices.end(row, ended, turn.me.id)
    turn.uow.offices.add(new, turn.me.id)
    remind_of_change(turn.uow, turn.today, new.starts, new.ends)


def _end(turn: Turn, office: Office, colleague_id: str, last_day: date) -> None:
    rows = [
        (row, h)
        for row, h in turn.uow.offices.rows()
        if h.office is office and h.colleague_id == colleague_id and (h.ends is None or h.ends > last_day)
    ]
    if not rows:
        sentence = f"This colleague does not hold the office of {title(office)} after that day."
        turn.check((Problem("colleague", "not_held", sentence),))
    ending = {row for row, _ in rows}
    kept = tuple(replace(h, ends=last_day) if row in ending else h for row, h in turn.uow.offices.rows())
    after = Register(kept, turn.register.absences)
    turn.check(_at_fields(turn, check_change(turn.register, after, turn.today)))
    for row, _ in rows:
        turn.uow.offices.end(row, last_day, turn.me.id)
    remind_of_change(turn.uow, turn.today, turn.today, last_day)


def _colleague(turn: Turn, values: FormValues) -> str:
    if account := text(values, "account"):
        return chosen_colleague(turn, account, "account")
    chosen = text(values, "colleague")
    if chosen != NEW:
        return chosen
    name = text(values, "new_name")
    if text(values, "change") != "appoint" or not name:
        turn.check((Problem("new_name", "name_missing", "Give the name of the new colleague."),))
    added = turn.uow.colleagues.add(name).id
    who = turn.request.sender
    if who.platform == "local":  # the local chat knows a colleague by the id in our own register
        turn.uow.colleagues.link(Identity(who.platform, who.workspace, added, added))
    return added


def hand_over(desk: Desk) -> None:
    """Waiting cards go to who may act now; old cards lose their buttons when they are brought up to date."""
    for case in desk.uow.cases.open_ones():
        file = load(desk, case.id)
        later, desk.not_before = desk.not_before, None if file.case.urgent else desk.not_before
        tell_case(file)
        desk.not_before = later


def remind_of_change(uow: UnitOfWork, today: date, starts: date, ends: date | None) -> None:
    """On the first moment of a day from which somebody else may act, waiting cards go to them (R20)."""
    for one in (starts, *((ends + NEXT_DAY,) if ends else ())):
        if one > today:
            uow.reminders.add(start_of_day(one), CHANGE, "", dedup_key=f"{CHANGE}:{one.isoformat()}")


def _at_fields(turn: Turn, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The register's field names as this form has them."""
    sent = turn.request.what
    picked = isinstance(sent, Submission) and "account" in sent.raw
    names = {"colleague_id": "account" if picked else "colleague"}
    return tuple(replace(p, field=names.get(p.field, p.field)) for p in problems)


def _dates(held: Holding) -> str:
    return f"from {say_day(held.starts)}{_until(held.ends)}"


def _until(ends: date | None) -> str:
    return f" until {say_day(ends)}" if ends else ""
