"""The committee's report from chat: asked for by a period, looked at as a draft, made once for the committee (R39).

A draft is for those who see every case. What was made for the committee is kept as it is, and others may look at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handlers.chat import (
    Button,
    Card,
    Confirm,
    Date,
    Form,
    FormValues,
    OpenForm,
    Page,
    Replace,
    Reply,
    Response,
    ViewRef,
)
from handlers.desk import Desk, Refused, Turn
from handlers.forms import needed
from handlers.pages import as_card
from handlers.report_counts import MOST_IN_CHAT, Figures, figures, publish, published_part
from handlers.report_page import report_page
from policy.access import may_publish, may_summarise
from policy.answers import Problem, Refusal
from policy.report_periods import Span, following, parse_period, span_of

FORM, OPEN, LOOK, MAKE = "summary", "summary.open", "summary.look", "summary.make"
DOWNLOAD = "summary.download"
VIEW = "summary"
DRAFT = (
    "A draft, for you. It was not made for the committee yet. Do not pass it on: two drafts put side by side can tell "
    "more than one."
)
SURE = Confirm(
    "Make the report?",
    "Its numbers are then kept as they are. A later report has all of this period or none of it.",
    "Make the report",
)


def ask(turn: Turn, words: str) -> Response:
    """`/incident summary`, with a period in words or without: then a form asks for it."""
    turn.require(may_summarise(turn.asker(turn.me.id)))
    if not words.strip():
        return OpenForm(summary_form(turn, "", {}))
    period = parse_period(words)
    if isinstance(period, Refusal):
        raise Refused(period)
    return look(turn, *period)


def open_form(turn: Turn, _: str) -> Response:
    """The button "Choose another period"."""
    return ask(turn, "")


def summary_form(turn: Turn, context: str, _: FormValues) -> Form:
    """Two days, filled in with the months since the last report. `context` is unused."""
    first, last = suggested(turn)
    page = Page(
        (
            Date(name="first", label="First day", required=True, initial=first.isoformat()),
            Date(
                name="last",
                label="Last day",
                hint="Whole months or quarters are best: time that was reported once stays one piece.",
                required=True,
                initial=last.isoformat(),
            ),
        )
    )
    return Form(id=FORM, title="Report for the committee", pages=(page,), submit="Show", context=context)


def submit(turn: Turn, _: str, values: FormValues) -> Response:
    """The form `summary`; what is wrong with the period stands at its last day."""
    turn.require(may_summarise(turn.asker(turn.me.id)))
    first, last = needed(values, "first"), needed(values, "last")
    span = span_of(first, last, turn.now)
    made = span if isinstance(span, Refusal) else figures(turn, span, most=MOST_IN_CHAT)
    if isinstance(made, Refusal):
        field = "first" if made.code == "period_ahead" else "last"
        turn.check((Problem(field, made.code, made.sentence),))
    return look(turn, first, last)


def press_look(turn: Turn, value: str) -> Response:
    """The button "See the summary" of the monthly offer."""
    return look(turn, *days_of(value))


def press_make(turn: Turn, value: str) -> Response:
    """The button "Make the report": its new pieces are published now, once; a second press finds nothing new."""
    first, last = days_of(value)
    turn.require(may_publish(turn.asker(turn.me.id)))
    made = _figures(turn, first, last)
    publish(turn, made, turn.me.id)
    ids = _ids(first, last)
    return Replace(_card(turn, _figures(turn, first, last), ids, turn.me.id), ViewRef(VIEW, ids))


def look(turn: Turn, first: date, last: date) -> Reply:
    """The summary of a period as this colleague may see it; each look is in the log (R38)."""
    turn.require(may_summarise(turn.asker(turn.me.id)))
    made = _open_to(turn, _figures(turn, first, last), turn.me.id)
    if isinstance(made, Refusal):
        raise Refused(made)
    turn.log("report.seen", "report", "", first=str(first), last=str(last))
    ids = _ids(first, last)
    return Reply(_card(turn, made, ids, turn.me.id), ViewRef(VIEW, ids))


def summary_view(desk: Desk, ids: Mapping[str, str], reader: str | None) -> Card | None:
    """The same card for a click that came twice."""
    asker = desk.asker(reader) if reader else None
    if asker is None or may_summarise(asker):
        return None
    made = _open_to(desk, _figures(desk, *days_of(f"{ids['first']}:{ids['last']}")), asker.colleague_id)
    return None if isinstance(made, Refusal) else _card(desk, made, ids, asker.colleague_id)


def suggested(desk: Desk) -> tuple[date, date]:
    """The first and last day of the report that would come next."""
    spans = tuple(Span(one.since, one.until) for one in desk.uow.reports.published())
    return following(spans, desk.council.created_at, desk.today)


# --- parts ----------------------------------------------------------------------------------------


def _card(desk: Desk, made: Figures, ids: Mapping[str, str], reader: str) -> Card:
    page = report_page(desk.council.name, made, desk.now)
    other = Button(OPEN, "Choose another period", opens=FORM)
    make = Button(MAKE, "Make the report", f"{ids['first']}:{ids['last']}", style="primary", confirm=SURE)
    if not made.new:
        download = Button(DOWNLOAD, "Download", f"{ids['first']}:{ids['last']}", style="primary")
        return as_card(page, (download, other), "This is the report as it was made for the committee.")
    return as_card(page, (make, other) if may_publish(desk.asker(reader)) is None else (other,), DRAFT)


def _figures(desk: Desk, first: date, last: date) -> Figures:
    span = span_of(first, last, desk.now)
    made = span if isinstance(span, Refusal) else figures(desk, span, most=MOST_IN_CHAT)
    if isinstance(made, Refusal):
        raise Refused(made)
    return made


def _open_to(desk: Desk, made: Figures, reader: str) -> Figures | Refusal:
    """The figures as this colleague may see them: others than the makers see what was published of them."""
    refusal = may_publish(desk.asker(reader)) if made.new else None
    if refusal is None:
        return made
    return published_part(desk, made.span) or refusal


def _ids(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


def days_of(value: str) -> tuple[date, date]:
    """The two days a button carries."""
    first, _, last = value.partition(":")
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise Refused(
            Refusal("period_unknown", "This button carries no period. Type /incident summary.")
        ) from None
