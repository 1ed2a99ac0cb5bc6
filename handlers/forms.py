"""Reading a form: the one check of what comes back, for every door.

A form's own declaration says what is required, how long, which answers exist and when a field is shown. What
only the policy can judge (dates that contradict, answers a measure needs) the journey asks `policy/`.
Nothing typed is ever thrown away: values that fail stand beside their sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

from handlers.chat import (
    AnyField,
    Checkbox,
    Choice,
    Choices,
    Date,
    Form,
    FormValue,
    FormValues,
    LongText,
    Person,
    TextField,
    Time,
)
from handlers.fields import ACCOUNT
from policy.answers import Problem

# Unicode's control characters (Cc) except line feed and tab, and lone surrogates (Cs).
_UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_TRUE = {"on", "true", "yes", "1"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed (`values`, kept whatever it is) and what is wrong with it (`errors`, by field)."""

    values: dict[str, FormValue]
    errors: dict[str, str]


def shown(form: Form, page: int, values: FormValues) -> tuple[AnyField, ...]:
    """The fields of a page that are asked, given the answers of earlier pages."""
    return tuple(f for f in form.pages[page].fields if f.show_if is None or f.show_if.holds(values))


def may_ask(form: Form, page: int, later: int, values: FormValues) -> bool:
    """Whether a later page asks anything, or might once the answers from `page` on are known."""
    known = {one.name for earlier in form.pages[:page] for one in earlier.fields}
    return any(
        one.show_if is None or one.show_if.field not in known or one.show_if.holds(values)
        for one in form.pages[later].fields
    )


def is_last(form: Form, page: int, values: FormValues) -> bool:
    """Whether this page sends the form: no later one asks anything, nor may once this one is answered."""
    return not any(may_ask(form, page, later, values) for later in range(page + 1, len(form.pages)))


def can_go_back(form: Form, page: int, values: FormValues) -> bool:
    """Whether any earlier page asks something."""
    return any(shown(form, earlier, values) for earlier in range(page))


def read_page(form: Form, page: int, raw: Mapping[str, object], earlier: FormValues) -> Reading:
    """Read one page; `earlier` are the values of the pages before it."""
    values: dict[str, FormValue] = {}
    errors: dict[str, str] = {}
    for one in shown(form, page, earlier):
        values[one.name] = _typed(one, raw.get(one.name))
        if sentence := _wrong(one, values[one.name]):
            errors[one.name] = sentence
    return Reading(values, errors)


def check_all(form: Form, values: FormValues) -> Reading:
    """Check every page again before anything is saved: a page may have been left out or changed."""
    kept: dict[str, FormValue] = {}
    errors: dict[str, str] = {}
    for page in range(len(form.pages)):
        reading = read_page(form, page, values, kept)
        kept |= reading.values
        errors |= reading.errors
    return Reading(kept, errors)


def by_field(problems: Iterable[Problem], form: Form) -> dict[str, str]:
    """The policy's problems as sentences at fields of this form; a field not on it goes to the top ("")."""
    names = {one.name for one in form.fields()}
    errors: dict[str, str] = {}
    for problem in problems:
        name = problem.field if problem.field in names else ""
        errors[name] = f"{errors[name]} {problem.sentence}" if name in errors else problem.sentence
    return errors


def first_page(form: Form, errors: Mapping[str, str]) -> int:
    """The earliest page with an error; the last page when the error belongs to the whole form."""
    return min((form.page_of(name) for name in errors), default=len(form.pages) - 1)


def text(values: FormValues, name: str) -> str:
    """A text answer, "" when it was not asked."""
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


def several(values: FormValues, name: str) -> tuple[str, ...]:
    """The chosen answers, () when it was not asked."""
    value = values.get(name, ())
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) and value else ()


def ticked(values: FormValues, name: str) -> bool:
    """Whether a box was ticked."""
    return values.get(name) is True


def day(values: FormValues, name: str) -> date | None:
    """A date answer (already checked), or None."""
    return as_day(text(values, name))


def needed(values: FormValues, name: str) -> date:
    """A date answer that the form requires. ValueError when there is none: the form was not checked."""
    found = day(values, name)
    if found is None:
        raise ValueError(f"{name} is required by the form")
    return found


def clock(values: FormValues, name: str) -> time | None:
    """A time answer (already checked), or None."""
    return as_time(text(values, name))


def as_day(given: str) -> date | None:
    """`2026-10-14` or None."""
    try:
        return date.fromisoformat(given) if re.fullmatch(r"\d{4}-\d\d-\d\d", given) else None
    except ValueError:
        return None


def as_time(given: str) -> time | None:
    """`16:30` or `16:30:00` or None."""
    try:
        return time.fromisoformat(given) if re.fullmatch(r"\d\d:\d\d(:\d\d)?", given) else None
    except ValueError:
        return None


def _typed(one: AnyField, given: object) -> FormValue:
    """What was typed in the shape its field keeps, without judging it."""
    if isinstance(one, Checkbox):
        return given is True or (isinstance(given, str) and given.lower() in _TRUE)
    if isinstance(one, Choices) or (isinstance(one, Person) and one.several):
        many = [given] if isinstance(given, str) else list(given) if isinstance(given, list | tuple) else []
        return tuple(dict.fromkeys(clean(str(v)) for v in many if v not in ("", None)))
    single = given[0] if isinstance(given, list | tuple) and given else given
    return clean(single) if isinstance(single, str) else ""


def clean(typed: str) -> str:
    """Typed text without outer blanks, control characters and characters no database stores."""
    unified = typed.replace("\r\n", "\n").replace("\r", "\n")
    return _UNKEPT.sub("", unified).strip()


def _wrong(one: AnyField, value: FormValue) -> str:
    """The sentence for this field, or "" when it is fine."""
    name = one.label.rstrip("?:. ")
    if value in ("", (), False):
        return _missing(one, name) if one.required else ""
    match one:
        case TextField() | LongText() if one.limit and isinstance(value, str) and len(value) > one.limit:
            over = len(value) - one.limit
            much = "1 character" if over == 1 else f"{over:,} characters"
            return f"“{name}” is {much} too long. Use {one.limit:,} characters or fewer."
        case TextField() if isinstance(value, str) and "\n" in value:
            return f"“{name}” must be on one line."
        case Date() if as_day(str(value)) is None:
            return f"“{name}” must be a real date, such as 14 October 2026."
        case Date() if not "2000" <= str(value)[:4] < "2100":
            return f"“{name}” must be a date between 2000 and 2099."
        case Time() if as_time(str(value)) is None:
            return f"“{name}” must be a time of day, such as 09:30 or 16:05."
        case Choice() | Choices() | Person():
            known = {option.value for option in one.options}
            chosen = value if isinstance(value, tuple) else (value,)
            anyone = isinstance(one, Person) and one.anyone
            if any(c not in known and not (anyone and str(c).startswith(ACCOUNT)) for c in chosen):
                return f"Choose from the answers listed for “{name}”."
    return ""


def _missing(one: AnyField, name: str) -> str:
    if isinstance(one, Choice | Choices | Person):
        return f"Choose an answer for “{name}”."
    if isinstance(one, Checkbox):
        return f"Tick “{name}” to go on."
    return f"Fill in “{name}”."
