# planctl's chores. `make` alone lists them.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
RUN := $(VENV)/run.stamp
DEV := $(VENV)/dev.stamp
T ?=

.DEFAULT_GOAL := help
.PHONY: help run dev test check faults lint format golden schema bench eval pictures clean

help: ## list these chores
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)$$/\1\t\2/' | expand -t 10

run: $(RUN) ## what is due on or before 2022-12-31 in the shipped plans
	@$(BIN)/planctl due --before 2022-12-31

dev: $(DEV) ## set up everything for work on planctl

test: $(DEV) ## run the tests (T=name for some)
	@$(BIN)/pytest -q -n auto $(if $(T),-k "$(T)")

check: lint test ## all that must hold before a change lands
	@$(BIN)/planctl validate plans

faults: $(DEV) ## 8 writers with 1,000 entries each, and 200 kills; twenty minutes
	@PLANCTL_FAULTS=1 $(BIN)/pytest -q tests/test_recording_faults.py

lint: $(DEV) ## style, types and the layers of the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(DEV) ## lay the code out
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

golden: $(DEV) ## write the expected outputs of the tests anew
	@$(BIN)/pytest -q --update-golden

schema: $(DEV) ## write docs/schema anew
	@mkdir -p docs/schema; for kind in plan units settings export; do $(BIN)/planctl schema $$kind --output docs/schema/$$kind.schema.json; done

bench: $(DEV) ## measure the speed, as ratios in one run
	@$(BIN)/python benchmarks/run.py

eval: $(DEV) ## score the importer on official documents, where they are at hand
	@$(BIN)/python benchmarks/evaluate.py

pictures: $(DEV) ## draw the pictures of the README anew (needs .ci/fonts)
	@$(BIN)/python docs/pictures/make.py

clean: ## remove what these chores made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage

# The bytecode is written here, so that no start pays for it, even where Python is told not to write any.
$(RUN): pyproject.toml src/planctl/__init__.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 run"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "On Debian: apt-get install python3-venv"; exit 1; }
	@$(PIP) --editable .
	@$(BIN)/python -m compileall -q src/planctl
	@touch $@

$(DEV): $(RUN)
	@$(PIP) --editable '.[all,dev]'
	@touch $@
