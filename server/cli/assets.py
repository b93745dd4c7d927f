"""Builds what browsers load: TypeScript compiled, libraries copied from their npm packages."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).parent.parent / "web"
VENDOR = WEB / "static" / "vendor"
LIBRARIES = (
    ("lit-html/lit-html.js", "lit-html/lit-html.js"),
    ("lit-html/directive.js", "lit-html/directive.js"),
    ("lit-html/directive-helpers.js", "lit-html/directive-helpers.js"),
    ("lit-html/directives/repeat.js", "lit-html/directives/repeat.js"),
    ("lit-html/directives/class-map.js", "lit-html/directives/class-map.js"),
    ("lit-html/directives/live.js", "lit-html/directives/live.js"),
    ("lit-html/directives/keyed.js", "lit-html/directives/keyed.js"),
    ("socket.io-client/dist/socket.io.esm.min.js", "socket.io.esm.min.js"),
    ("htmx.org/dist/htmx.min.js", "htmx.min.js"),
)


def _run(*command: str) -> None:
    subprocess.run(command, cwd=WEB, check=True)  # noqa: S603 - fixed commands of this module


def install_libraries() -> None:
    """Install the npm packages of the lock file; reaches the registry only when it changed."""
    lock, stamp = WEB / "package-lock.json", WEB / "node_modules" / ".installed"
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        return
    npm = Path(sys.executable).parent / "npm"
    _run(str(npm), "ci", "--no-audit", "--no-fund", "--loglevel=error")
    shutil.copyfile(lock, stamp)


def copy_libraries() -> None:
    """Copy the files that pages load out of the npm packages, without their source maps."""
    for source, target in LIBRARIES:
        path = VENDOR / target
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (WEB / "node_modules" / source).read_text(encoding="utf-8")
        kept = [line for line in text.splitlines() if not line.startswith("//# sourceMappingURL")]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")


def compile_pages() -> None:
    """Compile the TypeScript of every screen; a type error is an error."""
    node = Path(sys.executable).parent / "node"
    _run(str(node), "node_modules/typescript/bin/tsc", "--build", "tsconfig.all.json")


if __name__ == "__main__":
    install_libraries()
    copy_libraries()
    compile_pages()
