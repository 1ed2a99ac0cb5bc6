"""A reader who knows the rules and tries every council there could be: what is so in all of them is worked out.

No search is cut short: the worlds are all of a small universe, sorted by what would have been published of each. Two
worlds of which the same was published can't be told apart, and nothing else can keep a number from such a reader.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from policy.small_numbers import SMALL

World = TypeVar("World", bound=Hashable)


def works_out(
    worlds: Iterable[World],
    published: Callable[[World], Hashable],
    secrets: Callable[[World], Mapping[Hashable, int]],
    inside: Callable[[World], bool],
) -> dict[Hashable, tuple[World, int]]:
    """The secrets from 1 to 4 that can only be what they are, each with a world in which the reader knows it.

    `inside`: a world so far from the edge of the universe that its neighbours are in it too. At the edge a number
    would seem to be known only because larger ones were not tried.
    """
    alike: dict[Hashable, list[World]] = defaultdict(list)
    for world in worlds:
        alike[published(world)].append(world)
    found: dict[Hashable, tuple[World, int]] = {}
    for group in alike.values():
        example = next(filter(inside, group), None)
        if example is None:
            continue
        could_be: dict[Hashable, set[int]] = defaultdict(set)
        for world in group:
            for name, value in secrets(world).items():
                could_be[name].add(value)
        for name, values in could_be.items():
            if len(values) == 1 and 0 < min(values) < SMALL:
                found[name] = example, min(values)
    return found
