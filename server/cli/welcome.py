"""Owns what `market run` does and says before it starts: demo data, addresses, sign-in."""

from __future__ import annotations

import socket
from dataclasses import replace

from server.cli.demo_market import DEMO_USER, make_demo_market, renew_demo_password
from server.db.schema import upgrade
from server.db.seal import read_keys
from server.settings import Settings


def prepare(settings: Settings) -> str | None:
    """Make ready what `market run` starts, and return a fresh demo password in a demo.

    A demo without a market gets one; a real market must have been made with `market init`.
    Raises SealError without a key file. Brings the schema to the newest revision.
    """
    if settings.is_demo and not settings.key_file.exists():
        make_demo_market(settings)
    read_keys(settings.key_file)
    upgrade(settings.database_url)
    return renew_demo_password(settings) if settings.is_demo else None


def with_public_url(settings: Settings) -> Settings:
    """Return the settings with an address that a phone in the hall can reach."""
    if settings.public_url:
        return settings
    return replace(settings, public_url=f"http://{lan_address()}:{settings.port}")


def lan_address() -> str:
    """Return this machine's address in the local network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.168.255.255", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def addresses(settings: Settings, password: str | None) -> str:
    """Return the lines that `market run` prints once everything answers."""
    here = f"http://127.0.0.1:{settings.port}"
    lines = [
        "",
        f"  首页 / home     {here}/",
        f"  登记机 / kiosk  {here}/kiosk/",
        f"  大屏 / display  {here}/display/",
        f"  服务台 / staff  {here}/staff/",
        f"  终端 / devices  {here}/staff/devices",
        f"  接口 / API      {here}/api/v1/openapi.json",
        f"  手机 / phone    {settings.public_url}/t/<code>  (the QR code on a ticket)",
    ]
    if password is not None:
        lines += ["", f"  演示登录 / demo sign-in   {DEMO_USER}   {password}   (new at each run)"]
    return "\n".join([*lines, "", "  Ctrl-C 停止 / stops everything", ""])
