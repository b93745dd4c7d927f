"""Posts on A4 sheets: none is lost or cut, and a group says its name on every sheet."""

from __future__ import annotations

import random

from server.domain.wall_sheet import GROUP_MM, SHEET_MM, WallText, height_mm, sheets_of


def posts(count: int, seed: int) -> list[WallText]:
    made = random.Random(seed)  # noqa: S311 - a seed that is printed, not a secret
    groups = ["建筑建材", "搬家货运", "家政服务"]
    texts = []
    for n in range(count):
        lines = tuple("要" * made.randint(1, 200) for _ in range(made.randint(1, 4)))
        texts.append(WallText(groups[n * 3 // count], f"瓦工 招{n}人", lines))
    return texts


def test_every_post_is_on_one_sheet_in_its_order_and_no_sheet_is_too_full() -> None:
    seed = random.randrange(10**6)  # noqa: S311 - no secret
    print(f"seed {seed}")
    laid = posts(80, seed)
    sheets = sheets_of(laid, lambda text: text)
    assert [text for sheet in sheets for part in sheet.parts for text in part.items] == laid
    assert [sheet.no for sheet in sheets] == list(range(1, len(sheets) + 1))
    for sheet in sheets:
        tall = sum(GROUP_MM + sum(map(height_mm, part.items)) for part in sheet.parts)
        alone = len(sheet.parts) == 1 and len(sheet.parts[0].items) == 1
        assert tall <= SHEET_MM or alone


def test_a_group_goes_on_with_its_name_on_the_next_sheet() -> None:
    same = [WallText("建筑建材", f"瓦工 {n}", ("时间", "地点")) for n in range(20)]
    sheets = sheets_of(same, lambda text: text)
    assert len(sheets) > 1
    assert [part.is_continued for sheet in sheets for part in sheet.parts] == [
        no > 0 for no in range(len(sheets))
    ]
    assert sheets_of([], lambda text: text) == ()
