# make run · make stop · make test · make quick. Needs python3 >= 3.11 with venv, make and npm (or none: the Node wheel).
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PY := $(BIN)/python
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
ARGS ?=

.PHONY: run stop test quick check assets format lock
run: assets
	@PORT=$(PORT) $(PY) -m config.run

stop:
	@$(PY) -m config.run stop

test: assets
	@BRUECKE_TEST=1 $(PY) -m pytest $(ARGS)

quick: .stamps/python check
	@BRUECKE_TEST=1 $(PY) -m pytest -m "not browser" $(ARGS)

check: .stamps/python
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@BRUECKE_TEST=1 $(BIN)/mypy .
	@$(BIN)/lint-imports

format: .stamps/python
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: .stamps/python
	$(COMPILE) -o requirements/runtime.txt pyproject.toml
	$(COMPILE) --group dev -o requirements/dev.txt pyproject.toml
	$(COMPILE) --group pyproject.toml:bootstrap -o requirements/bootstrap.txt
	$(COMPILE) --group pyproject.toml:node -o requirements/node.txt

.stamps/python: requirements/bootstrap.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Brücke braucht Python 3.11 oder neuer: PYTHON=python3.12 make run"; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync -q --require-hashes requirements/dev.txt
	@mkdir -p .stamps && touch $@

assets: .stamps/python
