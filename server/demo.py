"""Owns the tokens of demo devices: a demo screen needs no pairing; a real market has no file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from server.domain.kinds import DeviceKind
from server.settings import Settings

FILE_NAME = "demo-devices.json"


def read_demo_tokens(settings: Settings) -> dict[DeviceKind, str]:
    """Return the tokens of the demo devices; empty unless this is a demo."""
    path = settings.data_dir / FILE_NAME
    if not settings.is_demo or not path.is_file():
        return {}
    content: dict[str, str] = json.loads(path.read_text(encoding="ascii"))
    return {DeviceKind(kind): token for kind, token in content.items()}


def write_demo_tokens(settings: Settings, tokens: Mapping[DeviceKind, str]) -> None:
    """Write the tokens of the demo devices to a file of mode 600."""
    path = settings.data_dir / FILE_NAME
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump({kind.value: token for kind, token in tokens.items()}, file)
