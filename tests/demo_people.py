"""The people of the demo cards, as the server knows them."""

from __future__ import annotations

from datetime import UTC, datetime

from kiosk.agent.reader.demo_cards import demo_cards
from server.domain.clock import market_day
from server.domain.kinds import CardKind, SkillLevel
from server.domain.privacy import NOTICE_VERSION
from server.services.open_market import Actor, OpenMarket
from server.services.workers import (
    CardFields,
    Person,
    WorkerAnswers,
    find_by_number,
    person_of_card,
    save_worker,
)


def person_of_demo_card(card_id: str) -> Person:
    """The person of a demo card, as the server reads the card."""
    today = market_day(datetime.now(UTC))
    card = next(c for c in demo_cards(today) if c.card_id == card_id).content
    fields = CardFields(
        CardKind(card.card_kind), card.name, card.sex, card.birth_day, card.id_no, card.valid_until
    )
    return person_of_card(fields, today)


def register_demo_card(market: OpenMarket, actor: Actor, card_id: str) -> Person:
    """Let the person of a demo card have registered some other day."""
    person = person_of_demo_card(card_id)
    answers = WorkerAnswers(
        "13900139000", ("bricklayer",), "71", SkillLevel.NONE.value, NOTICE_VERSION
    )
    with market.database.write(actor) as tx:
        row = find_by_number(tx.connection, market.seal, person.id_no)
        save_worker(tx, market.seal, person, row, answers)
    return person
