#!/usr/bin/env bash
# Every check, quickest first; stops at the first that fails. The tests come
# last, so that the last line printed is theirs.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin

heading() { printf '\n== %s\n' "$*"; }

heading "ruff: rules"
"$bin/ruff" check .

heading "ruff: format"
"$bin/ruff" format --check .

heading "mypy: types"
"$bin/mypy"

heading "import-linter: who may import whom"
"$bin/lint-imports" --no-logo

[ "${1:-}" = "--no-tests" ] && exit 0

heading "pytest: tests"
"$bin/pytest" --quiet -n auto --dist worksteal
