"""Owns what a worker may do about posts at the kiosk, what they see of themselves, registering."""

from __future__ import annotations

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from server.api.asks import answers_of, identity_of
from server.api.blueprint import DEVICE, answer, make_blueprint
from server.api.describe_applications import applied_answer, records_answer, suitable_answer
from server.api.schemas.applications import (
    ApplicationAnswer,
    AppliedAnswer,
    ApplyRequest,
    LookerRequest,
    PostListAnswer,
    PostListRequest,
    RecordsAnswer,
    RegistrationAnswer,
    SuitablePostsAnswer,
    WithdrawalRequest,
)
from server.api.schemas.asks import AskerRequest, HolderRequest
from server.api.schemas.common import PrintJobRef
from server.domain.kinds import DeviceKind, PrintJobState
from server.services.applications import NewApplication, apply_for_post, withdraw_application
from server.services.records import records_of
from server.services.registrations import register_worker
from server.services.worker_posts import Looker, posts_for, print_posts
from server.web.auth import needs_device, this_device
from server.web.context import idempotency_key, market
from server.web.limits import limit_lookups, limit_papers

api: APIBlueprint = make_blueprint("applications", "The touch screen: posts, applications, records")


def looker_of(body: LookerRequest) -> Looker:
    """Return who looks for posts. Raises IdentityTokenExpired."""
    trades = None if body.trades is None else tuple(body.trades)
    return Looker(identity_of(body.identity_token).person, trades)


@api.post("/posts/suitable", responses={"200": SuitablePostsAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
@limit_lookups
def find_posts(body: LookerRequest) -> Response:
    """Return the open posts of the asker's trades; stores nothing."""
    today = market().database.now()
    found = [suitable_answer(one, today) for one in posts_for(market(), looker_of(body))]
    return answer(SuitablePostsAnswer(posts=found))


@api.post("/post-lists", responses={"201": PostListAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
@limit_papers
def add_post_list(body: PostListRequest) -> Response:
    """Print the posts of the asker's trades, or one of them; the paper names no person."""
    actor = this_device().actor
    made = print_posts(market(), actor, looker_of(body), body.post_id, idempotency_key())
    job = PrintJobRef(id=made.print_job_id, state=PrintJobState.QUEUED)
    return answer(PostListAnswer(posts=made.posts, print_job=job), 201)


@api.post("/applications", responses={"201": AppliedAnswer, "200": AppliedAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def add_application(body: ApplyRequest) -> Response:
    """Apply for a post, first come: 201 with a new place, 200 with the one held already."""
    new = NewApplication(identity_of(body.identity_token).person, body.post_id, answers_of(body))
    applied = apply_for_post(market(), this_device().actor, new, idempotency_key())
    return answer(applied_answer(applied), 201 if applied.is_new else 200)


@api.post("/applications/withdrawal", responses={"200": ApplicationAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def add_withdrawal(body: WithdrawalRequest) -> Response:
    """Take the asker out of the order of a post; once more changes nothing."""
    person = identity_of(body.identity_token).person
    actor = this_device().actor
    left = withdraw_application(market(), actor, person, body.post_id, idempotency_key())
    return answer(ApplicationAnswer.model_validate(left))


@api.post("/records", responses={"200": RecordsAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
@limit_lookups
def find_records(body: HolderRequest) -> Response:
    """Return the asker's own past; only for the card on the reader."""
    return answer(records_answer(records_of(market(), identity_of(body.identity_token))))


@api.post(
    "/registrations",
    responses={"201": RegistrationAnswer, "200": RegistrationAnswer},
    security=DEVICE,
)
@needs_device(DeviceKind.KIOSK)
def add_registration(body: AskerRequest) -> Response:
    """Register the asker without a number: 201 for who is new, 200 for who was registered."""
    person, actor = identity_of(body.identity_token).person, this_device().actor
    done = register_worker(market(), actor, person, answers_of(body), idempotency_key())
    return answer(RegistrationAnswer(is_new=done.is_new), 201 if done.is_new else 200)
