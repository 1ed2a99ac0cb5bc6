"""A card as an Adaptive Card 1.5, built with Microsoft's own typed models.

Nothing is lost to Teams' size limit: what a message can't hold is read in a dialog ("Read all"), and what a dialog
can't hold is read on there ("Read on"). `summary` and `fallbackText` hold the whole card for notifications and for
whoever sees no card.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal

from microsoft_teams.cards import (
    Action,
    ActionStyle,
    AdaptiveCard,
    ExecuteAction,
    OpenUrlAction,
    SerializableObject,
    ShowCardAction,
    SubmitAction,
    TargetElement,
    TaskFetchSubmitActionData,
    TeamsCardProperties,
    ToggleVisibilityAction,
)

from bot.teams import limits
from bot.teams.blocks import block_elements
from bot.teams.words import heading, paragraphs
from bot.wording import shortened
from handlers.cards import MORE_STEPS
from handlers.chat import Button, Card, Command, Confirm, Press, Table, Text
from handlers.table import TABLE

Json = dict[str, Any]
Data = Mapping[str, object]
Place = Literal["message", "dialog"]

CONTENT_TYPE: Final = "application/vnd.microsoft.card.adaptive"
SCHEMA: Final = "http://adaptivecards.io/schemas/adaptive-card.json"
PRESSED: Final = "press"
"""The verb of `Action.Execute`: somebody pressed."""
ALONE: Final = frozenset(id for id, journey in TABLE.buttons.items() if journey.reads) | {
    "calendar.download",
    "case.chronology",
    "case.open",
    "chronology.download",
    "decision.record",
    "marker.look",
    "merge.look",
    "message.read",
    "notice.download",
    "notice.preview",
    "summary.download",
    "summary.look",
}
"""Buttons whose answer is for the one who pressed: they open a dialog beside the message, as forms do (R41).

Those that only read, and those that write down that somebody read."""
MORE = "There is more than Teams can show here."
SELDOM: Final = "seldom"
"""The part of a card that “More steps” shows and hides."""
ENVELOPE: Final = 2_000
"""What an activity holds besides its card: who, where, ids."""

_STYLES: Mapping[str, ActionStyle] = {"primary": "positive", "danger": "destructive"}


def message(card: Card) -> Json:
    """A message to post or to bring up to date: `summary` with every word of the card, and the card itself.

    Where both don't fit beside the card, its fallback is shortened first, then the summary, which then says so.
    """
    plain = card.plain()
    content = adaptive(card)
    room = limits.MESSAGE - ENVELOPE - limits.weight(content)
    summary = plain if limits.weight(plain) <= room else _fitting(plain, max(room, 400))
    return {"type": "message", "summary": summary, "attachments": [attachment(content)]}


def attachment(content: Json) -> Json:
    """A card as it is attached to a message, an answer or a dialog."""
    return {"contentType": CONTENT_TYPE, "content": content}


def adaptive(
    card: Card,
    *,
    place: Place = "message",
    again: Data | None = None,
    part: int = 0,
) -> Json:
    """The card itself. `again` is what brings this card once more, and `part` which piece of a long one is shown.

    Without `again`, a message's "Read all" is what its "Open this case" does.
    """
    room = limits.MESSAGE - ENVELOPE if place == "message" else limits.DIALOG
    body = [dumped(one) for block in card.body for one in block_elements(block)]
    foot = [_action(one, place) for one in card.buttons if not one.seldom]
    seldom = [_action(one, place) for one in card.buttons if one.seldom]
    fixed = limits.weight([dumped(one) for one in (*foot, *seldom)]) + limits.weight(card.title) + 1_500
    parts = _parts(body, room - fixed)
    part = min(max(part, 0), len(parts) - 1)
    last = part == len(parts) - 1
    again = again or _reopened(card)
    if not last and again:
        onward = {**again, "part": part + 1 if place == "dialog" else 0}
        more = SubmitAction(title="Read on" if place == "dialog" else "Read all", data=_data(onward, place))
        foot = [more, *(foot if place == "message" else [])]
        seldom = seldom if place == "message" else []
    if not last and not again:
        parts[part] += [dumped(one) for one in paragraphs(MORE)]
    title = card.title if len(parts) == 1 or place == "message" else _numbered(card.title, part, len(parts))
    made = shell(wide=any(isinstance(one, Table) for one in card.body))
    made["body"] = [dumped(heading(title)), *parts[part]]
    if seldom:
        foot.append(
            ToggleVisibilityAction(title=MORE_STEPS, target_elements=[TargetElement(element_id=SELDOM)])
        )
    rows = list(_rows([dumped(one) for one in foot]))
    if len(rows) == 1 and not seldom:
        made["actions"] = rows[0]
    else:
        made["body"] += _sets(rows)
    if seldom:
        rest = _sets(_rows([dumped(one) for one in seldom]))
        made["body"].append({"type": "Container", "id": SELDOM, "isVisible": False, "items": rest})
    plain = card.plain()
    if limits.weight(made) + 2 * limits.weight(plain) <= room:
        made["fallbackText"] = plain
    else:
        made["fallbackText"] = shortened(f"{card.title}. {MORE}", 300)
    return made


def shell(*, wide: bool = False) -> Json:
    """A card without its body."""
    made = AdaptiveCard(version="1.5", lang="en")
    if wide:
        made.msteams = TeamsCardProperties(width="full")
    # The models call the schema "schema"; only "$schema" is known.
    return {"$schema": SCHEMA, **dumped(made)}


def dumped(made: SerializableObject) -> Json:
    """A model as JSON."""
    return made.model_dump(by_alias=True, exclude_none=True)


def invitation(title: str, words: str, label: str, opens: Data) -> Json:
    """A card with the one button that opens a form: the answer where Teams can open none itself."""
    made = adaptive(Card(title, (Text(words),) if words else ()))
    made["actions"] = [dumped(SubmitAction(title=label, style="positive", data=_data(opens, "message")))]
    return made


# --- what comes back ------------------------------------------------------------------------------


def press_data(button: str, value: str) -> Json:
    """What a button carries: an id and a value, never a right."""
    return {"button": button, "value": value}


def command_data(command: Command) -> Json:
    """What a button carries that says a command."""
    return {"command": command.word, "words": command.words}


def pressed(data: Data) -> Press | None:
    """The button that was pressed; None when the data is no button of ours."""
    button, value = data.get("button"), data.get("value", "")
    if not isinstance(button, str) or not button or not isinstance(value, str):
        return None
    return Press(button, value)


def commanded(data: Data) -> Command | None:
    """The command a button says; None when the data is none of ours."""
    word, words = data.get("command"), data.get("words", "")
    return Command(word, words) if isinstance(word, str) and isinstance(words, str) else None


def part_of(data: Data) -> int:
    """Which piece of a long card is asked for."""
    part = data.get("part", 0)
    return part if isinstance(part, int) and 0 <= part < 1000 else 0


# --- parts ----------------------------------------------------------------------------------------


def _parts(body: list[Json], room: int) -> list[list[Json]]:
    """The elements in as few pieces as they need."""
    found: list[list[Json]] = [[]]
    size = 0
    for one in body:
        heavy = limits.weight(one) + 1
        if found[-1] and size + heavy > room:
            found.append([])
            size = 0
        found[-1].append(one)
        size += heavy
    return found


def _numbered(title: str, part: int, parts: int) -> str:
    return f"{title} ({part + 1} of {parts})"


def _fitting(plain: str, room: int) -> str:
    """The beginning of the words, and that there is more, in at most `room` bytes."""
    size = min(len(plain), room)
    while limits.weight(cut := f"{shortened(plain, max(size, 2))}\n{MORE}") > room and size > 2:
        size = size * 3 // 4
    return cut


def _reopened(card: Card) -> Data | None:
    opens = next((one for one in card.buttons if one.id == "case.open"), None)
    return press_data(opens.id, opens.value) if opens and len(card.buttons) else None


def _rows(actions: Sequence[Json]) -> Iterable[list[Json]]:
    """Buttons in rows short enough that none is cut."""
    row: list[Json] = []
    size = 0
    for one in actions:
        wide = len(one["title"]) + 4
        if row and (len(row) == limits.ACTIONS or size + wide > limits.ROW):
            yield row
            row, size = [], 0
        row.append(one)
        size += wide
    if row:
        yield row


def _sets(rows: Iterable[list[Json]]) -> list[Json]:
    return [{"type": "ActionSet", "actions": row} for row in rows]


def _data(data: Data, place: Place) -> Json:
    """In a message this opens a dialog; in a dialog there is one already."""
    fetch = {"msteams": dumped(TaskFetchSubmitActionData())} if place == "message" else {}
    return {**fetch, **data}


def _action(button: Button, place: Place) -> Action:
    """One button, behind its "Are you sure?" where it has one."""
    if button.url:
        return OpenUrlAction(title=button.label, url=button.url)
    if button.confirm:
        return _asked(button, button.confirm, place)
    style = _STYLES.get(button.style)
    tooltip = button.label if len(button.label) > limits.BUTTON else None
    data = press_data(button.id, button.value)
    if place == "dialog" or button.opens or button.id in ALONE:
        return SubmitAction(title=button.label, style=style, tooltip=tooltip, data=_data(data, place))
    return ExecuteAction(
        title=button.label,
        style=style,
        tooltip=tooltip,
        verb=PRESSED,
        data=data,
        fallback=SubmitAction(title=button.label, style=style, tooltip=tooltip, data=data),
    )


def _asked(button: Button, asked: Confirm, place: Place) -> Action:
    """The question opens below the button; pressing the button again closes it."""
    yes = replace(button, label=asked.yes, confirm=None)
    return ShowCardAction(
        title=button.label,
        style=_STYLES.get(button.style),
        tooltip=button.label if len(button.label) > limits.BUTTON else None,
        card=AdaptiveCard(
            version="1.5",
            body=[heading(asked.title, large=False), *paragraphs(asked.text)],
            actions=[_action(yes, place)],
        ),
    )
