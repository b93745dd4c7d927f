"""Turn a picture or a page of text into the ESC/POS bytes of one job; python-escpos encodes."""

import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from kiosk.agent.text_page import PictureLine, TextLine, TextPage, TextSize

if TYPE_CHECKING:
    from escpos.printer import Dummy

# python-escpos prints a warning for its default profile, which has no width.
_PROFILE_OF_WIDTH = {576: "TM-T20II", 384: "ZJ-5870"}
# POS-5890K prints garbage when a band's height is a multiple of 48 (python-escpos #424).
_UNSAFE_ROWS = 48
_PAD_ROWS = 8
PROCESS_ID_LENGTH = 4
RESET = b"\x1b@"
AUTO_STATUS_ON = b"\x1da\x0f"
FENCE = b"\x1dr\x01"
_CHINESE_ON = b"\x1c&"
_LINE_FEED = b"\n"
_LEFT, _CENTRE = b"\x1ba\x00", b"\x1ba\x01"


@dataclass(frozen=True)
class RasterSettings:
    """How pictures go to one model of printer.

    width_dots: 576 (80 mm) or 384 (58 mm). band_rows: rows per `GS v 0`, 8 to 256, never a multiple
    of 48; 128 suits most, 40 suits POS-58 clones. Raises ValueError for anything else.
    """

    width_dots: int = 576
    band_rows: int = 128

    def __post_init__(self) -> None:
        if self.width_dots not in _PROFILE_OF_WIDTH:
            raise ValueError(f"width_dots must be 576 or 384, not {self.width_dots}")
        if not 8 <= self.band_rows <= 256 or self.band_rows % _UNSAFE_ROWS == 0:
            raise ValueError(f"band_rows must be 8 to 256 and no multiple of 48: {self.band_rows}")

    @property
    def row_bytes(self) -> int:
        """Return the bytes of one row."""
        return self.width_dots // 8


@dataclass(frozen=True)
class JobEnd:
    """What a job asks the printer to answer after the cut; "" and False ask nothing."""

    process_id: str = ""
    wants_fence: bool = True
    wants_auto_status: bool = False


PrintContent = Image.Image | TextPage


class JobEncoder:
    """Encode papers for one printer. Loads python-escpos (0.2 s) when constructed."""

    def __init__(self, settings: RasterSettings) -> None:
        self.settings = settings
        self._new_printer = _load_dummy()

    def encode(self, content: PrintContent, end: JobEnd) -> bytes:
        """Return the whole job.

        | bytes | meaning |
        |---|---|
        | 1B 40 | ESC @, and 1D 61 0F (GS a) if status changes are wanted |
        | 1D 76 30 00 xL xH yL yH d... | GS v 0, one per band |
        | 1C 26 ... 0A | FS &, GB 18030 text, LF: a line of a page of text |
        | 1D 56 42 00 | GS V 66 0: feed to the cutter and cut |
        | 1D 28 48 06 00 30 30 id | GS ( H, answered when the paper is out |
        | 1D 72 01 | GS r 1, answered in order |

        The questions follow the cut: an answer to an earlier one would not prove that the paper
        came out. Raises ValueError when a picture is not 1-bit or not `width_dots` wide.
        """
        job = self._new_printer(profile=_PROFILE_OF_WIDTH[self.settings.width_dots])
        job.hw("INIT")
        if end.wants_auto_status:
            job._raw(AUTO_STATUS_ON)
        if isinstance(content, TextPage):
            self._set_lines(job, content)
        else:
            self._check(content)
            self._lay_picture(job, content)
        job.cut(feed=False)
        if end.process_id:
            job._raw(process_id_request(end.process_id))
        if end.wants_fence:
            job._raw(FENCE)
        return bytes(job.output)

    def flush(self) -> bytes:
        """Return the zeros that end a band cut off anywhere, and ESC @.

        Without them the next ticket would be swallowed as the rest of the picture.
        """
        return bytes(self.settings.row_bytes * self.settings.band_rows) + RESET

    def eject(self) -> bytes:
        """Return the feed and cut that part a broken ticket from the next one."""
        job = self._new_printer(profile=_PROFILE_OF_WIDTH[self.settings.width_dots])
        job.print_and_feed(4)
        job.cut(feed=False)
        return bytes(job.output)

    def padded_rows(self, rows: int) -> int:
        """Return `rows` plus the white rows that keep the last band off a multiple of 48."""
        while (rows % self.settings.band_rows or self.settings.band_rows) % _UNSAFE_ROWS == 0:
            rows += _PAD_ROWS
        return rows

    def _lay_picture(self, job: "Dummy", picture: Image.Image) -> None:
        job.image(
            self._padded(picture),
            impl="bitImageRaster",
            fragment_height=self.settings.band_rows,
        )

    def _set_lines(self, job: "Dummy", page: TextPage) -> None:
        # Some printers turn to Chinese from the next line on (SPRT POS76-II), so one goes before.
        job._raw(_CHINESE_ON + _LINE_FEED)
        size, is_centred = TextSize(), False
        for line in page.lines:
            wants_centre = isinstance(line, TextLine) and line.is_centred
            if wants_centre != is_centred:
                is_centred = wants_centre
                job._raw(_CENTRE if is_centred else _LEFT)
            if isinstance(line, PictureLine):
                self._lay_picture(job, line.picture)
                continue
            job._raw(_CHINESE_ON)
            if line.size != size:
                size = line.size
                job._raw(size_bytes(size))
            job._raw(line.text.encode("gb18030") + _LINE_FEED)

    def _padded(self, picture: Image.Image) -> Image.Image:
        rows = self.padded_rows(picture.height)
        if rows == picture.height:
            return picture
        taller = Image.new("1", (picture.width, rows), 1)
        taller.paste(picture, (0, 0))
        return taller

    def _check(self, picture: Image.Image) -> None:
        if picture.mode != "1" or picture.width != self.settings.width_dots or not picture.height:
            raise ValueError(f"not a 1-bit picture of {self.settings.width_dots} dots width")


def size_bytes(size: TextSize) -> bytes:
    """Return GS ! and, for printers that enlarge Chinese only by it, FS !, which knows twice."""
    ascii_factor = (size.width - 1) << 4 | size.height - 1
    chinese_factor = 0x04 * (size.width > 1) | 0x08 * (size.height > 1)
    return b"\x1d!" + bytes((ascii_factor,)) + b"\x1c!" + bytes((chinese_factor,))


def process_id_request(process_id: str) -> bytes:
    """Return GS ( H function 48, "send this id back when everything before it is printed".

    `process_id`: 4 characters 0x20-0x7E. Raises ValueError for anything else.
    """
    if len(process_id) != PROCESS_ID_LENGTH or not process_id.isascii():
        raise ValueError("a process id has 4 ASCII characters")
    if not process_id.isprintable():
        raise ValueError("a process id has printable characters only")
    return b"\x1d(H\x06\x0000" + process_id.encode("ascii")


def _load_dummy() -> "type[Dummy]":
    """Import python-escpos without the litter it leaves.

    At import it makes a directory with `mkdtemp` and never removes it, one per start of the agent;
    the directory is made inside one that is removed here.
    """
    usual_folder = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="escpos-") as folder:
        tempfile.tempdir = folder
        try:
            from escpos.printer import Dummy
        finally:
            tempfile.tempdir = usual_folder
    encoder: type[Dummy] = Dummy
    return encoder
