"""Measures durable check-ins over HTTP beside the floor, and proves that none is lost or double."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from sqlalchemy import func, select

from server.cli.run import parts_of
from server.db.tables import print_job, ticket
from server.domain.kinds import ServiceKind
from server.domain.privacy import NOTICE_VERSION
from server.services.log import verify_chain
from server.services.workers import Person
from server.settings import Settings
from tests.bench.grounds import (
    Grounds,
    citizen_numbers,
    make_grounds,
    opened,
    people_of,
    settings_in,
    tokens_of,
)
from tests.bench.load import Measured, Plan, run_load
from tests.bench.processes import Running, start, start_part

SERVER_CORE, LOAD_CORE = 0, 1
PATH = "/api/v1/check-ins"
WARM_UP_S = 0.4
# A series of its own for each number of clients: every run begins with an empty queue.
LEVELS = (
    (1, ServiceKind.FIND_WORK),
    (8, ServiceKind.CONSULT),
    (64, ServiceKind.TRAINING),
)
WARM_UP, NEW = ServiceKind.COMPLAINT, ServiceKind.HARDSHIP
NEW_CLIENTS = 8
NEW_WORKERS = 1500
SLOW_COMMIT_MS = 10
SLOW_CLIENTS = 64


@dataclass(frozen=True)
class Effort:
    """How long and how often: seconds of each run, rounds, workers known beforehand."""

    seconds: float
    rounds: int
    workers: int


@dataclass
class Series:
    """The runs of one level, one for each round."""

    runs: list[Measured] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Return the median rate."""
        return median(run.per_second for run in self.runs)

    @property
    def cpu_ms(self) -> float:
        """Return the median CPU time of the server for each check-in."""
        return median(run.cpu_ms for run in self.runs)

    def quantile_ms(self, share: float) -> float:
        """Return the median of a latency quantile."""
        return median(run.quantile_ms(share) for run in self.runs)


@dataclass
class CheckIns:
    """Everything that was measured. proof: one line on what the databases hold afterwards."""

    ours: dict[int, Series] = field(default_factory=dict)
    floor: dict[int, Series] = field(default_factory=dict)
    new_workers: Series = field(default_factory=Series)
    slow_disk: Series = field(default_factory=Series)
    tickets: int = 0


def measure_check_ins(folder: Path, effort: Effort) -> CheckIns:
    """Run every level against the server and the floor, alternating, and check the databases."""
    grounds = make_grounds(folder / "grounds", effort.workers)
    found = CheckIns()
    for number in range(effort.rounds):
        _measure_ours(grounds, folder / f"ours{number}", effort, found)
        _measure_floor(grounds, folder / f"floor{number}", effort, found)
        _measure_slow_disk(grounds, folder / f"slow{number}", effort, found)
    return found


def _measure_ours(grounds: Grounds, folder: Path, effort: Effort, found: CheckIns) -> None:
    settings = settings_in(grounds.copy(folder))
    server = start_part(settings, "server", SERVER_CORE)
    acknowledged = 0
    try:
        server.wait_for_answer()
        plan = _Plans(settings, grounds)
        acknowledged += _run(server, plan.known(WARM_UP, 4, WARM_UP_S)).statuses.get("201", 0)
        for clients, service in LEVELS:
            done = _run(server, plan.known(service, clients, effort.seconds))
            found.ours.setdefault(clients, Series()).runs.append(done)
            acknowledged += done.statuses["201"]
        done = _run(server, plan.new(NEW, NEW_CLIENTS, effort.seconds))
        found.new_workers.runs.append(done)
        acknowledged += done.statuses["201"]
    finally:
        server.stop()
    found.tickets += check_database(settings, acknowledged)


def _measure_slow_disk(grounds: Grounds, folder: Path, effort: Effort, found: CheckIns) -> None:
    settings = settings_in(grounds.copy(folder))
    server = _start_slow_server(settings)
    try:
        server.wait_for_answer()
        plan = _Plans(settings, grounds)
        acknowledged = _run(server, plan.known(WARM_UP, 4, WARM_UP_S)).statuses.get("201", 0)
        done = _run(server, plan.known(ServiceKind.FIND_WORK, SLOW_CLIENTS, effort.seconds))
        found.slow_disk.runs.append(done)
        acknowledged += done.statuses["201"]
    finally:
        server.stop()
    found.tickets += check_database(settings, acknowledged)


def _start_slow_server(settings: Settings) -> Running:
    config = "python:tests.bench.gunicorn_slow_disk"
    command = (sys.executable, "-m", "gunicorn", "-c", config, "server.wsgi:make_server()")
    delay = {"BENCH_COMMIT_DELAY_MS": str(SLOW_COMMIT_MS)}
    return start(command, environment_of(settings, **delay), settings.port, SERVER_CORE)


def _measure_floor(grounds: Grounds, folder: Path, effort: Effort, found: CheckIns) -> None:
    settings = settings_in(grounds.copy(folder))
    command = (
        *(sys.executable, "-m", "gunicorn", "-c", "python:tests.bench.gunicorn_floor"),
        "tests.bench.floor:make_floor()",
    )
    database = {"BENCH_FLOOR_DATABASE": str(settings.data_dir / "market.db")}
    server = start(command, environment_of(settings, **database), settings.port, SERVER_CORE)
    try:
        server.wait_for_answer()
        plan = _Plans(settings, grounds)
        _run(server, plan.floor(WARM_UP, 4, WARM_UP_S))
        for clients, service in LEVELS:
            done = _run(server, plan.floor(service, clients, effort.seconds))
            found.floor.setdefault(clients, Series()).runs.append(done)
    finally:
        server.stop()


def environment_of(settings: Settings, **more: str) -> dict[str, str]:
    """Return the environment that `market run` gives the server, with more variables."""
    quiet = {"MARKET_LOG_LEVEL": "WARNING", "BENCH_LOG": str(settings.data_dir / "server.log")}
    return {**parts_of(settings)[0].environment, **quiet, **more}


class _Plans:
    """Makes the load of each run on one market."""

    def __init__(self, settings: Settings, grounds: Grounds) -> None:
        self._settings = settings
        self._grounds = grounds

    def known(self, service: ServiceKind, clients: int, seconds: float) -> Plan:
        """Return check-ins of known workers, each with a fresh identity token."""
        tokens = tokens_of(self._settings, self._grounds.known)
        bodies = [json.dumps({"identity_token": t, "service": service}) for t in tokens]
        return self._plan(bodies, clients, seconds)

    def new(self, service: ServiceKind, clients: int, seconds: float) -> Plan:
        """Return check-ins of people whom the market has never seen, with every answer."""
        answers = {
            "service": service,
            "phone": "13912345678",
            "trades": ["bricklayer", "plasterer"],
            "education": "71",
            "skill": "0",
            "notice_version": NOTICE_VERSION,
        }
        tokens = tokens_of(self._settings, self._strangers())
        bodies = [json.dumps({"identity_token": t, **answers}) for t in tokens]
        return self._plan(bodies, clients, seconds)

    def floor(self, service: ServiceKind, clients: int, seconds: float) -> Plan:
        """Return the same for the floor, which gets the hash that the server computes."""
        with opened(self._settings) as market:
            hashes = [market.seal.index(p.id_no, "worker.id_no") for p in self._grounds.known]
        bodies = [
            json.dumps({"worker": h, "service": service, "series": service.series}) for h in hashes
        ]
        return self._plan(bodies, clients, seconds)

    def _strangers(self) -> tuple[Person, ...]:
        with opened(self._settings) as market:
            return people_of(citizen_numbers(NEW_WORKERS, 1980), market)

    def _plan(self, bodies: list[str], clients: int, seconds: float) -> Plan:
        port, token = self._settings.port, self._grounds.kiosk_token
        return Plan(port, PATH, token, clients, seconds, bodies)


def _run(server: Running, plan: Plan) -> Measured:
    done = run_load(plan, server, LOAD_CORE)
    if set(done.statuses) != {"201"}:
        raise AssertionError(f"not every check-in was a new ticket: {done.statuses}")
    return done


def check_database(settings: Settings, acknowledged: int) -> int:
    """Return how many tickets there are.

    Raises AssertionError unless the numbers have no gap, every acknowledged check-in is there,
    each has one print job and the chain of the log is whole.
    """
    with opened(settings) as market:
        with market.database.read() as connection:
            rows = connection.execute(select(ticket.c.series, ticket.c.number)).all()
            jobs = connection.scalar(select(func.count()).select_from(print_job))
        broken_at = verify_chain(market).broken_at
    for series in {row.series for row in rows}:
        numbers = sorted(row.number for row in rows if row.series == series)
        if numbers != list(range(1, len(numbers) + 1)):
            raise AssertionError(f"the numbers of series {series} have a gap or a double")
    if len(rows) != acknowledged or jobs != acknowledged or broken_at is not None:
        raise AssertionError(f"{acknowledged=} {len(rows)=} {jobs=} {broken_at=}")
    return len(rows)
