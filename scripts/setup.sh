#!/usr/bin/env bash
# Make the virtual environment from the hashed lock. Called by `make setup`.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=${1:-.venv}
python=${PYTHON:-python3}
lock=requirements/dev.txt

complain() {
  printf '%s\n' "$@" >&2
  exit 1
}

command -v "$python" >/dev/null ||
  complain "找不到 $python。请安装 Python 3.11 或更高版本。" \
    "$python was not found. Install Python 3.11 or newer."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  complain "需要 Python 3.11 或更高版本，这里是 $("$python" -V 2>&1)。可用 make setup PYTHON=python3.12 指定另一个。" \
    "Python 3.11 or newer is needed; this is $("$python" -V 2>&1). Name another: make setup PYTHON=python3.12"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
  complain "$python 缺少 venv 模块。Debian 上请执行：apt-get install python3-venv" \
    "$python lacks the venv module. On Debian: apt-get install python3-venv"

# An environment whose interpreter has gone, or that is too old, is made again.
if ! "$venv/bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Making $venv with $("$python" -V)"
  "$python" -m venv --clear "$venv"
fi

# uv itself comes from the lock, hash and all, so its version is said once.
pinned=$(awk '/^uv==/ { found = 1 } found { print } found && !/\\$/ { exit }' "$lock")
version=$(sed -n 's/^uv==\([^ ]*\).*/\1/p' "$lock")
if [ "$("$venv/bin/uv" --version 2>/dev/null | cut -d' ' -f2)" != "$version" ]; then
  echo "Fetching uv $version"
  "$venv/bin/python" -m pip install --quiet --no-deps --require-hashes --requirement <(printf '%s\n' "$pinned")
fi

echo "Installing $(grep -c '^[A-Za-z0-9].*==' "$lock") locked packages"
"$venv/bin/uv" pip sync --quiet --require-hashes --python "$venv" "$lock"
"$venv/bin/uv" pip install --quiet --python "$venv" --no-deps --no-build-isolation --editable .
