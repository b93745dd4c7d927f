"""Owns what may be kept of an employer's papers: their kinds, their forms, their sizes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

# What a phone's camera or a scanner at 300 dpi makes of one page, with room.
MAX_UPLOAD_BYTES = 8 * 1024 * 1024
# An A4 page of this height is still read without effort (170 dpi), and takes some 300 kB.
MAX_SIDE_PX = 2000
# A picture with more pixels is no photograph of a paper.
MAX_PIXELS = 60_000_000
# Papers of one employer that are kept at a time.
MAX_OF_EMPLOYER = 40


class AttachmentKind(StrEnum):
    """Name the papers that an employer shows (domain: unit, licence and agent; person, ID)."""

    LICENCE = "licence"
    AGENT_ID = "agent_id"
    AUTHORITY = "authority"
    EVIDENCE = "evidence"


class AttachmentForm(StrEnum):
    """Say how a paper is kept; the value is its media type."""

    JPEG = "image/jpeg"
    PDF = "application/pdf"


ATTACHMENT_NAMES: Mapping[AttachmentKind, str] = {
    AttachmentKind.LICENCE: "营业执照",
    AttachmentKind.AGENT_ID: "身份证",
    AttachmentKind.AUTHORITY: "委托书",
    AttachmentKind.EVIDENCE: "其他证明",
}
