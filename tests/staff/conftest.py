"""A clerk's browser: it reads the page, fills its forms and sends them with what the page drew."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.services.open_market import OpenMarket
from tests.people import Factory, new_key

TAGS = re.compile(r"<[^>]+>")


def seen(answer: TestResponse) -> str:
    """What a person reads of a page."""
    return html.unescape(" ".join(TAGS.sub(" ", answer.get_data(as_text=True)).split()))


@dataclass
class Clerk:
    """A signed-in browser at a window."""

    client: FlaskClient
    token: str = field(default="", repr=False)

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def read(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, seen(answer)
        return answer.get_data(as_text=True)

    def send(self, path: str, key: str | None = None, **fields: str | list[str]) -> TestResponse:
        """Send a form of the site with a fresh key, or with the one given."""
        if not self.token:
            self.token = token_of(self.read("/staff/"))
        stamp = {"csrf_token": self.token, "key": new_key() if key is None else key}
        return self.client.post(path, data={**stamp, **fields})


def token_of(page: str) -> str:
    """The cross-site token that a page was drawn with."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.fixture
def clerk(signed_in_client: FlaskClient) -> Clerk:
    """A clerk who has not chosen a window."""
    return Clerk(signed_in_client)


@pytest.fixture
def at_desk(clerk: Clerk) -> Clerk:
    """A clerk at window 2."""
    assert clerk.send("/staff/desks", desk_no="2").status_code == 303
    return clerk


@pytest.fixture
def typed(make: Factory) -> dict[str, str]:
    """A post as a clerk types it, for today at half past seven."""
    return {
        "employer_id": make.employer().id,
        "trade_id": "bricklayer",
        "headcount": "10",
        "pay": "180",
        "pay_unit": "day",
        "settlement": "daily",
        "work_day": make.today.isoformat(),
        "start_time": "7:30",
        "end_time": "18:00",
        "place": "开发区3号工地",
        "meeting_point": "北门",
        "meeting_time": "6:30",
        "has_lunch": "on",
        "transport": "both",
        "tools": "supplied",
        "requirements": "",
        "valid_until": "",
    }


def ticket_codes(market: OpenMarket, make: Factory, count: int) -> list[str]:
    """The codes of that many people who came one after another."""
    codes = []
    for _ in range(count):
        codes.append(make.checked_in().ticket.code)
        make.later(seconds=30)
    return codes
