"""Where the program's own settings come from: the environment for secrets and addresses.

The policy's settings are the council's: they come from `council.toml` when a council is created, and are rows
of the database from then on.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The environment variables people rely on (docs/architecture.md, "Names other people rely on")."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore", populate_by_name=True)

    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    civility_key: str = Field(default="", validation_alias="CIVILITY_KEY")
    civility_config: Path = Field(default=Path("council.toml"), validation_alias="CIVILITY_CONFIG")
    civility_data: Path = Field(default=Path("civility-data"), validation_alias="CIVILITY_DATA")
    host: str = Field(default="127.0.0.1", validation_alias="HOST")
    port: int = Field(default=3978, ge=0, le=65535, validation_alias="PORT")

    @property
    def url(self) -> str:
        """The database: `DATABASE_URL`, or a SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.civility_data.resolve() / 'civility.db'}"

    @property
    def embedded(self) -> bool:
        """Whether this is the SQLite default, which looks after its own key file."""
        return self.url.startswith("sqlite")
