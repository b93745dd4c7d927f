"""A strip of thermal paper to draw on from top to bottom: text, rules, bars and QR codes.

Everything is drawn without grey: glyphs are hinted for one bit, so nothing is ever dithered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from PIL import Image, ImageDraw, ImageFont

from kiosk.agent.errors import DrawingError
from kiosk.agent.fonts import Fonts

BLACK = 0
WHITE = 1
_FIRST_ROWS = 1600
# 1.5 m of paper: a document this long is a mistake, not a ticket.
_MOST_ROWS = 12_000
_QR_QUIET_MODULES = 4
_LINE_HEIGHT = 1.28
_BASELINE = 0.95
# Chinese typesetting: these may not begin a line, the others may not end one (GB/T 15834-2011).
_NOT_AT_START = "，。、；：？！）》」』”’…—%·)]},.;:?!"
_NOT_AT_END = "（《「『“‘([{"
_NUMBER = re.compile(r"(\d+(?:[.,:–~-]\d+)*)")
_WORD = re.compile(r"[0-9A-Za-z.:/@#&+_–-]+|.", re.DOTALL)


class Align(Enum):
    """Where a line stands between the edges."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True)
class Ink:
    """How a text looks: size in dots per em (8 dots are 1 mm), weight, and where it stands."""

    size: int
    bold: bool = False
    align: Align = Align.LEFT

    @property
    def line_rows(self) -> int:
        """Return the height of one line in dots."""
        return round(self.size * _LINE_HEIGHT)


class Canvas:
    """A white strip, `width_dots` wide, that grows while `y` moves down."""

    def __init__(self, fonts: Fonts, width_dots: int, margin: int) -> None:
        self.fonts = fonts
        self.width_dots = width_dots
        self.margin = margin
        self.y = 0
        self._image = Image.new("1", (width_dots, _FIRST_ROWS), WHITE)
        self._draw = self._pen()

    @property
    def left(self) -> int:
        """Return the x of the left text edge."""
        return self.margin

    @property
    def right(self) -> int:
        """Return the x just right of the right text edge."""
        return self.width_dots - self.margin

    def finish(self) -> Image.Image:
        """Return the strip cut to the rows used, a 1-bit image."""
        return self._image.crop((0, 0, self.width_dots, self.y))

    def skip(self, rows: int) -> None:
        """Leave rows white."""
        self.y += rows
        self._reach(self.y)

    def text(self, text: str, ink: Ink, edges: tuple[int, int] | None = None) -> None:
        """Write text below what is there, in as many lines as it needs.

        `edges`: the x range to stay in, the text edges if not given.
        """
        start, end = edges or (self.left, self.right)
        for line in self.wrap(text, ink, end - start):
            self._reach(self.y + ink.line_rows)
            x = self._aligned(self.measure(line, ink), ink.align, start, end)
            self.write(line, ink, (x, self.y + round(ink.size * _BASELINE)))
            self.y += ink.line_rows

    def write(self, text: str, ink: Ink, at: tuple[int, int], fill: int = BLACK) -> None:
        """Write one line with its baseline beginning at `at`, without moving down."""
        self._reach(at[1] + ink.size // 3)
        self._draw.text(at, text, font=self._face(ink), fill=fill, anchor="ls")

    def measure(self, text: str, ink: Ink) -> int:
        """Return the width of one line in dots."""
        return round(self._face(ink).getlength(text))

    def wrap(self, text: str, ink: Ink, width: int) -> list[str]:
        """Break text into lines of at most `width` dots, whole words and punctuation kept."""
        lines: list[str] = []
        line = ""
        for piece in self._pieces(text, ink, width):
            if line and self.measure(line + piece.rstrip(), ink) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        return [*lines, line.rstrip()] if line.strip() else lines

    def write_pay(self, text: str, words: Ink, digits: Ink, at: tuple[int, int]) -> None:
        """Write one line whose numbers are larger than its words, on one baseline."""
        x, baseline = at
        for part, ink in pay_parts(text, words, digits):
            self.write(part, ink, (x, baseline))
            x += self.measure(part, ink)

    def measure_pay(self, text: str, words: Ink, digits: Ink) -> int:
        """Return the width that `write_pay` would use."""
        return sum(self.measure(part, ink) for part, ink in pay_parts(text, words, digits))

    def bar(self, text: str, ink: Ink, edges: tuple[int, int] | None = None) -> None:
        """Write text white on a black bar with round corners."""
        start, end = edges or (self.left, self.right)
        pad = ink.size // 3
        lines = self.wrap(text, ink, end - start - 2 * pad)
        rows = len(lines) * ink.line_rows + pad
        self._reach(self.y + rows)
        box = (start, self.y, end - 1, self.y + rows - 1)
        self._draw.rounded_rectangle(box, radius=ink.size // 4, fill=BLACK)
        baseline = self.y + pad // 2 + round(ink.size * _BASELINE)
        for line in lines:
            x = self._aligned(self.measure(line, ink), ink.align, start + pad, end - pad)
            self.write(line, ink, (x, baseline), fill=WHITE)
            baseline += ink.line_rows
        self.y += rows

    def frame(self, top: int, bottom: int, thickness: int) -> None:
        """Draw a rectangle with round corners around rows `top` to `bottom`."""
        self._reach(bottom)
        box = (self.left, top, self.right - 1, bottom - 1)
        self._draw.rounded_rectangle(box, radius=14, outline=BLACK, width=thickness)

    def rule(self, thickness: int) -> None:
        """Draw a line across the text width and move below it."""
        self._reach(self.y + thickness)
        self._draw.rectangle((self.left, self.y, self.right - 1, self.y + thickness - 1), BLACK)
        self.y += thickness

    def line(self, start: int, end: int, y: int, thickness: int = 2) -> None:
        """Draw a horizontal line at `y`, without moving down."""
        self._reach(y + thickness)
        self._draw.rectangle((start, y, end - 1, y + thickness - 1), BLACK)

    def dashes(self, thickness: int, dash: int, gap: int, edges: tuple[int, int]) -> None:
        """Draw a dashed line between `edges` at `y`, without moving down."""
        self._reach(self.y + thickness)
        for x in range(edges[0], edges[1], dash + gap):
            end = min(x + dash, edges[1]) - 1
            self._draw.rectangle((x, self.y, end, self.y + thickness - 1), BLACK)

    def box(self, at: tuple[int, int], size: int) -> None:
        """Draw an empty square to tick, its upper left corner at `at`."""
        self._reach(at[1] + size)
        self._draw.rectangle((*at, at[0] + size - 1, at[1] + size - 1), outline=BLACK, width=3)

    def picture(self, picture: Image.Image, at: tuple[int, int]) -> None:
        """Lay a 1-bit picture on the strip, without moving down."""
        self._reach(at[1] + picture.height)
        self._image.paste(picture, at)

    def _pen(self) -> ImageDraw.ImageDraw:
        pen = ImageDraw.Draw(self._image)
        pen.fontmode = "1"
        return pen

    def _reach(self, rows: int) -> None:
        if rows > _MOST_ROWS:
            raise DrawingError("document_too_long", f"the document needs {rows} rows")
        if rows > self._image.height:
            taller = Image.new("1", (self.width_dots, max(rows, 2 * self._image.height)), WHITE)
            taller.paste(self._image, (0, 0))
            self._image = taller
            self._draw = self._pen()

    def _face(self, ink: Ink) -> ImageFont.FreeTypeFont:
        return self.fonts.face(ink.size, bold=ink.bold)

    def _aligned(self, width: int, align: Align, start: int, end: int) -> int:
        if align is Align.CENTRE:
            return start + (end - start - width) // 2
        return end - width if align is Align.RIGHT else start

    def _pieces(self, text: str, ink: Ink, width: int) -> Iterator[str]:
        """Yield what may not be broken: a word, or a character with the marks that cling to it."""
        held = ""
        for token in _WORD.findall(text):
            clings = token[0] in _NOT_AT_START or (held and held[-1] in _NOT_AT_END)
            if held and not clings:
                yield from self._fitting(held, ink, width)
                held = ""
            held += token
        yield from self._fitting(held, ink, width)

    def _fitting(self, piece: str, ink: Ink, width: int) -> Iterator[str]:
        if self.measure(piece, ink) <= width:
            yield piece
        else:
            yield from piece


def pay_parts(text: str, words: Ink, digits: Ink) -> list[tuple[str, Ink]]:
    """Split a text into its numbers and the words between them."""
    parts = (part for part in _NUMBER.split(text) if part)
    return [(part, digits if part[0].isdigit() else words) for part in parts]


def squeezed_text(fonts: Fonts, text: str, rows: int, most_width: int) -> Image.Image:
    """Draw one line exactly `rows` dots high and at most `most_width` wide, narrowing the glyphs.

    Returns a 1-bit image without white edges.
    """
    probe = fonts.face(100, bold=True).getbbox(text, anchor="ls")
    size = round(100 * rows / (probe[3] - probe[1]))
    box = fonts.face(size, bold=True).getbbox(text, anchor="ls")
    grey = Image.new("L", (round(box[2] - box[0]), round(box[3] - box[1])), 255)
    pen = ImageDraw.Draw(grey)
    pen.text((-box[0], -box[1]), text, font=fonts.face(size, bold=True), fill=0, anchor="ls")
    width = min(grey.width, most_width)
    fitted = grey.resize((width, rows), Image.Resampling.LANCZOS)
    return fitted.point(lambda grey_value: 255 * (grey_value > 127)).convert(
        "1", dither=Image.Dither.NONE
    )


def qr_picture(text: str, module_dots: int, most_width: int, least_module_dots: int) -> Image.Image:
    """Draw a QR code, EC level M, with the quiet zone of 4 modules (ISO/IEC 18004:2015 6.3.8).

    Uses `module_dots` per module, or fewer when it would be wider than `most_width`; raises
    DrawingError("qr_too_long") rather than go below `least_module_dots`, which phones cannot read.
    """
    import qrcode  # Here, because it costs 39 ms that the agent's start can do without.

    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=_QR_QUIET_MODULES
    )
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    side = len(matrix)
    dots = min(module_dots, most_width // side)
    if dots < least_module_dots:
        raise DrawingError("qr_too_long", f"a QR code of {side} modules does not fit the paper")
    flat = Image.new("1", (side, side), WHITE)
    flat.putdata([BLACK if dark else WHITE for row in matrix for dark in row])
    return flat.resize((side * dots, side * dots), Image.Resampling.NEAREST)
