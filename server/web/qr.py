"""Owns QR codes as pictures, for a screen that has no paper to give."""

from __future__ import annotations

from io import BytesIO


def qr_svg(address: str) -> bytes:
    """Return the QR code (ISO/IEC 18004, level M) of an address as an SVG file with a margin."""
    import qrcode
    from qrcode.image.svg import SvgPathFillImage

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=3)
    code.add_data(address)
    drawn = BytesIO()
    code.make_image(image_factory=SvgPathFillImage).save(drawn)
    return drawn.getvalue()
