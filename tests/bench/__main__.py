"""The command: `python -m tests.bench [--quick] [--history]`; at most 6 minutes, quick 1."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.bench.check_ins import Effort, measure_check_ins
from tests.bench.machine import load_average, machine_facts
from tests.bench.painted import measure_painted
from tests.bench.report import Row, table
from tests.bench.rows import check_in_rows, painted_rows, process_rows
from tests.bench.start_up import measure_processes

RESULTS = Path(__file__).parent / "RESULTS.md"
DISPLAYS = (1, 4)


def parts(folder: Path, is_quick: bool) -> list[tuple[str, Callable[[], Iterable[Row]]]]:
    """Return the parts of the bench, each with its name."""
    effort = Effort(0.8, 1, 1500) if is_quick else Effort(2.0, 3, 4000)
    posts, rounds = (8, 3) if is_quick else (30, 9)
    return [
        ("check-ins", lambda: check_in_rows(measure_check_ins(folder / "check-ins", effort))),
        ("displays", lambda: painted_rows(measure_painted(folder / "painted", DISPLAYS, posts))),
        ("processes", lambda: process_rows(measure_processes(folder / "processes", rounds))),
    ]


def main() -> None:
    """Measure everything, print the table and write it to RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs")
    given = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="market-bench-") as name:
        folder = Path(name)
        facts = machine_facts(folder)
        rows: list[Row] = []
        for what, measure in parts(folder, given.quick):
            print(f"bench: {what} …", flush=True)
            rows += measure()
    facts.append(("load after", load_average()))
    facts.append(("taken", f"{time.monotonic() - begun:.0f} s{', quick' if given.quick else ''}"))
    text = _document(facts, rows)
    print(text)
    RESULTS.write_text(text, encoding="utf-8")


def _document(facts: list[tuple[str, str]], rows: list[Row]) -> str:
    known = "\n".join(f"* {name}: {value}" for name, value in facts)
    return (
        "# Results of `make bench`\n\n"
        "Medians of the rounds. Server on one core, load on another; loopback only."
        " Other work on the machine shows in the load.\n\n"
        f"{known}\n\n{table(rows)}\n"
    )


if __name__ == "__main__":
    main()
