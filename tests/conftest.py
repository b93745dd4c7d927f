"""Fixtures that every test may use: a market on a real database file, people, posts, clients."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.db.schema import upgrade
from server.db.seal import FieldSeal, make_keys
from server.db.unit_of_work import Database
from server.domain.clock import FixedClock
from server.services.market import MarketPlan, init_market
from server.services.open_market import OpenMarket
from server.settings import Settings, read_settings
from server.web.context import WebContext
from tests.people import CLI, Factory

# 05:10 on a Tuesday in Asia/Shanghai: the hall is full, the desk is still dark.
MORNING = datetime(2026, 11, 23, 21, 10, tzinfo=UTC)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that the migrations made, to be copied."""
    path = tmp_path_factory.mktemp("template") / "market.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"MARKET_DATA_DIR": str(tmp_path), "MARKET_LOG_LEVEL": "DEBUG"})


@pytest.fixture
def empty_market(
    migrated_file: Path, settings: Settings, clock: FixedClock
) -> Iterator[OpenMarket]:
    """A migrated database without a market in it."""
    shutil.copyfile(migrated_file, settings.data_dir / "market.db")
    keys = make_keys()
    database = Database(settings.database_url, clock)
    yield OpenMarket(database, FieldSeal(keys), keys.session_key, "http://10.0.0.5:8000")
    database.close()


@pytest.fixture
def market(empty_market: OpenMarket) -> OpenMarket:
    """The market of 朔城区 with four desks."""
    init_market(empty_market, CLI, MarketPlan("140602", 4, "0349-12333", "12345", "朔城区", 1910))
    return empty_market


@pytest.fixture
def make(market: OpenMarket, clock: FixedClock) -> Factory:
    """Makes people, employers, posts, devices and staff in `market`."""
    return Factory(market, clock)


@pytest.fixture
def app(settings: Settings, market: OpenMarket) -> Flask:
    return create_app(WebContext(settings, market, "test-build"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def signed_in_client(app: Flask, make: Factory) -> FlaskClient:
    """A browser in which a clerk has signed in."""
    member = make.staff()
    signed_in = app.test_client()
    with signed_in.session_transaction() as session:
        session["_user_id"] = member.id
        session["_fresh"] = True
    return signed_in
