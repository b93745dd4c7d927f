"""Frames byte for byte, and a decoder that neither loses nor invents one."""

from itertools import pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kiosk.agent.reader.frames import (
    PREAMBLE,
    Command,
    FrameDecoder,
    Status,
    decode_answer,
    encode_frame,
)

# Frames that three public sources on GA 450 modules captured independently.
REQUESTS = [
    ("10 FF", "AA AA AA 96 69 00 03 10 FF EC"),
    ("11 FF", "AA AA AA 96 69 00 03 11 FF ED"),
    ("12 FF", "AA AA AA 96 69 00 03 12 FF EE"),
    ("20 01", "AA AA AA 96 69 00 03 20 01 22"),
    ("20 02", "AA AA AA 96 69 00 03 20 02 21"),
    ("30 01", "AA AA AA 96 69 00 03 30 01 32"),
    ("30 10", "AA AA AA 96 69 00 03 30 10 23"),
    ("30 03", "AA AA AA 96 69 00 03 30 03 30"),
    ("60 00", "AA AA AA 96 69 00 03 60 00 63"),
    ("60 01", "AA AA AA 96 69 00 03 60 01 62"),
    ("60 02", "AA AA AA 96 69 00 03 60 02 61"),
    ("60 03", "AA AA AA 96 69 00 03 60 03 60"),
    ("60 04", "AA AA AA 96 69 00 03 60 04 67"),
    ("61 FF 50", "AA AA AA 96 69 00 04 61 FF 50 CA"),
]
ANSWERS = [
    ("AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97", Status.CARD_FOUND, 4),
    ("AA AA AA 96 69 00 04 00 00 80 84", Status.NO_CARD, 0),
    ("AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C", Status.OK, 8),
    ("AA AA AA 96 69 00 04 00 00 81 85", Status.SELECT_FAILED, 0),
    ("AA AA AA 96 69 00 04 00 00 41 45", Status.READ_FAILED, 0),
]


@pytest.mark.parametrize(("payload", "captured"), REQUESTS)
def test_a_request_is_the_captured_frame_byte_for_byte(payload: str, captured: str) -> None:
    assert encode_frame(bytes.fromhex(payload)) == bytes.fromhex(captured)


def test_the_three_commands_of_the_loop_are_the_captured_ones() -> None:
    assert encode_frame(Command.FIND_CARD.value).hex() == "aaaaaa96690003200122"
    assert encode_frame(Command.SELECT_CARD.value).hex() == "aaaaaa96690003200221"
    assert encode_frame(Command.READ_CARD.value).hex() == "aaaaaa96690003300132"


@pytest.mark.parametrize(("captured", "status", "size"), ANSWERS)
def test_a_captured_answer_is_understood(captured: str, status: Status, size: int) -> None:
    wire = bytes.fromhex(captured)
    (payload,) = FrameDecoder().feed(wire)
    answer = decode_answer(payload)
    assert answer is not None
    assert (answer.status, len(answer.data)) == (status, size)
    assert encode_frame(payload) == wire


@pytest.mark.parametrize(
    ("data_bytes", "head", "total"),
    [
        (4 + 256 + 1024, "AA AA AA 96 69 05 08 00 00 90", 1295),
        (6 + 256 + 1024 + 1024, "AA AA AA 96 69 09 0A 00 00 90", 2321),
        (6 + 256 + 1024 + 512, "AA AA AA 96 69 07 0A 00 00 90", 1809),
        (6 + 256 + 1024, "AA AA AA 96 69 05 0A 00 00 90", 1297),
    ],
)
def test_a_whole_card_has_the_captured_length(data_bytes: int, head: str, total: int) -> None:
    wire = encode_frame(b"\x00\x00\x90" + bytes(data_bytes))
    assert wire.startswith(bytes.fromhex(head))
    assert len(wire) == total
    assert len(FrameDecoder().feed(wire)) == 1


@pytest.mark.parametrize("wrong", ["AAAAAA96690003200121", "AAAAAA96690003200022"])
def test_a_frame_with_a_wrong_checksum_is_refused(wrong: str) -> None:
    decoder = FrameDecoder()
    assert decoder.feed(bytes.fromhex(wrong)) == []
    assert decoder.has_only_damage


@pytest.mark.parametrize("length", ["0000", "0002", "090B", "FFFF"])
def test_an_impossible_length_does_not_hide_the_next_frame(length: str) -> None:
    wire = PREAMBLE + bytes.fromhex(length) + encode_frame(b"\x00\x00\x80")
    assert FrameDecoder().feed(wire) == [b"\x00\x00\x80"]


def test_a_frame_swallowed_by_a_wrong_length_is_found_when_the_wait_ends() -> None:
    decoder = FrameDecoder()
    swallowing = PREAMBLE + b"\x05\x08"
    assert decoder.feed(swallowing + encode_frame(b"\x00\x00\x80")) == []
    assert decoder.finish() == [b"\x00\x00\x80"]


def test_a_status_byte_that_no_source_names_counts_as_unknown() -> None:
    answer = decode_answer(b"\x00\x00\x77")
    assert answer is not None
    assert answer.status is Status.UNKNOWN


def test_an_answer_does_not_show_its_data() -> None:
    answer = decode_answer(b"\x00\x00\x90" + "张建国".encode("utf-16-le"))
    assert repr(answer) == r"Answer(status_bytes=b'\x00\x00\x90')"


hostile_bytes = st.lists(
    st.one_of(st.sampled_from([b"\xaa", b"\x96", b"\x69", PREAMBLE, PREAMBLE[:4]]), st.binary()),
    max_size=8,
).map(b"".join)
payloads = st.lists(hostile_bytes.filter(lambda p: 2 <= len(p) <= 2000), max_size=6)
noise = hostile_bytes.filter(lambda n: PREAMBLE not in n)
thorough = settings(database=None, deadline=None, print_blob=True)


def feed_in_pieces(decoder: FrameDecoder, wire: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(wire) + 1) for cut in cuts), len(wire)]
    pieces = [wire[start:end] for start, end in pairwise(edges)]
    return [payload for piece in pieces for payload in decoder.feed(piece)]


@thorough
@given(
    payloads=payloads, gaps=st.lists(noise, min_size=7, max_size=7), cuts=st.lists(st.integers(0))
)
@example(payloads=[encode_frame(b"\x00\x00\x80") * 3], gaps=[PREAMBLE[:4]] * 7, cuts=[])
def test_no_splitting_and_no_noise_loses_or_invents_a_frame(
    payloads: list[bytes], gaps: list[bytes], cuts: list[int]
) -> None:
    frames = [gap + encode_frame(payload) for gap, payload in zip(gaps, payloads, strict=False)]
    wire = b"".join(frames) + gaps[-1]
    assert feed_in_pieces(FrameDecoder(), wire, cuts) == payloads


@thorough
@given(payloads=payloads, gaps=st.lists(noise, min_size=7, max_size=7))
def test_bytes_that_come_one_by_one_give_the_same_frames(
    payloads: list[bytes], gaps: list[bytes]
) -> None:
    wire = b"".join(g + encode_frame(p) for g, p in zip(gaps, payloads, strict=False))
    decoder = FrameDecoder()
    assert [p for byte in wire for p in decoder.feed(bytes([byte]))] == payloads


@thorough
@given(
    before=st.binary(min_size=2, max_size=300),
    broken=st.binary(min_size=2, max_size=300),
    after=st.binary(min_size=2, max_size=300),
    at=st.integers(0),
    flip=st.integers(1, 255),
    cuts=st.lists(st.integers(0)),
)
def test_a_damaged_frame_costs_no_other_frame(  # noqa: PLR0913 - drawn by hypothesis.
    before: bytes, broken: bytes, after: bytes, at: int, flip: int, cuts: list[int]
) -> None:
    damaged = bytearray(encode_frame(broken))
    damaged[7 + at % (len(broken) + 1)] ^= flip
    wire = encode_frame(before) + damaged + encode_frame(after)
    assume(wire.count(PREAMBLE) == 3)
    assert feed_in_pieces(FrameDecoder(), wire, cuts) == [before, after]
