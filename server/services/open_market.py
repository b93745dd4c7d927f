"""Owns what every service works on: the open database, the seal and the public address."""

from __future__ import annotations

from dataclasses import dataclass, field

from server.db.seal import FieldSeal, read_keys
from server.db.unit_of_work import Actor, Database
from server.domain.clock import Clock
from server.services.rule_shelf import RuleShelf
from server.settings import Settings

__all__ = ["Actor", "OpenMarket", "open_market"]


@dataclass(frozen=True)
class OpenMarket:
    """One market, opened.

    public_url: address of this server as a phone in the hall sees it, without a slash at the end.
    rules: what posts are checked by, ready.
    """

    database: Database
    seal: FieldSeal
    session_key: bytes = field(repr=False)
    public_url: str
    rules: RuleShelf = field(default_factory=RuleShelf, repr=False, compare=False)

    @property
    def secret(self) -> str:
        """Return the key that signs staff sessions, as hex."""
        return self.session_key.hex()


def open_market(settings: Settings, clock: Clock) -> OpenMarket:
    """Open the market that `settings` describe.

    Reads the key file; raises SealError without it. The database opens at its first transaction.
    """
    keys = read_keys(settings.key_file)
    database = Database(settings.database_url, clock, settings.sqlite_synchronous)
    public_url = settings.public_url or f"http://127.0.0.1:{settings.port}"
    return OpenMarket(database, FieldSeal(keys), keys.session_key, public_url)
