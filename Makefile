# `make help` lists the targets. Everything needed is installed by `deploy/setup.sh`.
SHELL := /bin/bash
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run test check bench screenshots names lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## install what running needs (virtual environment, packages, screens, fonts)
	@deploy/setup.sh run

setup-test: ## install what the tests need as well (Chromium, PostgreSQL, zbar)
	@deploy/setup.sh test

run: setup ## run a demo market: PORT=8000 (live on PORT+1), Ctrl-C stops it
	@MARKET_DEMO=1 MARKET_PORT=$(PORT) exec $(BIN)/market run

test: setup-test ## run every test
	@$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check: setup ## linters, types, import rules, TypeScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config pyproject.toml
	$(BIN)/python -m server.cli.assets

bench: setup-test ## the benchmarks, one table
	@$(BIN)/python -m tests.bench

screenshots: setup-test ## pictures of every screen into var/screenshots
	@$(BIN)/python -m tests.screenshots

names: ## make the characters of the pinyin pad again (server/data/pinyin_pad.json)
	$(BIN)/uv venv --quiet --clear var/names
	$(BIN)/uv pip install --quiet --python var/names --require-hashes -r requirements-names.lock
	var/names/bin/python deploy/pinyin_pad.py

lock: ## pin every Python package again, with hashes
	$(BIN)/uv pip compile pyproject.toml --generate-hashes --universal --python-version 3.11 \
		--no-header --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --generate-hashes --universal \
		--python-version 3.11 --no-header --quiet -c requirements.lock -o requirements-dev.lock
	for extra in handwriting names; do $(BIN)/uv pip compile deploy/$$extra.in --generate-hashes \
		--universal --python-version 3.11 --no-header --quiet -o requirements-$$extra.lock; done

clean: ## remove what setup made; the data in var/ stays
	rm -rf $(VENV) server/web/node_modules server/web/static/vendor */static/js server/*/static/js
