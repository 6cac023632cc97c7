# `make run` starts the simulator, `make test` runs the suite, `make check` all gates, `make bench` the figures.
PYTHON ?= python3
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check bench stress clean

run: .venv/installed
	@exec $(BIN)/lkc start

test: .venv/installed-dev
	$(BIN)/pytest -n auto --cov --cov-report=term

check: .venv/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(MAKE) test

bench: .venv/installed-dev
	$(BIN)/python -m tests.bench

# Load and crashes at length; the last lines go to docs/benchmarks.md.
stress: .venv/installed-dev
	$(BIN)/python -m tests.stress

.venv/bin/python:
	@echo "Installing into .venv, once: this may take two minutes."
	@$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/installed-dev: pyproject.toml .venv/installed
	@echo "Installing what the tests need, once."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .coverage* build dist
