"""The `market` command."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

import click

from server.cli.demo_market import make_demo_market, seed_busy_day
from server.cli.run import StartError, Supervisor, check_ports, parts_of
from server.cli.session import open_session
from server.cli.welcome import addresses, prepare, with_public_url
from server.db.schema import revisions, upgrade
from server.db.seal import SealError, make_keys, write_keys
from server.domain.case_kinds import CaseDays
from server.domain.errors import DomainError
from server.domain.kinds import DeviceKind, StaffRole
from server.domain.money import parse_yuan
from server.domain.opening import OpeningHours
from server.domain.order_rules import OrderRule
from server.domain.phrases import sentence
from server.services.devices import NewDevice, add_device, devices, revoke_device
from server.services.log import verify_chain
from server.services.lottery import verify_draw
from server.services.market import MarketChange, MarketPlan, change_market, init_market
from server.services.open_market import Actor
from server.services.staff import NewStaff, add_staff, set_password
from server.settings import SettingsError, read_environment_file, read_settings

CLI = Actor("cli")
USAGE_FAULT = 2


def say(text: str) -> None:
    """Write a line to the person at the terminal."""
    click.echo(text)


def refusals_to_exit(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn a refusal into its sentence and exit status 1, a settings fault into 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except DomainError as refusal:
            click.echo(f"{sentence(refusal)} ({refusal.code})", err=True)
            sys.exit(1)
        except SettingsError as error:
            for fault in error.faults:
                click.echo(fault, err=True)
            sys.exit(USAGE_FAULT)
        except SealError as error:
            click.echo(str(error), err=True)
            sys.exit(1)

    return run


@click.group()
def market() -> None:
    """Run and look after the server of one day-labour market."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)


@market.command()
@click.option("--division", required=True, help="GB/T 2260 code of the county, such as 140602")
@click.option("--desks", default=4, show_default=True, type=click.IntRange(1, 40))
@click.option("--hotline", default="12333", show_default=True)
@click.option("--complaint-line", default="12345", show_default=True)
@click.option("--address", default="")
@click.option("--min-hourly-pay", default="19.10", show_default=True, help="yuan; county minimum")
@click.option("--opens", default="06:00", show_default=True, type=click.DateTime(["%H:%M"]))
@click.option("--closes", default="18:00", show_default=True, type=click.DateTime(["%H:%M"]))
@refusals_to_exit
def init(**given: Any) -> None:
    """Make the database, the key file and the market of a county."""
    settings = read_settings({**read_environment_file(), **os.environ})
    if not settings.key_file.exists():
        write_keys(settings.key_file, make_keys())
    upgrade(settings.database_url)
    plan = MarketPlan(
        given["division"],
        given["desks"],
        given["hotline"],
        given["complaint_line"],
        given["address"],
        parse_yuan(given["min_hourly_pay"]),
        OpeningHours(given["opens"].time(), given["closes"].time()),
    )
    with open_session() as opened:
        say(f"{init_market(opened, CLI, plan).name} ({plan.division_code})")


@market.group()
def db() -> None:
    """Look after the database."""


@db.command("upgrade")
@refusals_to_exit
def db_upgrade() -> None:
    """Bring the schema to the newest revision."""
    settings = read_settings({**read_environment_file(), **os.environ})
    upgrade(settings.database_url)
    say(f"schema {revisions(settings.database_url)[0]}")


@db.command("verify")
@refusals_to_exit
def db_verify() -> None:
    """Recompute the chain of the event log."""
    with open_session() as opened:
        report = verify_chain(opened)
    if report.broken_at is not None:
        say(f"the chain is broken at row {report.broken_at}")
        sys.exit(1)
    say(f"{report.rows} rows, chain intact")


@market.group()
def user() -> None:
    """Look after staff accounts."""


@user.command("add")
@click.argument("username")
@click.option("--name", "display_name", required=True, help="name shown on slips")
@click.option("--role", type=click.Choice([r.value for r in StaffRole]), default="clerk")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@refusals_to_exit
def user_add(username: str, display_name: str, role: str, password: str) -> None:
    """Add an account."""
    with open_session() as opened:
        add_staff(opened, CLI, NewStaff(username, display_name, StaffRole(role), password))
    say(f"added {username}")


@user.command("password")
@click.argument("username")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@refusals_to_exit
def user_password(username: str, password: str) -> None:
    """Replace a password."""
    with open_session() as opened:
        set_password(opened, CLI, username, password)
    say(f"new password for {username}")


@market.group()
def device() -> None:
    """Look after paired devices."""


@device.command("add")
@click.option("--kind", type=click.Choice([k.value for k in DeviceKind]), required=True)
@click.option("--name", required=True)
@click.option("--serves", default=None, help="id of the kiosk whose printer the agent owns")
@click.option("--inches", default=21.5, show_default=True, type=click.FloatRange(7, 110))
@click.option("--metres", default=8, show_default=True, type=click.IntRange(1, 30))
@click.option("--simulated", is_flag=True, help="printer and reader of the agent are simulated")
@refusals_to_exit
def device_add(**given: Any) -> None:
    """Pair a device and print its id and its token, once."""
    new = NewDevice(
        DeviceKind(given["kind"]),
        given["name"],
        given["serves"],
        given["inches"],
        given["metres"],
        given["simulated"],
    )
    with open_session() as opened:
        made, token = add_device(opened, CLI, new)
    say(f"id    {made.id}")
    say(f"token {token}")


@device.command("list")
@refusals_to_exit
def device_list() -> None:
    """List the paired devices."""
    with open_session() as opened:
        for one in devices(opened):
            state = "revoked" if one.is_revoked else (one.seen_at or "never seen")
            say(f"{one.id}  {one.kind:8}  {one.name}  {state}")


@device.command("revoke")
@click.argument("device_id")
@refusals_to_exit
def device_revoke(device_id: str) -> None:
    """Shut a device out at once."""
    with open_session() as opened:
        revoke_device(opened, CLI, device_id)
    say(f"revoked {device_id}")


@market.command()
@click.option("--port", type=click.IntRange(1, 65534), default=None, help="overrides MARKET_PORT")
@refusals_to_exit
def run(port: int | None) -> None:
    """Run server, live and agent until Ctrl-C; a demo makes its market first."""
    environment = {**read_environment_file(), **os.environ}
    if port is not None:
        environment["MARKET_PORT"] = str(port)
    settings = with_public_url(read_settings(environment))
    os.environ["MARKET_PUBLIC_URL"] = settings.public_url
    try:
        check_ports(settings)
    except StartError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    password = prepare(settings)
    supervisor = Supervisor(parts_of(settings))
    try:
        supervisor.start((settings.port, settings.live_port))
        say(addresses(settings, password))
        supervisor.watch()
    except StartError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    finally:
        supervisor.stop()


@market.command()
@click.option("--simulate", is_flag=True, help="simulate printer, card reader and scanner")
@refusals_to_exit
def agent(simulate: bool) -> None:
    """Own this PC's ticket printer, card reader and scanner until it is stopped."""
    from kiosk.agent.main import run_agent
    from kiosk.agent.settings import agent_settings, simulate_all

    environment = {**read_environment_file(), **os.environ}
    run_agent(agent_settings(simulate_all(environment) if simulate else environment))


@market.command()
@click.option("--day", type=click.Choice(["busy"]), default="busy", show_default=True)
@refusals_to_exit
def seed(day: str) -> None:
    """Fill a new market with a busy morning; makes the demo county's where there is none."""
    settings = read_settings({**read_environment_file(), **os.environ})
    if settings.key_file.exists():
        seed_busy_day(settings)
    else:
        make_demo_market(settings)
    say(f"seeded a {day} day in {settings.data_dir}")


@market.command()
@click.option("--hotline", default=None)
@click.option("--complaint-line", default=None)
@click.option("--address", default=None)
@click.option("--min-hourly-pay", default=None, help="yuan; the county's minimum wage")
@click.option(
    "--case-days",
    default=None,
    type=click.Choice([days.value for days in CaseDays]),
    help="what the clocks of cases count; working days are Monday to Friday, holidays or not",
)
@click.option("--missed-minutes", type=int, default=None, help="how long a missed number is kept")
@click.option("--hold-minutes", type=int, default=None, help="how long a place is held")
@click.option(
    "--order-rule",
    default=None,
    type=click.Choice([rule.value for rule in OrderRule]),
    help="who is next: as they came, the longest without work, or as drawn by lot",
)
@click.option("--draw-at", default=None, type=click.DateTime(["%H:%M"]), help="hour of a lottery")
@refusals_to_exit
def change(**given: Any) -> None:
    """Change how the market is reached, its minimum pay, days of cases, how long numbers last."""
    pay, days = given["min_hourly_pay"], given["case_days"]
    rule, draw_at = given["order_rule"], given["draw_at"]
    wanted = MarketChange(
        given["hotline"],
        given["complaint_line"],
        given["address"],
        None if pay is None else parse_yuan(pay),
        None if days is None else CaseDays(days),
        given["missed_minutes"],
        given["hold_minutes"],
        None if rule is None else OrderRule(rule),
        None if draw_at is None else draw_at.time(),
    )
    with open_session() as opened:
        shown = change_market(opened, CLI, wanted)
    say(f"{shown.name} {shown.hotline} {shown.complaint_line} {shown.min_hourly_pay_fen / 100:.2f}")


@market.command()
@click.option("--verify", "day", type=click.DateTime(["%Y-%m-%d"]), required=True)
@refusals_to_exit
def lottery(day: datetime) -> None:
    """Recompute the lottery of a day from its published seed and the tickets."""
    with open_session() as opened:
        report = verify_draw(opened, day.date())
    shown = report.draw
    say(f"commitment {shown.commitment}")
    say(f"seed       {shown.seed or '-'}")
    for one in sorted(shown.tickets, key=lambda drawn: drawn.turn):
        say(f"{one.turn:5}  {one.label}  {one.mark}")
    for fault in report.faults:
        click.echo(fault, err=True)
    if report.faults:
        sys.exit(1)
    say(f"{len(shown.tickets)} tickets, the draw holds")
