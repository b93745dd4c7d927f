"""Owns the desk's part of the API: sign-in, employers, posts, calls and referrals."""

from __future__ import annotations

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from server.api.blueprint import NOBODY, STAFF, answer, make_blueprint
from server.api.describe import post_answer, ticket_answer
from server.api.schemas.common import CodePath, IdPath, Nothing
from server.api.schemas.desk import (
    CallAnswer,
    CallRequest,
    DeskRequest,
    EmployerAnswer,
    EmployerRequest,
    EmployersAnswer,
    MoveRequest,
    PeopleAnswer,
    PersonAnswer,
    PostAnswer,
    PostRequest,
    PostsAnswer,
    PublishRequest,
    QueueAnswer,
    QueueEntry,
    ReferralAnswer,
    ReferralRequest,
    SignInRequest,
    StaffAnswer,
    StatesQuery,
    WaitingAnswer,
    WaitingList,
)
from server.domain.errors import PostStateForbids
from server.domain.kinds import PostState
from server.domain.posts import PostDraft
from server.services.calls import Move, NamedCall, call_named, call_next, move_ticket, recall
from server.services.employers import NewEmployer, employers, register_employer
from server.services.matching import ranked_for_post
from server.services.posts import add_post, change_post, end_post, post_of, posts_in, publish_post
from server.services.posts import repeat_post as repeat
from server.services.referrals import NewReferral, record_referral
from server.services.staff import sign_in
from server.services.tickets import QueuedTicket, people_on, queue_today, ticket_view
from server.web.auth import end_session, needs_staff, open_to_all, start_session, this_staff
from server.web.context import idempotency_key, market
from server.web.limits import limit_sign_ins

api: APIBlueprint = make_blueprint("desk", "The service desk: employers, posts, calls, referrals")

DESK_STATES = (PostState.IN_REVIEW, PostState.OPEN, PostState.FULL)


@api.post("/session", responses={"201": StaffAnswer}, security=NOBODY)
@open_to_all
@limit_sign_ins
def add_session(body: SignInRequest) -> Response:
    """Sign a member of staff in; the session is an HttpOnly cookie."""
    member = sign_in(market(), body.username, body.password)
    start_session(member)
    return answer(StaffAnswer.model_validate(member), 201)


@api.delete("/session", responses={"200": Nothing}, security=STAFF)
@needs_staff()
def delete_session() -> Response:
    """Sign out."""
    end_session()
    return answer(Nothing())


@api.get("/employers", responses={"200": EmployersAnswer}, security=STAFF)
@needs_staff()
def get_employers() -> Response:
    """Return the employers, latest first."""
    found = [EmployerAnswer.model_validate(e) for e in employers(market())]
    return answer(EmployersAnswer(employers=found))


@api.post("/employers", responses={"201": EmployerAnswer}, security=STAFF)
@needs_staff()
def add_employer(body: EmployerRequest) -> Response:
    """Register a unit with its credit code, or a household with a person's number."""
    new = NewEmployer(**body.model_dump())
    made = register_employer(market(), this_staff().actor, new, idempotency_key())
    return answer(EmployerAnswer.model_validate(made), 201)


@api.get("/posts", responses={"200": PostsAnswer}, security=STAFF)
@needs_staff()
def get_posts(query: StatesQuery) -> Response:
    """Return posts, latest first."""
    names = [name for name in query.states.split(",") if name]
    unknown = [name for name in names if name not in set(PostState)]
    if unknown:
        raise PostStateForbids(state=unknown[0][:20])
    states = tuple(PostState(name) for name in names) or DESK_STATES
    return answer(PostsAnswer(posts=[post_answer(p) for p in posts_in(market(), states)]))


@api.post("/posts", responses={"201": PostAnswer}, security=STAFF)
@needs_staff()
def create_post(body: PostRequest) -> Response:
    """Add a post and put it in review."""
    draft = PostDraft(**body.model_dump())
    made = add_post(market(), this_staff().actor, draft, idempotency_key())
    return answer(post_answer(made), 201)


@api.get("/posts/<string:id>", responses={"200": PostAnswer}, security=STAFF)
@needs_staff()
def get_post(path: IdPath) -> Response:
    """Return one post."""
    return answer(post_answer(post_of(market(), path.id)))


@api.put("/posts/<string:id>", responses={"200": PostAnswer}, security=STAFF)
@needs_staff()
def put_post(path: IdPath, body: PostRequest) -> Response:
    """Change a post that is not yet published."""
    draft = PostDraft(**body.model_dump())
    changed = change_post(market(), this_staff().actor, path.id, draft, idempotency_key())
    return answer(post_answer(changed))


@api.post("/posts/<string:id>/publish", responses={"200": PostAnswer}, security=STAFF)
@needs_staff()
def publish(path: IdPath, body: PublishRequest) -> Response:
    """Publish a reviewed post: it goes to the board."""
    actor, reason = this_staff().actor, body.review_reason
    published = publish_post(market(), actor, path.id, idempotency_key(), reason)
    return answer(post_answer(published))


@api.post("/posts/<string:id>/close", responses={"200": PostAnswer}, security=STAFF)
@needs_staff()
def close(path: IdPath, body: Nothing) -> Response:
    """Close a post: it leaves the board."""
    return _end(path.id, PostState.CLOSED)


@api.post("/posts/<string:id>/withdraw", responses={"200": PostAnswer}, security=STAFF)
@needs_staff()
def withdraw(path: IdPath, body: Nothing) -> Response:
    """Withdraw a post for good."""
    return _end(path.id, PostState.WITHDRAWN)


def _end(post_id: str, state: PostState) -> Response:
    ended = end_post(market(), this_staff().actor, post_id, state, idempotency_key())
    return answer(post_answer(ended))


@api.post("/posts/<string:id>/repeat", responses={"201": PostAnswer}, security=STAFF)
@needs_staff()
def repeat_post(path: IdPath, body: Nothing) -> Response:
    """Post yesterday's post again for today, in review."""
    again = repeat(market(), this_staff().actor, path.id, idempotency_key())
    return answer(post_answer(again), 201)


@api.get("/posts/<string:id>/workers", responses={"200": WaitingList}, security=STAFF)
@needs_staff()
def get_workers(path: IdPath) -> Response:
    """Return who waits and suits the post, best first, with the reasons."""
    found = ranked_for_post(market(), path.id)
    return answer(WaitingList(workers=[WaitingAnswer.model_validate(vars(w)) for w in found]))


@api.get("/queue", responses={"200": QueueAnswer}, security=STAFF)
@needs_staff()
def get_queue() -> Response:
    """Return today's unfinished tickets in order of arrival."""
    return answer(QueueAnswer(tickets=[_entry(entry) for entry in queue_today(market())]))


def _entry(queued: QueuedTicket) -> QueueEntry:
    return QueueEntry(
        ticket=ticket_answer(queued.ticket),
        masked_name=queued.masked_name,
        age=queued.age,
        trades=list(queued.trades),
        is_card_expired=queued.is_card_expired,
    )


@api.get("/tickets/<string:code>/people", responses={"200": PeopleAnswer}, security=STAFF)
@needs_staff()
def get_people(path: CodePath) -> Response:
    """Return everybody on a ticket, the holder first: a crew's members under their leader."""
    found = people_on(market(), ticket_view(market(), path.code).id)
    return answer(PeopleAnswer(people=[PersonAnswer.model_validate(one) for one in found]))


@api.post("/calls", responses={"201": CallAnswer}, security=STAFF)
@needs_staff()
def add_call(body: CallRequest) -> Response:
    """Call the ticket whose turn it is to a desk, or the one named."""
    actor, key = this_staff().actor, idempotency_key()
    if body.ticket_code is not None:
        wanted = NamedCall(body.ticket_code, body.desk_no, body.why, body.words, body.post_id)
        called = call_named(market(), actor, wanted, key)
    else:
        called = call_next(market(), actor, body.desk_no, tuple(body.services), key)
    return answer(CallAnswer.model_validate(called), 201)


@api.post("/tickets/<string:code>/recalls", responses={"201": CallAnswer}, security=STAFF)
@needs_staff()
def add_recall(path: CodePath, body: DeskRequest) -> Response:
    """Call the ticket that a desk has called once more."""
    actor, key = this_staff().actor, idempotency_key()
    again = recall(market(), actor, path.code, body.desk_no, key)
    return answer(CallAnswer.model_validate(again), 201)


@api.put("/tickets/<string:code>/state", responses={"200": CallAnswer}, security=STAFF)
@needs_staff()
def put_ticket_state(path: CodePath, body: MoveRequest) -> Response:
    """Move a ticket on: serving, done, no_show, cancelled or back to waiting."""
    move = Move(path.code, body.state, body.desk_no)
    moved = move_ticket(market(), this_staff().actor, move, idempotency_key())
    return answer(CallAnswer.model_validate(moved))


@api.post("/referrals", responses={"201": ReferralAnswer}, security=STAFF)
@needs_staff()
def add_referral(body: ReferralRequest) -> Response:
    """Record whether a worker and an employer agreed; agreed prints the slip."""
    chosen = None if body.worker_ids is None else tuple(body.worker_ids)
    new = NewReferral(**{**body.model_dump(), "worker_ids": chosen})
    done = record_referral(market(), this_staff().actor, new, idempotency_key())
    return answer(ReferralAnswer.model_validate(vars(done)), 201)
