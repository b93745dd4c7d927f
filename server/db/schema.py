"""Owns the schema's version: upgrade, downgrade and the present revision."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from server.db.engines import open_write_engine

MIGRATIONS = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to a revision, in one transaction; makes a missing file."""
    config = _config()
    engine = open_write_engine(url, "FULL")
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
    finally:
        engine.dispose()


def downgrade(url: str, revision: str) -> None:
    """Take the database at `url` back to a revision, in one transaction."""
    config = _config()
    engine = open_write_engine(url, "FULL")
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, revision)
    finally:
        engine.dispose()


def revisions(url: str) -> tuple[str | None, str | None]:
    """Return the database's revision and the newest one."""
    engine = open_write_engine(url, "FULL")
    try:
        with engine.begin() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    return present, ScriptDirectory.from_config(_config()).get_current_head()
