# Everything people need runs from here, with nothing but make and python3 (3.11 or newer) on the machine.

PY ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
FILE ?= ../shared/evals/dev.jsonl
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes

.PHONY: run test fuzz test-postgres check evaluate bench lock browser

run: $(VENV)/.runtime
	@DEBUG=1 exec $(BIN)/python -u manage.py setup --serve 127.0.0.1:$(PORT)

test: $(VENV)/.dev browser
	$(BIN)/python -m pytest -q -n 2 --dist worksteal

# Invents calls of the API for ever new answers that its OpenAPI document does not describe; REQUESTS=500 stops sooner.
fuzz: $(VENV)/.dev
	REQUESTS=$(or $(REQUESTS),5000) $(BIN)/python -m pytest -q tests/api/test_fuzz.py

test-postgres: $(VENV)/.dev browser
	tests/postgres.sh $(BIN)/python -m pytest -q -n 2 --dist worksteal $(ONLY)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/lint-imports
	DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run

# Measures the starter guides and the reasoning in this checkout; SHORT=1 in less than a minute, ONLY="questions people"
# only some sections, KEEP=1 sets the marks below which nothing may fall from now on.
evaluate: $(VENV)/.dev
	@$(BIN)/python -m tests.evaluation $(if $(wildcard $(FILE)),--texts $(FILE)) $(if $(SHORT),--short) $(if $(ONLY),--only $(ONLY)) $(if $(KEEP),--keep)

# How time and room grow from 10 to 10,000 made-up guides, and what pages cost; SHORT=1 stops at 1,000.
bench: $(VENV)/.dev
	@$(BIN)/python -m tests.bench $(if $(SHORT),--short)

lock: $(VENV)/.dev
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --group postgres -c requirements.txt -o requirements-postgres.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

$(VENV)/.made:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with: make PY=python3.12"; exit 1; }
	@$(PY) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/.runtime: requirements.txt | $(VENV)/.made
	@echo "Installing packages..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(VENV)/.made
	@echo "Installing packages for tests and checks..."
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

browser:
	@tests/browser.sh
