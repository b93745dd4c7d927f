"""The life of posts: paused, expired by the clock, several days, several trades, repeated."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from server.domain.errors import (
    ApplicantHasWork,
    CertificateNotAsked,
    DomainError,
    EmployerSanctioned,
    OrderPostsInvalid,
    PayBelowMinimum,
    PostDaysInvalid,
    PostStateForbids,
    PostValidUntilPast,
    SettlementTooLate,
    WorkerAlreadyPlaced,
)
from server.domain.kinds import PostState, ReferralState, Settlement, TicketState
from server.services.applications import NewApplication, apply_for
from server.services.board import board
from server.services.employer_history import employer_history
from server.services.housekeeping import tidy_up
from server.services.log import events_after
from server.services.open_market import OpenMarket
from server.services.post_history import post_history
from server.services.post_orders import add_order, repeat_at_once
from server.services.posts import (
    end_post,
    pause_post,
    post_of,
    posts_in,
    posts_of_order,
    publish_post,
    send_back_post,
    submit_post,
)
from tests.people import CLI, Factory, new_key
