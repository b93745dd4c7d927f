import os
import subprocess
import sys
import tempfile

import pytest
from PIL import Image

from kiosk.agent.raster import JobEncoder, JobEnd, RasterSettings, process_id_request
from kiosk.agent.simulator.commands import CommandParser, RasterBand
from kiosk.agent.simulator.paper import picture_of_rows


def picture(width: int, height: int) -> Image.Image:
    drawn = Image.new("1", (width, height), 1)
    for y in range(height):
        drawn.putpixel((y % width, y), 0)
        drawn.putpixel((width - 1, y), 0)
    return drawn


def bands_of(job: bytes) -> list[tuple[bytes, ...]]:
    commands = [command for command, _ in CommandParser().feed(job)]
    return [command.rows for command in commands if isinstance(command, RasterBand)]


def test_small_job_has_exactly_these_bytes(encoder: JobEncoder) -> None:
    job = encoder.encode(picture(576, 2), JobEnd("a!~0"))
    assert job == (
        b"\x1b\x40"
        b"\x1d\x76\x30\x00\x48\x00\x02\x00"
        + b"\x80" + bytes(70) + b"\x01"
        + b"\x40" + bytes(70) + b"\x01"
        + b"\x1d\x56\x42\x00"
        b"\x1d\x28\x48\x06\x00\x30\x30a!~0"
        b"\x1d\x72\x01"
    )  # fmt: skip


def test_job_asks_only_what_the_printer_can_answer(encoder: JobEncoder) -> None:
    silent = encoder.encode(picture(576, 2), JobEnd(wants_fence=False))
    assert silent.endswith(b"\x1d\x56\x42\x00")
    fenced = encoder.encode(picture(576, 2), JobEnd(wants_auto_status=True))
    assert fenced.startswith(b"\x1b\x40\x1d\x61\x0f\x1d\x76\x30")
    assert fenced.endswith(b"\x1d\x56\x42\x00\x1d\x72\x01")


@pytest.mark.parametrize(("width", "row_bytes"), [(576, 72), (384, 48)])
def test_picture_is_sent_in_bands_of_the_set_height(width: int, row_bytes: int) -> None:
    encoder = JobEncoder(RasterSettings(width, band_rows=40))
    bands = bands_of(encoder.encode(picture(width, 100), JobEnd()))
    assert [len(rows) for rows in bands] == [40, 40, 20]
    assert {len(row) for rows in bands for row in rows} == {row_bytes}


@pytest.mark.parametrize("height", [1, 48, 96, 127, 128, 129, 176, 224, 400, 1003])
@pytest.mark.parametrize("band_rows", [40, 90, 100, 128, 250])
def test_no_band_is_a_multiple_of_48_rows_and_no_dot_is_lost(height: int, band_rows: int) -> None:
    encoder = JobEncoder(RasterSettings(576, band_rows))
    drawn = picture(576, height)
    bands = bands_of(encoder.encode(drawn, JobEnd()))
    assert all(len(rows) % 48 for rows in bands)
    rows = [row for band in bands for row in band]
    assert len(rows) == encoder.padded_rows(height)
    assert rows[height:] == [bytes(72)] * (len(rows) - height)
    assert picture_of_rows(rows[:height], 576).tobytes() == drawn.tobytes()


@pytest.mark.parametrize(
    ("width", "band_rows"), [(512, 128), (576, 96), (576, 48), (576, 4), (576, 500)]
)
def test_settings_that_spoil_pictures_are_refused(width: int, band_rows: int) -> None:
    with pytest.raises(ValueError, match="must be"):
        RasterSettings(width, band_rows)


@pytest.mark.parametrize(
    "wrong", [picture(384, 10), Image.new("L", (576, 10)), Image.new("1", (576, 0))]
)
def test_picture_of_another_shape_is_refused(encoder: JobEncoder, wrong: Image.Image) -> None:
    with pytest.raises(ValueError, match="1-bit"):
        encoder.encode(wrong, JobEnd())


@pytest.mark.parametrize("process_id", ["abc", "abcde", "ab\nc", "张三李四"])
def test_process_id_that_would_break_the_command_is_refused(process_id: str) -> None:
    with pytest.raises(ValueError, match="process id"):
        process_id_request(process_id)


def test_flush_ends_a_band_cut_off_anywhere(encoder: JobEncoder) -> None:
    job = encoder.encode(picture(576, 128), JobEnd())
    for cut_at in (1, 3, 9, 10, 11, 500, 9000, len(job) - 9):
        parser = CommandParser()
        parser.feed(job[:cut_at])
        parser.feed(encoder.flush())
        assert len(bands_of(job)) == 1
        commands = [command for command, _ in parser.feed(job)]
        assert sum(isinstance(command, RasterBand) for command in commands) == 1


def test_loading_the_encoder_prints_nothing_and_leaves_no_folder_behind() -> None:
    program = (
        "from kiosk.agent.raster import JobEnd, JobEncoder, RasterSettings\n"
        "from PIL import Image\n"
        "for width in (576, 384):\n"
        "    JobEncoder(RasterSettings(width)).encode(Image.new('1', (width, 8)), JobEnd())\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "TMPDIR": folder},
            capture_output=True,
            check=True,
        )
        assert os.listdir(folder) == []
    assert run.stdout == b""
    assert run.stderr == b""
