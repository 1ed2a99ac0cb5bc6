"""What is dropped each night and checked each month. A council in trouble holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable

from handlers.desk import Desk
from handlers.upkeep import log_checked, log_unchecked, tidy
from storage.store import Store, UnitOfWork

log = logging.getLogger("civility.upkeep")


def nightly(store: Store, desk: Callable[[UnitOfWork], Desk]) -> None:
    """Drop what is kept for a while only; check the logs that were not checked this month (R38).

    Called each night and at each start: what was done already costs a look.
    """
    store.learn()
    for council in store.councils():
        try:
            with store.write(council.id) as uow:
                tidy(desk(uow))
                unchecked = log_unchecked(desk(uow))
                uow.commit()
            if not unchecked:
                continue
            whole, _, sentence = store.verify_log(council.id)
            if not whole:
                log.error("the log of council %s: %s", council.id, sentence)
            with store.write(council.id) as uow:
                log_checked(desk(uow), whole=whole)
                uow.commit()
        except Exception:
            log.exception("the upkeep of council %s was not done; it is tried again in the night", council.id)
