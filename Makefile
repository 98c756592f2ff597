# make serve: all set-up, then the map of the built-in plan.   make test: all set-up, then all tests.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKS := data/build/works.gpkg
READY := .venv/.ready
ASSETS := .venv/.assets-ready
BUNDLES := .venv/.bundles-ready
FRONT_END := $(wildcard webmap/static/js/*.js webmap/static/css/*.css)
SOURCES := $(shell find geo layers data/documents data/gazetteer data/boundaries data/registers data/vocabulary -type f -not -name '*.pyc')

.PHONY: setup serve test lint programs clean

setup: $(READY) $(BUNDLES)

$(READY): requirements.lock pyproject.toml build_backend.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Installing Python packages into .venv ..."
	@$(PYTHON) -m venv .venv
	@.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(ASSETS): $(READY) package.json package-lock.json webmap/assets.json
	@echo "Installing front-end packages ..."
	@.venv/bin/python build_backend.py install
	@touch $@

$(BUNDLES): $(ASSETS) $(FRONT_END)
	@.venv/bin/python build_backend.py bundle
	@touch $@

$(WORKS): $(READY) $(SOURCES)
	@mkdir -p $(@D)
	@.venv/bin/planned-works build -o $@

serve: setup $(WORKS)
	@.venv/bin/planned-works serve $(WORKS) --host $(HOST) --port $(PORT)

programs:
	@sh tests/programs.sh

lint: $(READY)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

test: setup programs lint
	.venv/bin/pytest --numprocesses auto --dist loadfile

clean:
	rm -rf .venv node_modules data/build webmap/static/vendor webmap/static/built
