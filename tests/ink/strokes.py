"""Characters written by a steady hand: straight strokes with a little tremble."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

Corner = tuple[int, int]
Stroke = list[tuple[int, int]]

# The corners of each stroke, from the top left, 0 to 1000.
CORNERS: dict[str, tuple[tuple[Corner, ...], ...]] = {
    "十": (((150, 450), (850, 440)), ((500, 120), (505, 900))),
    "王": (
        ((220, 200), (780, 190)),
        ((280, 500), (720, 490)),
        ((500, 200), (500, 820)),
        ((150, 830), (860, 820)),
    ),
    "中": (
        ((250, 300), (260, 600)),
        ((250, 300), (750, 290), (740, 590)),
        ((260, 590), (740, 580)),
        ((500, 100), (500, 950)),
    ),
    "田": (
        ((200, 200), (210, 850)),
        ((200, 200), (800, 190), (800, 850)),
        ((500, 200), (500, 840)),
        ((210, 520), (800, 515)),
        ((210, 840), (800, 840)),
    ),
}
POINTS_A_SIDE = 16
TREMBLE = 6


def written(character: str, seed: int) -> list[Stroke]:
    """The strokes of a character as a pen makes them."""
    hand = random.Random(seed)  # noqa: S311 - a tremble is no secret
    return [_stroke(corners, hand) for corners in CORNERS[character]]


def _stroke(corners: Sequence[Corner], hand: random.Random) -> Stroke:
    points = []
    for (x0, y0), (x1, y1) in pairwise(corners):
        for at in range(POINTS_A_SIDE + 1):
            share = at / POINTS_A_SIDE
            x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
            shake = hand.uniform(-TREMBLE, TREMBLE)
            points.append((round(x + shake), round(y + shake)))
    return points
