# Each target does all the set-up that it needs, and does it once: stamps in .venv say what is installed.
#   make demo                 read the samples; make demo REPORT=path reads your own report
#   make test                 everything that must hold before a commit
#   make bench                measure on data beside the repository and write docs/benchmarks.md
#   make model                train the learned reader anew (needs the data; about two hours on two cores)
#   make lock                 pin the dependencies of pyproject.toml anew
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
# the first Python here that is new enough; `make PYTHON=…` overrules
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --require-hashes
OWN := $(PIP) install --quiet --no-deps --no-build-isolation --editable .
UV_VERSION := 0.13.9

REPORT ?=

.PHONY: help demo test lint bench model lock clean

help:
	@sed -n '2,7s/^#   //p' Makefile

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "tawatur needs Python 3.11 or newer; none found. Try: make PYTHON=/path/to/python3.12 demo"; exit 1; }
	@echo "== making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "This Python cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.run: requirements/run.lock pyproject.toml | $(BIN)/python
	@echo "== installing tawatur and what it runs on (pinned in requirements/run.lock)"
	@$(INSTALL) -r requirements/run.lock
	@$(OWN)
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	@echo "== installing what the tests need (pinned in requirements/dev.lock)"
	@$(INSTALL) -r requirements/dev.lock
	@touch $@

$(VENV)/.bench: requirements/bench.lock $(VENV)/.dev
	@echo "== installing what the benchmarks compare with (pinned in requirements/bench.lock)"
	@$(INSTALL) -r requirements/bench.lock
	@touch $@

DEMO_STORE := out/demo.sqlite
TAWATUR := $(BIN)/tawatur

# A store of the samples (with REPORT=path: of them and of your report), and what can be asked of it.
demo: $(VENV)/.run
	@mkdir -p out && rm -f $(DEMO_STORE) $(DEMO_STORE)-wal $(DEMO_STORE)-shm
	@echo "== tawatur extract $(if $(REPORT),$(REPORT),samples/02-wire-story.txt)   what one report says, each value at its words"
	@$(TAWATUR) extract --format table $(if $(REPORT),"$(REPORT)",samples/02-wire-story.txt)
	@echo "== tawatur add samples/ $(REPORT)   into the store $(CURDIR)/$(DEMO_STORE)"
	@$(TAWATUR) add samples $(if $(REPORT),"$(REPORT)") --store $(DEMO_STORE)
	@echo "== tawatur events   what happened, each once; a copied wire story adds no origin"
	@$(TAWATUR) events --store $(DEMO_STORE)
	@echo "== tawatur event   the first that is told and denied: who says so, by which way, and why it is graded so"
	@$(TAWATUR) event --store $(DEMO_STORE) "$$($(TAWATUR) events --store $(DEMO_STORE) --format jsonl | \
		$(BIN)/python -c 'import json, sys; found = [json.loads(x) for x in sys.stdin]; \
		print(min(found, key=lambda e: (["contested", "denied"].index(e["grade"]) if e["grade"] in ("contested", "denied") else 9, -len(e["docs"])))["event"])')"
	@echo "== tawatur check   counts held against items, and figures against the record"
	@$(TAWATUR) check --store $(DEMO_STORE)
	@$(TAWATUR) brief --from 2023-12-05 --to 2023-12-10 --store $(DEMO_STORE) --format html --output out/brief.html
	@$(TAWATUR) brief --from 2023-12-05 --to 2023-12-10 --store $(DEMO_STORE) --lang ar --format html --output out/brief-ar.html
	@echo "== tawatur brief   a report with every sentence footnoted: $(CURDIR)/out/brief.html and brief-ar.html; its beginning:"
	@$(TAWATUR) brief --from 2023-12-05 --to 2023-12-10 --store $(DEMO_STORE) | sed -n '1,70p'

lint: $(VENV)/.dev
	@echo "== ruff: style and common mistakes"
	@$(BIN)/ruff check --quiet .
	@echo "== ruff: format"
	@$(BIN)/ruff format --quiet --check .
	@echo "== mypy: types, strict"
	@$(BIN)/mypy
	@echo "== import-linter: rooms import one way"
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

test: lint
	@echo "== pytest: two processes, no network"
	@$(BIN)/pytest -n 2 -q

bench: $(VENV)/.bench
	@echo "== benchmarks: minutes; the data must lie beside the repository or in TAWATUR_SHARED"
	@$(BIN)/python -m benchmarks --write

# Training has an environment of its own. Torch is installed with exactly this spelling, outside the lock: any other
# fetches a build for graphics cards of several gigabytes.
MODEL := $(VENV)-model
TORCH := torch==2.13.0
DATA := $(or $(TAWATUR_SHARED),../shared)/gold/train.json
# Without these the allocator gives pages back and takes them again at every step: a fifth of the time.
MALLOC := MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456

$(MODEL)/.done: requirements/model.lock pyproject.toml | $(BIN)/python
	@echo "== making $(MODEL), with torch"
	@test -x $(MODEL)/bin/python || $(PYTHON) -m venv $(MODEL)
	@$(MODEL)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements/model.lock
	@$(MODEL)/bin/python -m pip --disable-pip-version-check install --quiet $(TORCH)
	@$(MODEL)/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

model:
	@test -f "$(DATA)" || { echo "no training data: $(DATA) is not there (TAWATUR_SHARED names the folder that holds gold/)"; exit 1; }
	@$(MAKE) --no-print-directory $(MODEL)/.done
	@$(MALLOC) $(MODEL)/bin/python -m training

COMPILE = $(VENV)-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" --no-emit-index-url pyproject.toml
lock: | $(BIN)/python
	@echo "== pinning with uv $(UV_VERSION)"
	@test -x $(VENV)-lock/bin/uv || { $(PYTHON) -m venv $(VENV)-lock && \
		$(VENV)-lock/bin/python -m pip --disable-pip-version-check install --quiet uv==$(UV_VERSION); }
	@$(COMPILE) --upgrade --group build --group tests --group lint --group bench --output-file requirements/bench.lock
	@$(COMPILE) --group build --group tests --group lint --constraints requirements/bench.lock --output-file requirements/dev.lock
	@$(COMPILE) --group build --constraints requirements/bench.lock --output-file requirements/run.lock
	@$(COMPILE) --group build --group model --constraints requirements/bench.lock --output-file requirements/model.lock

clean:
	rm -rf $(VENV) $(VENV)-lock $(MODEL) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
