"""The posts of a worker's trades, on the screen and on paper; the records; registering only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from server.db.tables import post_list, print_job, ticket, visit, worker
from server.domain.errors import CardNeeded, NoPostsToPrint, PrivacyNoticeNotAccepted, TradesMissing
from server.domain.kinds import CaseKind, IdentityWay, PostState, PrintJobKind, ReferralState
from server.services.applications import NewApplication, apply_for_post
from server.services.cases import NewCase, open_case
from server.services.identities import Identity
from server.services.log import events_after
from server.services.open_market import Actor, OpenMarket
from server.services.papers import document_of
from server.services.posts import end_post
from server.services.print_jobs import queued_jobs
from server.services.records import Records, records_of
from server.services.referrals import NewReferral, record_referral
from server.services.registrations import register_worker
from server.services.worker_posts import MOST_POSTS, Looker, posts_for, print_posts
from server.services.workers import WorkerAnswers
from tests.people import ANSWERS, Factory, new_key

TELLER = Actor("test")


def count(market: OpenMarket, table: object) -> int:
    with market.database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]


def test_own_trades_come_first_by_day_then_trades_of_the_same_group(
    market: OpenMarket, make: Factory
) -> None:
    tomorrow = make.today + timedelta(days=1)
    make.published(trade_id="cook")
    related = make.published(trade_id="plasterer", pay_fen=500_00)
    later = make.published(work_day=tomorrow, pay_fen=400_00)
    cheap, dear = make.published(pay_fen=200_00), make.published(pay_fen=300_00)
    found = posts_for(market, Looker(make.person(), ("bricklayer",)))
    assert [one.row.no for one in found] == [dear.no, cheap.no, later.no, related.no]
    assert [one.is_exact for one in found] == [True, True, True, False]


def test_what_is_over_full_or_unpublished_is_not_offered(market: OpenMarket, make: Factory) -> None:
    clerk = make.staff().actor
    make.post_in_review()
    end_post(market, clerk, make.published().id, PostState.CLOSED, new_key())
    full = make.published(headcount=1)
    new = NewReferral(make.checked_in().ticket.code, full.id, 1, ReferralState.AGREED)
    record_referral(market, clerk, new, new_key())
    assert posts_for(market, Looker(make.person(), ("bricklayer",))) == ()


def test_a_known_worker_s_trades_are_known_and_a_stranger_s_are_asked(
    market: OpenMarket, make: Factory
) -> None:
    person, post = make.person(), make.published()
    make.checked_in(person=person)
    [one] = posts_for(market, Looker(person, None))
    assert (one.row.id, one.application) == (post.id, None)
    with pytest.raises(TradesMissing):
        posts_for(market, Looker(make.person(), None))


def test_looking_stores_nothing(market: OpenMarket, make: Factory) -> None:
    make.published()
    before = len(events_after(market, 0, 1000))
    posts_for(market, Looker(make.person(), ("bricklayer",)))
    assert len(events_after(market, 0, 1000)) == before
    assert count(market, worker) == 0


def test_an_applied_post_says_its_place(market: OpenMarket, make: Factory) -> None:
    person, post = make.person(), make.published()
    apply_for_post(market, TELLER, NewApplication(person, post.id, ANSWERS), new_key())
    [one] = posts_for(market, Looker(person, None))
    assert one.application is not None
    assert one.application.order == 1


def test_what_one_applied_for_comes_first_whatever_its_trade(
    market: OpenMarket, make: Factory
) -> None:
    person, own, cooking = make.person(), make.published(), make.published(trade_id="cook")
    apply_for_post(market, TELLER, NewApplication(person, cooking.id, ANSWERS), new_key())
    found = posts_for(market, Looker(person, None))
    assert [one.row.no for one in found] == [cooking.no, own.no]


def test_a_page_of_posts_is_printed_once_and_names_nobody(
    market: OpenMarket, make: Factory
) -> None:
    person, key = make.person("欧阳建国"), new_key()
    for _ in range(MOST_POSTS + 3):
        make.published()
    looker = Looker(person, ("bricklayer",))
    first, again = (print_posts(market, TELLER, looker, None, key) for _ in range(2))
    assert (first, first.posts) == (again, MOST_POSTS)
    [job] = queued_jobs(market, "nobody")
    document = document_of(market, job)
    assert (job.kind, len(document["posts"])) == (PrintJobKind.POST_LIST, MOST_POSTS)
    assert "欧阳" not in str(document)
    assert person.id_no not in str(document)
    assert (count(market, worker), count(market, post_list), count(market, print_job)) == (0, 1, 1)
    assert events_after(market, 0, 1000)[-1].type == "post_list.made"


def test_one_post_is_printed_with_all_that_matters(market: OpenMarket, make: Factory) -> None:
    post = make.published()
    make.published()
    looker = Looker(make.person(), ("bricklayer",))
    print_posts(market, TELLER, looker, post.id, new_key())
    [job] = queued_jobs(market, "nobody")
    [row] = document_of(market, job)["posts"]
    assert (row["no"], row["title"], row["pay"]) == (str(post.no), "瓦工", "日薪320元")
    assert (row["when"], row["meeting"]) == ("今天 7:00–18:00", "6:30 市场北门 集合")
    assert row["more"] == "管午饭 日结 不管接送 雇主提供工具"


def test_a_post_that_closed_before_the_paper_came_out_is_marked(
    market: OpenMarket, make: Factory
) -> None:
    posts = [make.published(), make.published()]
    print_posts(market, TELLER, Looker(make.person(), ("bricklayer",)), None, new_key())
    end_post(market, make.staff().actor, posts[0].id, PostState.CLOSED, new_key())
    [job] = queued_jobs(market, "nobody")
    rows = document_of(market, job)["posts"]
    assert {row["no"]: row["over"] for row in rows} == {
        str(posts[0].no): "不招了",
        str(posts[1].no): "",
    }


def test_nothing_to_print_is_refused(market: OpenMarket, make: Factory) -> None:
    looker = Looker(make.person(), ("bricklayer",))
    with pytest.raises(NoPostsToPrint):
        print_posts(market, TELLER, looker, None, new_key())
    make.published()
    with pytest.raises(NoPostsToPrint):
        print_posts(market, TELLER, looker, "another", new_key())
    assert count(market, post_list) == 0


def test_records_are_opened_by_the_card_only(market: OpenMarket, make: Factory) -> None:
    person = make.person()
    for way in (IdentityWay.ID_NO, IdentityWay.PHONE, IdentityWay.SCAN):
        with pytest.raises(CardNeeded):
            records_of(market, Identity(person, way))
    assert records_of(market, Identity(person, IdentityWay.CARD)) == Records((), 0, ())


def test_records_say_the_jobs_the_days_and_what_is_due(market: OpenMarket, make: Factory) -> None:
    person, clerk = make.person(), make.staff().actor
    code = make.checked_in(person=person).ticket.code
    new = NewReferral(code, make.published().id, 1, ReferralState.AGREED)
    placed = record_referral(market, clerk, new, new_key())
    make.later(days=1)
    make.checked_in(person=person)
    case = NewCase(person, CaseKind.WAGE_ARREARS, placed.placement_id, WorkerAnswers())
    open_case(market, TELLER, case, new_key())
    records = records_of(market, Identity(person, IdentityWay.CARD))
    [job] = records.employments
    assert (job.trade_name, job.pay, job.state.value) == ("瓦工", "日薪320元", "agreed")
    assert records.days_this_month == 2
    [due] = records.cases
    assert (due.no, due.step.value) == ("S2026-0001", "assign")
    make.later(days=10)
    assert records_of(market, Identity(person, IdentityWay.CARD)).days_this_month == 0


def test_who_only_registers_gets_no_number(market: OpenMarket, make: Factory) -> None:
    person, key = make.person(), new_key()
    answers = [register_worker(market, TELLER, person, ANSWERS, key) for _ in range(2)]
    assert [one.is_new for one in answers] == [True, True]
    assert register_worker(market, TELLER, person, WorkerAnswers(), new_key()).is_new is False
    assert (count(market, worker), count(market, visit), count(market, ticket)) == (1, 0, 0)
    assert [e.type for e in events_after(market, 0)].count("worker.registered") == 1


def test_nobody_is_registered_without_consent(market: OpenMarket, make: Factory) -> None:
    with pytest.raises(PrivacyNoticeNotAccepted):
        register_worker(market, TELLER, make.person(), WorkerAnswers(), new_key())
    assert count(market, worker) == 0
