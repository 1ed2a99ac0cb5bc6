"""A committee decides where no officer can act: one colleague records its minute, another confirms it (R17)."""

from __future__ import annotations

from datetime import date

from handlers import views
from handlers.casefile import NO_CASE, CaseFile, load
from handlers.chat import (
    Block,
    Callout,
    Choice,
    Choices,
    Date,
    Form,
    FormValues,
    LongText,
    OpenForm,
    Option,
    Page,
    Replace,
    Reply,
    Response,
    Text,
    TextField,
    ViewRef,
)
from handlers.claim import claim
from handlers.desk import Refused, Turn
from handlers.finding_form import demand_fields
from handlers.flags import flags
from handlers.forms import day, needed, several, text
from handlers.investigate import finding_problems
from handlers.minute_effect import carry_out
from handlers.minute_views import CARD, LOOK, may_read, options_now, recording_refusal, settling_refusal
from handlers.proposals import stale_press
from handlers.report_form import colleague_options
from policy.access import Part
from policy.answers import Refusal
from policy.calendars import local_date
from policy.committee import (
    WAITS_ALREADY,
    MinuteFacts,
    MinuteState,
    Resolved,
    check_minute,
)
from policy.findings import FindingKind
from storage.minuted import Minute

NO_MINUTE = Refusal("no_minute", "There is no such minute that you can see.")
GONE = Refusal(
    "minute_overtaken",
    "The case has changed since this was recorded. Set this minute aside and record it anew.",
)
INTRO = (
    "No officer can lawfully act in this case, so a committee of the council decides it. Record here what it resolved, "
    "as it was minuted. Colleagues who take no part in the case must have left before the item."
)


# --- recording ----------------------------------------------------------------------------------------


def open_minute(turn: Turn, case_id: str) -> Response:
    """The button "Record the committee's minute"."""
    file = load(turn, case_id)
    proposal = file.open_proposal
    seen = f"{proposal.id}:{proposal.version}" if proposal else ":0"
    return OpenForm(minute_form(turn, f"{case_id}:{seen}", {}))


def minute_form(turn: Turn, context: str, _: FormValues) -> Form:
    """The meeting, who resolved it, what, and why. `context`: "<case>:<proposal>:<version>" as it was seen."""
    file = load(turn, context.partition(":")[0])
    _may_record(turn, file)
    first = (
        Date(name="met_on", label="Day of the meeting", required=True),
        TextField(
            name="reference",
            label="Reference of the minute",
            hint="Such as F&GP 26/114. It is printed in the letter: no names, please.",
            required=True,
            limit=60,
        ),
        Choices(
            name="present",
            label="Which councillors resolved it?",
            hint="Those who were there for this item.",
            options=colleague_options(turn, only_councillors=True),
            required=True,
        ),
        Choice(
            name="resolution",
            label="What was resolved?",
            options=tuple(Option(one.value, one.words) for one in options_now(file)),
            required=True,
        ),
    )
    second = (
        LongText(name="circumstances", label="What did the committee look at?", limit=1000),
        *demand_fields(file, "resolution"),
        LongText(
            name="reasons",
            label="The committee’s reasons",
            hint="Say what was done and why it is or is not acceptable. Describe the behaviour, not the person.",
            required=True,
        ),
    )
    note: tuple[Block, ...] = (Callout(INTRO), *_about(file))
    return Form(
        id="minute",
        title="A committee’s minute",
        submit="Record",
        context=context,
        pages=(Page(first, intro=note, title=file.case.reference), Page(second, title="Its reasons")),
    )


def submit_minute(turn: Turn, context: str, values: FormValues) -> Response:
    """Write it down; another colleague is asked to confirm it. Nothing else changes (R17)."""
    case_id, proposal_id, seen = (*context.split(":"), "", "")[:3]
    file = claim(turn, case_id)
    _may_record(turn, file)
    resolution = text(values, "resolution")
    about, version, since = _subject(file, resolution)
    if resolution in (Resolved.APPROVE, Resolved.REJECT) and (about, str(version)) != (proposal_id, seen):
        raise stale_press(file, 0, 1)
    facts = MinuteFacts(
        reference=text(values, "reference"),
        met_on=day(values, "met_on"),
        present=several(values, "present"),
        reasons=text(values, "reasons"),
    )
    quorum = turn.settings.committee_quorum
    turn.check(check_minute(facts, turn.register, file.parties, turn.today, since, quorum))
    names = ("reference", "circumstances", "same_issue", "dealt_with", "burden", "reasons")
    words = {name: text(values, name) for name in names if text(values, name)}
    if resolution in set(FindingKind):
        turn.check(finding_problems(turn, file, FindingKind(resolution), words, field="resolution"))
    minute = turn.uow.minutes.record(
        case_id=case_id,
        resolution=resolution,
        about=about,
        version=version,
        met_on=needed(values, "met_on"),
        present=facts.present,
        recorded_by=turn.me.id,
        words=words,
    )
    if minute is None:
        raise Refused(WAITS_ALREADY, case_id)
    turn.log("minute.recorded", "minute", minute.id, case=case_id, resolution=resolution)
    asked = {one.colleague_id for one in file.seats.everybody} | set(minute.present)
    for one in sorted(asked - {turn.me.id}):
        turn.tell(one, CARD, {"minute": minute.id}, card_key=_key(minute), once=_key(minute))
    return _shown(turn, minute)


# --- a second colleague -------------------------------------------------------------------------------


def look(turn: Turn, minute_id: str) -> Response:
    """The button "Read the minute"; the look is in the log."""
    minute, file = _minute_of(turn, minute_id)
    if not may_read(file, minute, turn.me.id):
        raise Refused(NO_MINUTE, file.case.id)
    turn.log("minute.looked_at", "minute", minute.id, case=file.case.id)
    return _shown(turn, minute)


def confirm(turn: Turn, value: str) -> Response:
    """The button "Confirm the minute": what was resolved takes effect. `value`: "<minute>:<version>"."""
    minute_id, _, seen = value.partition(":")
    minute, file = _held(turn, minute_id)
    if minute.state == MinuteState.CONFIRMED and minute.settled_by == turn.me.id:
        return _shown(turn, minute, Replace)  # pressing twice counts once, and is no mistake
    _require(turn, file, minute, confirm=True)
    proposal = file.open_proposal
    current = proposal.version if proposal and proposal.id == minute.about else 0
    if minute.resolution not in options_now(file) or _subject(file, minute.resolution)[0] != minute.about:
        raise Refused(GONE, file.case.id, ViewRef("case.open", {"case": file.case.id}))
    if minute.version and minute.version != current:
        raise stale_press(file, minute.version, current)
    if seen != str(minute.version):
        raise Refused(GONE, file.case.id, _ref(minute))
    _still_right(turn, file, minute)
    if not turn.uow.minutes.settle(minute, MinuteState.CONFIRMED, turn.me.id):
        raise Refused(GONE, file.case.id, _ref(minute))
    turn.log("minute.confirmed", "minute", minute.id, case=file.case.id, resolution=minute.resolution)
    carry_out(turn, load(turn, file.case.id), minute)
    turn.uow.outbox.refresh(_key(minute), CARD, {"minute": minute.id})
    return _shown(turn, minute, Replace)


def open_aside(turn: Turn, minute_id: str) -> Response:
    """The button "This is not what was minuted"."""
    return OpenForm(aside_form(turn, minute_id, {}))


def aside_form(turn: Turn, minute_id: str, _: FormValues) -> Form:
    """Why: whoever recorded it reads that."""
    minute, file = _minute_of(turn, minute_id)
    _require(turn, file, minute, confirm=False)
    field = LongText(name="why", label="What is wrong with it?", required=True, limit=500)
    return Form(
        id="minute_aside",
        title="Set the minute aside",
        submit="Set aside",
        context=minute_id,
        pages=(
            Page((field,), intro=(Text("It stays on record and has no effect. A new one can be recorded."),)),
        ),
    )


def submit_aside(turn: Turn, minute_id: str, values: FormValues) -> Response:
    """One colleague is enough: it decides nothing."""
    minute, file = _held(turn, minute_id)
    _require(turn, file, minute, confirm=False)
    if not turn.uow.minutes.settle(minute, MinuteState.SET_ASIDE, turn.me.id, text(values, "why")):
        raise Refused(GONE, file.case.id, _ref(minute))
    turn.log("minute.set_aside", "minute", minute.id, case=file.case.id)
    turn.uow.outbox.refresh(_key(minute), CARD, {"minute": minute.id})
    return _shown(turn, minute, Replace)


# --- parts --------------------------------------------------------------------------------------------


def _may_record(turn: Turn, file: CaseFile) -> None:
    if Part.STORY not in file.seen_by(turn.me.id):
        raise Refused(NO_CASE, file.case.id)
    turn.require(recording_refusal(file, turn.me.id), file.case.id)


def _require(turn: Turn, file: CaseFile, minute: Minute, *, confirm: bool) -> None:
    refusal = settling_refusal(file, minute, turn.me.id, confirm=confirm)
    if refusal is not None:  # how it stands now, beside the sentence, when somebody was there first
        over = minute.state != MinuteState.WAITING
        raise Refused(refusal, file.case.id, _ref(minute) if over else None)


def _still_right(turn: Turn, file: CaseFile, minute: Minute) -> None:
    """A conflict may have become known since it was recorded: then the committee must resolve it again."""
    facts = MinuteFacts(minute.reference, minute.met_on, minute.present, minute.words.get("reasons", ""))
    quorum = turn.settings.committee_quorum
    problems = list(check_minute(facts, turn.register, file.parties, turn.today, minute.met_on, quorum))
    if minute.resolution in set(FindingKind):
        problems += finding_problems(turn, file, FindingKind(minute.resolution), minute.words)
    for one in problems:
        raise Refused(Refusal(one.code, one.sentence), file.case.id, _ref(minute))


def _subject(file: CaseFile, resolution: str) -> tuple[str, int, date]:
    """What a resolution speaks of: its id and version, and the day before which it cannot have been resolved."""
    proposal = file.open_proposal
    if resolution in (Resolved.APPROVE, Resolved.REJECT) and proposal is not None:
        return proposal.id, proposal.version, local_date(proposal.drafted_at)
    if resolution in (Resolved.STANDS, Resolved.AGAIN):
        flagged = next(iter(flags(file)), None)
        if flagged is not None:
            return flagged.decision.id, 0, local_date(flagged.decision.decided_at)
    return "", 0, file.findings_asked_on


def _about(file: CaseFile) -> tuple[Block, ...]:
    proposal = file.open_proposal
    if proposal is None:
        return ()
    return (
        Text(
            f"The proposal that waits is version {proposal.version}. Read it on the case before you record."
        ),
    )


def _minute_of(turn: Turn, minute_id: str) -> tuple[Minute, CaseFile]:
    minute = turn.uow.minutes.get(minute_id)
    if minute is None:
        raise Refused(NO_MINUTE)
    return minute, load(turn, minute.case_id)


def _held(turn: Turn, minute_id: str) -> tuple[Minute, CaseFile]:
    """The minute and its case, held: as they are once a click that came first has ended."""
    before, _ = _minute_of(turn, minute_id)
    file = claim(turn, before.case_id)
    minute, _ = _minute_of(turn, minute_id)
    return minute, file


def _key(minute: Minute) -> str:
    return f"{CARD}:{minute.id}"


def _ref(minute: Minute) -> ViewRef:
    return ViewRef(LOOK, {"minute": minute.id})


def _shown(turn: Turn, minute: Minute, how: type[Reply | Replace] = Reply) -> Response:
    return how(views.show(turn, _ref(minute), turn.me.id) or views.gone(), _ref(minute))
