"""The program, opened for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.app import Civility


@contextmanager
def opened(adapt: Any = None) -> Iterator[Civility]:
    """The program by the settings of the environment, which `adapt` may change; closed again at the end."""
    from bot.app import Civility
    from bot.settings import Settings

    settings = Settings()
    civility = Civility(adapt(settings) if adapt else settings)
    try:
        yield civility
    finally:
        civility.close()
