"""Migrations go up and down, and lead to exactly the tables that the code declares."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select

from server.cli.demo_market import make_demo_market
from server.db.attachment_table import attachment
from server.db.clip_table import voice_clip
from server.db.engines import open_write_engine
from server.db.schema import downgrade, revisions, upgrade
from server.db.tables import event_log, metadata
from server.settings import read_settings


def test_the_migrations_make_what_the_code_declares(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'market.db'}"
    upgrade(url)
    engine = open_write_engine(url, "FULL")
    assert voice_clip.metadata is metadata
    assert attachment.metadata is metadata
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_up_down_up_from_an_empty_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'market.db'}"
    upgrade(url)
    downgrade(url, "base")
    engine = open_write_engine(url, "FULL")
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()
    upgrade(url)
    present, newest = revisions(url)
    assert present == newest


def test_a_second_upgrade_of_a_filled_database_changes_nothing(tmp_path: Path) -> None:
    settings = read_settings({"MARKET_DATA_DIR": str(tmp_path)})
    make_demo_market(settings)
    upgrade(settings.database_url)
    engine = open_write_engine(settings.database_url, "FULL")
    with engine.connect() as connection:
        assert len(connection.execute(select(event_log.c.id)).all()) > 500
    engine.dispose()
    downgrade(settings.database_url, "base")
    upgrade(settings.database_url)
