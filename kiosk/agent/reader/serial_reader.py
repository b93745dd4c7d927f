"""The driver of a real card module: find, select, read, over any byte channel."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kiosk.agent.reader.card import CardRead, ReaderError, ReaderFault
from kiosk.agent.reader.channel import ByteChannel
from kiosk.agent.reader.frames import (
    Answer,
    Command,
    FrameDecoder,
    Status,
    decode_answer,
    encode_frame,
)
from kiosk.agent.reader.text import parse_text, text_block

log = logging.getLogger(__name__)

_SILENT_ROUNDS = 3
_BROKEN_MODULE = {
    Status.NOT_AUTHORISED: ReaderFault.NOT_AUTHORISED,
    Status.SELF_TEST_FAILED: ReaderFault.SELF_TEST_FAILED,
}


@dataclass(frozen=True)
class ReaderTimings:
    """How long the driver waits, in seconds."""

    poll_s: float = 0.3  # Between two rounds without a card, and between two tries to open.
    answer_s: float = 1.0  # For the answer to find and select.
    read_s: float = 5.0  # For the answer to read: radio time plus 1,295 bytes at 9,600 baud.


class SerialReader:
    """Reads cards through one module and opens the line again after the plug was pulled."""

    def __init__(
        self, open_channel: Callable[[], ByteChannel], timings: ReaderTimings | None = None
    ) -> None:
        """Keep the way to open the line; it is opened by the first wait.

        open_channel raises ReaderError(OFFLINE) while the line is not there.
        """
        self._open_channel = open_channel
        self._timings = timings or ReaderTimings()
        self._channel: ByteChannel | None = None
        self._silent_rounds = 0
        self._lying: int | None = None  # Hash of the text on the card that lies on the reader.

    def wait_for_card(self, timeout_s: float) -> CardRead | None:
        """Wait for a card and return it once per placement, or None when nobody came.

        timeout_s: seconds, >= 0; a card that is being read may take read_s longer.
        Raises ReaderError(NO_ANSWER) after three silent rounds, ReaderError(OFFLINE) as soon as
        the line is cut and again after timeout_s of tries to open it, a permanent ReaderError if
        the module says so, and CardNeedsClerk.
        """
        deadline = time.monotonic() + timeout_s
        try:
            channel = self._connect(deadline)
            while True:
                block = self._round(channel)
                if block is not None:
                    card = parse_text(block)
                    log.info("card read kind=%s", card.card_kind.value)
                    return card
                if time.monotonic() >= deadline:
                    return None
                self._pause(deadline)
        except ReaderError as e:
            if self._channel is not None:  # Once per loss, not once per try to open again.
                log.warning("card reader lost code=%s permanent=%s", e.code.value, e.permanent)
            self.close()
            raise

    def close(self) -> None:
        """Let go of the port; call it from the thread that waits, or when that has ended."""
        if self._channel is not None:
            self._channel.close()
        self._channel = None
        self._silent_rounds = 0
        self._lying = None

    def _connect(self, deadline: float) -> ByteChannel:
        while self._channel is None:
            try:
                self._channel = self._open_channel()
                log.info("card reader opened")
            except ReaderError:
                if time.monotonic() >= deadline:
                    raise
                self._pause(deadline)
        return self._channel

    def _pause(self, deadline: float) -> None:
        time.sleep(max(0.0, min(self._timings.poll_s, deadline - time.monotonic())))

    def _round(self, channel: ByteChannel) -> bytes | None:
        """Ask once for a card and return its text if it is a new placement.

        All three requests are always made: some modules answer 80 to find or 81 to select and
        read the card all the same, others find the same card again and again while it lies there.
        """
        found = self._ask(channel, Command.FIND_CARD, self._timings.answer_s)
        self._count_silence(found)
        if found is None:
            return None
        self._ask(channel, Command.SELECT_CARD, self._timings.answer_s)
        answer = self._ask(channel, Command.READ_CARD, self._timings.read_s)
        if answer is not None and answer.status is Status.OK:
            block = text_block(answer.data)
            return block if block is not None and self._is_new_placement(block) else None
        if found.status is Status.NO_CARD and answer is not None:
            self._lying = None
        return None

    def _is_new_placement(self, block: bytes) -> bool:
        """Remember the card, as a hash only, until a round in which there was none."""
        before, self._lying = self._lying, hash(block)
        return before != self._lying

    def _count_silence(self, found: Answer | None) -> None:
        self._silent_rounds = self._silent_rounds + 1 if found is None else 0
        if self._silent_rounds >= _SILENT_ROUNDS:
            raise ReaderError(ReaderFault.NO_ANSWER, permanent=False)

    def _ask(self, channel: ByteChannel, command: Command, within_s: float) -> Answer | None:
        """Send one request and return its answer, or None if it came damaged or not at all."""
        channel.discard_input()
        channel.write(encode_frame(command.value))
        decoder = FrameDecoder()
        deadline = time.monotonic() + within_s
        answer: Answer | None = None
        while answer is None and not decoder.has_only_damage and time.monotonic() < deadline:
            answer = _first_answer(decoder.feed(channel.read_some()))
        answer = answer or _first_answer(decoder.finish())
        if answer is None:
            log.debug("no good answer command=%s", command.name)
            return None
        log.debug("answer command=%s status=%s", command.name, answer.status_bytes.hex())
        if answer.status in _BROKEN_MODULE:
            raise ReaderError(_BROKEN_MODULE[answer.status], permanent=True)
        return answer


def _first_answer(payloads: Iterable[bytes]) -> Answer | None:
    return next(filter(None, map(decode_answer, payloads)), None)
