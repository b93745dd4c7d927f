"""Owns the build id: screens that show another one reload."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
ASSET_FOLDERS = ("kiosk/static", "display/static", "server")
ASSET_SUFFIXES = {".js", ".css", ".html"}


def build_id() -> str:
    """Return the version and the time of the newest page, script or style."""
    files = (f for folder in ASSET_FOLDERS for f in (ROOT / folder).rglob("*"))
    newest = max((f.stat().st_mtime_ns for f in files if f.suffix in ASSET_SUFFIXES), default=0)
    return f"{version('day-labour-market')}-{newest // 10**9:x}"
