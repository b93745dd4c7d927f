"""Who wants to go to a post has a place in its order, a number, and nothing more."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from server.db.tables import application, event_log, print_job, ticket, visit, worker
from server.domain.errors import (
    ApplicantHasWork,
    ApplicantTooYoung,
    ApplicationStateForbids,
    ApplicationUnknown,
    DomainError,
    PhoneMissing,
    PostFull,
    PostNotOpen,
    PostUnknown,
)
from server.domain.kinds import (
    ApplicationState,
    CancelReason,
    DeclineReason,
    PostState,
    ReferralState,
    ServiceKind,
    TicketState,
)
from server.services.applications import (
    Application,
    ApplicationAnswer,
    NewApplication,
    applications_of_ticket,
    applied_counts,
    apply_for_post,
    withdraw_application,
)
from server.services.calls import Move, move_ticket
from server.services.cancellations import Cancellation, cancel_ticket
from server.services.log import events_after, verify_chain
from server.services.matching import ranked_for_post
from server.services.open_market import Actor, OpenMarket
from server.services.posts import Post, close_overdue_posts, end_post, post_of
from server.services.referrals import NewReferral, record_referral
from server.services.workers import Person, WorkerAnswers
from tests.people import ANSWERS, Factory, citizen_number, new_key

THREADS = 8
TELLER = Actor("test")


class Hall:
    """A kiosk at which people apply, and a desk at which they are brought to posts."""

    def __init__(self, market: OpenMarket, make: Factory) -> None:
        self.market, self.make = market, make
        self.clerk = make.staff().actor

    def apply(
        self, person: Person, post: Post, key: str | None = None, answers: WorkerAnswers = ANSWERS
    ) -> ApplicationAnswer:
        new = NewApplication(person, post.id, answers)
        return apply_for_post(self.market, TELLER, new, key or new_key())

    def withdraw(self, person: Person, post: Post, key: str | None = None) -> Application:
        return withdraw_application(self.market, TELLER, person, post.id, key or new_key())

    def talk(self, code: str, post: Post, state: ReferralState = ReferralState.AGREED) -> None:
        reason = DeclineReason.PAY if state is ReferralState.DECLINED else None
        new = NewReferral(code, post.id, 1, state, reason)
        record_referral(self.market, self.clerk, new, new_key())

    def told(self, event_type: str) -> list[dict[str, object]]:
        events = events_after(self.market, 0, 10_000)
        return [dict(e.body or {}) for e in events if e.type == event_type]


@pytest.fixture
def hall(market: OpenMarket, make: Factory) -> Hall:
    return Hall(market, make)


def count(market: OpenMarket, table: object) -> int:
    with market.database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]


def test_who_applies_gets_a_place_and_a_number_with_its_paper(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    post = make.published()
    first, second = (hall.apply(make.person(), post) for _ in range(2))
    assert [first.application.order, second.application.order] == [1, 2]
    assert [first.ticket.label, second.ticket.label] == ["A001", "A002"]
    assert None not in {first.print_job_id, second.print_job_id}
    assert post_of(market, post.id).left == post.draft.headcount


def test_who_has_a_number_keeps_it_and_nothing_is_printed(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    person = make.person()
    had = make.checked_in(person=person).ticket
    asked = hall.apply(person, make.published(), answers=WorkerAnswers())
    assert (asked.ticket.code, asked.print_job_id) == (had.code, None)
    assert (count(market, ticket), count(market, print_job)) == (1, 1)


def test_applying_again_is_the_same_place_and_no_second_event(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    person, post, key = make.person(), make.published(), new_key()
    first = hall.apply(person, post, key)
    assert hall.apply(person, post, key) == first
    hall.apply(make.person(), post)
    again = hall.apply(person, post)
    assert (again.application, again.is_new) == (first.application, False)
    assert len(hall.told("application.made")) == 2


def test_the_event_names_nobody(hall: Hall, market: OpenMarket, make: Factory) -> None:
    person = make.person("欧阳建国")
    hall.apply(person, make.published())
    [body] = hall.told("application.made")
    assert (body["state"], body["place_no"]) == ("made", 1)
    for secret in ("欧阳", person.id_no, "13812345678"):
        assert secret not in str(body)


def test_who_takes_the_wish_back_goes_to_the_end_if_they_come_again(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    post, people, key = make.published(), [make.person() for _ in range(3)], new_key()
    for person in people:
        hall.apply(person, post)
    out = hall.withdraw(people[0], post, key)
    assert (out.state, out.order) == (ApplicationState.WITHDRAWN, 0)
    assert hall.withdraw(people[0], post, key) == hall.withdraw(people[0], post) == out
    assert len(hall.told("application.withdrawn")) == 1
    assert [hall.apply(p, post).application.order for p in (people[1], people[2])] == [1, 2]
    assert hall.apply(people[0], post).application.order == 3
    assert count(market, application) == 3


def test_nobody_takes_back_what_they_never_wished(hall: Hall, make: Factory) -> None:
    post = make.published()
    hall.apply(make.person(), post)
    for stranger in (make.person(), _known(make)):
        with pytest.raises(ApplicationUnknown):
            hall.withdraw(stranger, post)


def _known(make: Factory) -> Person:
    person = make.person()
    make.checked_in(person=person)
    return person


def test_a_post_that_takes_nobody_is_refused_and_nothing_is_saved(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    full = make.published(headcount=1)
    hall.talk(make.checked_in().ticket.code, full)
    closed, withdrawn = make.published(), make.published()
    end_post(market, hall.clerk, closed.id, PostState.CLOSED, new_key())
    end_post(market, hall.clerk, withdrawn.id, PostState.WITHDRAWN, new_key())
    before = (count(market, worker), count(market, ticket), count(market, event_log))
    refusals: list[tuple[Post, type[DomainError]]] = [
        (full, PostFull),
        (closed, PostNotOpen),
        (withdrawn, PostNotOpen),
        (make.post_in_review(), PostNotOpen),
    ]
    before = (before[0], before[1], count(market, event_log))
    for post, refusal in refusals:
        with pytest.raises(refusal):
            hall.apply(make.person(), post)
    with pytest.raises(PostUnknown):
        hall.apply(make.person(), replace(full, id="nowhere"))
    assert (count(market, worker), count(market, ticket), count(market, event_log)) == before


def test_a_post_whose_time_is_over_takes_nobody(hall: Hall, make: Factory) -> None:
    post = make.published()
    make.later(hours=7)
    with pytest.raises(PostNotOpen):
        hall.apply(make.person(), post)


def test_who_has_work_on_that_day_may_apply_for_another_day_only(hall: Hall, make: Factory) -> None:
    person = make.person()
    hall.talk(make.checked_in(person=person).ticket.code, make.published())
    with pytest.raises(ApplicantHasWork):
        hall.apply(person, make.published())
    tomorrow = make.published(work_day=make.today + timedelta(days=1))
    applied = hall.apply(person, tomorrow)
    assert applied.application.order == 1
    assert applied.ticket.state is TicketState.DONE


def test_who_is_seventeen_may_not_apply_for_heavy_work(hall: Hall, make: Factory) -> None:
    young = make.person(id_no=citizen_number(5, date(2009, 3, 1)))
    with pytest.raises(ApplicantTooYoung):
        hall.apply(young, make.published(trade_id="scaffolder"))


def test_who_is_new_must_have_answered(hall: Hall, market: OpenMarket, make: Factory) -> None:
    unanswered = replace(ANSWERS, phone=None)
    with pytest.raises(PhoneMissing):
        hall.apply(make.person(), make.published(), answers=unanswered)
    assert (count(market, worker), count(market, application)) == (0, 0)


@pytest.mark.parametrize(
    ("state", "reason"),
    [(PostState.CLOSED, "post_closed"), (PostState.WITHDRAWN, "post_withdrawn")],
)
def test_a_post_that_ends_ends_its_applications(
    hall: Hall, market: OpenMarket, make: Factory, state: PostState, reason: str
) -> None:
    post, person = make.published(), make.person()
    hall.apply(person, post)
    end_post(market, hall.clerk, post.id, state, new_key())
    [body] = hall.told("application.ended")
    assert (body["state"], body["end_reason"], body["entity_version"]) == ("ended", reason, 2)
    with pytest.raises(ApplicationStateForbids):
        hall.withdraw(person, post)


def test_an_overdue_post_ends_its_applications(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    hall.apply(make.person(), make.published())
    make.later(hours=8)
    assert close_overdue_posts(market) == 1
    assert [body["end_reason"] for body in hall.told("application.ended")] == ["post_closed"]


def test_an_agreement_settles_the_worker_s_day_and_a_full_post_ends_the_others(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    post, other = make.published(headcount=1), make.published()
    later = make.published(work_day=make.today + timedelta(days=1))
    winner, second = make.person(), make.person()
    code = hall.apply(winner, post).ticket.code
    for wanted in (other, later):
        hall.apply(winner, wanted)
    hall.apply(second, post)
    hall.talk(code, post)
    assert [body["post_id"] for body in hall.told("application.agreed")] == [post.id]
    ended = {(body["post_id"], body["end_reason"]) for body in hall.told("application.ended")}
    assert ended == {(other.id, "other_work"), (post.id, "post_full")}
    assert applied_counts(market) == {later.id: 1}
    assert verify_chain(market).broken_at is None


def test_a_talk_that_came_to_nothing_ends_that_application_only(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    person, post, other = make.person(), make.published(), make.published()
    code = hall.apply(person, post).ticket.code
    hall.apply(person, other)
    hall.talk(code, post, ReferralState.DECLINED)
    assert [body["end_reason"] for body in hall.told("application.ended")] == ["declined"]
    assert [one.post_id for one in applications_of_ticket(market, code)] == [other.id]


def test_who_gives_the_number_back_is_out_of_every_order(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    person, post = make.person(), make.published()
    code = hall.apply(person, post).ticket.code
    cancel_ticket(market, TELLER, Cancellation(person, code, CancelReason.LEAVING), new_key())
    assert len(hall.told("application.withdrawn")) == 1
    again = hall.apply(person, post)
    assert (again.application.order, again.ticket.label) == (1, "A002")


def test_a_number_that_the_desk_cancels_takes_its_holder_out_and_another_service_s_does_not(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    person, post = make.person(), make.published()
    code = hall.apply(person, post).ticket.code
    other = make.checked_in(person=person, service=ServiceKind.CONSULT).ticket.code
    move_ticket(market, hall.clerk, Move(other, TicketState.CANCELLED, None), new_key())
    assert applied_counts(market) == {post.id: 1}
    move_ticket(market, hall.clerk, Move(code, TicketState.CANCELLED, None), new_key())
    assert applied_counts(market) == {}


def test_the_desk_sees_who_applied_first_in_their_order_then_who_has_the_trade(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    waiting = make.checked_in().ticket.label
    post = make.published()
    painter = make.checked_in(person=(person := make.person()), trades=("painter",)).ticket.label
    late = hall.apply(make.person(), post).ticket.label
    hall.apply(person, post)
    make.checked_in(trades=("painter",))
    seen = [(one.label, one.applied) for one in ranked_for_post(market, post.id)]
    assert seen == [(late, 1), (painter, 2), (waiting, None)]


def test_eight_kiosks_at_once_give_every_place_once(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    post, gate = make.published(headcount=1), threading.Barrier(THREADS)
    people = [make.person(id_no=citizen_number(n)) for n in range(200, 200 + THREADS)]

    def press(person: Person) -> int:
        gate.wait()
        return hall.apply(person, post).application.order

    with ThreadPoolExecutor(THREADS) as pool:
        orders = list(pool.map(press, people))
    assert sorted(orders) == list(range(1, THREADS + 1))
    assert sorted(int(str(b["place_no"])) for b in hall.told("application.made")) == sorted(orders)
    assert verify_chain(market).broken_at is None


def test_one_person_on_eight_kiosks_at_once_has_one_place_and_one_number(
    hall: Hall, market: OpenMarket, make: Factory
) -> None:
    person, post, gate = make.person(), make.published(), threading.Barrier(THREADS)

    def press(_: int) -> bool:
        gate.wait()
        return hall.apply(person, post).is_new

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(press, range(THREADS))).count(True) == 1
    assert (count(market, application), count(market, visit), count(market, ticket)) == (1, 1, 1)
