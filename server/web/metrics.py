"""Owns the numbers for monitoring; none of them says anything of a person."""

from __future__ import annotations

import time

from flask import Blueprint, Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import generate_latest

from server.web.auth import open_to_all

BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)


def install_metrics(app: Flask) -> None:
    """Count the requests of `app` by endpoint and show them at /metrics."""
    registry = CollectorRegistry()
    requests = Counter(
        "market_requests_total", "HTTP requests", ["endpoint", "status"], registry=registry
    )
    seconds = Histogram(
        "market_request_seconds", "Time to answer", ["endpoint"], buckets=BUCKETS, registry=registry
    )

    def start() -> None:
        g.started_at = time.perf_counter()

    def count(response: Response) -> Response:
        endpoint = request.endpoint or "unknown"
        requests.labels(endpoint, response.status_code).inc()
        if "started_at" in g:
            seconds.labels(endpoint).observe(time.perf_counter() - g.started_at)
        return response

    app.before_request(start)
    app.after_request(count)
    blueprint = Blueprint("metrics", __name__)

    @blueprint.get("/metrics")
    @open_to_all
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    app.register_blueprint(blueprint)
