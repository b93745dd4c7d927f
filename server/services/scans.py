"""Owns how an uploaded photograph or scan becomes what is kept of it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from server.domain.attachments import MAX_PIXELS, MAX_SIDE_PX, MAX_UPLOAD_BYTES, AttachmentForm
from server.domain.errors import AttachmentInvalid

if TYPE_CHECKING:
    from PIL import Image

JPEG_QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
PDF_BEGINS = b"%PDF-"


@dataclass(frozen=True)
class Scan:
    """A paper as it is kept."""

    form: AttachmentForm
    content: bytes = field(repr=False)


def read_scan(content: bytes) -> Scan:
    """Return what is kept of an upload: a PDF as it is, a picture drawn anew.

    A picture is turned upright, made no larger than MAX_SIDE_PX and written as JPEG, without what
    a phone writes beside it (place, time, owner). Raises AttachmentInvalid: empty, too_large,
    not_a_picture, too_many_pixels.
    """
    # Loaded with the first paper, so that a server without one starts sooner and stays smaller.
    from PIL import Image, UnidentifiedImageError

    if not content:
        raise AttachmentInvalid(reason="empty")
    if len(content) > MAX_UPLOAD_BYTES:
        raise AttachmentInvalid(reason="too_large")
    if content.startswith(PDF_BEGINS):
        return Scan(AttachmentForm.PDF, content)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise AttachmentInvalid(reason="too_many_pixels")
            return Scan(AttachmentForm.JPEG, _drawn_anew(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise AttachmentInvalid(reason="too_many_pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        # Pillow raises each of these for files that are cut off or made up.
        raise AttachmentInvalid(reason="not_a_picture") from error


def _drawn_anew(picture: Image.Image) -> bytes:
    from PIL import Image, ImageOps

    picture.draft("RGB", (MAX_SIDE_PX, MAX_SIDE_PX))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX))
    paper = Image.new("RGB", upright.size, "white")
    clear = upright.convert("RGBA")
    paper.paste(clear, mask=clear.getchannel("A"))
    written = io.BytesIO()
    paper.save(written, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return written.getvalue()
