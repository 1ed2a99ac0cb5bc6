"""The letters about a safety marker: that there is one, and that it has ended, if they were told (R25, R43).

Neither tells of a decision that can be appealed: a marker limits nothing. A marker whose telling raises the risk has no
letter; its reason and the two names stand in the record.
"""

from __future__ import annotations

from datetime import date

from handlers.casefile import CaseFile
from handlers.chat import Button
from handlers.desk import Turn
from handlers.letters import Letter, LetterKind, Signer, compose
from handlers.marker_words import MARKER, MARKER_END, TELL_OF_MARKER, TELL_OF_MARKER_END, told
from handlers.tasks import add_task, finish
from policy.answers import Refusal
from policy.calendars import say_day, say_moment, say_until
from policy.decisions import case_work_refusal
from policy.markers import letter_refusal
from policy.notice_words import ROUTES_ALWAYS_OPEN, loaded_words
from policy.notices import Method
from policy.offices import title
from storage.records import Decision, Notice, Reminder
from storage.records_people import Marker

NO_MARKER = Refusal("no_marker", "There is no such marker that you can see.")


def may_tell(file: CaseFile, _: Decision | None, about: str, day: date) -> Refusal | None:
    """While it is shown, unless telling raises the risk."""
    marker = _marker(file, about)
    if marker is None:
        return NO_MARKER
    return letter_refusal(
        marker.approved_by, marker.expires_on, marker.ended_at, day, tell_person=marker.tell_person
    )


def may_tell_end(file: CaseFile, _: Decision | None, about: str, __: date) -> Refusal | None:
    """Once it is over, if they were told that it began."""
    marker = _marker(file, about)
    if marker is None:
        return NO_MARKER
    over = marker.ended_at is not None or file.desk.today > marker.expires_on
    if not over:
        return Refusal("marker_not_ended", "This marker has not ended, so there is nothing to tell.")
    if not told(file, marker):
        return Refusal(
            "marker_never_told", "The person was never told of this marker, so its end is not told."
        )
    return None


def write_marker(file: CaseFile, _: Decision | None, about: str, __: date, dated: date) -> Letter:
    """What happened, what colleagues are asked to do, until when, and how to say that it is wrong."""
    marker = _needed(file, about)
    fact, advice = marker.words.get("fact", ""), marker.words.get("advice", "")
    words = {
        "fact": fact,
        "advice": advice,
        "time_limit": f"It ends by itself on {say_day(marker.expires_on)}, or earlier if it is no longer needed.",
        "always_open": ROUTES_ALWAYS_OPEN,
    }
    text = compose(file, "marker", "A safety note about you", dated, _signer(file), words)
    return Letter(text, (*loaded_words(fact), *loaded_words(advice)))


def write_end(file: CaseFile, _: Decision | None, about: str, __: date, dated: date) -> Letter:
    """That it has ended, and when."""
    marker = _needed(file, about)
    subject = "The safety note about you has ended"
    ended = f"on {say_moment(marker.ended_at)}" if marker.ended_at else f"at {say_until(marker.expires_on)}"
    words = {"ended": ended}
    return Letter(compose(file, "marker_end", subject, dated, _signer(file), words))


def day_it_leaves(_: CaseFile, __: Decision | None, ___: str, ____: Method, expected: date) -> date:
    """It promises no date."""
    return expected


def went(turn: Turn, file: CaseFile, notice: Notice) -> None:
    """The person was written to: nobody need be asked any more."""
    kind = TELL_OF_MARKER if notice.kind == MARKER else TELL_OF_MARKER_END
    finish(turn, kind, notice.about, turn.me.id)
    turn.log(f"{notice.kind}.told", "marker", notice.about, case=file.case.id)


def ask_to_tell_end(file: CaseFile, marker: Marker) -> None:
    """A marker is over: whoever works on the case is asked to tell the person, if they were told of it."""
    if told(file, marker):
        officers = (one.colleague_id for one in (file.seats.officer or file.seats.chair))
        add_task(file.desk, TELL_OF_MARKER_END, file.case.id, marker.id, officers)


def at_expiry(file: CaseFile, reminder: Reminder) -> None:
    """The last day is past."""
    marker = _marker(file, reminder.ids["marker"])
    if marker is not None and marker.ended_at is None:
        ask_to_tell_end(file, marker)


def marker_letter_buttons(file: CaseFile, me: str) -> tuple[Button, ...]:
    """Writing the letters that are owed; what was written has buttons of its own on the case."""
    desk = file.desk
    if case_work_refusal(me, desk.register, file.parties, desk.today) is not None:
        return ()
    return tuple(
        Button("notice.prepare", label, f"{file.case.id}:{kind}:{marker.id}", opens="notice")
        for marker in desk.uow.markers.of_case(file.case.id)
        for kind, may, label in (
            (MARKER, may_tell, "Write the letter about the marker"),
            (MARKER_END, may_tell_end, "Write that the marker has ended"),
        )
        if may(file, None, marker.id, desk.today) is None and not file.letter_about(kind, marker.id)
    )


def _marker(file: CaseFile, marker_id: str) -> Marker | None:
    found = file.desk.uow.markers.get(marker_id)
    return found if found is not None and found.case_id == file.case.id else None


def _needed(file: CaseFile, marker_id: str) -> Marker:
    found = _marker(file, marker_id)
    if found is None:
        raise ValueError("a letter about a marker needs one")
    return found


def _signer(file: CaseFile) -> Signer:
    """Whoever works on the case today."""
    for one in (*file.seats.officer, *file.seats.chair):
        return Signer(file.desk.name(one.colleague_id), title(one.office))
    return Signer(file.desk.council.name, "")


MARKER_LETTERS = {
    MARKER: LetterKind(
        subject="Letter about the safety marker",
        may=may_tell,
        printed=day_it_leaves,
        write=write_marker,
        sent=went,
    ),
    MARKER_END: LetterKind(
        subject="End of the safety marker",
        may=may_tell_end,
        printed=day_it_leaves,
        write=write_end,
        sent=went,
    ),
}
