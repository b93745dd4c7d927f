"""Owns the roll of a crew while its cards are laid down: who is in it so far, nothing stored."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.clock import market_day
from server.domain.crews import MAX_CREW
from server.domain.errors import CrewMemberTwice, CrewTooLarge, IdentityMissing
from server.domain.kinds import IdentityWay, NeedKind, TicketState
from server.domain.tickets import ticket_label
from server.services.check_in import Today
from server.services.crews import Joining, joining_of, leader_of
from server.services.identities import Identity, seal_identity
from server.services.open_market import OpenMarket
from server.services.workers import masked_name_of, needs_of, person_of_row


@dataclass(frozen=True)
class RollMember:
    """A member so far, as far as a kiosk may know.

    needs_notice: they have not agreed to the privacy notice in force. own_label: the number of
    their own that they give back for the crew's, "" if they have none.
    """

    identity_token: str
    masked_name: str | None
    needs_notice: bool
    own_label: str


@dataclass(frozen=True)
class CrewRoll:
    """A crew that is not on a ticket yet.

    leader_token: the leader's identity, good for another five minutes as the members' are.
    people_before: how many are on the leader's ticket already, the leader too; 0 without one.
    """

    leader_token: str
    members: tuple[RollMember, ...]
    people_before: int


def call_roll(market: OpenMarket, leader: Identity, members: tuple[Identity, ...]) -> CrewRoll:
    """Return the crew with fresh tokens; the last member is the one who has just come.

    Members prove with their card that they are there. Raises IdentityMissing for another way,
    CrewTooLarge, CrewMemberTwice, InAnotherCrew, CrewMemberBusy, CrewLeaderBusy.
    """
    if any(member.way is not IdentityWay.CARD for member in members):
        raise IdentityMissing
    if len(members) >= MAX_CREW:
        raise CrewTooLarge(maximum=MAX_CREW)
    people = tuple(member.person for member in members)
    with market.database.read() as connection:
        today = Today(connection, market_day(market.database.now()))
        leading = leader_of(today, market.seal, leader.person)
        joining = joining_of(today, market.seal, leading, people)
    if len(joining) < len(people):
        raise CrewMemberTwice
    had = leading.had
    return CrewRoll(
        seal_identity(market.seal, leader, market.database.now()),
        tuple(_member(market, one) for one in joining),
        0 if had is None or had.state == TicketState.CANCELLED else had.people,
    )


def _member(market: OpenMarket, joining: Joining) -> RollMember:
    person = joining.person
    known = person if joining.row is None else person_of_row(market.seal, joining.row)
    had = joining.had
    is_waiting = had is not None and had.state == TicketState.WAITING
    return RollMember(
        seal_identity(market.seal, Identity(person, IdentityWay.CARD), market.database.now()),
        masked_name_of(person.name or known.name),
        NeedKind.PRIVACY in needs_of(joining.row, ()),
        ticket_label(had.series, had.number) if is_waiting else "",
    )
