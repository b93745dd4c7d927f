"""Owns live's numbers for monitoring; none of them says anything of a person."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest

from server.live.access import Screen
from server.live.doorway import Doorway
from server.live.manager import DirectManager
from server.live.members import Members
from server.live.tail import Tail


class LiveCollector:
    """Reads the figures of live's parts when monitoring asks."""

    def __init__(
        self, tail: Tail, doorway: Doorway, members: Members, manager: DirectManager
    ) -> None:
        self._tail = tail
        self._doorway = doorway
        self._members = members
        self._manager = manager

    def collect(self) -> Iterator[Metric]:
        """Yield the figures of now."""
        sockets = GaugeMetricFamily(
            "market_live_sockets", "Connected screens by kind", labels=["screen"]
        )
        for screen in Screen:
            sockets.add_metric([screen.value], self._members.count(screen))
        yield sockets
        refused = CounterMetricFamily(
            "market_live_refused", "Sockets refused, by reason", labels=["code"]
        )
        for code, count in sorted(self._doorway.refused.items()):
            refused.add_metric([code], count)
        yield refused
        yield GaugeMetricFamily(
            "market_live_revision", "Last event taken in", value=self._tail.revision
        )
        yield CounterMetricFamily(
            "market_live_changes", "Changes said to a room", value=self._tail.changes
        )
        yield CounterMetricFamily(
            "market_live_deliveries", "Events sent to single screens", value=self._manager.delivered
        )
        yield CounterMetricFamily(
            "market_live_stalled", "Screens ended for reading slowly", value=self._doorway.stalled
        )


def install_metrics(app: Flask, collector: LiveCollector) -> None:
    """Show the figures at /metrics."""
    registry = CollectorRegistry()
    registry.register(collector)

    def metrics() -> Response:
        """Return the figures in Prometheus' text form."""
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    app.add_url_rule("/metrics", "metrics", metrics)
