"""The text side of a simulated printer: fixed cells of Font A, Chinese in two of them."""

from functools import lru_cache

from PIL import Image, ImageDraw

from kiosk.agent.fonts import Fonts
from kiosk.agent.simulator.commands import AlignmentSwitch, SizeSwitch, Text
from kiosk.agent.text_page import CELL_DOTS, CELL_ROWS, LINE_ROWS, Charset, columns_of

NO_GLYPH = "□"
_BLACK, _WHITE = 1, 0  # As in raster rows, not as on drawn documents.
_BASELINE = 21
_TYPE_DOTS = 23


class TextCells:
    """Sets characters into lines as a printer does and keeps what a reader would read."""

    def __init__(self, width_dots: int, charset: Charset) -> None:
        self._width_dots = width_dots
        self._charset = charset
        self._read: list[str] = []
        self.reset()

    def reset(self) -> None:
        """Forget size, alignment and the line that was begun (ESC @)."""
        self._size = SizeSwitch(1, 1)
        self._is_centred = False
        self._line: list[tuple[str, SizeSwitch]] = []

    def take(self, command: Text | SizeSwitch | AlignmentSwitch) -> tuple[bytes, ...]:
        """Obey a command; returns the rows of a line that is full and comes out by itself."""
        match command:
            case SizeSwitch():
                self._size = command
            case AlignmentSwitch(is_centred):
                self._is_centred = is_centred
            case Text(text):
                shown = text if self._charset.has(text) else NO_GLYPH
                rows = self.flush() if self._used() + self._width(shown) > self._width_dots else ()
                self._line.append((shown, self._size))
                return rows
        return ()

    def flush(self) -> tuple[bytes, ...]:
        """Return the rows of the line that was begun, none if there is none."""
        return self.feed() if self._line else ()

    def feed(self) -> tuple[bytes, ...]:
        """Return the rows of a line feed, with what stands in the line."""
        line, self._line = self._line, []
        self._read.append("".join(text for text, _ in line))
        tallest = max((size.height for _, size in line), default=1)
        strip = Image.new("1", (self._width_dots, max(LINE_ROWS, CELL_ROWS * tallest)), _WHITE)
        width = sum(columns_of(text) * CELL_DOTS * size.width for text, size in line)
        x = (self._width_dots - width) // 2 if self._is_centred else 0
        for text, size in line:
            glyph = _glyph(text)
            wide = (glyph.width * size.width, glyph.height * size.height)
            bottom = CELL_ROWS * tallest
            strip.paste(glyph.resize(wide, Image.Resampling.NEAREST), (x, bottom - wide[1]))
            x += wide[0]
        dots = strip.tobytes()
        step = self._width_dots // 8
        return tuple(dots[at : at + step] for at in range(0, len(dots), step))

    def read(self) -> str:
        """Return the lines set since the last call, as somebody would read them from the paper."""
        text = "\n".join(self._read)
        self._read.clear()
        return text

    def _used(self) -> int:
        return sum(columns_of(text) * CELL_DOTS * size.width for text, size in self._line)

    def _width(self, text: str) -> int:
        return columns_of(text) * CELL_DOTS * self._size.width


@lru_cache(maxsize=1)
def _fonts() -> Fonts:
    return Fonts()


@lru_cache(maxsize=2000)
def _glyph(text: str) -> Image.Image:
    cell = Image.new("1", (CELL_DOTS * columns_of(text), CELL_ROWS), _WHITE)
    pen = ImageDraw.Draw(cell)
    pen.fontmode = "1"
    face = _fonts().face(_TYPE_DOTS, bold=False)
    x = (cell.width - round(face.getlength(text))) // 2
    pen.text((x, _BASELINE), text, font=face, fill=_BLACK, anchor="ls")
    return cell
