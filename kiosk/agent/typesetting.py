"""Set lines of text in columns for one printer, as dots where it has no glyph for a character."""

import re
from dataclasses import dataclass

from PIL import Image, ImageChops

from kiosk.agent.canvas import Canvas, Ink, qr_picture
from kiosk.agent.fonts import Fonts
from kiosk.agent.paper_style import LEAST_QR_MODULE_DOTS, paper_style
from kiosk.agent.text_page import (
    CELL_DOTS,
    CELL_ROWS,
    Charset,
    PictureLine,
    TextLine,
    TextPage,
    TextSize,
    columns_of,
)

NORMAL, TALL, DOUBLE = TextSize(), TextSize(1, 2), TextSize(2, 2)
# Signs that a printer has in another form.
_TWINS = str.maketrans({"\u00a5": "￥", "\u2013": "-", "\u3000": "  "})
_WORD = re.compile(r"[0-9A-Za-z.:/@#&+_-]+|.", re.DOTALL)
_DOTS_PER_BYTE = 8


@dataclass(frozen=True)
class TextSettings:
    """What one printer can set.

    width_dots: 576 (48 columns) or 384 (32). draws_codes: a QR code's 8 kB do not make the worker
    wait; else the code's text is printed.
    """

    width_dots: int = 576
    charset: Charset = Charset.GB2312
    draws_codes: bool = True

    @property
    def columns(self) -> int:
        """Return the half-width columns of a line of normal size."""
        return self.width_dots // CELL_DOTS


class Typesetter:
    """Collect the lines of one page from top to bottom."""

    def __init__(self, settings: TextSettings, fonts: Fonts) -> None:
        self.settings = settings
        self._fonts = fonts
        self._lines: list[TextLine | PictureLine] = []

    def page(self) -> TextPage:
        """Return what was set so far."""
        return TextPage(tuple(self._lines))

    def line(self, text: str, size: TextSize = NORMAL, *, is_centred: bool = False) -> None:
        """Set a text in as many lines as it needs; nothing for an empty one."""
        for part in wrap_columns(text.translate(_TWINS), self.settings.columns // size.width):
            if self._can_set(part):
                self._lines.append(TextLine(part, size, is_centred))
            else:
                self.drawn_line(part, Ink(CELL_ROWS * min(size.height, 2), bold=size != NORMAL))

    def spread(self, left: str, right: str, size: TextSize = NORMAL) -> None:
        """Set two texts at both ends of one line, or below each other when they do not fit."""
        left, right = left.translate(_TWINS), right.translate(_TWINS)
        gap = self.settings.columns // size.width - columns_of(left) - columns_of(right)
        if not right or gap < 1:
            self.line(left, size)
            self.line(right, size)
        else:
            self.line(left + " " * gap + right, size)

    def rule(self, mark: str = "-") -> None:
        """Set a line across the paper."""
        self.line(mark * self.settings.columns)

    def skip(self) -> None:
        """Leave a line empty."""
        self._lines.append(TextLine(""))

    def number(self, label: str) -> None:
        """Set a short ASCII text as large as the paper takes it, at most six times."""
        factor = max(1, min(6, self.settings.columns // max(1, columns_of(label))))
        self.line(label, TextSize(factor, factor), is_centred=True)

    def drawn_line(self, text: str, ink: Ink | None = None) -> None:
        """Draw a text, which shows every character that the fonts have."""
        style = paper_style(self.settings.width_dots)
        canvas = Canvas(self._fonts, self.settings.width_dots, margin=0)
        canvas.text(text, ink or style.strong)
        self._lines.append(PictureLine(_without_right_edge(canvas.finish())))

    def code(self, text: str) -> None:
        """Draw a QR code where that is quick, else print what it says."""
        if not self.settings.draws_codes:
            self.line(text)
            return
        style = paper_style(self.settings.width_dots)
        qr = qr_picture(text, style.qr_module_dots, self.settings.width_dots, LEAST_QR_MODULE_DOTS)
        self._lines.append(PictureLine(_without_right_edge(qr)))

    def _can_set(self, text: str) -> bool:
        return all(self.settings.charset.has(character) for character in text)


def wrap_columns(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most `columns` half-width columns, words kept whole."""
    lines: list[str] = []
    line = ""
    for word in _WORD.findall(text):
        pieces = [word] if columns_of(word) <= columns else list(word)
        for piece in pieces:
            if columns_of(line + piece) > columns:
                lines.append(line.rstrip())
                line = ""
            line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _without_right_edge(picture: Image.Image) -> Image.Image:
    """Return the picture without the white at its right, to a whole byte: each costs a row's."""
    box = ImageChops.invert(picture.convert("L")).getbbox()
    right = box[2] if box else _DOTS_PER_BYTE
    width = min(picture.width, -(-right // _DOTS_PER_BYTE) * _DOTS_PER_BYTE)
    return picture.crop((0, 0, width, picture.height))
