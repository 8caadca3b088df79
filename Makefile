# Everything people need runs from here, with nothing but make and python3 (3.11 or newer) on the machine.

PY ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
FILE ?= ../shared/evals/dev.jsonl
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes

.PHONY: run test test-postgres check evaluate lock browser

run: $(VENV)/.runtime
	@DEBUG=1 exec $(BIN)/python -u manage.py setup --serve 127.0.0.1:$(PORT)

test: $(VENV)/.dev browser
	$(BIN)/python -m pytest -q -n 2

test-postgres: $(VENV)/.dev browser
	tests/postgres.sh $(BIN)/python -m pytest -q -n 2 $(ONLY)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/lint-imports
	DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run

# Measures the starter guides as they are in this checkout, not what somebody has edited in the site's database.
evaluate: export DEBUG = 1
evaluate: export DATABASE_URL = sqlite:///$(CURDIR)/$(VENV)/evaluate.sqlite3
evaluate: $(VENV)/.runtime
	@test -e "$(FILE)" || { echo "There is no $(FILE). Name a file of texts and labels with: make evaluate FILE=..."; exit 1; }
	@rm -f $(VENV)/evaluate.sqlite3*
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_guides --verbosity 0
	@$(BIN)/python manage.py evaluate $(FILE) $(if $(LONG),--long)

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
