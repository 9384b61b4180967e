# Two commands: `make demo` to see it, `make test` to trust it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REQUIREMENTS := requirements/app.txt

.PHONY: help setup setup-dev encoder sentry python310 rasa demo test torture lint audit format lock clean

help:  ## Show what there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.app: requirements/app.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Townline needs Python 3.11 or later: make PYTHON=python3.12 ..."; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing Townline's dependencies into $(VENV) (the first time takes a minute or two)"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/app.txt
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.app
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(VENV)/.app  ## Make .venv with everything the software needs

setup-dev: $(VENV)/.dev  ## And with what the tests and linters need

$(VENV)/.encoder: requirements/encoder.txt $(VENV)/.app
	@echo "Installing what runs a sentence encoder"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/encoder.txt
	@touch $@

encoder: $(VENV)/.encoder  ## And with what runs a sentence encoder (docs/nlu-encoder.md)

$(VENV)/.sentry: requirements/sentry.txt $(VENV)/.app
	@echo "Installing what reports errors to Sentry"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/sentry.txt
	@touch $@

sentry: $(VENV)/.sentry  ## And with what reports errors to Sentry (docs/operations.md)

# Rasa 3.6 runs on Python 3.10 at most, and so in an environment of its own.
RASA := .venv-rasa
PYTHON310 ?= $(firstword $(foreach python,python3.10 $(wildcard $(HOME)/.pyenv/versions/3.10.*/bin/python3.10) \
  $(wildcard $(HOME)/.local/share/uv/python/cpython-3.10*/bin/python3.10),$(shell $(python) -c \
  'import sys; sys.version_info[:2] == (3, 10) and print(sys.executable)' 2>/dev/null)))

$(RASA)/.installed: requirements/rasa.txt
	@test -n "$(PYTHON310)" || { \
	  echo "Rasa needs Python 3.10, and there is none here. Install one, by pyenv or uv or your system, and run"; \
	  echo "  make rasa PYTHON310=/path/to/python3.10"; exit 1; }
	@$(RASA)/bin/python -m pip --version >/dev/null 2>&1 || $(PYTHON310) -m venv --clear $(RASA)
	@echo "Installing Rasa into $(RASA) (2.7 GB; two minutes or three)"
	@$(RASA)/bin/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements/rasa.txt
	@touch $@

python310:
	@echo "$(PYTHON310)"

rasa: $(RASA)/.installed  ## Make .venv-rasa, with the other engine (docs/nlu-rasa.md; needs Python 3.10)

demo: setup  ## Run everything on this machine, with two simulated phones
	@$(BIN)/townline demo

# A file's tests stay in one process, the longest files come first, and there is a process more than cores
# (tests/conftest.py). `make test PARALLEL=` runs all in one.
PARALLEL ?= -n auto --dist loadfile --no-loadscope-reorder

MODEL := models/spacy/meta.json

$(MODEL): $(wildcard nlu/*.py) $(shell find data/training -type f) | setup-dev
	@$(BIN)/townline nlu train

test: setup-dev $(MODEL)  ## Run the whole suite, PostgreSQL and Redis included
	@$(BIN)/python -m pytest $(PARALLEL) $(ARGS)

torture: setup-dev $(MODEL)  ## Kill processes, flush Redis, crash PostgreSQL: nothing is lost (docs/torture.md)
	@PYTHONPATH=tests:. $(BIN)/python -m torture $(ARGS)

lint: setup-dev audit  ## Check style, types, complexity, the import rules and the dependencies
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

audit: setup-dev  ## Look the pinned dependencies up among the known vulnerabilities
	@$(BIN)/python scripts/audit.py requirements/app.txt requirements/encoder.txt requirements/sentry.txt

format: setup-dev  ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: setup-dev  ## Pin the dependencies anew (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-annotate \
	  pyproject.toml --extra build -o requirements/app.txt
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-annotate \
	  pyproject.toml --extra build --extra dev --extra encoder --extra sentry -o requirements/dev.txt
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-annotate \
	  pyproject.toml --extra encoder -o requirements/encoder.txt
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-annotate \
	  pyproject.toml --extra sentry -o requirements/sentry.txt
	echo rasa==3.6.21 | uv pip compile --universal --generate-hashes --python-version 3.10 --no-header \
	  --no-annotate - -o requirements/rasa.txt

clean:  ## Forget the environment, the model and the demo's data
	rm -rf $(VENV) $(RASA) models var/demo
