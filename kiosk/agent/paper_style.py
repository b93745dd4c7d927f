"""Sizes of everything on paper for the two widths of ticket printers, at 8 dots per mm."""

from dataclasses import dataclass

from kiosk.agent.canvas import Align, Ink


@dataclass(frozen=True)
class PaperStyle:
    """Type sizes and distances, in dots."""

    width_dots: int
    margin: int
    number_rows: int
    qr_module_dots: int
    is_wide: bool
    market: Ink
    title: Ink
    service: Ink
    ahead: Ink
    ahead_digits: Ink
    heading: Ink
    post_title: Ink
    pay_words: Ink
    pay_digits: Ink
    body: Ink
    strong: Ink
    small: Ink


_WIDE = PaperStyle(
    width_dots=576,
    margin=12,
    number_rows=208,
    qr_module_dots=6,
    is_wide=True,
    market=Ink(38, bold=True, align=Align.CENTRE),
    title=Ink(60, bold=True, align=Align.CENTRE),
    service=Ink(40, bold=True),
    ahead=Ink(42, bold=True),
    ahead_digits=Ink(76, bold=True),
    heading=Ink(36, bold=True),
    post_title=Ink(38, bold=True),
    pay_words=Ink(30, bold=True),
    pay_digits=Ink(60, bold=True),
    body=Ink(30),
    strong=Ink(34, bold=True),
    small=Ink(25),
)
_NARROW = PaperStyle(
    width_dots=384,
    margin=6,
    number_rows=152,
    qr_module_dots=6,
    is_wide=False,
    market=Ink(31, bold=True, align=Align.CENTRE),
    title=Ink(46, bold=True, align=Align.CENTRE),
    service=Ink(34, bold=True),
    ahead=Ink(34, bold=True),
    ahead_digits=Ink(60, bold=True),
    heading=Ink(30, bold=True),
    post_title=Ink(32, bold=True),
    pay_words=Ink(26, bold=True),
    pay_digits=Ink(48, bold=True),
    body=Ink(27),
    strong=Ink(30, bold=True),
    small=Ink(24),
)
LEAST_QR_MODULE_DOTS = 4


def paper_style(width_dots: int) -> PaperStyle:
    """Return the sizes for a paper width: 576 dots (80 mm) or 384 dots (58 mm).

    Raises ValueError for any other width.
    """
    for style in (_WIDE, _NARROW):
        if style.width_dots == width_dots:
            return style
    raise ValueError(f"no paper style for {width_dots} dots")
