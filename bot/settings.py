"""Where the program's own settings come from: the environment for secrets and addresses.

The policy's settings are the council's: they come from `council.toml` when a council is created, and are rows
of the database from then on.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url

from bot.letters.notify_settings import BASE_URL, NotifySettings
from handlers.desk import Outside


class Settings(BaseSettings):
    """The environment variables people rely on (docs/architecture.md, "Names other people rely on")."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore", populate_by_name=True)

    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    civility_key: str = Field(default="", validation_alias="CIVILITY_KEY", repr=False)
    civility_config: Path = Field(default=Path("council.toml"), validation_alias="CIVILITY_CONFIG")
    civility_data: Path = Field(default=Path("civility-data"), validation_alias="CIVILITY_DATA")
    host: str = Field(default="127.0.0.1", validation_alias="HOST")
    port: int = Field(default=3978, ge=0, le=65535, validation_alias="PORT")

    slack_bot_token: str = Field(default="", validation_alias="SLACK_BOT_TOKEN", repr=False)
    slack_signing_secret: str = Field(default="", validation_alias="SLACK_SIGNING_SECRET", repr=False)
    slack_app_token: str = Field(default="", validation_alias="SLACK_APP_TOKEN", repr=False)
    slack_client_id: str = Field(default="", validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: str = Field(default="", validation_alias="SLACK_CLIENT_SECRET", repr=False)
    slack_api_url: str = Field(default="https://slack.com/api/", validation_alias="SLACK_API_URL")

    teams_app_id: str = Field(default="", validation_alias="MicrosoftAppId")
    teams_secret: str = Field(default="", validation_alias="MicrosoftAppPassword", repr=False)
    teams_tenant: str = Field(default="", validation_alias="MicrosoftAppTenantId")
    teams_app_type: str = Field(default="SingleTenant", validation_alias="MicrosoftAppType")
    teams_playground: bool = Field(default=False, validation_alias="TEAMS_PLAYGROUND")
    teams_login_url: str = Field(
        default="https://login.microsoftonline.com", validation_alias="TEAMS_LOGIN_URL"
    )
    teams_openid_url: str = Field(
        default="https://login.botframework.com/v1/.well-known/openidconfiguration",
        validation_alias="TEAMS_OPENID_URL",
    )

    notify_api_key: str = Field(default="", validation_alias="NOTIFY_API_KEY", repr=False)
    notify_base_url: str = Field(default=BASE_URL, validation_alias="NOTIFY_BASE_URL")
    notify_email_template: str = Field(default="", validation_alias="NOTIFY_EMAIL_TEMPLATE")
    notify_letters: bool = Field(default=False, validation_alias="NOTIFY_LETTERS")
    notify_callback_token: str = Field(default="", validation_alias="NOTIFY_CALLBACK_TOKEN", repr=False)

    civility_templates: Path | None = Field(default=None, validation_alias="CIVILITY_TEMPLATES")

    public_url: str = Field(default="", validation_alias="PUBLIC_URL")

    @property
    def notify(self) -> NotifySettings:
        """What the environment says about GOV.UK Notify."""
        return NotifySettings(
            self.notify_api_key,
            self.notify_base_url,
            self.notify_email_template,
            self.notify_letters,
            self.notify_callback_token,
        )

    @property
    def outside(self) -> Outside:
        """What journeys must know of the world outside."""
        templates = str(self.civility_templates) if self.civility_templates else ""
        uploads = frozenset({"slack"} if self.slack else ())
        return Outside(self.files_at, self.notify.channels, uploads, templates)

    @property
    def files_at(self) -> str | None:
        """What stands before `/files/…` in a link; None where no browser could follow one."""
        return "" if self.local else self.public_url.rstrip("/") or None

    @property
    def slack(self) -> bool:
        """Whether the Slack door is configured."""
        return bool(self.slack_bot_token or self.slack_client_id)

    @property
    def teams(self) -> bool:
        """Whether the Teams door is configured, wholly or in part: it says itself what is missing."""
        return bool(self.teams_app_id or self.teams_secret or self.teams_tenant or self.teams_playground)

    @property
    def local(self) -> bool:
        """Whether the local chat is the door: when no other is configured."""
        return not self.slack and not self.teams

    @property
    def url(self) -> str:
        """The database: `DATABASE_URL`, or a SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{(self.civility_data.resolve() / 'civility.db').as_posix()}"

    @property
    def embedded(self) -> bool:
        """Whether this is the SQLite default, which looks after its own key file."""
        return self.url.startswith("sqlite")

    @property
    def beside(self) -> Path:
        """What the files beside the records are called, without their endings."""
        if self.embedded:
            return Path(str(make_url(self.url).database)).resolve().with_suffix("")
        return self.civility_data.resolve() / "civility"

    @property
    def key_file(self) -> Path:
        """The main key of the SQLite default."""
        return self.beside.with_suffix(".key")

    @property
    def key_store(self) -> Path:
        """The data keys, each wrapped by the main key."""
        return self.beside.with_suffix(".keys")

    @property
    def running_file(self) -> Path:
        """Held by the one `run` that may use a SQLite database."""
        return self.beside.with_suffix(".running")
