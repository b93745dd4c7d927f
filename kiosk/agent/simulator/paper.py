"""The paper that a simulated printer puts out."""

import io
from dataclasses import dataclass

from PIL import Image, ImageChops


@dataclass(frozen=True)
class Paper:
    """One piece of paper as a person would hold it.

    is_cut: False for paper that still hung in the printer when it was switched off.
    process_id: what the job asked to be told back after the cut, "" if nothing. text: the lines
    that the printer set itself, as one reads them.
    """

    picture: Image.Image
    is_cut: bool
    process_id: str
    text: str = ""

    def png(self) -> bytes:
        """Return the picture as a PNG file."""
        file = io.BytesIO()
        self.picture.save(file, "PNG")
        return file.getvalue()


def picture_of_rows(rows: list[bytes], width_dots: int) -> Image.Image:
    """Return raster rows as a 1-bit picture; black dots are 0 as on drawn documents."""
    row_bytes = width_dots // 8
    dots = b"".join(row[:row_bytes].ljust(row_bytes, b"\x00") for row in rows)
    return ImageChops.invert(Image.frombytes("1", (width_dots, len(rows)), dots))
