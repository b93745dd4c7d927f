"""The command: `python -m tests.bench [--quick] [--history]`; at most 6 minutes, quick 1."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.bench.check_ins import Effort, measure_check_ins
from tests.bench.history import measure_history
from tests.bench.machine import load_average, machine_facts
from tests.bench.painted import measure_painted
from tests.bench.paper import Wire, measure_papers
from tests.bench.ranking import measure_ranking
from tests.bench.report import Row, table
from tests.bench.rows import (
    check_in_rows,
    history_rows,
    painted_rows,
    paper_rows,
    process_rows,
    ranking_rows,
    serial_paper_rows,
    touch_rows,
)
from tests.bench.start_up import measure_processes
from tests.bench.touches import measure_touches

RESULTS = Path(__file__).parent / "RESULTS.md"
DISPLAYS = (1, 4)
BAUD, SPEED_MM_S = 115_200, 150.0
TEXT, RASTER = (Wire(BAUD, SPEED_MM_S, mode) for mode in ("text", "raster"))


Part = tuple[str, Callable[[], Iterable[Row]]]


def parts(folder: Path, is_quick: bool) -> list[Part]:
    """Return the parts of the bench, each with its name."""
    effort = Effort(0.6, 1, 1200) if is_quick else Effort(2.0, 3, 4000)
    posts, tickets, rounds = (6, 8, 3) if is_quick else (30, 50, 9)
    # A drawn ticket takes the line 5 s: a few of them show it.
    drawn = 1 if is_quick else 4
    return [
        ("check-ins", lambda: check_in_rows(measure_check_ins(folder / "check-ins", effort))),
        ("displays", lambda: painted_rows(measure_painted(folder / "painted", DISPLAYS, posts))),
        ("papers", lambda: paper_rows(measure_papers(folder / "papers", tickets))),
        ("touches", lambda: touch_rows(measure_touches(folder / "touches"))),
        ("text papers", lambda: _serial_papers(folder / "text", tickets, TEXT)),
        ("drawn papers", lambda: _serial_papers(folder / "drawn", drawn, RASTER)),
        ("ranking", lambda: ranking_rows(measure_ranking(folder / "ranking"))),
        ("processes", lambda: process_rows(measure_processes(folder / "processes", rounds))),
    ]


def _serial_papers(folder: Path, tickets: int, wire: Wire) -> Iterable[Row]:
    return serial_paper_rows(wire, measure_papers(folder, tickets, wire))


def main() -> None:
    """Measure everything, print the table and write it to RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="fewer and shorter runs, not written down"
    )
    parser.add_argument("--history", action="store_true", help="a market with 200,000 visits, too")
    given = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="market-bench-") as name:
        folder = Path(name)
        facts = machine_facts(folder)
        rows: list[Row] = []
        chosen = parts(folder, given.quick)
        if given.history:
            chosen.append(("history", lambda: history_rows(measure_history(folder / "history"))))
        for what, measure in chosen:
            started = time.monotonic()
            rows += measure()
            print(f"bench: {what} took {time.monotonic() - started:.0f} s", flush=True)
    facts.append(("load after", load_average()))
    facts.append(("taken", f"{time.monotonic() - begun:.0f} s{', quick' if given.quick else ''}"))
    text = _document(facts, rows)
    print(text)
    if not given.quick:
        RESULTS.write_text(text, encoding="utf-8")


def _document(facts: list[tuple[str, str]], rows: list[Row]) -> str:
    known = "\n".join(f"* {name}: {value}" for name, value in facts)
    return (
        "# Results of `make bench`\n\n"
        "Medians of the rounds. Server on one core, load on another; loopback only."
        " A load above 1 before the start is other work on the machine: then trust the shares\n"
        "and the CPU times, not the rates and the p99.\n\n"
        f"{known}\n\n{table(rows)}\n"
    )


if __name__ == "__main__":
    main()
