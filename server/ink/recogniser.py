"""Owns the recogniser: dinkit as a process of its own, with a deadline.

Strokes go in by a pipe and nowhere else: they are never stored and never logged.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

from server.domain.errors import HandwritingOff
from server.domain.pinyin_pad import pad_characters

log = logging.getLogger(__name__)

PACKAGE = "dinkit"
# A character takes about 60 ms with the start of the process; one that hangs is killed.
DEADLINE_S = 3.0
AT_ONCE = 2
# One page of the kiosk's candidates.
CANDIDATES_SHOWN = 8

# The points of each stroke, in the order of the pen; x and y from 0 to 1000.
Strokes: TypeAlias = Sequence[Sequence[tuple[int, int]]]


class Recogniser:
    """Reads characters; at most AT_ONCE at a time, the others wait."""

    def __init__(self, package: str = PACKAGE, deadline_s: float = DEADLINE_S) -> None:
        self._package = package
        self._deadline_s = deadline_s
        self._turn = threading.Semaphore(AT_ONCE)

    @property
    def is_there(self) -> bool:
        """Tell whether the extra `handwriting` is installed."""
        return find_spec(self._package) is not None

    def read(self, strokes: Strokes) -> tuple[str, ...]:
        """Return what the strokes may be, best first, at most CANDIDATES_SHOWN.

        Only characters of 《通用规范汉字表》. Blocks up to `deadline_s`, plus the time of those
        before. Raises HandwritingOff if the extra is not installed, fails or hangs.
        """
        if not self.is_there:
            raise HandwritingOff
        with self._turn:
            found = self._run(json.dumps(strokes))
        known = pad_characters()
        return tuple(one for one in found if one in known)[:CANDIDATES_SHOWN]

    def _run(self, strokes: str) -> list[str]:
        helper = Path(__file__).with_name("helper.py")
        try:
            done = subprocess.run(  # noqa: S603 - our own helper; the strokes go in by a pipe
                [sys.executable, str(helper)],
                check=True,
                timeout=self._deadline_s,
                input=strokes,
                capture_output=True,
                text=True,
            )
            found: list[str] = json.loads(done.stdout)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            log.error("handwriting failed: %s", type(error).__name__)  # noqa: TRY400 - strokes
            raise HandwritingOff from error
        return found
