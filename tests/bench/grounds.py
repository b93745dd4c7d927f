"""Makes the market that is measured: a migrated file, a kiosk, and workers already known."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from server.db.schema import upgrade
from server.db.seal import make_keys, write_keys
from server.domain.citizen_number import check_digit
from server.domain.clock import Clock, SystemClock, market_day
from server.domain.kinds import DeviceKind, IdentityWay
from server.domain.privacy import NOTICE_VERSION
from server.services.devices import NewDevice, add_device
from server.services.identities import Identity, seal_identity
from server.services.market import MarketPlan, init_market
from server.services.open_market import Actor, OpenMarket, open_market
from server.services.print_jobs import count_unfinished
from server.services.workers import Person, WorkerAnswers, person_of_number, save_worker
from server.settings import Settings, read_settings
from tests.bench.processes import LOOPBACK, free_ports

CLI = Actor("cli")
PLAN = MarketPlan("140602", 4, "0349-12333", "12345", "朔城区", 1910)
BATCH = 500
PRINTED_WITHIN_S = 90.0
LOOK_S = 0.02
ANSWERS = WorkerAnswers("13812345678", ("bricklayer", "plasterer"), "71", "0", NOTICE_VERSION)


def settings_in(folder: Path, **more: str) -> Settings:
    """Return the settings of a market in `folder` on free ports of this machine."""
    port, live_port = free_ports(2)
    return read_settings(
        {
            "MARKET_DATA_DIR": str(folder),
            "MARKET_PORT": str(port),
            "MARKET_LIVE_PORT": str(live_port),
            "MARKET_HOST": LOOPBACK,
            **more,
        }
    )


@contextmanager
def opened(settings: Settings, clock: Clock | None = None) -> Iterator[OpenMarket]:
    """Open the market of `settings` in this process."""
    market = open_market(settings, clock or SystemClock())
    try:
        yield market
    finally:
        market.database.close()


def citizen_numbers(count: int, first_year: int = 1960) -> list[str]:
    """Return `count` different citizen numbers (GB 11643-1999) of adults."""
    numbers = []
    for n in range(count):
        year, n_of_year = divmod(n, 12 * 28 * 900)
        day, n_of_day = divmod(n_of_year, 900)
        born = date(first_year + year, day // 28 + 1, day % 28 + 1)
        first17 = f"140602{born:%Y%m%d}{n_of_day:03d}"
        numbers.append(first17 + check_digit(first17))
    return numbers


@dataclass(frozen=True)
class Grounds:
    """A folder with a market, the token of its kiosk and the people it knows."""

    folder: Path
    kiosk_token: str
    known: tuple[Person, ...]

    def copy(self, folder: Path) -> Path:
        """Copy the market into a fresh folder and return it."""
        folder.mkdir(parents=True)
        for name in ("market.db", "market.key"):
            shutil.copyfile(self.folder / name, folder / name)
        (folder / "market.key").chmod(0o600)
        return folder


def make_grounds(folder: Path, workers: int) -> Grounds:
    """Make a market that knows `workers` people, through the services."""
    settings = settings_in(folder)
    write_keys(settings.key_file, make_keys())
    upgrade(settings.database_url)
    with opened(settings) as market:
        init_market(market, CLI, PLAN)
        kiosk, token = add_device(market, CLI, NewDevice(DeviceKind.KIOSK, "1号登记机"))
        add_device(
            market, CLI, NewDevice(DeviceKind.AGENT, "1号机打印机", serves_device_id=kiosk.id)
        )
        people = people_of(citizen_numbers(workers), market)
        register(market, people)
    return Grounds(folder, token, people)


def people_of(numbers: list[str], market: OpenMarket) -> tuple[Person, ...]:
    """Return who the citizen numbers belong to."""
    today = market_day(market.database.now())
    return tuple(person_of_number(number, today) for number in numbers)


def register(market: OpenMarket, people: tuple[Person, ...]) -> None:
    """Register people, BATCH in a transaction."""
    for start in range(0, len(people), BATCH):
        with market.database.write(CLI) as tx:
            for person in people[start : start + BATCH]:
                save_worker(tx, market.seal, person, None, ANSWERS)


def tokens_of(settings: Settings, people: tuple[Person, ...]) -> list[str]:
    """Return the identity tokens a kiosk would hold for these people now."""
    with opened(settings) as market:
        now = market.database.now()
        return [
            seal_identity(market.seal, Identity(person, IdentityWay.CARD), now) for person in people
        ]


def wait_until_printed(settings: Settings) -> None:
    """Wait until the agent has printed the last tickets of the seeded morning."""
    deadline = time.monotonic() + PRINTED_WITHIN_S
    with opened(settings) as market:
        while count_unfinished(market):
            if time.monotonic() > deadline:
                raise TimeoutError("the seeded tickets were not printed")
            time.sleep(LOOK_S)
