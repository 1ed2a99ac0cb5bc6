"""Filing a further message: it is read by a named colleague, and every yes opens its route (R28).

Any colleague in the register may file one, because anybody may be written to; they see nothing of the case by it.
"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.asked_for import ASK_WHICH, nothing_open, route_buttons
from handlers.casefile import NO_CASE, CaseFile, load
from handlers.chat import (
    Block,
    Button,
    Callout,
    Card,
    Facts,
    Form,
    FormValues,
    OpenForm,
    Quoted,
    Reply,
    Response,
    Table,
    Text,
    ViewRef,
)
from handlers.claim import claim
from handlers.desk import Desk, Refused, Turn
from handlers.forms import clock, needed, several, text, ticked
from handlers.message_form import message_form
from handlers.message_twins import twin_blocks, twin_fields, twin_of, twin_problems
from handlers.tasks import KINDS, MESSAGE, add_task
from handlers.tell import workers
from policy.access import Part, may_check
from policy.answers import Problem, Refusal
from policy.behaviour import Channel
from policy.calendars import LONDON, at_clock, say_clock, say_day, say_moment
from policy.cases import find_reference, parse_reference
from policy.messages import NONE_OF_THESE, ROUTES, Question, check_reading, filing_refusal, open_routes
from storage.filed import Message

FILED, READ = "message.filed", "message.read"
NOTHING_TICKED = "Tick what is so, or tick “None of these” below."
REST = "… (the whole message stands at the link)"


def open_message(turn: Turn, words: str) -> Response:
    """`/incident message REF`, or without one the form that asks for it; with a message of the chat, its words."""
    turn.require(may_check(turn.asker(turn.me.id)))
    quoted = turn.request.quoted
    if quoted is not None:
        return OpenForm(message_form(turn, "", ""), values=_from_chat(turn, quoted))
    reference = parse_reference(words)
    if reference is None:
        given = {"reference": words.strip()} if words.strip() else {}
        return OpenForm(message_form(turn, "", ""), values=given)
    return OpenForm(_form(turn, _found(turn, reference)))


def press_message(turn: Turn, case_id: str) -> Response:
    """The button "File a message"."""
    return OpenForm(_form(turn, _open(turn, case_id)))


def build_message(turn: Turn, case_id: str, typed: FormValues) -> Form:
    """The form, for who may file at this moment; it says so where the same message was likely filed before."""
    turn.require(may_check(turn.asker(turn.me.id)))
    file = _open(turn, case_id) if case_id else _meant(turn, text(typed, "reference"))
    twin = twin_of(turn, file, typed) if file else None
    reference = file.case.reference if file and case_id else ""
    return message_form(turn, case_id, reference, (twin_blocks(turn, twin), twin_fields(twin)))


def submit_message(turn: Turn, case_id: str, values: FormValues) -> Response:
    """File it under the reader's name, and ask for everything it opens."""
    turn.require(may_check(turn.asker(turn.me.id)))
    file = _open(turn, case_id) if case_id else _named(turn, text(values, "reference"))
    received_on, received_at = needed(values, "received_on"), clock(values, "received_at")
    chosen = {Question(one) for one in several(values, "questions")}
    turn.check(_problems(turn, values, chosen))
    file = claim(turn, file.case.id)  # of two who file it at one instant the second sees the first
    turn.check(twin_problems(turn, file, values))
    opened = open_routes(
        dict.fromkeys(chosen, True),
        received_on,
        turn.calendar,
        foi_working_days=turn.settings.foi_working_days,
        subject_access_months=turn.settings.subject_access_months,
    )
    message = turn.uow.messages.add(
        file.case.id,
        channel=text(values, "channel"),
        received_on=received_on,
        received_at=received_at,
        answers=[one for one in Question if one in chosen],
        words=text(values, "words"),
        by=turn.me.id,
    )
    for route in opened:
        due = route.due.value if route.due else None
        who = workers(file, at_once=route.at_once)
        add_task(turn, f"{MESSAGE}{route.question}", file.case.id, message.id, who, due)
    turn.log(
        "message.filed",
        "message",
        message.id,
        case=file.case.id,
        opened=",".join(one.question for one in opened),
    )
    card = filed_card(turn, {"message": message.id}, turn.me.id)
    if card is None:
        raise Refused(NO_CASE)
    return Reply(card, ViewRef(FILED, {"message": message.id}))


# --- cards: all of them answer a press, none is posted ----------------------------------------------


def filed_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """What whoever filed it reads right afterwards: what was opened, by when, and who sees to it."""
    message = desk.uow.messages.get(ids["message"])
    if message is None or reader != message.read_by:
        return None
    file = load(desk, message.case_id)
    body: list[Block] = []
    if Question.SAFEGUARDING in message.answers:
        body.append(Callout(ROUTES[Question.SAFEGUARDING].action, "urgent"))
        body.append(Text("If it is a threat, or unacceptable in itself, report it as an incident too."))
    rows = opened_rows(file, message)
    if rows:
        body.append(Table("What it opens", ("What", "Last day"), rows))
        body.append(
            Text("The officers are asked now, and reminded until it is done. Pass the message on to them.")
        )
    else:
        body.append(Text("It opens nothing. It is on file, with your name as its reader."))
    buttons = [*route_buttons(file, message, reader)]
    if buttons:
        body.append(Callout(ASK_WHICH))
    elif nothing := nothing_open(file, message, reader):
        body.append(Callout(nothing))
    if Part.STORY in file.seen_by(reader):
        buttons.append(Button("incident.add", "Add an incident", file.case.id, opens="report"))
        buttons.append(Button("case.open", "Open this case", file.case.id))
    else:
        buttons.append(Button("report.open", "Report an incident", opens="report"))
    title = f"Filed under {file.case.reference}"
    return Card(title, tuple(body), tuple(buttons))


def read_card(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """A message in full, for those who see the case."""
    message = desk.uow.messages.get(ids["message"])
    if message is None or reader is None:
        return None
    file = load(desk, message.case_id)
    if Part.STORY not in file.seen_by(reader):
        return None
    buttons = (*route_buttons(file, message, reader), Button("case.open", "Open this case", file.case.id))
    return Card(f"A message under {file.case.reference}", tuple(message_blocks(file, message)), buttons)


def press_read(turn: Turn, message_id: str) -> Response:
    """The button "Read the message"; each reading is in the log (R38)."""
    card = read_card(turn, {"message": message_id}, turn.me.id)
    if card is None:
        raise Refused(NO_CASE)
    message = turn.uow.messages.get(message_id)
    turn.log("message.read", "message", message_id, case=message.case_id if message else "")
    return Reply(card, ViewRef(READ, {"message": message_id}))


def message_blocks(file: CaseFile, message: Message) -> list[Block]:
    """How it came, who read it, what it says, and what it opened."""
    rows = [
        ("Message", f"{Channel(message.channel).words}, {received_words(message)}"),
        ("Read by", f"{file.desk.name(message.read_by)}, {say_moment(message.read_at)}"),
    ]
    opened = [f"{what} ({last})" if last else what for what, last in opened_rows(file, message)]
    rows.append(("It opened", "; ".join(opened) or "nothing: read and filed"))
    return [Facts(tuple(rows)), Text(message.words or "Its words were erased.")]


def opened_rows(file: CaseFile, message: Message) -> tuple[tuple[str, str], ...]:
    """What a message opened, and its last day or that it is done; what cannot wait first."""
    tasks = [one for one in file.tasks if one.about == message.id]
    tasks.sort(key=lambda one: not KINDS[one.kind].at_once)
    rows = []
    for one in tasks:
        last = say_day(one.due_on) if one.due_on else "at once" if KINDS[one.kind].at_once else ""
        done = f"done on {say_moment(one.done_at)}" if one.done_at else ""
        rows.append((KINDS[one.kind].to_do, done or last))
    return tuple(rows)


def received_words(message: Message) -> str:
    """When it reached the council."""
    at = f" at {say_clock(at_clock(message.received_on, message.received_at))}" if message.received_at else ""
    return f"{say_day(message.received_on)}{at}"


def file_button(file: CaseFile) -> tuple[Button, ...]:
    """The button "File a message", while anything is filed there."""
    if _refusal(file) is not None:
        return ()
    return (Button("message.open", "File a message", file.case.id, opens="message"),)


# --- parts ------------------------------------------------------------------------------------------


def _form(turn: Turn, file: CaseFile) -> Form:
    return message_form(turn, file.case.id, file.case.reference)


def _open(turn: Turn, case_id: str) -> CaseFile:
    """The case a message is filed under. The person themselves, a councillor, learns nothing of it (R10, R17)."""
    file = load(turn, case_id)
    if turn.me.id == file.parties.person:
        raise Refused(NO_CASE, case_id)
    turn.require(may_check(turn.asker(turn.me.id)), case_id)
    turn.require(_refusal(file), case_id)
    return file


def _found(turn: Turn, reference: str) -> CaseFile:
    case = turn.uow.cases.by_reference(reference)
    if case is None:
        raise Refused(NO_CASE)
    return _open(turn, case.id)


def _meant(turn: Turn, given: str) -> CaseFile | None:
    """The case of a reference that is typed so far, if the asker may file there."""
    try:
        return _found(turn, parse_reference(given) or "") if given else None
    except Refused:  # said at its field once the page is sent
        return None


def _named(turn: Turn, given: str) -> CaseFile:
    """The case of the reference somebody typed; what is wrong with it stands at its field."""
    try:
        return _found(turn, parse_reference(given) or "")
    except Refused as refused:
        refusal = refused.refusal
        turn.check([Problem("reference", refusal.code, refusal.sentence)])
        raise


def _refusal(file: CaseFile) -> Refusal | None:
    return filing_refusal(
        withdrawn=file.case.withdrawn_at is not None,
        closed=file.case.closed_at is not None,
        restricted=any(one.starts_at is not None for one in file.restrictions),
    )


def _problems(turn: Turn, values: FormValues, chosen: set[Question]) -> tuple[Problem, ...]:
    problems = []
    on, at = needed(values, "received_on"), clock(values, "received_at")
    if on > turn.today:
        problems.append(Problem("received_on", "in_future", "This day is in the future."))
    elif at is not None and at_clock(on, at) > turn.now:
        problems.append(Problem("received_at", "in_future", "This time is in the future."))
    none = ticked(values, NONE_OF_THESE)
    if not chosen and not none:
        problems.append(Problem("questions", "unanswered", NOTHING_TICKED))
    else:  # one checklist: what is not ticked is a no
        problems += check_reading({one: one in chosen for one in Question}, none)
    return tuple(problems)


def _from_chat(turn: Turn, quoted: Quoted) -> FormValues:
    """What is known of a message of the chat; its reference, if it names one, is for the colleague to confirm."""
    when = quoted.sent_at.astimezone(LONDON)
    words, room = quoted.words, 3000
    over = len(words) + len(quoted.link) + len("\n\n") - room
    if over > 0:
        words = words[: len(words) - over - len(REST)] + REST
    return {
        "reference": find_reference(quoted.words),
        "received_on": min(when.date(), turn.today).isoformat(),
        "received_at": f"{when:%H:%M}",
        "words": "\n\n".join(filter(None, (words, quoted.link))),
    }
