import pytest

from kiosk.agent.printer_state import PrinterState, StatusRound, round_of_auto_status
from kiosk.agent.replies import (
    AutoStatus,
    FenceReply,
    OtherReply,
    ProcessIdReply,
    RealTimeStatus,
    Reply,
    ReplyParser,
)

STREAM = (
    b"\x11"  # XON
    b"\x12"  # DLE EOT
    b"\x10\x00\x03\x00"  # automatic status
    b"\x00"  # GS r
    b"\x37\x22ab12\x00"  # process id
    b"\x5fTM-T88V\x00"  # a name nobody asked for
    b"\x1a\x32\x7e"
    b"\x0f"
)
MEANING: list[Reply] = [
    OtherReply(b"\x11"),
    RealTimeStatus(0x12),
    AutoStatus(b"\x10\x00\x03\x00"),
    FenceReply(0),
    ProcessIdReply("ab12"),
    OtherReply(b"\x5fTM-T88V\x00"),
    RealTimeStatus(0x1A),
    RealTimeStatus(0x32),
    RealTimeStatus(0x7E),
    FenceReply(0x0F),
]


def test_each_byte_of_a_mixed_stream_is_told_apart() -> None:
    assert ReplyParser().feed(STREAM) == MEANING


def test_stream_torn_at_every_place_means_the_same() -> None:
    for cut_at in range(len(STREAM)):
        parser = ReplyParser()
        assert parser.feed(STREAM[:cut_at]) + parser.feed(STREAM[cut_at:]) == MEANING


def test_process_id_with_status_like_characters_is_no_status() -> None:
    assert ReplyParser().feed(b"\x37\x222222\x00") == [ProcessIdReply("2222")]


def test_automatic_status_that_breaks_off_does_not_swallow_the_next_answer() -> None:
    assert ReplyParser().feed(b"\x10\x00\x12") == [
        OtherReply(b"\x10"),
        FenceReply(0),
        RealTimeStatus(0x12),
    ]


def test_block_without_end_does_not_swallow_for_ever() -> None:
    replies = ReplyParser().feed(b"\x5f" + b"\x12" * 200)
    assert replies.count(RealTimeStatus(0x12)) > 0


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((0x12, 0x12, 0x12, 0x12), PrinterState.READY),
        ((0x12, 0x12, 0x12, 0x1E), PrinterState.PAPER_LOW),
        ((0x1A, 0x32, 0x12, 0x7E), PrinterState.PAPER_OUT),
        ((0x1A, 0x16, 0x12, 0x12), PrinterState.COVER_OPEN),
        ((0x1A, 0x12, 0x12, 0x12), PrinterState.OFFLINE),
        ((0x12, 0x52, 0x1A, 0x12), PrinterState.OFFLINE),
        ((0x12, 0x12, 0x32, 0x12), PrinterState.OFFLINE),
    ],
)
def test_status_bytes_of_a_real_printer_mean_its_state(
    answers: tuple[int, int, int, int], state: PrinterState
) -> None:
    assert StatusRound(*answers).state is state


@pytest.mark.parametrize(
    ("block", "state"),
    [
        (b"\x10\x00\x00\x00", PrinterState.READY),
        (b"\x10\x00\x03\x00", PrinterState.PAPER_LOW),
        (b"\x18\x00\x0f\x00", PrinterState.PAPER_OUT),
        (b"\x38\x00\x00\x00", PrinterState.COVER_OPEN),
        (b"\x18\x08\x00\x00", PrinterState.OFFLINE),
    ],
)
def test_automatic_status_means_the_same_states(block: bytes, state: PrinterState) -> None:
    assert round_of_auto_status(block).state is state
