"""The demo: a sample council and seven cases in different states, made by the journeys themselves.

Nothing here writes records: sample colleagues press the same buttons and send the same forms as real ones, on
days in the recent past, so that every date in the demo is one that Civility computed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.app import LOCAL_WORKSPACE, Civility
from bot.demo_words import (
    APPEAL,
    CALL_FINDING,
    COMMENT,
    PROPOSAL,
    REPORTS,
    SHOUTING_FINDING,
    STICK_FINDING,
    THREAT_FINDING,
    VERDICT,
    WARNING_FINDING,
)
from bot.sample import sample_council
from bot.seed import seed
from bot.settings import Settings
from handlers.casefile import CaseFile, load
from handlers.chat import (
    Card,
    Command,
    FormValue,
    OpenForm,
    Press,
    Replace,
    Reply,
    Request,
    Response,
    Sender,
    Submission,
)
from handlers.forms import shown
from policy.calendars import LONDON, local_date
from scheduler.reminders import fire_due

DEMO_FOLDER = "civility-demo"
MORNING = time(10, 15)


def demo_settings(settings: Settings) -> Settings:
    """The same settings with records of their own: a demo never touches those of `run`."""
    return settings.model_copy(
        update={"database_url": "", "civility_data": settings.civility_data / DEMO_FOLDER, "civility_key": ""}
    )


def prepare_demo(serving: Civility, present: datetime | None = None) -> str:
    """Make the sample council and its cases, unless they are there already; the council's id.

    `present`: the instant its past leads up to; now, unless given.
    """
    serving.store.migrate()
    if not serving.store.councils():
        clock = _Clock(present or datetime.now(LONDON))
        past = Civility(serving.settings, now=clock, calendar=serving.calendar)
        try:
            _make(past, clock)
        finally:
            past.close()
    return serving.store.councils()[0].id


class _Clock:
    """The time of the demo's past."""

    def __init__(self, present: datetime) -> None:
        self.present = self.now = present.astimezone(LONDON)
        self.today = self.now.date()

    def __call__(self) -> datetime:
        return self.now

    def on(self, day: date, at: time = MORNING) -> None:
        """Go to a moment; never past the present, which the start of the program is."""
        self.now = min(datetime.combine(day, at, LONDON), self.present)


@dataclass(frozen=True)
class _Stage:
    """The sample council on the day a case plays."""

    civility: Civility
    council_id: str
    colleagues: Mapping[str, str]

    def ask(self, who: str, what: Command | Press | Submission) -> Response:
        """One click of a colleague in their private room."""
        colleague_id = self.colleagues[who]
        sender = Sender("local", LOCAL_WORKSPACE, colleague_id, who)
        return self.civility.routes.answer(Request(sender, what, private=True))

    def fill(self, who: str, opened: Response, answers: Mapping[str, FormValue]) -> Card:
        """Fill in every page of a form and send it; what was not answered keeps what the form suggests."""
        while isinstance(opened, OpenForm):
            raw: dict[str, object] = {}
            for field in shown(opened.form, opened.page, opened.values):
                raw[field.name] = answers.get(field.name, field.initial or "")
            form = opened.form
            opened = self.ask(who, Submission(form.id, form.context, form.nonce, opened.page, raw))
        return _card(opened)

    def press(self, who: str, button: str, value: str) -> Card:
        """Press a button that opens no form."""
        return _card(self.ask(who, Press(button, value)))

    def file(self, number: int) -> CaseFile:
        """The case reported as the `number`th, as it is now."""
        with self.civility.store.read(self.council_id) as uow:
            case = sorted(uow.cases.all(), key=lambda one: one.id)[number - 1]
            return load(self.civility.desk(uow), case.id)


def _card(answer: Response) -> Card:
    if isinstance(answer, Reply | Replace):
        return answer.card
    raise RuntimeError(f"The demo could not be made: {answer}")


def _make(civility: Civility, clock: _Clock) -> None:
    past = _working_days(civility, clock.today)
    clock.on(past(60))
    council_id = seed(civility.store, sample_council(clock.today), LOCAL_WORKSPACE, clock)
    with civility.store.read(council_id) as uow:
        colleagues = {_first_name(one.name): one.id for one in uow.colleagues.all()}
    stage = _Stage(civility, council_id, colleagues)
    plays = {
        past(38): _limited,
        past(32): _restricted,
        past(15): _called,
        past(14): _invited,
        past(10): _commented,
        past(8): _appealed,
        past(3): _half_decided,
        past(9): _warned,
        past(4): _proposed,
        past(2): _one_finding,
        past(1): _reported,
    }
    for back in range(60, -1, -1):  # day by day, so that reminders came when they were due
        day = clock.today - timedelta(days=back)
        clock.on(day, time(9, 5))
        fire_due(civility.store, civility.desk)
        if day in plays:
            plays[day](stage, clock, day)
        asyncio.run(civility.deliver(council_id))


def _working_days(civility: Civility, today: date) -> Callable[[int], date]:
    calendar = civility.calendar()
    return lambda back: calendar.add_working_days(today, -back)


# --- the cases, oldest first ---------------------------------------------------------------------------


def _report(stage: _Stage, number: int, who: str, day: date) -> CaseFile:
    report = dict(REPORTS[number - 1])
    targets = [stage.colleagues[name] for name in _names(report.pop("target", ()))]
    answers = {**report, "happened_on": day.isoformat(), "target": tuple(targets)}
    stage.fill(who, stage.ask(who, Command("")), answers)
    return stage.file(number)


def _limited(stage: _Stage, clock: _Clock, day: date) -> None:
    """A restriction without end, the person told; its review falls due in these days."""
    review_on = stage.civility.calendar().next_working_day(clock.today + timedelta(days=2))
    ending = {"duration": "permanent", "ends_on": "", "review_on": review_on.isoformat()}
    _restrict(stage, clock, day, 1, "Tom", STICK_FINDING, ending)


def _invited(stage: _Stage, clock: _Clock, day: date) -> None:
    """The person is invited to comment on the review."""
    clock.on(day, time(11, 30))
    (restriction,) = stage.file(1).restrictions
    _write(stage, clock, 1, f"{restriction.decision_id}:invitation:{restriction.id}")


def _commented(stage: _Stage, clock: _Clock, day: date) -> None:
    """And has answered."""
    clock.on(day, time(11, 30))
    (restriction,) = stage.file(1).restrictions
    answers = {**COMMENT, "received_on": day.isoformat()}
    stage.fill("Dana", stage.ask("Dana", Press("review.comment", restriction.id)), answers)


def _restricted(stage: _Stage, clock: _Clock, day: date) -> None:
    """Decided, notified, the restriction in force, the appeal period over."""
    _restrict(stage, clock, day, 2, "Priya", THREAT_FINDING)


def _called(stage: _Stage, clock: _Clock, day: date) -> None:
    """The same; the person will appeal."""
    _restrict(stage, clock, day, 3, "Priya", CALL_FINDING)


def _appealed(stage: _Stage, clock: _Clock, day: date) -> None:
    """The appeal came, and two councillors hear it."""
    clock.on(day, time(11, 30))
    file = stage.file(3)
    answers = {**APPEAL, "received_on": day.isoformat()}
    stage.fill("Dana", stage.ask("Dana", Press("appeal.record", file.case.id)), answers)
    stage.fill("Dana", stage.ask("Dana", Press("appeal.assign", stage.file(3).appeals[0].record.id)), {})


def _half_decided(stage: _Stage, clock: _Clock, day: date) -> None:
    """One reviewer has answered; the other's answer is awaited."""
    clock.on(day, time(11, 30))
    appeal_id = stage.file(3).appeals[0].record.id
    stage.fill("Ruth", stage.ask("Ruth", Press("appeal.decide", appeal_id)), VERDICT)


def _warned(stage: _Stage, clock: _Clock, day: date) -> None:
    """A warning, notified; the appeal period is open."""
    clock.on(day)
    file = _report(stage, 4, "Tom", day)
    _both_find(stage, 4, file, "warning", WARNING_FINDING)
    _send(stage, clock, 4)


def _proposed(stage: _Stage, clock: _Clock, day: date) -> None:
    """Both found the same; the Chair's approval of the proposal is awaited."""
    clock.on(day)
    file = _report(stage, 5, "Priya", day)
    _both_find(stage, 5, file, "restriction", SHOUTING_FINDING)
    _propose(stage, 5)


def _one_finding(stage: _Stage, clock: _Clock, day: date) -> None:
    """The chief officer signed; the Chair's finding is awaited."""
    clock.on(day)
    file = _report(stage, 6, "Tom", day)
    stage.fill("Dana", stage.ask("Dana", Press("finding.sign", file.case.id)), WARNING_FINDING)


def _reported(stage: _Stage, clock: _Clock, day: date) -> None:
    """Reported a working day ago, urgent: nobody has signed, and the police part is unanswered."""
    clock.on(day)
    _report(stage, 7, "Priya", day)


# --- steps -----------------------------------------------------------------------------------------------


def _restrict(
    stage: _Stage,
    clock: _Clock,
    day: date,
    number: int,
    who: str,
    finding: Mapping[str, FormValue],
    ending: Mapping[str, FormValue] | None = None,
) -> None:
    """Reported, both find the same, proposed and approved the next working day, the person told by email."""
    clock.on(day)
    file = _report(stage, number, who, day)
    _both_find(stage, number, file, "restriction", finding)
    clock.on(stage.civility.calendar().next_working_day(day + timedelta(days=1)), time(11, 0))
    _propose(stage, number, ending)
    proposal = stage.file(number).open_proposal
    if proposal is None:
        raise RuntimeError("The demo could not be made: no proposal")
    stage.press("Margaret", "proposal.approve", f"{proposal.id}:{proposal.version}")
    _send(stage, clock, number)


def _both_find(
    stage: _Stage, number: int, file: CaseFile, kind: str, answers: Mapping[str, FormValue]
) -> None:
    stage.fill("Dana", stage.ask("Dana", Press("finding.sign", file.case.id)), {**answers, "finding": kind})
    first = next(iter(stage.file(number).by_seat.values()))
    stage.press("Margaret", "finding.agree", first.id)


def _propose(stage: _Stage, number: int, ending: Mapping[str, FormValue] | None = None) -> None:
    file = stage.file(number)
    answers = {**PROPOSAL, **(ending or {})}
    stage.fill("Dana", stage.ask("Dana", Press("proposal.draft", file.case.id)), answers)


def _send(stage: _Stage, clock: _Clock, number: int) -> None:
    decision = stage.file(number).final_decision
    if decision is None:
        raise RuntimeError("The demo could not be made: no decision")
    _write(stage, clock, number, decision.id)


def _write(stage: _Stage, clock: _Clock, number: int, letter: str) -> None:
    """A letter written and emailed at this moment; `letter` is the value of its button."""
    today = local_date(clock())
    answers = {"method": "email", "expected_on": today.isoformat()}
    stage.fill("Dana", stage.ask("Dana", Press("notice.prepare", letter)), answers)
    notice = stage.file(number).notices[-1]
    sent = {"sent_on": today.isoformat(), "sent_at": f"{clock():%H:%M}"}
    stage.fill("Dana", stage.ask("Dana", Press("notice.send", notice.id)), sent)


def _names(given: FormValue) -> Iterable[str]:
    return given if isinstance(given, tuple) else ()


def _first_name(name: str) -> str:
    return name.removeprefix("Councillor ").partition(" ")[0]


__all__ = ["DEMO_FOLDER", "demo_settings", "prepare_demo"]
