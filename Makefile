# Four commands, the same on a desk and on a build machine:
#   make               read the seeds and write output/
#   make test          run every test
#   make lint          run every checker
#   make reproducible  build the seeds several ways and compare byte for byte
# PYTHON names the interpreter (3.11 or newer) that the virtual environment is made with.

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TRIAL := build/reproducible

# The day of issue comes from seeds/cablegraph.toml, wherever this runs.
unexport SOURCE_DATE_EPOCH

.DEFAULT_GOAL := build
.PHONY: build setup test lint reproducible browser clean

build: $(STAMP)
	$(BIN)/cablegraph build seeds --output output

setup: $(STAMP)

test: $(STAMP)
	$(BIN)/python -m pytest $(ARGS)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/codespell
	$(BIN)/validate-pyproject pyproject.toml

reproducible: $(STAMP)
	rm -rf $(TRIAL)
	PYTHONHASHSEED=1 $(BIN)/cablegraph build seeds --output $(TRIAL)/one --quiet
	PYTHONHASHSEED=2 $(BIN)/cablegraph build seeds --output $(TRIAL)/two --quiet
	PYTHONHASHSEED=3 $(BIN)/cablegraph build seeds --output $(TRIAL)/three --workers 2 --quiet
	diff -r $(TRIAL)/one $(TRIAL)/two
	diff -r $(TRIAL)/one $(TRIAL)/three
	diff -r $(TRIAL)/one output
	@if git rev-parse --git-dir >/dev/null 2>&1; then \
	    git --no-pager diff --stat --exit-code -- output && \
	    test -z "$$(git ls-files --others --exclude-standard -- output)" || \
	    { echo "output: differs from what is committed; read the difference, then commit it"; exit 1; }; \
	fi
	@echo "reproducible: two hash seeds, one and two workers and output/ agree byte for byte"

# What the tests in a browser use besides Chromium and the package playwright.
browser:
	mkdir -p build/browser
	cp tests/browser/package.json tests/browser/package-lock.json build/browser/
	cd build/browser && npm ci --silent --ignore-scripts --no-audit --no-fund

# A virtual environment without pip is what a failed set-up leaves; it is made anew.
$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Makefile: $(PYTHON) is older than Python 3.11; name a newer one with PYTHON="; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || \
	    { echo "Makefile: no virtual environment can be made; on Debian install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
