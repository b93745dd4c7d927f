"""README, handbook and changelog tell the truth, as far as a machine can check."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from server.cli.main import market
from server.settings import SETTING_NOTES, SettingsError, read_settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
AGENT_SETTINGS = (ROOT / "kiosk/agent/settings.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("note", SETTING_NOTES, ids=lambda note: note.name)
def test_each_setting_is_in_the_readme_with_its_default_and_meaning(note: object) -> None:
    name, default, meaning = (getattr(note, part) for part in ("name", "default", "meaning"))
    assert f"| `{name}` | {default or '—'} | {meaning} |" in README


def test_each_agent_setting_is_in_the_readme() -> None:
    names = set(re.findall(r"\bMARKET_[A-Z_]+", AGENT_SETTINGS))
    assert names
    assert [name for name in sorted(names) if f"`{name}`" not in README] == []


def test_each_command_is_in_the_readme() -> None:
    def names(group: click.Group, prefix: str) -> list[str]:
        found = []
        for name, command in group.commands.items():
            if isinstance(command, click.Group):
                found += names(command, f"{prefix} {name}")
            else:
                found.append(f"{prefix} {name}")
        return found

    missing = [
        command
        for command in names(market, "market")
        if command not in README and command.rsplit(" ", 1)[1] not in README
    ]
    assert missing == []


def test_every_file_that_the_readme_links_exists() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_folder_of_the_map_exists() -> None:
    folders = re.findall(r"^\| `([a-z_/]+/)`", README, re.M)
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


def test_the_changelog_tells_of_this_version() -> None:
    changelog = (ROOT / "server/docs/CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {version('day-labour-market')}" in changelog


def test_all_faults_of_all_settings_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(
            {
                "MARKET_PORT": "eighty",
                "MARKET_PUBLIC_URL": "market.local",
                "MARKET_SQLITE_SYNCHRONOUS": "OFF",
                "MARKET_DATABASE_URL": "mysql://x",
                "MARKET_PROT": "1",
            }
        )
    assert len(refused.value.faults) == 5


def test_the_agents_settings_may_stand_in_the_same_file() -> None:
    assert read_settings({"MARKET_PRINTER": "simulated", "MARKET_AGENT_TOKEN": "x"}).port == 8000
