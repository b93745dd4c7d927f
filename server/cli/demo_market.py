"""Makes the demo market: a county, a seeded morning, demo devices and a fresh sign-in."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from server.cli.seed import Cast, Day
from server.db.schema import upgrade
from server.db.seal import make_keys, write_keys
from server.demo import write_demo_tokens
from server.domain.clock import FixedClock, SystemClock
from server.domain.errors import MarketNotEmpty
from server.domain.kinds import DeviceKind, PostState, StaffRole
from server.services.devices import NewDevice, add_device
from server.services.market import MarketPlan, init_market, market_view
from server.services.open_market import Actor, OpenMarket, open_market
from server.services.posts import posts_in
from server.services.staff import NewStaff, StaffMember, add_staff, set_password
from server.services.tickets import queue_today
from server.settings import Settings

CLI = Actor("cli")
DEMO_USER = "demo"
PLAN = MarketPlan("140602", 4, "0349-12333", "12345", "朔州市朔城区", 1910)


def make_demo_market(settings: Settings) -> None:
    """Make the demo market in an empty data folder, with a busy morning in it."""
    write_keys(settings.key_file, make_keys())
    upgrade(settings.database_url)
    market = open_market(settings, SystemClock())
    try:
        init_market(market, CLI, PLAN)
    finally:
        market.database.close()
    seed_busy_day(settings)


def seed_busy_day(settings: Settings) -> None:
    """Seed a busy morning that ends now: 120 workers, 30 employers, 40 posts, 3 crews' people.

    Adds the demo account and the demo devices. Raises MarketMissing, MarketNotEmpty.
    """
    now = datetime.now(UTC)
    clock = FixedClock(now)
    market = open_market(settings, clock)
    try:
        market_view(market)
        if posts_in(market, tuple(PostState), 1) or queue_today(market, 1):
            raise MarketNotEmpty
        new = NewStaff(DEMO_USER, "李静", StaffRole.MANAGER, secrets.token_urlsafe(24))
        cast = _pair_devices(settings, market, add_staff(market, CLI, new))
        Day(market, clock, cast, now).play()
    finally:
        market.database.close()


def _pair_devices(settings: Settings, market: OpenMarket, clerk: StaffMember) -> Cast:
    kiosk, kiosk_token = add_device(market, CLI, NewDevice(DeviceKind.KIOSK, "1号登记机"))
    display, display_token = add_device(
        market, CLI, NewDevice(DeviceKind.DISPLAY, "大厅大屏", panel_inches=55)
    )
    owns = NewDevice(
        DeviceKind.AGENT, "1号机打印机和读卡器", serves_device_id=kiosk.id, is_simulated=True
    )
    agent, agent_token = add_device(market, CLI, owns)
    tokens = {kiosk.kind: kiosk_token, display.kind: display_token, agent.kind: agent_token}
    write_demo_tokens(settings, tokens)
    return Cast(kiosk.actor, agent.actor, clerk.actor)


def renew_demo_password(settings: Settings) -> str:
    """Give the demo account a fresh password and return it: it works until the next run."""
    password = secrets.token_urlsafe(9)
    market = open_market(settings, SystemClock())
    try:
        set_password(market, CLI, DEMO_USER, password)
    finally:
        market.database.close()
    return password
