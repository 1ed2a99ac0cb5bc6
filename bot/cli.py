"""The command `civility`. Each command is a few lines; what it needs is imported when it runs, to start quickly."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli_files import chronology, record, summary
from bot.cli_opened import opened

if TYPE_CHECKING:
    from bot.app import Civility

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of plain lines.")]


def main() -> None:
    """The console script: a problem an administrator can mend is one sentence, not a traceback."""
    try:
        app()
    except Exception as problem:
        from bot.problems import sentence

        said = sentence(problem)
        if said is None:
            raise
        print(said, file=sys.stderr)
        sys.exit(1)


@app.command()
def run(
    *,
    allow_remote: Annotated[
        bool,
        typer.Option(
            "--allow-remote",
            help="Let the local chat listen where other computers reach it. It has no log-in!",
        ),
    ] = False,
) -> None:
    """Start every door that is configured; the local chat if none is."""
    from bot.serving import serve

    with opened() as civility:
        _say_where(civility)
        serve(civility, civility.prepare, _say, allow_remote=allow_remote)


@app.command()
def demo() -> None:
    """Start the local chat with a sample council and a few cases, in a folder of its own."""
    from bot.demo import demo_settings, prepare_demo
    from bot.serving import serve

    with opened(demo_settings) as civility:
        _say_where(civility)
        serve(civility, lambda: prepare_demo(civility), _say)


@app.command("case")
def show_case(
    reference: Annotated[str, typer.Argument(metavar="REF", help="Such as INC-2026-0001.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Everything about a case, computed at this moment: states, offices and dates, no names."""
    from handlers.case_record import record
    from handlers.casefile import load

    with opened() as civility:
        civility.store.migrate()
        for council in civility.store.councils():
            with civility.store.write(council.id) as uow:
                case = uow.cases.by_reference(reference)
                if case is not None:
                    uow.log.append("", "case.printed", "case", case.id)
                    data = record(load(civility.desk(uow), case.id))
                    uow.commit()
                    _print(data, as_json)
                    return
    print(f"There is no case {reference}.", file=sys.stderr)
    raise typer.Exit(1)


@app.command()
def dates(
    *,
    method: Annotated[str, typer.Option(help="email, hand, first-class or second-class.")],
    sent: Annotated[str, typer.Option(help="When it left, on the London clock: 2026-10-14T10:00")],
    as_json: AsJson = False,
) -> None:
    """When the person counts as told, and when the appeal closes."""
    from bot.holidays import published_calendar
    from policy.notices import Method
    from policy.notices import dates as computed

    if method not in set(Method):
        raise typer.BadParameter(f"“{method}” is not one of: {', '.join(Method)}.")
    try:
        moment = datetime.fromisoformat(sent)
    except ValueError:
        raise typer.BadParameter(f"“{sent}” is not a day and time such as 2026-10-14T10:00.") from None
    found = computed(Method(method), moment, published_calendar())
    _print(
        {
            "method": found.method.value,
            "sent": found.sent.isoformat(),
            "notified_on": found.notified_on.isoformat(),
            "appeal_closes_at": found.appeal_closes_at.isoformat(),
            "provisional": found.provisional,
        },
        as_json,
    )


@app.command()
def due(*, as_json: AsJson = False) -> None:
    """What Civility will remind people of, and what is owed by when: the reference and the kind, no names."""
    from bot.due_rows import due_rows

    with opened() as civility:
        civility.store.migrate()
        rows = due_rows(civility.store)
    if as_json:
        _print_json(rows)
    for row in () if as_json else rows:
        print(f"{row['due_at']}  {row['reference']}  {row['kind']}")
    if not rows and not as_json:
        print("Nothing is due.")


@app.command()
def holiday(
    day: Annotated[str, typer.Argument(metavar="DAY", help="Such as 2027-06-04.")],
) -> None:
    """Let a bank holiday that was proclaimed late count. Says which appeals close later than their letters say."""
    from handlers.proclaimed import proclaim

    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise typer.BadParameter(f"“{day}” is not a day such as 2027-06-04.") from None
    moved = False
    with opened() as civility:
        civility.store.migrate()
        if not civility.store.councils():
            print("There is no council yet. Start Civility once with: civility run", file=sys.stderr)
            raise typer.Exit(1)
        for council in civility.store.councils():
            with civility.store.write(council.id) as uow:
                try:
                    found = proclaim(civility.desk(uow), on, "")
                except ValueError as past:
                    raise typer.BadParameter(str(past)) from None
                for reference, printed, now in found:
                    moved = True
                    print(f"{reference}: the letter says {printed}, the appeal now closes at {now}.")
                uow.commit()
    print("The other dates stay." if moved else "It counts from now on. No date in a letter changes.")


for writing in (chronology, record, summary):
    app.command()(writing)


@app.command("verify-log")
def verify_log() -> None:
    """Check that nobody altered the log. Ends with 1 when somebody did."""
    whole = True
    with opened() as civility:
        civility.store.migrate()
        for council in civility.store.councils():
            ok, _, sentence = civility.store.verify_log(council.id)
            print(f"{council.name}: {sentence}")
            whole = whole and ok
    raise typer.Exit(0 if whole else 1)


@app.command()
def doctor() -> None:
    """Look for what needs attention: messages that could not be sent, offices nobody holds, a broken log."""
    from bot.doctor import examine

    with opened() as civility:
        civility.store.migrate()
        problems = examine(civility)
    for problem in problems:
        print(f"- {problem}")
    if problems:
        raise typer.Exit(1)
    print("All is well.")


@app.command()
def migrate() -> None:
    """Bring the database up to date. `run` does it too."""
    with opened() as civility:
        civility.store.migrate()
    print("The database is up to date.")


@app.command()
def manifest(
    platform: Annotated[str, typer.Argument(metavar="slack|teams", help="The platform: slack or teams.")],
    *,
    url: Annotated[
        str,
        typer.Option(
            help="Where the platform reaches Civility, such as https://civility.example. Slack without it: Socket Mode."
        ),
    ] = "",
    app_id: Annotated[str, typer.Option(help="Teams: the application (client) id of the bot.")] = "",
    council: Annotated[str, typer.Option(help="Teams: who offers the app, such as the council's name.")] = "",
    out: Annotated[str, typer.Option(help="Teams: the file to write.")] = "civility-teams.zip",
) -> None:
    """Print the manifest from which the Slack app is made, or write the Teams app package."""
    if platform == "teams":
        _teams_package(url, app_id, council, out)
        return
    from bot.slack.manifest import as_yaml
    from bot.slack.manifest import manifest as made

    if platform != "slack":
        raise typer.BadParameter(f"“{platform}” has no manifest here. Use: slack, or teams.")
    if url and not url.startswith("https://"):
        raise typer.BadParameter("Slack sends to https addresses only. Without --url it is Socket Mode.")
    print(as_yaml(made(url)), end="")


def _teams_package(url: str, app_id: str, council: str, out: str) -> None:
    from bot.teams.manifest import manifest as made
    from bot.teams.manifest import package

    try:
        app_made = made(url, app_id, version=installed("civility"), council=council or "Civility")
    except ValueError as wrong:
        raise typer.BadParameter(f"{wrong} Use: civility manifest teams --url … --app-id …") from wrong
    Path(out).write_bytes(package(app_made))
    print(f"Wrote {out}. Upload it in the Teams admin centre, or in Teams under Apps, “Manage your apps”.")


@app.command()
def key() -> None:
    """Make a new main key for CIVILITY_KEY. It is printed once and kept nowhere."""
    from storage.mainkey import new_key_text

    print(new_key_text())


@app.command()
def version() -> None:
    """The version."""
    print(installed("civility"))


# --- parts -------------------------------------------------------------------------------------------


def _say(sentence: str) -> None:
    """Print at once, also into a file or a pipe."""
    print(sentence, flush=True)


def _say_where(civility: Civility) -> None:
    settings = civility.settings
    if settings.embedded:
        _say(f"Records: {settings.beside.parent}")
        if not settings.civility_key:
            _say(f"Back up the key file {settings.key_file.name}: without it nobody can read the records.")


def _print(data: dict[str, Any], as_json: bool) -> None:
    if as_json:
        _print_json(data)
        return
    for name, value in data.items():
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        print(f"{name.replace('_', ' ')}: {shown}")


def _print_json(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))


__all__ = ["app", "main"]
