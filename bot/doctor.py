"""What `civility doctor` looks at: each finding is one sentence an administrator can act on."""

from __future__ import annotations

import asyncio

from bot.app import Civility
from handlers.reach import missing_words, without_app
from handlers.templates_check import strange_folders
from policy.calendars import local_date, say_day
from policy.offices import Office, title
from policy.settings import check_settings
from storage.installed import Installation
from storage.records import Council

NOT_SET_UP = (
    "No chief officer was named yet. In Slack somebody who looks after the workspace types /incident; in Teams whoever "
    "looks after this server does it with a set-up code."
)
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


def _teams(civility: Civility) -> list[str]:
    """What Microsoft says of the app, and the set-up code while nobody was named."""
    from bot.teams.app import setup_code
    from bot.teams.doctor import examine_teams
    from bot.teams.problems import TeamsProblem
    from bot.teams.requests import PLATFORM

    try:
        settings = civility.teams_settings().checked(civility.settings.host)
    except TeamsProblem as problem:
        return [str(problem)]
    council_id = civility.store.council_for(PLATFORM, settings.tenant)
    if council_id is None:
        return ["Teams is not connected yet. Start Civility once with: civility run"]
    with civility.store.read(council_id) as uow:
        desk = civility.desk(uow)
        channels, conversations = desk.council.channels, uow.conversations.all()
        named = any(one.office is Office.CHIEF_OFFICER for one in desk.register.holdings)
        missing = without_app(desk)
    found = [missing_words(missing)] if missing else []
    if not named:
        code = setup_code(civility.store, council_id)
        found.append(
            f"To name the chief officer in Teams, type in your own chat with Civility: setup {code} (tell nobody)."
        )
    return found + asyncio.run(examine_teams(settings, channels, conversations, civility.now))


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
            found += [
                f"A file could not be shown in {one.platform.capitalize()} for a colleague: {one.last_error}"
                for one in uow.uploads.failed()
            ]
            installations = uow.installations.all()
        for one in installations:
            found += _installed(civility, council, one)
        ok, _, sentence = store.verify_log(council.id)
        found += [] if ok else [sentence]
        problems += [f"{council.name}: {one}" if council.name else one for one in found]
    if civility.settings.slack:
        problems += _own_workspace(civility)
    if civility.settings.teams:
        problems += _teams(civility)
    if civility.settings.civility_templates:
        problems += strange_folders(civility.settings.civility_templates, [one.name for one in councils])
    if civility.settings.notify_api_key:
        from bot.letters.notify_doctor import examine as examine_notify

        problems += examine_notify(civility.settings.notify)
    if civility.settings.teams and civility.settings.outside.files_at is None:
        problems.append(
            "Letters can't be downloaded in Teams: set PUBLIC_URL to the address under which browsers reach Civility."
        )
    if civility.calendar().known_until < local_date(civility.now()):
        problems.append("The bank holidays known here have run out. Install the newest version of Civility.")
    return problems
