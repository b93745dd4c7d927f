"""The two type faces of printed paper and the question whether a character can be printed."""

import unicodedata
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from kiosk.agent.errors import DrawingError
from kiosk.agent.private_use import private_use_table

FONT_FOLDER = Path("/usr/share/fonts/opentype/noto")
_SIMPLIFIED_CHINESE = 2  # Face index inside the Noto Sans CJK collections.
_PROBE_SIZE = 20
_NO_SUCH_CHARACTER = "\uffff"
SUBSTITUTE = "〓"  # The printer's mark for a missing sort, JIS X 0208 "geta".


class Fonts:
    """Load Noto Sans CJK SC once per size and know which characters it has.

    Raises DrawingError("fonts_missing") when the collections are not installed. Not shared between
    threads while a size is loaded for the first time; the print thread owns it.
    """

    def __init__(self, folder: Path = FONT_FOLDER) -> None:
        self._files = {
            False: folder / "NotoSansCJK-Regular.ttc",
            True: folder / "NotoSansCJK-Bold.ttc",
        }
        for file in self._files.values():
            if not file.is_file():
                raise DrawingError(
                    "fonts_missing",
                    f"{file} is missing; install it with: apt-get install fonts-noto-cjk",
                )
        self._by_size: dict[tuple[int, bool], ImageFont.FreeTypeFont] = {}
        self._has_glyph = lru_cache(maxsize=20_000)(self._draw_and_compare)

    def face(self, size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
        """Return the face at `size` dots per em."""
        key = (size, bold)
        if key not in self._by_size:
            self._by_size[key] = ImageFont.truetype(
                str(self._files[bold]),
                size,
                index=_SIMPLIFIED_CHINESE,
                layout_engine=ImageFont.Layout.BASIC,
            )
        return self._by_size[key]

    def has_glyph(self, character: str) -> bool:
        """Tell whether paper would show the character and not an empty box."""
        return self._has_glyph(character)

    def _draw_and_compare(self, character: str) -> bool:
        face = self.face(_PROBE_SIZE, bold=False)
        missing = face.getmask(_NO_SUCH_CHARACTER, mode="1")
        drawn = face.getmask(character, mode="1")
        return bytes(drawn) != bytes(missing) or drawn.size != missing.size

    def require_printable(self, field: str, text: str) -> str:
        """Return `text` ready to draw; every character has a glyph.

        Raises DrawingError("unprintable_character") that names the field and the code point, for
        papers that are evidence: a box in a name must be seen by staff, not by a court.
        """
        clean = cleaned(text)
        for character in clean:
            if not self.has_glyph(character):
                raise DrawingError(
                    "unprintable_character", f"{field}: no glyph for U+{ord(character):04X}"
                )
        return clean

    def substitute_unprintable(self, text: str) -> str:
        """Return `text` ready to draw, with 〓 for characters that have no glyph.

        For tickets: a strange sign in a post's place must not cost a worker the number.
        """
        return "".join(c if self.has_glyph(c) else SUBSTITUTE for c in cleaned(text))


def cleaned(text: str) -> str:
    """Return text in NFC on one line, without control and invisible format characters.

    Private-use code points of GB 18030 become the Unicode character they stand for.
    """
    mapped = unicodedata.normalize("NFC", text.translate(private_use_table()))
    one_line = "".join(" " if c.isspace() else c for c in mapped)
    kept = (
        c for c in one_line if unicodedata.category(c) not in {"Cc", "Cf"} and not _is_variant(c)
    )
    return " ".join("".join(kept).split())


def _is_variant(character: str) -> bool:
    return 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
