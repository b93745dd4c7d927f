"""A paper made of lines: what a slow printer sets itself, and pictures of what it cannot set."""

from dataclasses import dataclass
from enum import StrEnum

from PIL import Image

CELL_DOTS = 12  # A half-width column of Font A; a Chinese character has two.
CELL_ROWS = 24
LINE_ROWS = 30  # A printer's line spacing after ESC @.
_MOST_FACTOR = 8  # GS ! n


class Charset(StrEnum):
    """Which two-byte codes a printer has glyphs for; none has the four-byte codes."""

    GB2312 = "gb2312"
    GBK = "gbk"
    GB18030_2BYTE = "gb18030-2byte"

    def has(self, character: str) -> bool:
        """Tell whether a printer with this set prints the character.

        Judged by the bytes that are sent: GB 18030-2022 gives U+00B7 the code A1A4 that GB 2312
        has for its middle dot, which Python's gb2312 codec knows as another character.
        """
        code = character.encode("gb18030", "replace")
        if len(code) == 1:
            return character.isprintable()
        if len(code) != 2 or self is Charset.GB18030_2BYTE:
            return len(code) == 2
        try:
            code.decode(self.value)
        except UnicodeDecodeError:
            return False
        return True


@dataclass(frozen=True)
class TextSize:
    """How many times as wide and as high as Font A, 1 to 8. Raises ValueError for more."""

    width: int = 1
    height: int = 1

    def __post_init__(self) -> None:
        if not (1 <= self.width <= _MOST_FACTOR and 1 <= self.height <= _MOST_FACTOR):
            raise ValueError(f"text grows 1 to 8 times, not {self.width} x {self.height}")


@dataclass(frozen=True)
class TextLine:
    """One line that the printer sets: GB 18030 two-byte characters that fit its width."""

    text: str
    size: TextSize = TextSize()
    is_centred: bool = False

    @property
    def rows(self) -> int:
        """Return the height on paper in dots."""
        return max(LINE_ROWS, CELL_ROWS * self.size.height)


@dataclass(frozen=True)
class PictureLine:
    """Part of the paper sent as dots, at its left edge; a 1-bit image."""

    picture: Image.Image

    @property
    def rows(self) -> int:
        """Return the height on paper in dots."""
        return self.picture.height


@dataclass(frozen=True)
class TextPage:
    """A whole paper from top to bottom."""

    lines: tuple[TextLine | PictureLine, ...]

    @property
    def height(self) -> int:
        """Return the height on paper in dots."""
        return sum(line.rows for line in self.lines)


def columns_of(text: str) -> int:
    """Return the half-width columns of a line: 1 for ASCII, 2 for anything else."""
    return sum(1 if character.isascii() else 2 for character in text)
