"""The first council: made from `council.toml`, or from the sample, when the records are empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from bot.council_file import CouncilFile
from handlers.offices import remind_of_change
from policy.calendars import local_date
from policy.offices import Holding
from policy.settings import PolicySettings, plain_settings, settings_from
from storage.records import Identity
from storage.store import Store

BY = "council.toml"
LOCAL_CHANNELS = ("staff", "governance", "councillors")


def seed(store: Store, file: CouncilFile, workspace: str, now: Callable[[], datetime]) -> str:
    """Create the council with its colleagues, offices and settings; its id. `workspace` is the local chat's."""
    council = store.create_council(file.name, file.address, file.appeals_contact, _channels(file.channels))
    store.bind_workspace(council.id, "local", workspace)
    with store.write(council.id) as uow:
        for one in file.colleagues:
            colleague = uow.colleagues.add(one.name)
            uow.colleagues.link(Identity("local", workspace, colleague.id, colleague.id))
            for office, starts, ends in one.offices:
                uow.offices.add(Holding(office, colleague.id, starts, ends), BY)
                remind_of_change(uow, _today(now), starts, ends)
        for name, value in _written(file).items():
            uow.settings.set(name, value, BY)
        uow.log.append("", "council.created", "council", council.id, on=_today(now).isoformat())
        uow.commit()
    return council.id


def new_council(store: Store, now: Callable[[], datetime], speaking: tuple[str, str] | None = None) -> str:
    """A council nobody has described yet: whoever looks after its workspace does (handlers/first_run.py); its id.

    `speaking`: the platform and workspace that speak for it. When they have a council, it is that one.
    """
    council = store.create_council("", "", "", {}, speaking=speaking)
    with store.write(council.id) as uow:
        if not uow.log.lines(council.id, limit=1):
            uow.log.append("", "council.created", "council", council.id, on=_today(now).isoformat())
            uow.commit()
    return council.id


def join_workspace(
    store: Store, council_id: str, platform: str, workspace: str, name: str, file: CouncilFile | None
) -> None:
    """Let a workspace speak for the council, and link the accounts that `council.toml` names, once.

    A council without a name yet is called as its workspace is, until somebody says better.
    """
    if store.council_for(platform, workspace) == council_id:
        return
    store.bind_workspace(council_id, platform, workspace)
    colleagues = file.colleagues if file else ()
    accounts = {one.name: one.accounts[platform] for one in colleagues if platform in one.accounts}
    with store.write(council_id) as uow:
        if not uow.council.get().name:
            uow.council.update(name=name)
        for colleague in uow.colleagues.all():
            if colleague.name in accounts:
                account = accounts[colleague.name]
                uow.colleagues.link(Identity(platform, workspace, account, colleague.id))
        uow.log.append("", "workspace.joined", "council", council_id, platform=platform)
        uow.commit()


def _channels(given: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The file's channels, and each one's room in the local chat."""
    return {kind: {**given.get(kind, {}), "local": kind} for kind in (*given, *LOCAL_CHANNELS)}


def _written(file: CouncilFile) -> Mapping[str, object]:
    """Only what the file sets: what it leaves out follows the defaults, also those of a later version."""
    settings = settings_from(file.policy)
    if not isinstance(settings, PolicySettings):  # the file was checked when it was read
        raise TypeError(settings)
    plain = plain_settings(settings)
    return {name: plain[name] for name in file.policy}


def _today(now: Callable[[], datetime]) -> date:
    return local_date(now())
