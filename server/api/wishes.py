"""Owns the writing of names, training wishes and the anonymous questionnaire."""

from __future__ import annotations

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from server.api.asks import answers_of, identity_of
from server.api.blueprint import DEVICE, answer, make_blueprint
from server.api.schemas.common import Nothing
from server.api.schemas.wishes import (
    InkAnswer,
    InkRequest,
    PinyinPadAnswer,
    SurveyRequest,
    WishAnswer,
    WishRequest,
)
from server.domain.kinds import DeviceKind
from server.domain.pinyin_pad import pinyin_pad
from server.services.surveys import answer_survey
from server.services.training import NewWish, wish_training
from server.web.auth import needs_device, this_device
from server.web.context import context, idempotency_key, market
from server.web.limits import limit_ink, limit_lookups

api: APIBlueprint = make_blueprint("wishes", "The touch screen: names, wishes and opinions")


@api.get("/names/pinyin", responses={"200": PinyinPadAnswer, "304": None}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def get_pinyin_pad() -> Response:
    """Return the characters of the pinyin pad, with an ETag: they change with a release only."""
    response = answer(PinyinPadAnswer.model_validate(pinyin_pad()))
    response.add_etag()
    response.cache_control.private = True
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


@api.post("/names/ink", responses={"200": InkAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
@limit_ink
def read_ink(body: InkRequest) -> Response:
    """Return what one written character may be; the strokes are forgotten at once."""
    strokes = [[(x, y) for x, y in stroke] for stroke in body.strokes]
    return answer(InkAnswer(candidates=list(context().recogniser.read(strokes))))


@api.post("/training-wishes", responses={"201": WishAnswer, "200": WishAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def add_wish(body: WishRequest) -> Response:
    """Keep what somebody wants to learn: 201 the first time, 200 in place of an earlier wish."""
    person = identity_of(body.identity_token).person
    new = NewWish(person, tuple(body.wishes), body.free_time, answers_of(body))
    kept = wish_training(market(), this_device().actor, new, idempotency_key())
    told = WishAnswer(wishes=list(kept.trades), free_time=kept.free_time, is_new=kept.is_new)
    return answer(told, 201 if kept.is_new else 200)


@api.post("/survey-answers", responses={"201": Nothing}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
@limit_lookups
def add_survey_answers(body: SurveyRequest) -> Response:
    """Keep the answers of somebody who stays unknown, as the kiosk they stood at does."""
    answer_survey(market(), body.version, body.answers, idempotency_key())
    return answer(Nothing(), 201)
