"""What an administrator can mend about Slack, and Slack's own word for what it refused."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError


class SlackProblem(Exception):
    """Slack can't be used as it is set up; the text says what to do."""


def error_of(refused: SlackApiError) -> str:
    """Slack's word for what went wrong. In trouble it may answer with no JSON at all."""
    data = getattr(refused.response, "data", None)
    return str(data.get("error") if isinstance(data, dict) else "no answer Civility understands")
