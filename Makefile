# The only door: every way of checking, testing and running goes through a target here, and CI calls the same ones.
.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.PHONY: help setup check fmt test deep test-deep replay integration demo demo-term up screenshots browsers bench bundle chaos abuse access composed mutants schemas lock clean

# A bare machine needs make, git and a Python 3.11, 3.12 or 3.13: one compiled to be quick is taken (deploy/packages/venv.sh), or
# the one that is named: `make setup PYTHON=/path/to/python3`.
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed
PACKAGES := deploy/packages

# `make test ARGS="tests/unit -k deadline"` runs a part; only a whole run is held to the coverage floor of the rules.
ARGS ?=
# Three processes (pytest-xdist) on two cores, a file never torn apart: much of a run waits for servers. `WORKERS=` makes it one.
WORKERS ?= 3
SPLIT := $(if $(WORKERS),-n $(WORKERS) --dist loadfile --no-loadscope-reorder)
RULES := workflows.rules workflows.procedure workflows.passages workflows.kinds
RULES_COVERAGE := $(RULES:%=--cov=%) --cov-branch --cov-fail-under=95

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(READY) ## Make .venv from the lock; every other target does it by itself, once
	@echo "$(VENV) holds exactly what uv.lock locks"

$(READY): uv.lock $(PACKAGES)/uv.txt $(PACKAGES)/install.sh $(PACKAGES)/venv.sh
	@$(PACKAGES)/venv.sh $(VENV) $(PYTHON)
	@echo "Installing the locked packages into $(VENV)" && $(PACKAGES)/install.sh $(VENV) ctl test lint lock
	@$(BIN)/python -m compileall -q contracts workflows services
	@touch $@

check: $(READY) ## Lint, format, types, who may import whom, and the house rules; no test, no server
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --quiet --lint services/console/templates
	$(BIN)/oxlint --quiet services/console/static
	$(BIN)/python tests/agreement/guards.py

fmt: $(READY) ## Format the code and repair what lint can repair
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

test: $(READY) ## Every test, with real servers started on this machine; ends with the coverage of the rules
	$(BIN)/pytest $(SPLIT) $(if $(ARGS),$(ARGS),$(RULES_COVERAGE))

replay: $(READY) ## Recorded workflow histories against today's code: nothing in flight may break
	$(BIN)/pytest tests/replay $(ARGS)

integration: $(READY) ## Only the tests against real Temporal, NATS, PostgreSQL and SQLite
	$(BIN)/pytest tests/integration tests/e2e $(ARGS)

demo: $(READY) ## Start everything on this machine, carry a batch and a removal through it, verify the record, stop
	$(BIN)/python -m services.ctl demo $(ARGS)

demo-term: $(READY) ## A term election of twelve districts and 992 nominees; ARGS="--policy 2026.1-term" takes the other list
	$(BIN)/python -m services.ctl demo-term $(ARGS)

up: $(READY) ## Start everything on this machine and keep it running until Ctrl-C
	$(BIN)/python -m services.ctl up $(ARGS)

screenshots: $(READY) ## Take the pictures of docs/pictures again, from a demonstration of its own (needs Debian's chromium, fonts-noto-cjk)
	PYTHONPATH=. $(BIN)/python tests/pictures/run.py

browsers: $(READY) ## The console in Chromium 79, 90 and 109, as offices still have them (needs Node with npm; ARGS: which)
	PYTHONPATH=. $(BIN)/python -m tests.old_browsers.run $(ARGS)

bench: $(READY) ## Measure the decision path and the record against bare engines, both sides in one run
	PYTHONPATH=. $(BIN)/python tests/bench/run.py $(ARGS)

bundle: $(READY) ## Sign 992 letters at once by the console, kill what carries them, and count what the record says
	PYTHONPATH=. $(BIN)/python -m tests.bundles.run $(ARGS)

chaos: $(READY) ## Kill processes of a whole system while people act, and count what must be nought
	PYTHONPATH=. $(BIN)/python tests/chaos/run.py $(ARGS)

abuse: $(READY) ## Attack a system of its own, and say how long honest requests take meanwhile, beside in peace
	PYTHONPATH=. $(BIN)/python -m tests.abuse.run $(ARGS)

access: $(READY) ## Hold a composed system against docs/access-matrix.md; ARGS="--secrets FOLDER", its names leading to it
	PYTHONPATH=. $(BIN)/python -m tests.access.run $(ARGS)

composed: $(READY) ## As root: docker-compose.yml from nothing, images of packages where there is no registry, then `access` on it
	PYTHONPATH=. $(BIN)/python -m tests.trial.run $(ARGS)

mutants: $(READY) ## Change the rules one small thing at a time, and say which change no test notices (ARGS: modules)
	PYTHONPATH=. $(BIN)/python -m tests.mutation.run $(ARGS)

deep: $(READY) ## The tests that take minutes each: long lives, lives by chance, every act in every state
	$(BIN)/pytest -m deep $(ARGS)

test-deep: test deep bundle chaos bench ## Everything that there is: the tests, the long ones, a bundle, at least 200 kills, the benchmarks

schemas: $(READY) ## Write the JSON Schemas of the contracts again from their classes
	$(BIN)/python -m contracts.generate

lock: $(READY) ## Resolve pyproject.toml into uv.lock again (UPGRADE=1: take newer versions)
	$(PACKAGES)/lock.sh $(BIN)/uv $(if $(UPGRADE),--upgrade)

clean: ## Remove what the machine made: .venv, caches, and the data of `make up` and the demonstrations under var/
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
