"""Owns the synthesiser: espeak-ng as a process of its own, with a deadline."""

from __future__ import annotations

import logging
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

from server.domain.errors import SoundInvalid, VoiceOff
from server.domain.sounds import FULL_SCALE, Sound, levelled, read_wav, trimmed

log = logging.getLogger(__name__)

VOICE = "cmn-latn-pinyin"
WORDS_A_MINUTE = 140
# A sentence takes about 15 ms; a process that hangs is killed after this.
DEADLINE_S = 5.0
AT_ONCE = 2
# -18 dB below full scale, as all speech of the market; peaks stay below -1 dB.
SPEECH_RMS = FULL_SCALE / 8
SPEECH_PEAK = round(FULL_SCALE * 0.89)


class Espeak:
    """The synthesiser; at most AT_ONCE processes run at a time, the others wait."""

    def __init__(self, program: str, deadline_s: float = DEADLINE_S) -> None:
        self._program = program
        self._deadline_s = deadline_s
        self._turn = threading.Semaphore(AT_ONCE)

    @property
    def is_there(self) -> bool:
        """Tell whether the program is installed."""
        return shutil.which(self._program) is not None

    def say(self, pinyin: str) -> Sound:
        """Return the sound of numbered pinyin, trimmed and levelled.

        Blocks up to `deadline_s`, plus the time of those before. Raises VoiceOff if the program is
        not installed, fails or hangs.
        """
        path = shutil.which(self._program)
        if path is None:
            raise VoiceOff
        with self._turn, tempfile.TemporaryDirectory(prefix="voice-") as folder:
            target = Path(folder) / "said.wav"
            self._run(path, pinyin, target)
            return _speech(target)

    def _run(self, path: str, pinyin: str, target: Path) -> None:
        options = ["-v", VOICE, "-s", str(WORDS_A_MINUTE), "-w", str(target)]
        try:
            subprocess.run(  # noqa: S603 - the text is our own pinyin, after "--"
                [path, *options, "--", pinyin],
                check=True,
                timeout=self._deadline_s,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except (OSError, subprocess.SubprocessError) as error:
            log.error("espeak failed: %s", type(error).__name__)  # noqa: TRY400 - no trace needed
            raise VoiceOff from error


def _speech(target: Path) -> Sound:
    try:
        sound = trimmed(read_wav(target.read_bytes()))
    except (OSError, SoundInvalid) as error:
        log.error("espeak wrote no sound: %s", type(error).__name__)  # noqa: TRY400 - the same
        raise VoiceOff from error
    if not sound.samples:
        raise VoiceOff
    return levelled(sound, SPEECH_RMS, SPEECH_PEAK)
