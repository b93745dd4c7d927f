"""Owns invitations: a code by which an employer fills in posts for the desk to review."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from server.db.invitation_tables import invitation, invited_post
from server.db.tables import employer, post
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.errors import (
    InvitationFull,
    InvitationOver,
    InvitationUnknown,
    PostUnknown,
    TicketUnknown,
)
from server.domain.kinds import PostState
from server.domain.posts import PostDraft
from server.domain.tickets import clean_ticket_code, new_ticket_code
from server.services.check_in import CODE_BYTES
from server.services.employer_facts import kept_employer
from server.services.open_market import OpenMarket
from server.services.post_rows import POSTS, Post, post_of_row
from server.services.posts import check_may_post, insert_post, mend_in, submit_in

# Long enough to fill in some posts, too short to be found in a pocket the next morning.
INVITATION_LASTS = timedelta(minutes=60)
MOST_POSTS = 10


@dataclass(frozen=True)
class Invitation:
    """An employer's way to the form. code: in its address; employer_name: as on the board."""

    id: str
    code: str = field(repr=False)
    employer_id: str
    employer_name: str
    expires_at: datetime
    posts: int


def invite_employer(market: OpenMarket, staff: Actor, employer_id: str, key: str) -> Invitation:
    """Make an invitation for INVITATION_LASTS; one that the employer has already ends.

    Raises EmployerUnknown, EmployerBlacklisted, EmployerSanctioned. Records employer.invited, and
    employer.invitation_ended for the earlier one.
    """
    with market.database.write(staff) as tx:
        asked = Asked(key, "invite_employer", employer_id)
        made = tx.once(asked, str, lambda: _invite(tx, employer_id))
        return _of_row(tx.connection.execute(_INVITATIONS.where(invitation.c.id == made)).one())


def _invite(tx: Transaction, employer_id: str) -> str:
    kept_id = check_may_post(tx, employer_id)
    for earlier in tx.connection.execute(_open(tx.now, kept_id)).all():
        _end(tx, earlier)
    row: dict[str, Any] = {
        "id": tx.new_id(),
        "employer_id": kept_id,
        "staff_id": tx.actor.staff_id,
        "expires_at": tx.now + INVITATION_LASTS,
        "ended_at": None,
        "entity_version": 1,
        "created_at": tx.now,
    }
    code = new_ticket_code(os.urandom(CODE_BYTES))
    tx.connection.execute(insert(invitation), {**row, "code": code})
    # The code opens the form to whoever has it, so the log does not.
    tx.record(Event("employer.invited", f"invitation/{row['id']}", 1, row))
    return str(row["id"])


def _open(now: datetime, employer_id: str) -> Select[Any]:
    return _INVITATIONS.where(
        invitation.c.employer_id == employer_id,
        invitation.c.ended_at.is_(None),
        invitation.c.expires_at > now,
    )


def open_invitation(market: OpenMarket, employer_id: str) -> Invitation | None:
    """Return the invitation that an employer has now, if any."""
    now = market.database.now()
    with market.database.read() as connection:
        kept_id = kept_employer(connection, employer_id)
        row = connection.execute(_open(now, kept_id)).first()
    return None if row is None else _of_row(row)


def end_invitation(market: OpenMarket, staff: Actor, employer_id: str, key: str) -> str:
    """End the invitation that an employer has and return its id.

    Raises InvitationOver if there is none. Records employer.invitation_ended.
    """
    with market.database.write(staff) as tx:
        asked = Asked(key, "end_invitation", employer_id)
        return tx.once(asked, str, lambda: _end_open(tx, employer_id))


def _end_open(tx: Transaction, employer_id: str) -> str:
    row = tx.connection.execute(_open(tx.now, kept_employer(tx.connection, employer_id))).first()
    if row is None:
        raise InvitationOver
    _end(tx, row)
    return str(row.id)


def _end(tx: Transaction, row: Row[Any]) -> None:
    changes = {"ended_at": tx.now, "entity_version": row.entity_version + 1}
    tx.connection.execute(update(invitation).where(invitation.c.id == row.id), changes)
    after = {name: getattr(row, name) for name in invitation.c.keys() if name != "code"}  # noqa: SIM118 - a ColumnCollection
    subject = f"invitation/{row.id}"
    tx.record(
        Event("employer.invitation_ended", subject, row.entity_version + 1, {**after, **changes})
    )


def invitation_of(market: OpenMarket, code: str) -> Invitation:
    """Return the invitation of a code. Raises InvitationUnknown, InvitationOver."""
    with market.database.read() as connection:
        return _of_row(_valid(connection, code, market.database.now()))


def _valid(connection: Connection, code: str, now: datetime) -> Row[Any]:
    try:
        clean = clean_ticket_code(code)
    except TicketUnknown as error:
        raise InvitationUnknown from error
    row = connection.execute(_INVITATIONS.where(invitation.c.code == clean)).first()
    if row is None:
        raise InvitationUnknown
    if row.ended_at is not None or row.expires_at <= now:
        raise InvitationOver
    return row


@dataclass(frozen=True)
class Offer:
    """What an employer sends by the code of an invitation. post_id: of the post that is mended."""

    code: str = field(repr=False)
    draft: PostDraft
    post_id: str = ""


def offer_post(market: OpenMarket, offer: Offer, key: str) -> Post:
    """Put a post that the employer filled in into review, or mend one that is not published yet.

    It is the invited employer's, whatever the draft says. Raises InvitationUnknown,
    InvitationOver, InvitationFull, PostUnknown for a post that came another way,
    PostStateForbids, and what `add_post` raises. Records post.submitted, post.changed.
    """
    with market.database.read() as connection:
        asking = _valid(connection, offer.code, market.database.now())
    draft = replace(offer.draft, employer_id=asking.employer_id)
    asked = Asked(key, "offer_post", [asking.id, offer.post_id, asdict(draft)])
    with market.database.write(Actor(f"invitation:{asking.id}")) as tx:

        def once() -> str:
            row = _valid(tx.connection, offer.code, tx.now)
            if offer.post_id:
                return _mend(tx, market, row.id, replace(offer, draft=draft))
            return _offer(tx, market, row, draft)

        return _offered(tx.connection, asking.id, tx.once(asked, str, once), tx.now)


def _mend(tx: Transaction, market: OpenMarket, invitation_id: str, offer: Offer) -> str:
    before = _offered(tx.connection, invitation_id, offer.post_id, tx.now)
    mend_in(tx, market, before.id, offer.draft)
    # One that was sent back waits for the desk again.
    return submit_in(tx, market, before.id) if before.state is PostState.DRAFT else before.id


def _offer(tx: Transaction, market: OpenMarket, row: Row[Any], draft: PostDraft) -> str:
    if row.posts >= MOST_POSTS:
        raise InvitationFull(maximum=MOST_POSTS)
    made = insert_post(tx, market, draft)
    link = {"post_id": made, "invitation_id": row.id}
    tx.connection.execute(insert(invited_post), link)
    return made


def offered_post(market: OpenMarket, code: str, post_id: str) -> Post:
    """Return one post of an invitation. Raises InvitationUnknown, InvitationOver, PostUnknown."""
    now = market.database.now()
    with market.database.read() as connection:
        return _offered(connection, _valid(connection, code, now).id, post_id, now)


def offered_posts(market: OpenMarket, code: str) -> tuple[Post, ...]:
    """Return the posts of an invitation, latest first. Raises InvitationUnknown, InvitationOver."""
    now = market.database.now()
    with market.database.read() as connection:
        row = _valid(connection, code, now)
        found = _offers(row.id).order_by(post.c.no.desc())
        return tuple(post_of_row(one, now) for one in connection.execute(found))


def _offers(invitation_id: str) -> Select[Any]:
    own = select(invited_post.c.post_id).where(invited_post.c.invitation_id == invitation_id)
    return POSTS.where(post.c.id.in_(own))


def _offered(connection: Connection, invitation_id: str, post_id: str, now: datetime) -> Post:
    row = connection.execute(_offers(invitation_id).where(post.c.id == post_id)).first()
    if row is None:
        raise PostUnknown
    return post_of_row(row, now)


def came_by_invitation(market: OpenMarket, post_id: str) -> bool:
    """Tell whether the employer filled in a post."""
    own = select(invited_post.c.post_id).where(invited_post.c.post_id == post_id)
    with market.database.read() as connection:
        return connection.scalar(own) is not None


_COUNT = (
    select(func.count())
    .where(invited_post.c.invitation_id == invitation.c.id)
    .correlate(invitation)
    .scalar_subquery()
)
_INVITATIONS: Select[Any] = select(
    invitation, employer.c.public_name, _COUNT.label("posts")
).join_from(invitation, employer, employer.c.id == invitation.c.employer_id)


def _of_row(row: Row[Any]) -> Invitation:
    return Invitation(row.id, row.code, row.employer_id, row.public_name, row.expires_at, row.posts)
