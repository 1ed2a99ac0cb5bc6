"""What an administrator can mend about Slack."""

from __future__ import annotations


class SlackProblem(Exception):
    """Slack can't be used as it is set up; the text says what to do."""
