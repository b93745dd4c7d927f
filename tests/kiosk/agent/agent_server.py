"""A small server with the agent's endpoints: real HTTP, real state, faults on request."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "agent-token-1"


@dataclass
class Market:
    """What the server knows; it outlives the server's process, as a database does."""

    changed: threading.Condition = field(default_factory=threading.Condition)
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    results: list[tuple[str, str, str]] = field(default_factory=list)
    signals: list[dict[str, Any]] = field(default_factory=list)
    signals_taken: int = 0
    cards: list[dict[str, Any]] = field(default_factory=list)
    scans: list[dict[str, Any]] = field(default_factory=list)
    states: list[dict[str, Any]] = field(default_factory=list)
    papers: list[tuple[str, bytes]] = field(default_factory=list)
    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    lose_answers_to: set[str] = field(default_factory=set)
    fail_with_500: int = 0

    def add_job(self, document: dict[str, Any], kind: str = "ticket") -> str:
        with self.changed:
            job_id = str(len(self.jobs) + 1)
            self.jobs[job_id] = {
                "id": int(job_id),
                "kind": kind,
                "copy_no": 1,
                "process_id": f"j{int(job_id):03d}",
                "document": document,
                "state": "queued",
            }
            self.changed.notify_all()
            return job_id

    def signal(self, **body: Any) -> None:
        with self.changed:
            self.signals.append(
                {"id": len(self.signals) + 1, "kind": "simulate", "body": body, "created_at": ""}
            )
            self.changed.notify_all()

    def wait_until(self, holds: Any, timeout_s: float = 15.0) -> bool:
        with self.changed:
            return bool(self.changed.wait_for(lambda: holds(self), timeout_s))

    def queued(self) -> list[dict[str, Any]]:
        waiting = [job for job in self.jobs.values() if job["state"] == "queued"]
        return [{"id": job["id"], "kind": job["kind"]} for job in waiting]

    def state_of(self, job_id: str) -> str:
        with self.changed:
            return str(self.jobs[job_id]["state"])

    def printer_states(self) -> list[str]:
        with self.changed:
            return [s["printer"]["state"] for s in self.states if s["printer"]]


class _Handler(BaseHTTPRequestHandler):
    server: "AgentServer"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        wait_s = float(query.get("wait", ["0"])[0])
        market = self.server.market
        with market.changed:
            if path == "/api/v1/print-jobs":
                market.changed.wait_for(lambda: market.queued() or self.server.is_closing, wait_s)
                self._answer(200, {"jobs": market.queued()})
            elif path == "/api/v1/signals":
                after = int(query["after"][0])
                market.signals_taken = after
                market.changed.notify_all()
                market.changed.wait_for(
                    lambda: len(market.signals) > after or self.server.is_closing, wait_s
                )
                self._answer(200, {"signals": market.signals[after:]})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        key = self.headers["Idempotency-Key"]
        market = self.server.market
        with market.changed:
            market.keys.append(key)
            market.changed.notify_all()
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                self._answer(401, {"code": "device_unknown", "message": "请重新配对。"})
                return
            if market.fail_with_500 > 0:
                market.fail_with_500 -= 1
                self._answer(500, {"code": "internal", "message": "请稍后再试。"})
                return
            if key not in market.answers:
                market.answers[key] = self._act(body)
            market.changed.notify_all()
            name = self.path.rsplit("/", 1)[-1]
            if name in market.lose_answers_to:
                market.lose_answers_to.discard(name)
                self.close_connection = True
                return
            self._answer(*market.answers[key])

    def do_PUT(self) -> None:
        self.do_POST()

    def _act(self, body: bytes) -> tuple[int, Any]:
        market = self.server.market
        parts = self.path.split("/")[3:]
        if parts[0] == "print-jobs":
            return self._act_on_job(market.jobs[parts[1]], parts[2], body)
        if parts[0] == "cards":
            market.cards.append(json.loads(body))
            return 202, {"token": "t", "masked_name": "张*"}
        if parts[0] == "scans":
            market.scans.append(json.loads(body))
            return 202, {}
        if parts[-1] == "status":
            market.states.append(json.loads(body))
            return 204, None
        assert parts[-1] == "papers"
        market.papers.append((self.headers["X-Print-Job"], body))
        return 201, {}

    def _act_on_job(self, job: dict[str, Any], action: str, body: bytes) -> tuple[int, Any]:
        if action == "claim":
            if job["state"] != "queued":
                return 409, {"code": "print_job_taken", "message": "已经有人在打印。"}
            job["state"] = "claimed"
            return 200, {k: v for k, v in job.items() if k != "state"}
        result = json.loads(body)
        if job["state"] != "claimed":
            return 409, {"code": "print_job_done", "message": "已经报过。"}
        job["state"] = result["state"]
        self.server.market.results.append((str(job["id"]), result["state"], result["reason"]))
        return 200, {}

    def _answer(self, status: int, body: Any) -> None:
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class AgentServer(ThreadingHTTPServer):
    """One run of the server on a market; `close` and build another one to restart it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, market: Market, port: int = 0) -> None:
        self.market = market
        self.is_closing = False
        super().__init__(("127.0.0.1", port), _Handler)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass

    def close(self) -> None:
        with self.market.changed:
            self.is_closing = True
            self.market.changed.notify_all()
        self.shutdown()
        self.server_close()
        self._thread.join(5)
