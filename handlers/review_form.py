"""The forms of a review: what the person said, and what is decided; ending is the default (R37)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.casefile import CaseFile
from handlers.chat import (
    AnyField,
    Block,
    Callout,
    Choice,
    Date,
    Facts,
    Form,
    LongText,
    Option,
    Page,
    ShowIf,
    Text,
)
from handlers.reviewing import Standing, too_soon
from policy.calendars import Day, say_day
from policy.reviews import (
    DEFAULT_OUTCOME,
    REVIEW_OUTCOME_WORDS,
    ReviewOutcome,
)
from storage.filed import Message
from storage.reviewed import Review

HOW = (
    Option("letter", "By letter"),
    Option("email", "By email"),
    Option("web_form", "By web form"),
    Option("dictated", "They told a colleague, who wrote it down"),
    Option("nothing", "They said they do not want to comment"),
)
HOW_WORDS = {one.value: one.label for one in HOW}


def review_form(
    file: CaseFile,
    one: Standing,
    latest: Day,
    warning: str = "",
    *,
    context: str,
    said: Mapping[str, Any] | None = None,
) -> Form:
    """What is decided. `latest` is the last day a continued restriction may be reviewed or end by.

    `said`: what a waiting proposal to continue it says, to be changed.
    """
    content = said or {}
    intro: list[Block] = [Callout(warning, "warning")] if warning else []
    intro += said_blocks(file, one.review) if one.review else []
    soon = too_soon(file, one)
    if soon is not None:
        intro.append(Callout(soon.sentence))
    going_on = ShowIf("outcome", (ReviewOutcome.CONTINUE.value,))
    first: tuple[AnyField, ...] = (
        Choice(
            name="outcome",
            label="What does the review decide?",
            options=tuple(Option(o.value, words) for o, words in REVIEW_OUTCOME_WORDS.items()),
            required=True,
            initial=(ReviewOutcome.CONTINUE if said else DEFAULT_OUTCOME).value,
            hint="Ending takes your name alone. Continuing needs two approvals, a new notice and a new appeal.",
        ),
    )
    second: tuple[AnyField, ...] = (
        LongText(
            name="reasons",
            label="Why?",
            hint="Needed to continue: say what has happened since that makes it necessary still. The person reads it.",
            initial=str(content.get("case_for", "")) or None,
        ),
        Date(
            name="ends_on",
            label="Last day, if it now gets one",
            hint=f"By {say_day(latest.value)} at the latest. Leave it blank if no end can be given.",
            initial=str(content.get("ends_on", "")) or None,
            show_if=going_on,
        ),
        Date(
            name="review_on",
            label="Otherwise, next review by",
            hint=f"By {say_day(latest.value)} at the latest. Not used when you give a last day.",
            initial=str(content.get("review_on", "")) or latest.value.isoformat(),
            show_if=going_on,
        ),
    )
    return Form(
        id="review",
        title="Decide the review",
        submit="Decide",
        context=context,
        pages=(Page(first, intro=tuple(intro)), Page(second, title="Why, and until when")),
    )


def comment_form(file: CaseFile, context: str, message: Message | None = None) -> Form:
    """What the person said to the invitation, or that they said nothing. `message`: the filed one it came in (R28)."""
    known = message.channel if message and message.channel in HOW_WORDS else None
    came = message.received_on if message else file.desk.today
    return Form(
        id="review_comment",
        title="What the person said",
        submit="Save",
        context=context,
        pages=(
            Page(
                (
                    Choice(
                        name="how",
                        label="How did it reach the council?",
                        options=HOW,
                        required=True,
                        initial=known,
                    ),
                    Date(
                        name="received_on",
                        label="On which day?",
                        required=True,
                        initial=came.isoformat(),
                    ),
                    LongText(
                        name="text",
                        initial=message.words if message else None,
                        label="What did they say?",
                        hint="In their own words as far as you can. Whoever decides the review reads it.",
                        required=True,
                    ),
                ),
                intro=(Text("It is kept with the review, and nothing of it is posted."),),
            ),
        ),
    )


def said_blocks(file: CaseFile, review: Review) -> list[Block]:
    """What the person said, for the form and the case; only ever shown after a press."""
    blocks: list[Block] = []
    for comment in review.comments:
        how = HOW_WORDS.get(comment.get("how", ""), "")
        on = say_day(date.fromisoformat(comment["on"]))
        by = file.desk.name(comment.get("by", ""))
        rows = (
            ("The person said", comment.get("text", "")),
            ("Reached us", f"{how}, {on}; recorded by {by}"),
        )
        blocks.append(Facts(rows))
    return blocks
