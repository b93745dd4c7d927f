"""How the display keeps rows in place, how large and how old they are: its modules in Chromium."""

from __future__ import annotations

import random
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import DemoMarket

RUN = """async ({file, name, args}) => {
  const module = await import(`/display/static/js/${file}.js`);
  return module[name](...args);
}"""
# Plays steps on the pages of a board; returns the rows of each line after every step.
PLAY = """async ({boards, size, steps}) => {
  const model = await import("/display/static/js/board-model.js");
  let pages = model.startPages(boards[0], size);
  const seen = [];
  for (const [step, n] of [["see", 0], ...steps]) {
    if (step === "renew") pages = model.renewPages(pages, boards[n]);
    if (step === "turn") pages = model.turnPage(pages, boards[n]);
    const text = (line) => line.row.id + (line.isFull ? " full" : "");
    const lines = pages.lines.map((line) => line.kind === "post" ? text(line) : "");
    seen.push({lines, news: pages.news.map((row) => row.id), ...model.pageCount(pages)});
  }
  return seen;
}"""


@pytest.fixture(scope="module")
def modules(demo_market: DemoMarket, browser: Any) -> Any:
    """A page of the display's origin, where its modules can be loaded."""
    page = browser.new_page()
    page.goto(f"{demo_market.server_url}/display/")
    yield page
    page.close()


def board(*ids: str, placements: int = 0, left: int = 3) -> dict[str, Any]:
    rows = [{"id": i, "left": left, "work_day": "2026-11-25"} for i in ids]
    return {"posts": rows, "counts": {"placements": placements}}


def play(modules: Page, boards: list[Any], size: int, *steps: tuple[str, int]) -> list[Any]:
    seen: list[Any] = modules.evaluate(PLAY, {"boards": boards, "size": size, "steps": steps})
    return seen


def call(modules: Page, file: str, name: str, *args: Any) -> Any:
    return modules.evaluate(RUN, {"file": file, "name": name, "args": list(args)})


def test_closed_row_leaves_an_empty_line_and_no_other_row_moves(modules: Page) -> None:
    seen = play(modules, [board("a", "b", "c"), board("a", "c")], 3, ("renew", 1))

    assert seen[-1]["lines"] == ["a", "", "c"]


def test_new_post_waits_for_the_page_to_turn_and_comes_first(modules: Page) -> None:
    before, after = board("a", "b", "c", "d"), board("new", "a", "b", "c", "d")
    waiting, turned = play(modules, [before, after], 2, ("renew", 1), ("turn", 1))[1:]

    assert waiting["lines"] == ["a", "b"]
    assert waiting["news"] == ["new"]
    assert turned["lines"] == ["new", "c"]
    assert turned["news"] == []


def test_new_post_takes_an_empty_line_at_once(modules: Page) -> None:
    seen = play(modules, [board("a"), board("new", "a")], 3, ("renew", 1))

    assert seen[-1]["lines"] == ["a", "new", ""]
    assert seen[-1]["news"] == []


def test_post_whose_last_places_were_taken_stays_struck_out_until_the_page_turns(
    modules: Page,
) -> None:
    boards = [board("a", "b", left=1), board("b", placements=1, left=1)]
    full, turned = play(modules, boards, 2, ("renew", 1), ("turn", 1))[1:]

    assert full["lines"] == ["a full", "b"]
    assert turned["lines"] == ["b", ""]


def test_pages_are_counted(modules: Page) -> None:
    boards = [board(*"abcdefg")]
    seen = play(modules, boards, 3, ("turn", 0), ("turn", 0), ("turn", 0))

    assert [(s["page"], s["of"]) for s in seen] == [(1, 3), (2, 3), (3, 3), (1, 3)]
    assert seen[2]["lines"] == ["g", "", ""]


@pytest.mark.parametrize("seed", range(5))
def test_every_post_of_a_changing_board_is_shown_in_its_cycle(modules: Page, seed: int) -> None:
    print(f"seed {seed}")
    dice = random.Random(seed)  # noqa: S311 - a fixed seed, not a secret
    ids = [f"p{n}" for n in range(20)]
    boards, steps = [board(*ids)], []
    for n in range(60):
        if dice.random() < 0.3:
            gone = dice.choice(ids)
            ids = [f"n{n}", *(i for i in ids if i != gone)]
            boards.append(board(*ids))
            steps.append(("renew", len(boards) - 1))
        else:
            steps.append(("turn", len(boards) - 1))
    steps += [("turn", len(boards) - 1)] * 12

    seen = play(modules, boards, 4, *steps)

    shown = {line for state in seen[-12:] for line in state["lines"]}
    assert set(ids) <= shown


def test_text_is_as_high_as_the_farthest_reader_needs(modules: Page) -> None:
    screen = {"width": 1920, "height": 1080}
    text = call(modules, "sizes", "textPx", {"inches": 55, "readerMetres": 8}, screen)
    millimetres = text * 55 * 25.4 / (1920**2 + 1080**2) ** 0.5

    assert millimetres >= 8000 / 150
    assert call(modules, "sizes", "fitRows", text, {"width": 1824, "height": 830})["rows"] == 7


def test_page_stays_two_seconds_for_each_row_and_never_less_than_ten(modules: Page) -> None:
    assert call(modules, "board-model", "dwellMs", 7) == 14_000
    assert call(modules, "board-model", "dwellMs", 3) == 10_000


@pytest.mark.parametrize(
    ("seconds", "level"),
    [(80, "fresh"), (95, "doubtful"), (301, "old"), (1801, "too-old")],
)
def test_old_data_is_called_old(modules: Page, seconds: int, level: str) -> None:
    assert call(modules, "age", "ageLevel", seconds * 1000) == level


@pytest.mark.parametrize(
    ("pay", "amount", "unit"),
    [
        ("日薪180元", "180", "元/天"),
        ("时薪22.5元", "22.5", "元/时"),
        ("每块3元", "3", "元/块"),
        ("包活1500元", "1500", "元包活"),
    ],
)
def test_pay_stands_as_a_number_and_its_unit(
    modules: Page, pay: str, amount: str, unit: str
) -> None:
    assert call(modules, "texts", "payParts", pay) == {"amount": amount, "unit": unit}
