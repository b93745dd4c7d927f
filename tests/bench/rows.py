"""Owns the goals: turns what was measured into rows of the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.bench.check_ins import NEW_CLIENTS, SLOW_CLIENTS, SLOW_COMMIT_MS, CheckIns, Series
from tests.bench.history import VISITS, History, shares
from tests.bench.painted import Painted
from tests.bench.paper import Papers, Wire
from tests.bench.ranking import LONG_LINE, POSTS, WAITING, Ranking
from tests.bench.report import Row, judged, quantile
from tests.bench.start_up import Processes
from tests.bench.touches import DIGIT_S, LOOK_S, Touches

LEAST_PER_S = 1000
LEAST_SHARE = 0.4
SLOW_P99_MS = 150
PAINTED_P50_MS, PAINTED_P99_MS = 60, 150
PAPER_P99_MS = 800
KNOWN_S, NEW_S = 3, 60
TICKET_P99_MS, TICKET_SHARE = 2.0, 1.2
START_S, RESTART_S = 0.45, 3.0
SERVER_MB, ALL_MB = 75, 170
GOAL_CLIENTS = 8
RANKED_P99_MS, LINE_P99_MS = 5, 100


def _rate(series: Series) -> str:
    return (
        f"{series.per_second:,.0f}/s, p50 {series.quantile_ms(0.5):.1f} ms,"
        f" p99 {series.quantile_ms(0.99):.1f} ms, {series.cpu_ms:.2f} ms CPU each"
    )


def check_in_rows(found: CheckIns) -> Iterator[Row]:
    """Yield the rows of the check-ins."""
    for clients, ours in found.ours.items():
        floor = found.floor[clients]
        share = ours.per_second / floor.per_second
        what = f"durable check-ins, {clients} client{'s' if clients > 1 else ''}"
        if clients == GOAL_CLIENTS:
            goal = f"≥ {LEAST_PER_S:,}/s"
            yield judged(what, _rate(ours), goal, ours.per_second >= LEAST_PER_S)
        else:
            yield Row(what, _rate(ours))
        yield Row(f"– minimal WSGI + raw SQL, {clients}", _rate(floor))
        yield judged(
            "– share of it (by CPU)",
            f"{share:.0%} ({floor.cpu_ms / ours.cpu_ms:.0%})",
            f"≥ {LEAST_SHARE:.0%}",
            share >= LEAST_SHARE,
        )
    yield Row(f"check-ins of people never seen, {NEW_CLIENTS} clients", _rate(found.new_workers))
    slow = found.slow_disk
    yield judged(
        f"check-ins, {SLOW_COMMIT_MS} ms added to each commit, {SLOW_CLIENTS} clients",
        _rate(slow),
        f"≥ {LEAST_PER_S:,}/s, p99 ≤ {SLOW_P99_MS} ms",
        slow.per_second >= LEAST_PER_S and slow.quantile_ms(0.99) <= SLOW_P99_MS,
    )
    yield judged(
        "tickets lost, doubled or without a print job; faults of the chain",
        f"0 of {found.tickets:,}",
        "0",
        True,
    )


def painted_rows(found: Sequence[Painted]) -> Iterator[Row]:
    """Yield the rows of the displays."""
    for one in found:
        p50, p99 = one.quantile_ms(0.5), one.quantile_ms(0.99)
        yield judged(
            f"post published → painted on {one.displays} display{'s' if one.displays > 1 else ''}",
            f"p50 {p50:.0f} ms, p99 {p99:.0f} ms of {len(one.last_ms)} posts",
            f"p50 ≤ {PAINTED_P50_MS} ms, p99 ≤ {PAINTED_P99_MS} ms",
            p50 <= PAINTED_P50_MS and p99 <= PAINTED_P99_MS,
        )


def paper_rows(found: Papers) -> Iterator[Row]:
    """Yield the row of the paper."""
    p99 = found.quantile_ms(0.99)
    yield judged(
        "card known to the kiosk → last byte of its ticket at the printer",
        f"p50 {found.quantile_ms(0.5):.0f} ms, p99 {p99:.0f} ms of {len(found.paper_ms)} tickets"
        f" (before: card laid → known p50 {quantile(found.reader_ms, 0.5):.0f} ms;"
        f" both p50 {found.whole_ms(0.5):.0f} ms, p99 {found.whole_ms(0.99):.0f} ms)",
        f"p99 ≤ {PAPER_P99_MS} ms",
        p99 <= PAPER_P99_MS,
    )


def touch_rows(found: Touches) -> Iterator[Row]:
    """Yield the rows of somebody who presses what Chromium shows."""
    slowest_ms = max(found.known_ms)
    yield judged(
        f"kiosk in Chromium, known worker: card laid → paper confirmed,"
        f" {found.known_touches} touches",
        f"p50 {found.known_quantile_ms(0.5):,.0f} ms, slowest {slowest_ms:,.0f} ms"
        f" of {len(found.known_ms)}",
        f"< {KNOWN_S} s, 2 touches",
        slowest_ms < KNOWN_S * 1000 and found.known_touches == 2,
    )
    slowest_s = max(found.new_s)
    yield judged(
        f"the same, new worker: {found.new_touches} touches, {LOOK_S} s before a choice,"
        f" {DIGIT_S} s a digit",
        f"slowest {slowest_s:.0f} s of {len(found.new_s)}",
        f"< {NEW_S} s",
        slowest_s < NEW_S,
    )


def serial_paper_rows(wire: Wire, found: Papers) -> Iterator[Row]:
    """Yield the row of a printer on a serial line, where the paper takes its time."""
    yield Row(
        f"card on the reader → ticket cut, {wire.baud:,} Bd, {wire.speed_mm_s:.0f} mm/s,"
        f" {wire.mode} mode",
        f"p50 {found.whole_ms(0.5):,.0f} ms, p99 {found.whole_ms(0.99):,.0f} ms"
        f" of {len(found.paper_ms)} tickets",
    )


def history_rows(found: History) -> Iterator[Row]:
    """Yield the row of the ticket transaction in an old market."""
    p99, share_p50, share_p99 = shares(found)
    yield judged(
        f"ticket transaction with {VISITS:,} visits ({found.megabytes:.0f} MB), in process",
        f"p50 {quantile(found.full_ms, 0.5):.2f} ms, p99 {p99:.2f} ms;"
        f" × empty: p50 {share_p50:.2f}, p99 {share_p99:.2f}",
        f"p99 ≤ {TICKET_P99_MS:.0f} ms, p50 ≤ {TICKET_SHARE} × empty",
        p99 <= TICKET_P99_MS and share_p50 <= TICKET_SHARE,
    )


def ranking_rows(found: Ranking) -> Iterator[Row]:
    """Yield the rows of the ranked lists and of the pages of a long line."""
    for what, taken in (
        (f"ranked page of a post, {WAITING:,} waiting, in process", found.post_ms),
        (f"ranked page of a worker, {POSTS:,} posts, in process", found.worker_ms),
    ):
        p50, p99 = quantile(taken, 0.5), quantile(taken, 0.99)
        measured = f"p50 {p50:.1f} ms, p99 {p99:.1f} ms of {len(taken)}"
        yield judged(what, measured, f"p99 ≤ {RANKED_P99_MS} ms", p99 <= RANKED_P99_MS)
    p99 = quantile(found.line_ms, 0.99)
    yield judged(
        f"page of the line, {LONG_LINE:,} waiting, in process",
        f"p50 {quantile(found.line_ms, 0.5):.0f} ms, p99 {p99:.0f} ms",
        f"p99 ≤ {LINE_P99_MS} ms",
        p99 <= LINE_P99_MS,
    )


def process_rows(found: Processes) -> Iterator[Row]:
    """Yield the rows of start, restart and memory."""
    bare = f"an empty Python: {found.python_s * 1000:.0f} ms"
    for name, start in (("server", found.server), ("live", found.live)):
        yield judged(
            f"start of {name}: exec → first 200",
            f"{start.seconds * 1000:.0f} ms, {start.cpu_s * 1000:.0f} ms of it CPU ({bare})",
            f"≤ {START_S * 1000:.0f} ms",
            start.seconds <= START_S,
        )
    restarts = (
        ("server, half of its threads in long polls", found.server_restart_s),
        ("live, 50 sockets open", found.live_restart_s),
    )
    for name, seconds in restarts:
        yield judged(
            f"restart of {name}", f"{seconds:.1f} s", f"≤ {RESTART_S:.0f} s", seconds <= RESTART_S
        )
    total = found.server_mb + found.live_mb + found.agent_mb
    yield judged(
        "idle memory of server (PSS)",
        f"{found.server_mb:.0f} MB",
        f"≤ {SERVER_MB} MB",
        found.server_mb <= SERVER_MB,
    )
    yield judged(
        "idle memory of server + live + agent (PSS)",
        f"{found.server_mb:.0f} + {found.live_mb:.0f} + {found.agent_mb:.0f} = {total:.0f} MB",
        f"≤ {ALL_MB} MB",
        total <= ALL_MB,
    )
