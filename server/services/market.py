"""Owns the market's own record: which county, how it is reached, which desks it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from sqlalchemy import insert, select, update

from server.db.tables import desk, market
from server.db.unit_of_work import Event
from server.domain.case_kinds import CaseDays
from server.domain.divisions import county, market_name
from server.domain.errors import DeskUnknown, MarketExists, MarketMissing, SettingInvalid
from server.domain.opening import USUAL_HOURS, OpeningHours
from server.domain.order_rules import OrderRule
from server.services.lottery import bind_seeds
from server.services.open_market import Actor, OpenMarket
from server.services.turns import order_anew
from server.services.wages import follow_market


@dataclass(frozen=True)
class MarketPlan:
    """What `market init` needs to know.

    min_hourly_pay_fen: the county's minimum wage by the hour, for the check of posts.
    """

    division_code: str
    desks: int
    hotline: str
    complaint_line: str
    address: str
    min_hourly_pay_fen: int
    hours: OpeningHours = USUAL_HOURS


@dataclass(frozen=True)
class Desk:
    """A numbered service window."""

    no: int
    name: str


@dataclass(frozen=True)
class MarketView:
    """The market as every screen shows it."""

    division_code: str
    name: str
    address: str
    hotline: str
    complaint_line: str
    min_hourly_pay_fen: int
    hours: OpeningHours
    desks: tuple[Desk, ...]
    case_days: CaseDays
    missed_minutes: int = 15
    hold_minutes: int = 30
    order_rule: OrderRule = OrderRule.ARRIVAL
    draw_at: time = time(6)

    def check_desk(self, no: int) -> None:
        """Raise DeskUnknown unless the market has that desk."""
        if no not in {desk.no for desk in self.desks}:
            raise DeskUnknown


def init_market(opened: OpenMarket, actor: Actor, plan: MarketPlan) -> MarketView:
    """Make the market of a county, named from the list of counties.

    Raises MarketExists, DivisionUnknown. Records market.opened.
    """
    county(plan.division_code)
    with opened.database.write(actor) as tx:
        if tx.connection.scalar(select(market.c.id)) is not None:
            raise MarketExists
        values = {
            "id": 1,
            "division_code": plan.division_code,
            "name": market_name(plan.division_code),
            "address": plan.address,
            "hotline": plan.hotline,
            "complaint_line": plan.complaint_line,
            "min_hourly_pay_fen": plan.min_hourly_pay_fen,
            "created_at": tx.now,
        }
        hours = {"opens_at": plan.hours.opens, "closes_at": plan.hours.closes}
        tx.connection.execute(insert(market), {**values, **hours})
        desks = [{"no": no, "name": f"{no}号窗口"} for no in range(1, plan.desks + 1)]
        tx.connection.execute(insert(desk), desks)
        told = {name: at.isoformat("minutes") for name, at in hours.items()}
        tx.record(Event("market.opened", "market/1", 1, {**values, **told, "desks": desks}))
    return market_view(opened)


@dataclass(frozen=True)
class MarketChange:
    """What may be changed of a market; None leaves it as it is.

    missed_minutes: how long a number that was called in vain may come back into the line.
    hold_minutes: how long a place is held for somebody who has not agreed yet.
    draw_at: when a lottery is drawn, by the market's clock.
    """

    hotline: str | None = None
    complaint_line: str | None = None
    address: str | None = None
    min_hourly_pay_fen: int | None = None
    case_days: CaseDays | None = None
    missed_minutes: int | None = None
    hold_minutes: int | None = None
    order_rule: OrderRule | None = None
    draw_at: time | None = None


MISSED_MINUTES = range(1, 121)
HOLD_MINUTES = range(1, 241)


def change_market(opened: OpenMarket, actor: Actor, change: MarketChange) -> MarketView:
    """Change how a market is reached, its minimum pay, days of cases, how numbers are kept.

    Posts on the board stay; new ones are checked against the new minimum. Cases keep their days;
    clocks that start later count the new way. A new order rule orders today's line at once.
    Raises MarketMissing, SettingInvalid outside MISSED_MINUTES and HOLD_MINUTES. Records
    market.changed, and line.ordered with a new order rule, lottery.committed with a lottery.
    """
    if change.missed_minutes is not None and change.missed_minutes not in MISSED_MINUTES:
        raise SettingInvalid(field="missed_minutes")
    if change.hold_minutes is not None and change.hold_minutes not in HOLD_MINUTES:
        raise SettingInvalid(field="hold_minutes")
    values = {name: value for name, value in vars(change).items() if value is not None}
    if change.case_days is not None:
        values["case_days"] = change.case_days.value
    if change.order_rule is not None:
        values["order_rule"] = change.order_rule.value
    with opened.database.write(actor) as tx:
        if tx.connection.scalar(select(market.c.id)) is None:
            raise MarketMissing
        if values:
            tx.connection.execute(update(market), values)
            if change.min_hourly_pay_fen is not None:
                follow_market(tx, change.min_hourly_pay_fen)
            row = tx.connection.execute(select(market)).one()
            tx.record(Event("market.changed", "market/1", 1, row._asdict()))
        if change.order_rule is not None:
            order_anew(tx, change.order_rule)
        if change.order_rule is OrderRule.LOTTERY:
            bind_seeds(tx, opened.seal)
    return market_view(opened)


def market_view(opened: OpenMarket) -> MarketView:
    """Return the market. Raises MarketMissing before `market init`."""
    with opened.database.read() as connection:
        row = connection.execute(select(market)).first()
        if row is None:
            raise MarketMissing
        desks = connection.execute(select(desk).order_by(desk.c.no)).all()
        return MarketView(
            row.division_code,
            row.name,
            row.address,
            row.hotline,
            row.complaint_line,
            row.min_hourly_pay_fen,
            OpeningHours(row.opens_at, row.closes_at),
            tuple(Desk(d.no, d.name) for d in desks),
            CaseDays(row.case_days),
            row.missed_minutes,
            row.hold_minutes,
            OrderRule(row.order_rule),
            row.draw_at,
        )
