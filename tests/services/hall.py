"""A hall with desks, posts and people, for the tests of held places and waiting lists."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from server.db.tables import placement, proposal, referral
from server.domain.kinds import PlacementState, ReferralState
from server.domain.proposal_kinds import HOLDING, Party
from server.services.applications import ApplicationAnswer, NewApplication, apply_for_post
from server.services.log import events_after
from server.services.open_market import Actor, OpenMarket
from server.services.posts import Post, post_of
from server.services.proposals import (
    HoldShown,
    NewProposal,
    ProposalAnswer,
    accept,
    decline,
    holds_of_post,
    propose,
)
from server.services.referrals import NewReferral, ReferralAnswer, record_referral
from server.services.workers import Person
from tests.people import ANSWERS, Factory, new_key

KIOSK = Actor("device:k")
GONE = (PlacementState.WITHDRAWN.value, PlacementState.FELL_THROUGH.value)


@dataclass
class Somebody:
    """A person with a number."""

    person: Person
    code: str


class Hall:
    """A clerk at desk 1, and everything that may happen to a post."""

    def __init__(self, market: OpenMarket, make: Factory) -> None:
        self.market, self.make = market, make
        self.clerk = make.staff("hall").actor

    def somebody(self) -> Somebody:
        person = self.make.person()
        return Somebody(person, self.make.checked_in(person=person).ticket.code)

    def propose(self, who: Somebody, post: Post, accepted: Party | None = None) -> ProposalAnswer:
        new = NewProposal(who.code, post.id, 1, accepted)
        return propose(self.market, self.clerk, new, new_key())

    def accept(self, proposal_id: str, party: Party) -> ProposalAnswer:
        return accept(self.market, self.clerk, proposal_id, party, new_key())

    def decline(self, proposal_id: str, party: Party) -> ProposalAnswer:
        return decline(self.market, self.clerk, proposal_id, party, new_key())

    def apply(self, who: Somebody, post: Post) -> ApplicationAnswer:
        wish = NewApplication(who.person, post.id, ANSWERS)
        return apply_for_post(self.market, KIOSK, wish, new_key())

    def agree(self, who: Somebody, post: Post) -> ReferralAnswer:
        new = NewReferral(who.code, post.id, 1, ReferralState.AGREED)
        return record_referral(self.market, self.clerk, new, new_key())

    def holds(self, post: Post) -> tuple[HoldShown, ...]:
        return holds_of_post(self.market, post.id)

    def left(self, post: Post) -> int:
        return post_of(self.market, post.id).left

    def told(self) -> list[str]:
        return [event.type for event in events_after(self.market, 0, 100_000)]


def check_never_oversold(market: OpenMarket, post: Post) -> None:
    """The places of a post, counted from the tables themselves."""
    agreed = select(func.count()).where(
        placement.c.post_id == post.id, placement.c.state.not_in(GONE)
    )
    held = select(func.count()).where(
        proposal.c.post_id == post.id,
        proposal.c.state.in_([state.value for state in HOLDING]),
        proposal.c.expires_at > market.database.now(),
    )
    with market.database.read() as connection:
        taken = (connection.scalar(agreed) or 0) + (connection.scalar(held) or 0)
    assert taken <= post.draft.headcount
    assert post_of(market, post.id).left == post.draft.headcount - taken


def check_log_equals_tables(market: OpenMarket) -> None:
    """What the log tells of proposals, placements and referrals is what the tables hold."""
    last: dict[str, str] = {}
    referrals: Counter[str] = Counter()
    for event in events_after(market, 0, 100_000):
        entity = event.subject.partition("/")[0]
        if entity in {"proposal", "placement"} and event.body:
            last[event.subject] = str(event.body["state"])
        if event.type == "referral.declined":
            referrals["declined"] += 1
        if event.type == "placement.agreed":
            referrals["agreed"] += 1
        if event.type == "placement.withdrawn":
            referrals["agreed"] -= 1
            referrals["withdrawn"] += 1
    with market.database.read() as connection:
        rows = {
            f"{table.name}/{row.id}": row.state
            for table in (proposal, placement)
            for row in connection.execute(select(table))
        }
        kept = Counter(connection.scalars(select(referral.c.state)).all())
    assert last == rows
    assert +referrals == kept, json.dumps([referrals, kept])
