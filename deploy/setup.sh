#!/usr/bin/env bash
# Installs what the market needs on Debian 12. Usage: deploy/setup.sh run|test
# Does nothing that is done already, so that a second `make run` starts in seconds.
set -euo pipefail
cd "$(dirname "$0")/.."

goal=${1:-run}
venv=.venv

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

install_packages() {
  local missing=("$@")
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "please install as root: apt-get install -y ${missing[*]}"
    sudo=(sudo)
  fi
  say "installing ${missing[*]}"
  "${sudo[@]}" apt-get update -qq || fail "failed: apt-get update"
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/dev/null || fail "failed: apt-get install -y ${missing[*]}"
}

needed=()
python=$(command -v python3.11 || command -v python3) || fail "please install Python 3.11: apt-get install -y python3"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 or newer is needed"
"$python" -c 'import ensurepip, venv' 2>/dev/null || needed+=(python3-venv)
[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || needed+=(fonts-noto-cjk)
command -v espeak-ng >/dev/null || needed+=(espeak-ng)
if [ "$goal" = test ]; then
  command -v chromium >/dev/null || needed+=(chromium)
  command -v zbarimg >/dev/null || needed+=(zbar-tools)
  # Playwright's own Node needs it.
  /sbin/ldconfig -p | grep -q libatomic.so.1 || needed+=(libatomic1)
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || needed+=(postgresql)
fi
[ ${#needed[@]} -eq 0 ] || install_packages "${needed[@]}"

if [ ! -x "$venv/bin/python" ]; then
  say "making the virtual environment"
  "$python" -m venv "$venv"
fi
if ! cmp -s requirements-dev.lock "$venv/installed.lock"; then
  say "installing the Python packages"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
    -r requirements-dev.lock || fail "failed: pip install --require-hashes -r requirements-dev.lock"
  cp requirements-dev.lock "$venv/installed.lock"
fi
# Handwriting is an extra: the tests try it, a market runs without. Its binary is for x86_64 only.
if [ "$goal" = test ] && ! cmp -s requirements-handwriting.lock "$venv/handwriting.lock"; then
  say "installing the handwriting extra"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
    -r requirements-handwriting.lock || fail "failed: pip install --require-hashes -r requirements-handwriting.lock"
  cp requirements-handwriting.lock "$venv/handwriting.lock"
fi
if ! cmp -s pyproject.toml "$venv/installed.toml"; then
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
    --no-build-isolation -e . || fail "failed: pip install -e ."
  cp pyproject.toml "$venv/installed.toml"
fi
PATH="$PWD/$venv/bin:$PATH" "$venv/bin/python" -m server.cli.assets || fail "failed: python -m server.cli.assets"
