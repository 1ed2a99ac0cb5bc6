"""Tables of the council itself: its settings, its colleagues, their accounts and their offices."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index

from storage.columns import Row, belongs_to, json, key, of_council, parts, sealed


class CouncilRow(Row, table=True):
    """A town council. `key_id` seals what belongs to no person and no case."""

    __tablename__ = "council"
    __table_args__ = parts()
    council_id: str = key()
    name: str
    address: str
    appeals_contact: str
    channels: dict[str, dict[str, str]] = json()
    key_id: str
    created_at: datetime


class WorkspaceRow(Row, table=True):
    """Which chat workspaces speak for a council."""

    __tablename__ = "workspace"
    __table_args__ = parts(of_council(), Index("ix_workspace_found", "platform", "workspace"))
    council_id: str = key()
    platform: str = key()
    workspace: str = key()


class SettingRow(Row, table=True):
    """A policy setting the council changed; the value is sealed because some settings are wording."""

    __tablename__ = "setting"
    __table_args__ = parts(of_council())
    council_id: str = key()
    name: str = key()
    value: bytes = sealed()
    set_by: str
    set_at: datetime


class ColleagueRow(Row, table=True):
    """A member of staff or a councillor."""

    __tablename__ = "colleague"
    __table_args__ = parts(of_council())
    council_id: str = key()
    id: str = key()
    name: bytes = sealed()
    guest: bool
    same_as: str | None


class IdentityRow(Row, table=True):
    """A colleague's account on one platform (R48)."""

    __tablename__ = "identity"
    __table_args__ = parts(
        belongs_to("colleague", "colleague_id"),
        Index("ix_identity_colleague", "council_id", "colleague_id"),
    )
    council_id: str = key()
    platform: str = key()
    workspace: str = key()
    external_id: str = key()
    colleague_id: str


class HoldingRow(Row, table=True):
    """An office held by a colleague from a day to a day (R18)."""

    __tablename__ = "holding"
    __table_args__ = parts(belongs_to("colleague", "colleague_id"))
    council_id: str = key()
    id: str = key()
    office: str
    colleague_id: str
    starts: date
    ends: date | None
    recorded_by: str
    recorded_at: datetime


class AbsenceRow(Row, table=True):
    """Days on which a colleague can't act, so that the stand-in may (R17)."""

    __tablename__ = "absence"
    __table_args__ = parts(belongs_to("colleague", "colleague_id"))
    council_id: str = key()
    id: str = key()
    colleague_id: str
    starts: date
    ends: date | None
    recorded_by: str
    recorded_at: datetime


class InstallationRow(Row, table=True):
    """A workspace that installed the app itself: its tokens, sealed; empty when it was removed.

    `expires_at` is None for a token that does not expire. `refreshing_until` lets one process at a time renew it.
    """

    __tablename__ = "installation"
    __table_args__ = parts(of_council())
    council_id: str = key()
    platform: str = key()
    workspace: str = key()
    name: str
    bot_id: str
    bot_user_id: str
    installed_by: str
    installed_at: datetime
    removed_at: datetime | None
    token: bytes = sealed()
    refresh_token: bytes = sealed()
    expires_at: datetime | None
    refreshing_until: datetime | None
