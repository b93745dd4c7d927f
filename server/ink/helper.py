"""Reads one character's strokes from standard input and writes what they may be, best first.

A process of its own: the recogniser is a binary without its source, and one that crashes or
hangs must not take the server along. Imports nothing of the server.
"""

from __future__ import annotations

import json
import sys

from dinkit import recognize

CANDIDATES = 20


def main() -> None:
    """Read `[[[x, y], …], …]`, write `["张", …]`."""
    found = recognize(json.load(sys.stdin), top_k=CANDIDATES)
    json.dump(sorted(found, key=lambda one: found[one]), sys.stdout)


if __name__ == "__main__":
    main()
