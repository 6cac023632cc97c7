# `make run` starts the simulator, `make test` runs the suite, `make check` all gates, `make bench` the figures,
# `make screenshots` takes pictures of all pages.
PYTHON ?= python3
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check bench stress screenshots wheel-test clean

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

# All pages to docs/pages/, or some: `make screenshots PAGES="mail-inboxes desk"`. Takes a Chromium.
screenshots: .venv/installed-dev
	$(BIN)/python -m tests.browser.screenshots $(PAGES)

# The wheel, in an empty environment and an empty home: the plugin, the client and the command line as a user has them.
wheel-test: .venv/installed-dev
	rm -rf build/wheel-test
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir build/wheel-test .
	$(PYTHON) -m venv build/wheel-test/venv
	build/wheel-test/venv/bin/pip install --quiet --disable-pip-version-check build/wheel-test/*.whl pytest mypy
	cp tests/wheel/suite.py build/wheel-test/test_suite.py
	cd build/wheel-test && HOME=/nowhere venv/bin/python -m pytest -q -c /dev/null --rootdir=. -p no:cacheprovider test_suite.py
	cd build/wheel-test && HOME=/nowhere venv/bin/lkc exec --from demo -- sh -c 'test -n "$$LKC_WORLD_URL"'
	cd build/wheel-test && venv/bin/mypy --strict --config-file= --cache-dir=/dev/null test_suite.py

.venv/bin/python:
	@echo "Installing into .venv, once: this may take two minutes."
	@$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --editable .
	@touch $@

.venv/installed-dev: pyproject.toml .venv/installed
	@echo "Installing what the tests need, once."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .coverage* build dist
