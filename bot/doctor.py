"""What `civility doctor` looks at: each finding is one sentence an administrator can act on."""

from __future__ import annotations

import asyncio

from bot.app import Civility
from policy.calendars import local_date, say_day
from policy.offices import Office, title
from policy.settings import check_settings
from storage.installed import Installation
from storage.records import Council

NOT_SET_UP = "No chief officer was named yet. Somebody who looks after the Slack workspace types /incident."
NOBODY = "A workspace installs Civility at /slack/install."
_NEEDED = (Office.CHIEF_OFFICER, Office.CHAIR_FGP)


def _own_workspace(civility: Civility) -> list[str]:
    """What Slack says of the workspace of SLACK_BOT_TOKEN, and of its council."""
    from bot.slack.doctor import Place, examine_slack

    settings = civility.slack_settings()
    if not settings.bot_token:
        return []
    first = civility.store.councils()[0]
    return asyncio.run(examine_slack(settings, Place(settings.bot_token, first.channels), civility.now))


def _installed(civility: Civility, council: Council, one: Installation) -> list[str]:
    """What Slack says of a workspace that installed Civility itself."""
    from bot.slack.doctor import INSTALL_AGAIN, Place, examine_slack

    if one.removed_at is not None:
        day = say_day(local_date(one.removed_at))
        return [f"The Slack workspace {one.name} removed Civility on {day}. {INSTALL_AGAIN}"]
    place = Place(one.token, council.channels, installed=True)
    return asyncio.run(examine_slack(civility.slack_settings(), place, civility.now))


def examine(civility: Civility) -> list[str]:
    """Everything that needs attention, council by council; empty when all is well."""
    store = civility.store
    problems: list[str] = []
    councils = store.councils()
    if not councils:
        first = "Start Civility once with: civility run"
        return [f"There is no council yet. {first if civility.settings.slack_client_id == '' else NOBODY}"]
    for council in councils:
        today = local_date(civility.now())
        found: list[str] = []
        with store.read(council.id) as uow:
            register = uow.offices.register()
            ever = any(one.office is Office.CHIEF_OFFICER for one in register.holdings)
            found += [] if ever else [NOT_SET_UP]
            found += [
                f"Nobody holds the office of {title(office)}. The chief officer or the deputy can type "
                "/incident offices."
                for office in _NEEDED
                if ever and not register.holders(office, today)
            ]
            found += [
                f"The setting {p.field} no longer holds: {p.sentence}"
                for p in check_settings(uow.settings.get())
            ]
            found += [
                f"A message ({one.view}) could not be sent and is set aside: {one.last_error}"
                for one in uow.outbox.parked()
            ]
            installations = uow.installations.all()
        for one in installations:
            found += _installed(civility, council, one)
        ok, _, sentence = store.verify_log(council.id)
        found += [] if ok else [sentence]
        problems += [f"{council.name}: {one}" if council.name else one for one in found]
    if not civility.settings.local:
        problems += _own_workspace(civility)
    if civility.calendar().known_until < local_date(civility.now()):
        problems.append("The bank holidays known here have run out. Install the newest version of Civility.")
    return problems
