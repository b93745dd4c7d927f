"""After the agreement: who came, who is done, who was paid, and on whose side it failed."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from server.domain.errors import (
    PeopleMissing,
    PlacementStateForbids,
    PlacementTooEarly,
    PlacementUnknown,
    RatingGiven,
    RatingUnready,
    ReasonMissing,
    SideUnfit,
)
from server.domain.kinds import CaseKind, PlacementState, PostState, ReferralState
from server.domain.placement_kinds import SIDES_OF, FellReason, Side
from server.services.calls import call_ticket
from server.services.case_views import case_file
from server.services.employer_history import employer_history
from server.services.jobs_listed import jobs_of_days, jobs_with, no_shows_of, scanned_job
from server.services.log import events_after
from server.services.open_market import Actor, OpenMarket
from server.services.placements import JobMove, Moved, move_placements, report_unpaid
from server.services.posts import Post, post_of
from server.services.print_jobs import queued_jobs
from server.services.ratings import Rating, is_rated, rate_job
from server.services.referrals import AgreedSlip, NewReferral, record_referral
from tests.people import Factory, new_key

STATES = PlacementState
PHONE = Actor("phone")
CAME = (STATES.ON_SITE, STATES.COMPLETED, STATES.SETTLED)


class Jobs:
    """A desk that agrees jobs and hears how they go."""

    def __init__(self, market: OpenMarket, make: Factory) -> None:
        self.market, self.make = market, make
        self.clerk = make.staff("window").actor

    def agreed(self, post: Post) -> AgreedSlip:
        code = self.make.checked_in().ticket.code
        call_ticket(self.market, self.clerk, code, 1, new_key())
        new = NewReferral(code, post.id, 1, ReferralState.AGREED)
        return record_referral(self.market, self.clerk, new, new_key()).slips[0]

    def move(self, state: PlacementState, *ids: str, actor: Actor | None = None) -> Moved:
        return move_placements(self.market, actor or self.clerk, JobMove(ids, state), new_key())

    def reach(self, slip: AgreedSlip, state: PlacementState) -> None:
        for step in CAME[: CAME.index(state) + 1]:
            self.move(step, slip.placement_id)

    def fell(self, reason: FellReason, side: Side, *ids: str) -> Moved:
        wish = JobMove(ids, STATES.FELL_THROUGH, reason, side)
        return move_placements(self.market, self.clerk, wish, new_key())

    def no_show(self, slip: AgreedSlip) -> Moved:
        return self.fell(FellReason.WORKER_NO_SHOW, Side.WORKER, slip.placement_id)

    def state(self, slip: AgreedSlip) -> PlacementState:
        return jobs_with(self.market, slip.placement_id).people[0].state


@pytest.fixture
def jobs(market: OpenMarket, make: Factory) -> Jobs:
    return Jobs(market, make)


def told(market: OpenMarket) -> list[str]:
    return [event.type for event in events_after(market, 0, 1000)]


def test_a_job_goes_on_site_is_completed_and_settled_each_told_once(
    market: OpenMarket, make: Factory, jobs: Jobs
) -> None:
    slip = jobs.agreed(make.published())
    jobs.reach(slip, STATES.SETTLED)
    steps = [name for name in told(market) if name.startswith("placement.")]
    assert steps == [
        "placement.agreed",
        "placement.on_site",
        "placement.completed",
        "placement.settled",
    ]


def test_everybody_of_a_post_came_with_one_press_and_a_second_press_changes_nothing(
    make: Factory, jobs: Jobs
) -> None:
    post = make.published()
    ids = tuple(jobs.agreed(post).placement_id for _ in range(3))
    assert set(jobs.move(STATES.ON_SITE, *ids).placement_ids) == set(ids)
    assert jobs.move(STATES.ON_SITE, *ids).placement_ids == ()


def test_the_same_key_moves_once(market: OpenMarket, make: Factory, jobs: Jobs) -> None:
    slip, key = jobs.agreed(make.published()), new_key()
    move = JobMove((slip.placement_id,), STATES.ON_SITE)
    first = move_placements(market, jobs.clerk, move, key)
    assert move_placements(market, jobs.clerk, move, key) == first
    assert told(market).count("placement.on_site") == 1


@pytest.mark.parametrize(
    ("reached", "wanted"),
    [
        (None, STATES.COMPLETED),
        (None, STATES.SETTLED),
        (STATES.ON_SITE, STATES.SETTLED),
        (STATES.COMPLETED, STATES.ON_SITE),
        (STATES.SETTLED, STATES.COMPLETED),
    ],
)
def test_a_step_that_leaves_one_out_or_goes_back_is_refused(
    make: Factory, jobs: Jobs, reached: PlacementState | None, wanted: PlacementState
) -> None:
    slip = jobs.agreed(make.published())
    if reached is not None:
        jobs.reach(slip, reached)
    before = jobs.state(slip)
    with pytest.raises(PlacementStateForbids):
        jobs.move(wanted, slip.placement_id)
    assert jobs.state(slip) is before


def test_one_of_many_who_may_not_move_holds_all_back(make: Factory, jobs: Jobs) -> None:
    post = make.published()
    first, second = jobs.agreed(post), jobs.agreed(post)
    jobs.no_show(first)
    with pytest.raises(PlacementStateForbids):
        jobs.move(STATES.ON_SITE, first.placement_id, second.placement_id)
    assert jobs.state(second) is STATES.AGREED


def test_nobody_and_strangers_are_refused(jobs: Jobs) -> None:
    with pytest.raises(PeopleMissing):
        jobs.move(STATES.ON_SITE)
    with pytest.raises(PlacementUnknown):
        jobs.move(STATES.ON_SITE, "no-such-placement")


def test_nobody_is_on_site_before_the_day(make: Factory, jobs: Jobs) -> None:
    tomorrow = make.published(work_day=make.today + timedelta(days=1))
    slip = jobs.agreed(tomorrow)
    with pytest.raises(PlacementTooEarly):
        jobs.move(STATES.ON_SITE, slip.placement_id)
    jobs.fell(FellReason.EMPLOYER_CANCELLED, Side.EMPLOYER, slip.placement_id)
    assert jobs.state(slip) is STATES.FELL_THROUGH


@pytest.mark.parametrize(("reason", "side"), list(product(FellReason, Side)))
def test_each_reason_fits_its_sides_only(
    make: Factory, jobs: Jobs, reason: FellReason, side: Side
) -> None:
    slip = jobs.agreed(make.published())
    if side in SIDES_OF[reason]:
        jobs.fell(reason, side, slip.placement_id)
        line = jobs_with(jobs.market, slip.placement_id).people[0]
        assert (line.reason, line.side) == (reason, side)
    else:
        with pytest.raises(SideUnfit):
            jobs.fell(reason, side, slip.placement_id)


def test_a_reason_is_asked_for(make: Factory, jobs: Jobs) -> None:
    slip = jobs.agreed(make.published())
    with pytest.raises(ReasonMissing):
        jobs.move(STATES.FELL_THROUGH, slip.placement_id)


def test_the_place_of_who_did_not_go_is_free_again(
    market: OpenMarket, make: Factory, jobs: Jobs
) -> None:
    post = make.published(headcount=1)
    slip = jobs.agreed(post)
    assert post_of(market, post.id).state is PostState.FULL
    jobs.no_show(slip)
    after = post_of(market, post.id)
    assert (after.state, after.left) == (PostState.OPEN, 1)
    jobs.agreed(post)
    assert post_of(market, post.id).state is PostState.FULL


def test_what_the_employer_cancelled_is_not_offered_again(
    market: OpenMarket, make: Factory, jobs: Jobs
) -> None:
    post = make.published(headcount=1)
    slip = jobs.agreed(post)
    jobs.fell(FellReason.EMPLOYER_CANCELLED, Side.EMPLOYER, slip.placement_id)
    assert post_of(market, post.id).state is PostState.FULL


def test_whose_job_fell_through_may_take_another_of_the_day(
    market: OpenMarket, make: Factory, jobs: Jobs
) -> None:
    day = make.today + timedelta(days=1)
    person, post, other = make.person(), make.published(work_day=day), make.published(work_day=day)
    code = make.checked_in(person=person).ticket.code
    call_ticket(market, jobs.clerk, code, 1, new_key())
    new = NewReferral(code, post.id, 1, ReferralState.AGREED)
    slip = record_referral(market, jobs.clerk, new, new_key()).slips[0]
    jobs.fell(FellReason.EMPLOYER_CANCELLED, Side.EMPLOYER, slip.placement_id)
    make.later(days=1)
    code = make.checked_in(person=person).ticket.code
    call_ticket(market, jobs.clerk, code, 1, new_key())
    new = NewReferral(code, other.id, 1, ReferralState.AGREED)
    assert record_referral(market, jobs.clerk, new, new_key()).slips


def test_no_shows_count_against_the_worker_for_ninety_days_and_only_theirs(
    market: OpenMarket, make: Factory, jobs: Jobs
) -> None:
    slip, cancelled = jobs.agreed(make.published()), jobs.agreed(make.published())
    jobs.no_show(slip)
    jobs.fell(FellReason.EMPLOYER_CANCELLED, Side.EMPLOYER, cancelled.placement_id)
    assert no_shows_of(market, slip.worker_id) == 1
    assert no_shows_of(market, cancelled.worker_id) == 0
    make.later(days=90)
    assert no_shows_of(market, slip.worker_id) == 0


def test_the_employer_s_history_tells_the_sides_apart(
    market: OpenMarket, make: Factory, jobs: Jobs
) -> None:
    employer = make.employer()
    post = make.published(employer_id=employer.id)
    gone, cancelled, unpaid, silent = (jobs.agreed(post) for _ in range(4))
    jobs.no_show(gone)
    jobs.fell(FellReason.EMPLOYER_CANCELLED, Side.EMPLOYER, cancelled.placement_id)
    jobs.reach(unpaid, STATES.COMPLETED)
    report_unpaid(market, jobs.clerk, unpaid.placement_id, new_key())
    make.later(days=2)
    history = employer_history(market, employer.id)
    assert (history.no_shows, history.cancelled, history.unpaid) == (1, 1, 1)
    assert jobs.state(silent) is STATES.AGREED
    jobs.move(STATES.SETTLED, unpaid.placement_id)
    assert employer_history(market, employer.id).unpaid == 0


def test_a_wage_that_was_not_paid_opens_one_case_with_the_slip_as_evidence(
    market: OpenMarket, make: Factory, jobs: Jobs
) -> None:
    post = make.published()
    slip = jobs.agreed(post)
    jobs.reach(slip, STATES.COMPLETED)
    opened = report_unpaid(market, PHONE, slip.placement_id, new_key())
    again = report_unpaid(market, PHONE, slip.placement_id, new_key())
    assert (opened.is_new, again.is_new) == (True, False)
    assert opened.case.no == again.case.no
    shown = case_file(market, opened.case.no)
    assert shown.row.case.kind is CaseKind.WAGE_ARREARS
    assert shown.evidence is not None
    assert shown.evidence.post_id == post.id
    assert told(market).count("placement.unpaid") == 1


def test_a_phone_prints_no_receipt_and_the_desk_does(
    market: OpenMarket, make: Factory, jobs: Jobs
) -> None:
    slip = jobs.agreed(make.published())
    jobs.reach(slip, STATES.COMPLETED)
    before = len(queued_jobs(market, "any"))
    assert report_unpaid(market, PHONE, slip.placement_id, new_key()).print_job_id is None
    assert len(queued_jobs(market, "any")) == before
    assert report_unpaid(market, jobs.clerk, slip.placement_id, new_key()).print_job_id


def test_nobody_reports_a_wage_of_work_that_is_not_done(make: Factory, jobs: Jobs) -> None:
    slip = jobs.agreed(make.published())
    with pytest.raises(PlacementStateForbids):
        report_unpaid(jobs.market, PHONE, slip.placement_id, new_key())


def test_a_worker_rates_a_done_job_once_and_the_employer_sees_numbers(
    market: OpenMarket, make: Factory, jobs: Jobs
) -> None:
    employer = make.employer()
    slip = jobs.agreed(make.published(employer_id=employer.id))
    rating = Rating(slip.placement_id, pays_reliably=True, is_as_described=False)
    with pytest.raises(RatingUnready):
        rate_job(market, PHONE, rating, new_key())
    jobs.reach(slip, STATES.COMPLETED)
    rate_job(market, PHONE, rating, new_key())
    with pytest.raises(RatingGiven):
        rate_job(market, PHONE, rating, new_key())
    with pytest.raises(PlacementUnknown):
        rate_job(market, PHONE, Rating("none", pays_reliably=True, is_as_described=True), new_key())
    assert is_rated(market, slip.placement_id)
    history = employer_history(market, employer.id)
    assert (history.ratings, history.reliable, history.as_described) == (1, 1, 0)


def test_the_list_has_today_first_then_what_is_left_over_then_what_comes(
    market: OpenMarket, make: Factory, jobs: Jobs
) -> None:
    old, done = make.published(), make.published()
    left_over, over = jobs.agreed(old), jobs.agreed(done)
    jobs.reach(over, STATES.SETTLED)
    make.later(days=1)
    today = make.published()
    tomorrow = make.published(work_day=make.today + timedelta(days=1))
    for post in (tomorrow, today):
        jobs.agreed(post)
    shown = [one.post_id for one in jobs_of_days(market)]
    assert shown == [today.id, old.id, tomorrow.id]
    assert jobs.state(left_over) is STATES.AGREED


def test_the_code_of_a_slip_finds_its_job(market: OpenMarket, make: Factory, jobs: Jobs) -> None:
    slip = jobs.agreed(make.published())
    address = f"HTTP://10.0.0.5:8000/T/{slip.slip_code}"
    assert scanned_job(market, address) == slip.placement_id
