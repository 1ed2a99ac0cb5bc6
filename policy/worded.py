"""An enumeration whose members carry the words people read, beside the value that is stored and sent."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Worded(StrEnum):
    """Base for choices. A member is written `NAME = "stored_value", "Words on the form"`.

    A member is its stored value (a `str`); `words` is the label. `Channel("email")` finds a member by value,
    and for the sake of that call the type checker must see a default for `words`.
    """

    _value_: str
    words: str

    def __new__(cls, value: str, words: str = "") -> Self:
        """Make the member `value`, with its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member
