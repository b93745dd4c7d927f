"""Owns the API of employers once they are registered: the look-up, sanctions and merges."""

from __future__ import annotations

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from server.api.blueprint import STAFF, answer, make_blueprint
from server.api.schemas.common import IdPath, Nothing
from server.api.schemas.desk import EmployerAnswer, EmployersAnswer
from server.api.schemas.employers import (
    DuplicateAnswer,
    EmployerPageAnswer,
    LiftRequest,
    LookUpRequest,
    MergeAnswer,
    MergeRequest,
    SanctionAnswer,
    SanctionRequest,
)
from server.domain.kinds import StaffRole
from server.services.employer_lookup import duplicates_of, look_up
from server.services.employer_merges import merge_employers, undo_merge
from server.services.employers import employer_of
from server.services.sanctions import NewSanction, lift_sanction, sanctions_of, set_sanction
from server.web.auth import needs_staff, this_staff
from server.web.context import idempotency_key, market

api: APIBlueprint = make_blueprint("employers", "Employers: the look-up, sanctions and merges")


@api.post("/employer-searches", responses={"200": EmployersAnswer}, security=STAFF)
@needs_staff()
def search_employers(body: LookUpRequest) -> Response:
    """Return at most ten employers that what was typed so far may mean; nothing is kept."""
    found = [EmployerAnswer.model_validate(e) for e in look_up(market(), body.search)]
    return answer(EmployersAnswer(employers=found))


@api.get("/employers/<string:id>", responses={"200": EmployerPageAnswer}, security=STAFF)
@needs_staff()
def get_employer(path: IdPath) -> Response:
    """Return one employer, or the one that it is part of by now."""
    found = employer_of(market(), path.id)
    duplicates = [
        DuplicateAnswer(
            employer=EmployerAnswer.model_validate(one.employer),
            signs=list(one.signs),
            posts=one.posts,
        )
        for one in duplicates_of(market(), found.id)
    ]
    sanctions = [SanctionAnswer.model_validate(one) for one in sanctions_of(market(), found.id)]
    employer = EmployerAnswer.model_validate(found)
    return answer(EmployerPageAnswer(employer=employer, sanctions=sanctions, duplicates=duplicates))


@api.post("/employers/<string:id>/sanctions", responses={"201": SanctionAnswer}, security=STAFF)
@needs_staff()
def add_sanction(path: IdPath, body: SanctionRequest) -> Response:
    """Bar an employer from publishing; its open posts leave the board when it begins."""
    new = NewSanction(path.id, **body.model_dump())
    made = set_sanction(market(), this_staff().actor, new, idempotency_key())
    return answer(SanctionAnswer.model_validate(made), 201)


@api.post("/sanctions/<string:id>/lift", responses={"200": SanctionAnswer}, security=STAFF)
@needs_staff(StaffRole.MANAGER)
def lift(path: IdPath, body: LiftRequest) -> Response:
    """Lift a sanction; a manager only."""
    actor, key = this_staff().actor, idempotency_key()
    lifted = lift_sanction(market(), actor, path.id, body.lift_reason, key)
    return answer(SanctionAnswer.model_validate(lifted))


@api.post("/employers/<string:id>/merges", responses={"201": MergeAnswer}, security=STAFF)
@needs_staff()
def add_merge(path: IdPath, body: MergeRequest) -> Response:
    """Make another employer part of this one; its posts and sanctions move."""
    actor, key = this_staff().actor, idempotency_key()
    made = merge_employers(market(), actor, path.id, body.gone_id, key)
    return answer(MergeAnswer.model_validate(made), 201)


@api.post("/merges/<string:id>/undo", responses={"200": MergeAnswer}, security=STAFF)
@needs_staff()
def undo(path: IdPath, body: Nothing) -> Response:
    """Part two employers again, within a day."""
    undone = undo_merge(market(), this_staff().actor, path.id, idempotency_key())
    return answer(MergeAnswer.model_validate(undone))
