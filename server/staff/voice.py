"""Owns the page of the market's voice: recorded clips, and how a call would sound."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import ClipUnknown, DomainError, SoundInvalid
from server.domain.kinds import StaffRole
from server.domain.sounds import MAX_UPLOAD_BYTES
from server.domain.voice_clips import CLIPS, Clip, check_clip, missing_for_calls
from server.services.voice_clips import (
    KeptClip,
    clip_wavs,
    forget_clip,
    keep_clip,
    kept_clips,
)
from server.staff.answers import on_refusal, redraw, refusal_at, refused, submission
from server.staff.forms import plain_digits
from server.voice.speaker import VoiceState
from server.web.auth import needs_staff
from server.web.context import context, market
from server.web.requests import takes_up_to

blueprint = Blueprint("voice", __name__)

# The form around the file: its other fields and the boundaries.
UPLOAD_BYTES = MAX_UPLOAD_BYTES + 64 * 1024
WAV = "audio/wav"
TRIED_LABEL, TRIED_DESK = "A012", "3"
manager_only = needs_staff(StaffRole.MANAGER)


@dataclass(frozen=True)
class ClipLine:
    """A clip, and its recording if there is one."""

    clip: Clip
    kept: KeptClip | None


@dataclass(frozen=True)
class VoiceShown:
    """The clips: those that calls need, then the others. missing: needed ones without a sound."""

    state: VoiceState
    needed: tuple[ClipLine, ...]
    others: tuple[ClipLine, ...]
    missing: int


def voice_shown() -> VoiceShown:
    """Return what the page shows."""
    kept = kept_clips(market())
    lines = [ClipLine(clip, kept.get(clip.name)) for clip in CLIPS]
    return VoiceShown(
        context().speaker.state(),
        tuple(line for line in lines if line.clip.is_needed),
        tuple(line for line in lines if not line.clip.is_needed),
        len(missing_for_calls(kept)),
    )


@blueprint.get("/voice")
@manager_only
def page() -> str:
    """Show the clips, each with its recording, and a call to listen to."""
    return render_template("staff/voice.html", **_shown())


def _shown() -> dict[str, object]:
    label = request.args.get("label", TRIED_LABEL).strip().upper()
    desk_no = plain_digits(request.args.get("desk_no", TRIED_DESK))
    return {"shown": voice_shown(), "label": label, "desk_no": desk_no}


def _refuse(error: DomainError) -> AnyResponse:
    return refused("staff/voice.html", error, refusal=refusal_at(error), **_shown())


on_refusal(blueprint, _refuse)


@blueprint.get("/voice/trial.wav")
@manager_only
def trial() -> Response:
    """Return how a call would sound. Raises NumberUnspeakable, VoiceOff."""
    desk_no = plain_digits(request.args.get("desk_no", ""))
    number = int(desk_no) if desk_no.isascii() and desk_no.isdigit() and len(desk_no) < 4 else 0
    said = context().speaker.call(request.args.get("label", ""), number)
    return Response(said.wav, mimetype=WAV, headers={"Cache-Control": "no-store"})


@blueprint.get("/voice/clips/<name>.wav")
@manager_only
def sound(name: str) -> Response:
    """Return one recording. Raises ClipUnknown."""
    wav = clip_wavs(market(), [check_clip(name)]).get(name)
    if wav is None:
        raise ClipUnknown
    return Response(wav, mimetype=WAV, headers={"Cache-Control": "private, no-cache"})


@blueprint.post("/voice/clips/<name>")
@manager_only
@takes_up_to(UPLOAD_BYTES)
def keep(name: str) -> AnyResponse:
    """Keep an uploaded recording. Raises ClipUnknown, SoundInvalid."""
    sent = submission()
    upload = request.files.get("sound")
    if upload is None or not upload.filename:
        raise SoundInvalid(reason="empty")
    keep_clip(market(), sent.actor, name, upload.read(), sent.key)
    return redraw("staff.voice.page")


@blueprint.post("/voice/clips/<name>/deletion")
@manager_only
def forget(name: str) -> AnyResponse:
    """Delete a recording. Raises ClipUnknown."""
    sent = submission()
    forget_clip(market(), sent.actor, name, sent.key)
    return redraw("staff.voice.page")
