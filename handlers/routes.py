"""Which journey answers which command, button and form; and the one way every click goes.

A click opens one unit of work, finds the council and the colleague, is answered from the record when it was
committed before (R19), and otherwise calls one journey. State, log, outbox, reminders and the delivery id land
together or not at all. A refused click keeps nothing but its audit line (R18).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from handlers import first_run, views
from handlers.chat import (
    Command,
    FieldErrors,
    Form,
    FormValue,
    FormValues,
    OpenForm,
    Press,
    Refuse,
    Replace,
    Reply,
    Request,
    Response,
    Submission,
    ViewRef,
)
from handlers.desk import NOTHING_OUTSIDE, Outside, Refused, Turn, Wrong
from handlers.forms import by_field, check_all, clean, first_page, read_page, shown
from handlers.nonce import new_nonce
from handlers.people_of import first_use
from policy.answers import Refusal
from policy.calendars import Calendar, local_date, start_of_day
from policy.decisions import refusals_alert
from policy.offices import Office
from policy.settings import council_calendar, current_settings
from storage.records import Colleague
from storage.store import Store, UnitOfWork


@dataclass(frozen=True, slots=True)
class Journey:
    """What answers a command or a press. `reads` = it changes nothing and needs no place in the writers' queue.

    `quick` = it reads no cases either: half a millisecond, however large the records are.
    """

    answer: Callable[[Turn, str], Response]
    reads: bool = False
    quick: bool = False


@dataclass(frozen=True, slots=True)
class FormJourney:
    """A form: how it is made for this colleague, this context and what was typed so far; what sending it does."""

    build: Callable[[Turn, str, FormValues], Form]
    submit: Callable[[Turn, str, FormValues], Response]


@dataclass(frozen=True, slots=True)
class Table:
    """Every command word, button id and form id that has an answer."""

    commands: Mapping[str, Journey]
    buttons: Mapping[str, Journey]
    forms: Mapping[str, FormJourney]


MOST_NONCE = 64
UNKNOWN = Refusal(
    "unknown",
    "Civility does not know that. To report something, type /incident and nothing else. Type /incident help to "
    "see what else you can do.",
)
NO_COUNCIL = "This workspace is not connected to a council yet. Ask whoever installed Civility."


class Routes:
    """The one entrance for every door. Synchronous: a door runs `answer` in an executor."""

    def __init__(
        self,
        store: Store,
        table: Table,
        calendar: Callable[[], Calendar],
        now: Callable[[], datetime],
        outside: Outside = NOTHING_OUTSIDE,
    ) -> None:
        self._store, self._table, self._calendar, self._now = store, table, calendar, now
        self._outside = outside

    def answer(self, request: Request) -> Response:
        """Answer one click of a verified sender (see the module's text)."""
        request = _cleaned(request)
        council_id = self._store.council_for(request.sender.platform, request.sender.workspace)
        if council_id is None:
            return Refuse(NO_COUNCIL)
        refused: Refused | None = None
        if self._reads(request):
            try:
                found = self._read(council_id, request)
            except Refused as caught:
                refused = caught
            else:
                if found is not None:
                    return found
        with self._store.write(council_id) as uow:
            me = self._colleague(uow, request)
            if me is None:
                me = first_use(uow, request.sender, local_date(self._now()))
                # Kept whatever comes of the click: a form filled in page by page belongs to the same colleague.
                uow.commit()
            if me is None:
                return Refuse(
                    "Guests can't use Civility here. Ask the chief officer to add you to the register."
                )
            turn = self._turn(uow, me, request)
            return self._shown(turn, refused) if refused else self._once(turn)

    def at_once(self, request: Request) -> Response | None:
        """The answer to a click that only opens a form; None when it needs more, and `answer` gives it."""
        request = _cleaned(request)
        what = request.what
        journey = None if isinstance(what, Submission) else self._journey(what)
        council_id = self._store.council_for(request.sender.platform, request.sender.workspace)
        if journey is None or not journey.quick or council_id is None:
            return None
        try:
            return self._read(council_id, request)
        except Refused:  # it is written down, which takes a place in the writers' queue
            return None

    # --- one click -----------------------------------------------------------------------------

    def _once(self, turn: Turn) -> Response:
        """Do it, unless this very delivery was committed before: then show how it stands now."""
        delivery = self._delivery_id(turn)
        seen = turn.uow.deliveries.seen(delivery) if delivery else None
        if seen is not None:
            again = ViewRef(seen.view, seen.ids)
            card = views.show(turn, again, turn.me.id)
            return Reply(card, again) if card else Refuse("That was already done.")
        try:
            response = self._dispatch(turn)
        except Refused as refused:
            return self._shown(turn, refused)
        except Wrong as wrong:  # a press has no fields at which the sentences could stand
            return self._shown(turn, Refused(_in_words(wrong)))
        if isinstance(response, Reply | Replace):
            if delivery and response.again is not None:
                turn.uow.deliveries.record(delivery, response.again.view, response.again.ids)
            if isinstance(turn.request.what, Submission):
                turn.uow.drafts.drop(turn.request.what.nonce)
            turn.uow.commit()
        return response

    def _dispatch(self, turn: Turn) -> Response:
        what = turn.request.what
        if first_run.needed(turn):
            response = first_run.answer(turn)
        elif isinstance(what, Submission):
            return self._submission(turn, what)
        else:
            journey = self._journey(what)
            if journey is None:
                raise Refused(UNKNOWN)
            response = journey.answer(turn, what.words if isinstance(what, Command) else what.value)
        if isinstance(response, OpenForm) and not response.form.nonce:
            return replace(response, form=response.form.opened(new_nonce()))
        return response

    # --- forms ---------------------------------------------------------------------------------

    def _submission(self, turn: Turn, sent: Submission) -> Response:
        """One page of a form: kept as a draft, checked, and on the last page handed to its journey."""
        journey = self._table.forms.get(sent.form)
        if journey is None:
            raise Refused(UNKNOWN)
        draft = turn.uow.drafts.get(sent.nonce, turn.me.id)
        typed: dict[str, FormValue] = _values(draft.values) if draft else {}
        form = journey.build(turn, sent.context, typed).opened(sent.nonce)
        page = min(max(sent.page, 0), len(form.pages) - 1)
        reading = read_page(form, page, sent.raw, typed)
        typed |= reading.values
        form = journey.build(turn, sent.context, typed).opened(sent.nonce)
        if sent.step == "refresh":
            return self._kept(turn, sent, OpenForm(form, page, typed))
        if sent.step == "back":
            return self._kept(turn, sent, OpenForm(form, _step(form, page, typed, -1), typed))
        if reading.errors:
            return self._kept(turn, sent, FieldErrors(form, page, typed, reading.errors))
        if page < (onward := _step(form, page, typed, +1)):
            return self._kept(turn, sent, OpenForm(form, onward, typed))
        whole = check_all(form, typed)
        errors = whole.errors
        if not errors:
            try:
                return journey.submit(turn, sent.context, whole.values)
            except Wrong as wrong:
                errors = by_field(wrong.problems, form)
            except Refused as refused:  # the dialog stays: what was typed is not lost to a refusal
                errors = {"": self._audited(turn, refused).sentence}
        return self._kept(turn, sent, FieldErrors(form, first_page(form, errors), typed, errors))

    def _kept(self, turn: Turn, sent: Submission, response: OpenForm | FieldErrors) -> Response:
        """Nothing of the journey is saved, everything typed is."""
        turn.uow.rollback()
        turn.uow.drafts.save(sent.nonce, turn.me.id, sent.form, dict(response.values))
        turn.uow.commit()
        return response

    def _shown(self, turn: Turn, refused: Refused) -> Response:
        """The refusal, and beside it how things stand now, where the journey says so (R19)."""
        answer = self._audited(turn, refused)
        card = views.show(turn, refused.show, turn.me.id) if refused.show else None
        return Reply(views.with_note(card, answer.sentence), refused.show) if card else answer

    def _audited(self, turn: Turn, refused: Refused) -> Refuse:
        """Keep nothing but one audit line; a colleague's third refusal in a day tells the chief officer (R18).

        A word Civility does not know is a slip of the pen: it counts towards no alert.
        """
        turn.uow.rollback()
        if refused.refusal is UNKNOWN:
            turn.log("unknown", "press", "")
            turn.uow.commit()
            return Refuse(refused.refusal.sentence)
        code, name = refused.refusal.code, self._name(turn.request.what)
        turn.log("refused", "press", refused.subject_id, code=code, what=name)
        if refusals_alert(turn.uow.log.count(turn.me.id, "refused", start_of_day(turn.today))):
            for holder in turn.register.holders(Office.CHIEF_OFFICER, turn.today):
                turn.tell(holder, "refusals.alert", {"colleague": turn.me.id, "on": turn.today.isoformat()})
        turn.uow.commit()
        return Refuse(refused.refusal.sentence)

    def _read(self, council_id: str, request: Request) -> Response | None:
        """The answer of a journey that only reads; None for somebody not known yet. Raises Refused."""
        with self._store.read(council_id) as uow:
            me = self._colleague(uow, request)
            return self._dispatch(self._turn(uow, me, request)) if me is not None else None

    # --- small parts ---------------------------------------------------------------------------

    def _name(self, what: Command | Press | Submission) -> str:
        """The command, button or form by our own name for it; never what somebody typed (R41)."""
        table, name = (
            (self._table.forms, what.form)
            if isinstance(what, Submission)
            else (self._table.buttons, what.button)
            if isinstance(what, Press)
            else (self._table.commands, what.word)
        )
        return name if name in table else ""

    def _journey(self, what: Command | Press) -> Journey | None:
        if isinstance(what, Command):
            return self._table.commands.get(what.word)
        return self._table.buttons.get(what.button)

    def _reads(self, request: Request) -> bool:
        what = request.what
        if isinstance(what, Submission):
            return False
        journey = self._journey(what)
        return journey is not None and journey.reads

    def _delivery_id(self, turn: Turn) -> str:
        what = turn.request.what
        given = what.nonce if isinstance(what, Submission) else turn.request.delivery_id
        return f"{turn.me.id}:{given}" if given else ""

    def _colleague(self, uow: UnitOfWork, request: Request) -> Colleague | None:
        who = request.sender
        return uow.colleagues.by_identity(who.platform, who.workspace, who.external_id)

    def _turn(self, uow: UnitOfWork, me: Colleague, request: Request) -> Turn:
        settings = current_settings(uow.settings.get())
        return Turn(
            uow=uow,
            council=uow.council.get(),
            settings=settings,
            calendar=council_calendar(self._calendar(), settings),
            now=self._now(),
            me=me,
            request=request,
            outside=self._outside,
        )


def _cleaned(request: Request) -> Request:
    """The click without characters that no database stores: who clicks is verified, what a payload says is not."""
    what = request.what
    if isinstance(what, Command):
        what = Command(clean(what.word), clean(what.words))
    elif isinstance(what, Press):
        what = Press(clean(what.button), clean(what.value))
    else:
        what = replace(what, context=clean(what.context), nonce=clean(what.nonce)[:MOST_NONCE])
    return replace(request, what=what, delivery_id=clean(request.delivery_id))


def _in_words(wrong: Wrong) -> Refusal:
    """What was found wrong, as one refusal."""
    return Refusal(wrong.problems[0].code, " ".join(one.sentence for one in wrong.problems))


def _step(form: Form, page: int, values: FormValues, by: int) -> int:
    """The next page (by +1 or -1) that asks anything; the same page when there is none."""
    at = page + by
    while 0 <= at < len(form.pages):
        if shown(form, at, values):
            return at
        at += by
    return page


def _values(saved: Mapping[str, Any]) -> dict[str, FormValue]:
    """A draft's values as they were typed (JSON keeps tuples as lists)."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in saved.items()}
