"""The rules of the house that a machine can check."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 40
PRODUCT = ("kiosk", "display", "server")


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "node_modules" not in path.parts:
                yield path


def typescript_files() -> Iterator[Path]:
    yield from sorted(ROOT.glob("*/src/*.ts")) + sorted(ROOT.glob("server/*/src/*.ts"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_there_is_one_commit_in_the_code_base() -> None:
    places = [
        str(path.relative_to(ROOT))
        for path in python_files(*PRODUCT)
        for line in path.read_text(encoding="utf-8").splitlines()
        if ".commit()" in line
    ]
    assert places == ["server/db/gate.py"]


@pytest.mark.parametrize("folders", [PRODUCT, ("tests",)])
def test_modules_stay_under_400_lines_and_functions_under_40(folders: tuple[str, ...]) -> None:
    long = []
    for path in python_files(*folders):
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > MAX_MODULE_LINES:
            long.append(f"{path.relative_to(ROOT)}: {lines} lines")
        for function in functions(path):
            size = (function.end_lineno or 0) - function.lineno + 1
            if size > MAX_FUNCTION_LINES:
                long.append(f"{path.relative_to(ROOT)}:{function.lineno} {function.name}: {size}")
    assert long == []


def test_typescript_modules_stay_under_400_lines() -> None:
    long = [
        str(path.relative_to(ROOT))
        for path in typescript_files()
        if path.read_text(encoding="utf-8").count("\n") > MAX_MODULE_LINES
    ]
    assert long == []


def test_nobody_but_live_emits() -> None:
    places = {
        path.relative_to(ROOT).parts[1]
        for path in python_files(*PRODUCT)
        if re.search(r"\.emit\(", path.read_text(encoding="utf-8"))
    }
    assert places <= {"live", "live_app.py"}


def test_lock_files_carry_no_download_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "server/web/package-lock.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert '"resolved"' not in text
        assert "index-url" not in text
        assert "find-links" not in text
