"""Owns what happens by itself: overdue posts close, old signals and old answers go."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from sqlalchemy import delete, select

from server.db.tables import answered_request
from server.services.employer_lookup import index_new_employers
from server.services.lottery import keep_draws
from server.services.missed import end_missed
from server.services.open_market import Actor, OpenMarket
from server.services.posts import close_overdue_posts
from server.services.sanctions import pause_posts_of_sanctioned
from server.services.signals import forget_old_signals
from server.services.waiting_list import lapse_proposals

log = logging.getLogger(__name__)

PERIOD_S = 15.0
# A phone or a screen repeats a request within minutes; a day is generous.
ANSWER_LIFE = timedelta(days=2)


def keep_house(market: OpenMarket, stop: threading.Event | None = None) -> None:
    """Tidy up every PERIOD_S seconds until `stop` is set; runs in a thread of its own."""
    waiting = stop or threading.Event()
    while not waiting.wait(PERIOD_S):
        try:
            tidy_up(market)
        except Exception:
            log.exception("housekeeping failed")


def tidy_up(market: OpenMarket) -> None:
    """Close overdue posts, pause those of sanctioned employers, end numbers missed too long.

    Places held too long go to the next. Forgets what has had its time. Records post.closed,
    post.paused, ticket.cancelled and proposal.lapsed for each.
    """
    closed = close_overdue_posts(market)
    if closed:
        log.info("closed %s overdue posts", closed)
    paused = pause_posts_of_sanctioned(market)
    if paused:
        log.info("paused %s posts of sanctioned employers", paused)
    index_new_employers(market)
    keep_draws(market)
    ended = end_missed(market)
    if ended:
        log.info("ended %s missed tickets", ended)
    lapsed = lapse_proposals(market)
    if lapsed:
        log.info("%s held places lapsed", lapsed)
    forget_old_signals(market)
    _forget_old_answers(market)


def _forget_old_answers(market: OpenMarket) -> None:
    limit = market.database.now() - ANSWER_LIFE
    old = answered_request.c.created_at < limit
    with market.database.read() as connection:
        if (
            connection.scalar(select(answered_request.c.idempotency_key).where(old).limit(1))
            is None
        ):
            return
    with market.database.write(Actor("server")) as tx:
        tx.connection.execute(delete(answered_request).where(old))
