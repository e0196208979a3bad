# Two commands: `make run` opens the app, `make test` checks everything.
# Both make .venv themselves and work offline once it is there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Three workers for two cores, for browser tests wait; tests of a file share what is slow to make.
PARALLEL ?= -n 3 --dist loadfile

.PHONY: run test lint fast slow bench pictures lock clean

run: $(STAMP)
	$(BIN)/evenhand app

test: $(STAMP) chromium lint
	$(BIN)/pytest $(PARALLEL)

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# While working: everything but the browser.
fast: $(STAMP)
	$(BIN)/pytest $(PARALLEL) -m "not slow and not browser"

slow: $(STAMP) chromium
	$(BIN)/pytest -m slow

# The pictures of the README, from the app itself.
pictures: $(STAMP) chromium
	$(BIN)/python docs/make_pictures.py

bench: $(STAMP)
	$(BIN)/python -m benchmarks

$(STAMP): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	touch $@

# The browser tests drive the system's Chromium; Debian's is installed where there is none.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	  command -v google-chrome >/dev/null || test -n "$$CHROMIUM" || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } || \
	  echo "No Chromium found: install it, or set CHROMIUM. The browser tests will be skipped."

# Needs uv. Names versions and hashes, never an index.
lock:
	uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements.txt

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
