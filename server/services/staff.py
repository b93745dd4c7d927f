"""Owns staff: who may sign in, and who did."""

from __future__ import annotations

from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import insert, select, update

from server.db.tables import staff
from server.db.unit_of_work import Event
from server.domain.errors import PasswordTooWeak, SignInFailed, StaffExists
from server.domain.kinds import StaffRole
from server.services.open_market import Actor, OpenMarket

MIN_PASSWORD_LENGTH = 10
# Verified when the name is unknown, so that a wrong name takes as long as a wrong password.
_NOBODYS_HASH = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


@dataclass(frozen=True)
class StaffMember:
    """Somebody who works at the market."""

    id: str
    username: str
    display_name: str
    role: StaffRole

    @property
    def actor(self) -> Actor:
        """Return who this person is in the event log."""
        return Actor(f"staff:{self.id}")


@dataclass(frozen=True)
class NewStaff:
    """An account to be made; the password is kept as an Argon2id hash only."""

    username: str
    display_name: str
    role: StaffRole
    password: str = field(repr=False)


def add_staff(market: OpenMarket, actor: Actor, new: NewStaff) -> StaffMember:
    """Add an account. Raises PasswordTooWeak, StaffExists. Records staff.added."""
    if len(new.password) < MIN_PASSWORD_LENGTH or new.password.lower() == new.username.lower():
        raise PasswordTooWeak(minimum=MIN_PASSWORD_LENGTH)
    password_hash = PasswordHasher().hash(new.password)
    with market.database.write(actor) as tx:
        known = tx.connection.scalar(select(staff.c.id).where(staff.c.username == new.username))
        if known is not None:
            raise StaffExists
        values = {
            "id": tx.new_id(),
            "username": new.username,
            "display_name": new.display_name,
            "role": new.role.value,
            "is_active": True,
            "created_at": tx.now,
        }
        tx.connection.execute(insert(staff), {**values, "password_hash": password_hash})
        tx.record(Event("staff.added", f"staff/{values['id']}", 1, values))
    return StaffMember(str(values["id"]), new.username, new.display_name, new.role)


def set_password(market: OpenMarket, actor: Actor, username: str, password: str) -> None:
    """Replace a password. Raises PasswordTooWeak, SignInFailed if the account is unknown.

    Records staff.password_changed.
    """
    if len(password) < MIN_PASSWORD_LENGTH:
        raise PasswordTooWeak(minimum=MIN_PASSWORD_LENGTH)
    password_hash = PasswordHasher().hash(password)
    with market.database.write(actor) as tx:
        found = tx.connection.execute(select(staff).where(staff.c.username == username)).first()
        if found is None:
            raise SignInFailed
        tx.connection.execute(
            update(staff).where(staff.c.id == found.id), {"password_hash": password_hash}
        )
        tx.record(Event("staff.password_changed", f"staff/{found.id}", 1, {"id": found.id}))


def sign_in(market: OpenMarket, username: str, password: str) -> StaffMember:
    """Return the member of staff with that name and password.

    Raises SignInFailed, in the same time whether the name or the password is wrong.
    Records staff.signed_in.
    """
    with market.database.read() as connection:
        row = connection.execute(
            select(staff).where(staff.c.username == username, staff.c.is_active)
        ).first()
    try:
        PasswordHasher().verify(_NOBODYS_HASH if row is None else row.password_hash, password)
    except VerificationError as error:
        raise SignInFailed from error
    if row is None:
        raise SignInFailed
    member = StaffMember(row.id, row.username, row.display_name, StaffRole(row.role))
    with market.database.write(member.actor) as tx:
        tx.record(Event("staff.signed_in", f"staff/{row.id}", 1, {"id": row.id}))
    return member


def staff_member(market: OpenMarket, staff_id: str) -> StaffMember | None:
    """Return an active member of staff, or None."""
    with market.database.read() as connection:
        row = connection.execute(
            select(staff).where(staff.c.id == staff_id, staff.c.is_active)
        ).first()
    return (
        None
        if row is None
        else StaffMember(row.id, row.username, row.display_name, StaffRole(row.role))
    )


def active_staff(market: OpenMarket) -> tuple[StaffMember, ...]:
    """Return everybody who may sign in, in the order of their names."""
    statement = select(staff).where(staff.c.is_active).order_by(staff.c.display_name, staff.c.id)
    with market.database.read() as connection:
        return tuple(
            StaffMember(row.id, row.username, row.display_name, StaffRole(row.role))
            for row in connection.execute(statement)
        )
