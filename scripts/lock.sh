#!/usr/bin/env bash
# Write requirements/*.txt: every version and hash, for every platform, and no
# word of where the files came from. Called by `make lock`.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=${1:-.venv}
upgrade=${2:-}
if [ ! -x "$venv/bin/uv" ]; then
  "${PYTHON:-python3}" -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet uv
fi

pin() { # arguments of uv pip compile
  # The header would record the command line, paths included; the other two
  # would record this machine's package settings.
  "$venv/bin/uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 \
    --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
    ${upgrade:+"$upgrade"} "$@"
}

mkdir -p requirements
pin --output-file requirements/app.txt
pin --extra dev --constraints requirements/app.txt --output-file requirements/dev.txt

if grep -nE '://|^ *-(i|f|-index|-extra-index|-find-links)' requirements/*.txt >&2; then
  echo "The lock names where its files came from; it must not." >&2
  exit 1
fi
echo "Locked: requirements/app.txt, requirements/dev.txt"
