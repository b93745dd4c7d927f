"""Owns what is done with an employer's papers on its page: kept, looked at, taken away."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.attachments import MAX_UPLOAD_BYTES, AttachmentForm, AttachmentKind
from server.domain.errors import AttachmentInvalid, DomainError
from server.domain.kinds import StaffRole
from server.services.attachments import (
    NewAttachment,
    add_attachment,
    attachment_content,
    remove_attachment,
)
from server.staff.answers import on_refusal, redraw, refusal_at, refused, submission
from server.staff.employers import page_of
from server.staff.forms import choice_of
from server.web.auth import needs_staff
from server.web.context import market
from server.web.requests import takes_up_to

blueprint = Blueprint("attachments", __name__, url_prefix="/employers/<employer_id>/attachments")
# The form around the file: its other fields and the boundaries.
UPLOAD_BYTES = MAX_UPLOAD_BYTES + 64 * 1024
# A PDF is somebody else's program: the browser saves it and runs nothing of it here.
SHOWN = {AttachmentForm.JPEG: "inline", AttachmentForm.PDF: 'attachment; filename="paper.pdf"'}


def _refuse(error: DomainError) -> AnyResponse:
    shown = page_of((request.view_args or {}).get("employer_id", ""))
    return refused("staff/employer.html", error, refusal=refusal_at(error), **shown)


on_refusal(blueprint, _refuse)


@blueprint.post("")
@needs_staff()
@takes_up_to(UPLOAD_BYTES)
def keep(employer_id: str) -> AnyResponse:
    """Keep an uploaded paper. Raises AttachmentInvalid, AttachmentsTooMany."""
    sent = submission()
    upload = request.files.get("paper")
    if upload is None or not upload.filename:
        raise AttachmentInvalid(reason="empty")
    kind = choice_of(AttachmentKind, sent.fields.get("kind", ""))
    new = NewAttachment(employer_id, kind, upload.read())
    add_attachment(market(), sent.actor, new, sent.key)
    return redraw("staff.employers.one", employer_id=employer_id)


@blueprint.get("/<attachment_id>")
@needs_staff()
def one(employer_id: str, attachment_id: str) -> Response:
    """Return one paper; no proxy or disk keeps it. Raises AttachmentUnknown."""
    form, content = attachment_content(market(), employer_id, attachment_id)
    headers = {"Cache-Control": "no-store", "Content-Disposition": SHOWN[form]}
    return Response(content, mimetype=form.value, headers=headers)


@blueprint.post("/<attachment_id>/removal")
@needs_staff(StaffRole.MANAGER)
def take_away(employer_id: str, attachment_id: str) -> AnyResponse:
    """Take a paper away for good. Raises AttachmentUnknown."""
    sent = submission()
    remove_attachment(market(), sent.actor, attachment_id, sent.key)
    return redraw("staff.employers.one", employer_id=employer_id)
