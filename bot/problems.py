"""What an administrator reads when a command can't do its work: one sentence, never a traceback."""

from __future__ import annotations

import errno
import sqlite3

import psycopg
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.council_file import BadCouncilFile
from bot.running import AlreadyRunning
from bot.serving import CannotServe
from bot.slack.problems import SlackProblem
from bot.teams.problems import TeamsProblem
from handlers.templates_check import BadTemplates
from storage.errors import StorageError

NO_PLACE = (errno.EEXIST, errno.ENOTDIR, errno.EROFS, errno.ENOSPC)
"""The folder of the records is a file, stands on a disk that is read only, or there is no room."""
DATABASE = (ArgumentError, DBAPIError, sqlite3.Error, psycopg.Error)


def sentence(problem: Exception) -> str | None:
    """What to say about a problem that an administrator can mend; None for a defect of Civility."""
    match problem:
        case (
            AlreadyRunning()
            | BadCouncilFile()
            | BadTemplates()
            | CannotServe()
            | SlackProblem()
            | TeamsProblem()
            | StorageError()
        ):
            return str(problem)
        case ValidationError():
            wrong = (f"{one['loc'][0]}: {one['msg']}." for one in problem.errors())
            return "An environment variable can't be used. " + " ".join(wrong)
        case PermissionError():
            return (
                f"Civility may not read or write {problem.filename}. Give it the right, or set CIVILITY_DATA."
            )
        case OSError() if problem.errno in NO_PLACE:
            return (
                f"Civility can't keep its records: {problem.strerror}: {problem.filename}. Mend that, or set "
                "CIVILITY_DATA."
            )
        case _ if isinstance(problem, DATABASE):
            return (
                f"The database can't be used: {_first_line(problem)}. Check DATABASE_URL, that its server runs, and "
                "that the file is whole; if it was damaged, put it back from your backup."
            )
    return None


def _first_line(problem: Exception) -> str:
    said = problem.orig if isinstance(problem, DBAPIError) and problem.orig else problem
    return str(said).strip().partition("\n")[0].rstrip(".") or type(said).__name__
