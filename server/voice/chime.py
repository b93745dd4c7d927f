"""Owns the chime before a call: two soft strokes of a bell, worked out, not recorded."""

from __future__ import annotations

import math
from array import array

from server.domain.sounds import CLIP_RATE, FULL_SCALE, Sound

# A falling major third, 880 Hz and 698 Hz: friendly, and heard by old ears (below 1 kHz).
STROKES = ((0.0, 880.0), (0.42, 698.46))
LENGTH_S = 1.4
LOUDNESS = 0.55
DECAY_S = 0.32
ATTACK_S = 0.006
# Partials of a bar: times of the pitch, and their share.
PARTIALS = ((1.0, 1.0), (2.76, 0.16), (0.5, 0.1))


def chime() -> Sound:
    """Return the chime at CLIP_RATE."""
    count = round(LENGTH_S * CLIP_RATE)
    samples = [0.0] * count
    for start_s, pitch in STROKES:
        start = round(start_s * CLIP_RATE)
        for n in range(start, count):
            samples[n] += _stroke((n - start) / CLIP_RATE, pitch)
    peak = max(abs(sample) for sample in samples)
    scale = LOUDNESS * FULL_SCALE / peak
    return Sound(array("h", [round(sample * scale) for sample in samples]), CLIP_RATE)


def _stroke(at_s: float, pitch: float) -> float:
    envelope = min(1.0, at_s / ATTACK_S) * math.exp(-at_s / DECAY_S)
    waves = (share * math.sin(2 * math.pi * pitch * of * at_s) for of, share in PARTIALS)
    return envelope * sum(waves)
