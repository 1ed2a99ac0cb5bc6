"""What a case shows and offers after its decision: reviews, corrections, warnings that still count (R14, R32, R37)."""

from __future__ import annotations

from typing import Any

from handlers.casefile import CaseFile
from handlers.chat import Block, Button, Confirm, Facts
from handlers.correction_form import CHANGED_WORDS
from handlers.letter_buttons import buttons_of
from handlers.review_form import said_blocks
from handlers.reviewing import (
    INVITATION,
    OUTCOME,
    PAUSED_WORDS,
    Standing,
    carried_on,
    continuation,
    review_of,
    standing_of,
    standings,
)
from handlers.rights import may_approve
from handlers.superseding import new_decision_refusal
from handlers.warned import Warned, live, warnings_for
from policy.access import Part
from policy.calendars import LONDON, local_date, say_day, say_moment, say_until
from policy.decisions import case_work_refusal
from policy.offices import Office, title
from policy.reviews import ReviewStage
from storage.records import Restriction

REVIEW_WORDS = {
    ReviewStage.AHEAD: "not due yet",
    ReviewStage.INVITE: "the person is to be invited",
    ReviewStage.INVITED: "the person was invited to comment",
    ReviewStage.DUE: "due now",
    ReviewStage.OVERDUE: "overdue",
}
OUTCOME_WORDS = {"end": "The restriction was ended", "continue": "The restriction goes on, by a new decision"}


def review_buttons(file: CaseFile, me: str) -> tuple[Button, ...]:
    """Inviting, recording what was said, deciding: in a closed case too, because the restriction outlives it."""
    if file.case.withdrawn_at is not None or Part.STORY not in file.seen_by(me):
        return ()
    desk = file.desk
    works = case_work_refusal(me, desk.register, file.parties, desk.today) is None
    buttons: list[Button] = []
    for one in standings(file):
        if one.stage is not ReviewStage.HELD:
            buttons += _reviewing(file, one, me, works=works)
    for review in file.reviews if works else ():
        if review.outcome == "end" and file.letter_about(OUTCOME, review.restriction_id) is None:
            buttons.append(
                _prepare(file, review.restriction_id, OUTCOME, "Write to the person that it ended")
            )
    if works and file.case.closed_at is not None:  # else they stand among the letters of the case
        for letter in file.notices:
            if letter.kind in (INVITATION, OUTCOME) and letter.state != "void":
                buttons += buttons_of(file, letter)
    if works and file.final_decision and not file.open_proposal and not file.restriction_lock:
        buttons += [] if new_decision_refusal(file) else [_anew(file)]
    return tuple(buttons)


def _anew(file: CaseFile) -> Button:
    """A change that is harsher is a new decision in the same case (R32)."""
    return Button("proposal.draft", "Propose a new decision in its place", file.case.id, opens="proposal")


def _reviewing(file: CaseFile, one: Standing, me: str, *, works: bool) -> list[Button]:
    id, buttons = one.restriction.id, list[Button]()
    if not one.waits:
        sure = Confirm("Review it now?", "The person is then invited to comment, or you end it.", "Review it")
        return [Button("review.ask", "Review the restriction early", id, confirm=sure)] if works else []
    if works and one.letter is None:
        buttons.append(_prepare(file, id, INVITATION, "Invite the person to comment"))
    if works:
        buttons.append(Button("review.comment", "Record what the person said", id, opens="review_comment"))
    if may_approve(file, me) and continuation(file) is None:
        buttons.append(Button("review.decide", "Decide the review", id, style="primary", opens="review"))
    return buttons


def _prepare(file: CaseFile, restriction_id: str, kind: str, label: str) -> Button:
    restriction = next(r for r in file.restrictions if r.id == restriction_id)
    value = f"{restriction.decision_id}:{kind}:{restriction_id}"
    return Button("notice.prepare", label, value, style="primary", opens="notice")


# --- blocks ---------------------------------------------------------------------------------------


def review_blocks(file: CaseFile) -> list[Block]:
    """How each review stands, what the person said, what was decided by whom. Only ever shown after a press."""
    blocks: list[Block] = []
    for restriction in file.restrictions:
        blocks += _review(file, restriction)
    return blocks


def _review(file: CaseFile, restriction: Restriction) -> list[Block]:
    if carried_on(file, restriction):
        return []
    one, review = standing_of(file, restriction), review_of(file, restriction)
    rows: list[tuple[str, str]] = []
    if review and review.held_at:
        who = f"{file.desk.name(review.held_by)}, {title(Office(review.office))}"
        rows.append(("Review", OUTCOME_WORDS[review.outcome]))
        rows.append(("Held by", f"{who}, {say_moment(review.held_at)}"))
        rows += [("Why", review.reasons)] if review.reasons else []
    elif one and (one.dates or review):
        rows.append(("Review", REVIEW_WORDS[one.stage]))
        rows += [("While the appeal is heard", PAUSED_WORDS)] if one.paused else []
        rows += [("Due by", say_day(one.dates.review_on))] if one.dates else []
        if one.asked and review:
            rows.append(("Asked for early on", say_day(local_date(review.opened_at))))
        if one.invited_on and one.promised:
            rows.append(
                ("Invited", f"received {say_day(one.invited_on)}; comments before {say_day(one.promised)}")
            )
    said = said_blocks(file, review) if review else []
    return [*([Facts(tuple(rows))] if rows else []), *said]


def correction_blocks(file: CaseFile) -> list[Block]:
    """What was put right in which notice; both versions are among the letters."""
    blocks: list[Block] = []
    for made in file.corrections:
        notice = next(n for n in file.notices if n.id == made.notice_id)
        what = ", ".join(CHANGED_WORDS[code].lower() for code in made.changed)
        who = f"{file.desk.name(made.made_by)}, {say_moment(made.made_at)}"
        rows = (
            ("Corrected", f"notice version {notice.version}: {what}"),
            ("What was wrong", made.words),
            ("Corrected by", who),
        )
        blocks.append(Facts(rows))
    return blocks


def warning_blocks(file: CaseFile, reader: str) -> list[Block]:
    """The warnings that count today, from every case of the person the reader may see, and until when (R14)."""
    found = live(file.desk, warnings_for(file.desk, file.person, reader))
    return [Facts((("Warning", warning_sentence(file, one)),)) for one in found]


def warning_sentence(file: CaseFile, one: Warned) -> str:
    """One warning that counts: what it was, and until when."""
    what = "given by a decision of the council" if one.formal else f"{one.given.how.value}, in a report"
    until = say_until(one.given.live_until(file.desk.settings.warning_live_months))
    where = "" if one.reference == file.case.reference else f" ({one.reference})"
    return f"{what}{where}, on {say_day(one.given.given_on)}. It counts until {until}."


# --- as data --------------------------------------------------------------------------------------


def review_data(file: CaseFile) -> list[dict[str, Any]]:
    """The reviews of a case for `civility case --json`: stages, days and offices, no word anybody typed."""
    found = []
    for number, restriction in enumerate(file.restrictions):
        one, review = standing_of(file, restriction), review_of(file, restriction)
        if carried_on(file, restriction) or (review is None and (one is None or one.dates is None)):
            continue
        held = review.held_at if review else None
        stage = ReviewStage.HELD if held else one.stage if one else None
        found.append(
            {
                "restriction": number + 1,
                "stage": stage.value if stage else None,
                "due_on": one.dates.review_on.isoformat() if one and one.dates else None,
                "invite_by": one.dates.invite_by.value.isoformat() if one and one.dates else None,
                "asked_early": bool(review and review.why == "asked"),
                "invited_on": one.invited_on.isoformat() if one and one.invited_on else None,
                "comments_before": one.promised.isoformat() if one and one.promised else None,
                "comments": len(review.comments) if review else 0,
                "outcome": (review.outcome or None) if review else None,
                "held_at": held.astimezone(LONDON).isoformat(timespec="seconds") if held else None,
                "waits_for_approval": continuation(file) is not None,
            }
        )
    return found


def correction_data(file: CaseFile) -> list[dict[str, Any]]:
    """What was corrected, by codes."""
    return [
        {
            "changed": list(one.changed),
            "made_at": one.made_at.astimezone(LONDON).isoformat(timespec="seconds"),
        }
        for one in file.corrections
    ]


def warning_data(file: CaseFile) -> list[dict[str, Any]]:
    """Every warning of the person, and until when each counts."""
    months = file.desk.settings.warning_live_months
    return [
        {
            "reference": one.reference,
            "how": one.given.how.value,
            "formal": one.formal,
            "given_on": one.given.given_on.isoformat(),
            "counts_until": one.given.live_until(months).isoformat(),
            "live": one.given.is_live(file.desk.today, months),
        }
        for one in warnings_for(file.desk, file.person)
    ]
