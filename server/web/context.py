"""Owns how a view reaches what the application factory connected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from flask import current_app, g, request

from server.domain.kinds import DeviceKind
from server.ink.recogniser import Recogniser
from server.services.open_market import OpenMarket
from server.settings import Settings
from server.voice.speaker import Speaker
from server.voice.synth import Espeak
from server.web.device_memory import DeviceMemory

EXTENSION = "day_labour_market"


@dataclass(frozen=True)
class WebContext:
    """What the factory hands to every view.

    build: changes with each release of the pages. demo_tokens: of the devices that unpaired
    screens become in a demo; empty in a real market.
    """

    settings: Settings
    market: OpenMarket
    build: str
    demo_tokens: Mapping[DeviceKind, str] = field(default_factory=dict, repr=False)
    device_memory: DeviceMemory = field(default_factory=DeviceMemory)

    @cached_property
    def speaker(self) -> Speaker:
        """Return the market's voice; it keeps its sounds in the data folder."""
        espeak = Espeak(self.settings.voice_program)
        return Speaker(self.market, espeak, self.settings.data_dir / "voice")

    @cached_property
    def recogniser(self) -> Recogniser:
        """Return what reads handwriting, where that extra is installed."""
        return Recogniser()


def context() -> WebContext:
    """Return what the factory connected for this application."""
    connected: WebContext = current_app.extensions[EXTENSION]
    return connected


def market() -> OpenMarket:
    """Return the market of this application."""
    return context().market


def live_url() -> str:
    """Return the address of live as this browser can reach it."""
    settings = context().settings
    if settings.live_url:
        return settings.live_url
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    return f"{request.scheme}://{host}:{settings.live_port}"


def idempotency_key() -> str:
    """Return the request's checked Idempotency-Key (see `requests.check_key_header`)."""
    key: str = g.idempotency_key
    return key
