# Steelyard (权衡). `make` alone lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test lint format lock bench clean

PYTHON ?= python3
VENV := .venv
UV := $(VENV)/bin/uv
READY := $(VENV)/.ready

# A missing Python is said, not downloaded.
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help: ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv with the product and its tools
	@echo "Ready: $(VENV)/bin/steelyard"

$(READY): requirements/dev.txt pyproject.toml scripts/setup.sh
	@PYTHON="$(PYTHON)" bash scripts/setup.sh $(VENV)
	@touch $@

demo: $(READY) ## weigh the sample evaluation into build/demo
	@bash scripts/demo.sh

test: $(READY) ## run every check, tests last
	@bash scripts/test.sh

lint: $(READY) ## run the checks without the tests
	@bash scripts/test.sh --no-tests

format: $(READY) ## mend what ruff can mend
	@$(VENV)/bin/ruff check --fix-only --quiet .
	@$(VENV)/bin/ruff format .

lock: ## pin the dependencies anew (UPGRADE=1 takes newer versions)
	@PYTHON="$(PYTHON)" bash scripts/lock.sh $(VENV) $(if $(UPGRADE),--upgrade)

bench: $(READY) ## time the sample evaluation
	@$(VENV)/bin/python scripts/bench.py

clean: ## remove everything that can be made again
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	@find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
