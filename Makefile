# Two commands a newcomer needs: `make demo` and `make test`.
SHELL := /bin/bash
PORT ?= 8000
RESET ?=
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
export PYTHONUTF8 := 1

.PHONY: demo test check bench docs setup assets lock format clean

demo: setup assets ## the demo city on http://127.0.0.1:8000 (PORT= changes it; RESET=1 starts anew)
	@$(BIN)/motcua demo --port $(PORT) $(if $(RESET),--reset)

test: setup-dev assets ## every test, on SQLite and (where a server answers) on PostgreSQL, and in Chromium
	@$(PY) -m motcua.web.testrun

check: setup-dev ## format, lint, types, import contracts, licences
	@$(PY) -m motcua.web.checkrun

bench: setup-dev ## ratios against named floors, with statement counts
	@$(PY) -m bench

docs: setup-dev ## the documentation site in build/site
	@$(PY) -m motcua.web.reference
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir build/site && echo "build/site/index.html"

setup: $(VENV)/.stamp-base
setup-dev: $(VENV)/.stamp-dev

$(VENV)/bin/python:
	@echo "• Tạo môi trường .venv / creating the environment .venv"
	@python3 scripts/bootstrap.py $(VENV)

$(VENV)/.stamp-base: $(VENV)/bin/python requirements/base.txt pyproject.toml
	@python3 scripts/bootstrap.py $(VENV) requirements/base.txt
	@touch $@

$(VENV)/.stamp-dev: $(VENV)/.stamp-base requirements/dev.txt
	@python3 scripts/bootstrap.py $(VENV) requirements/dev.txt
	@touch $@

assets: setup ## style sheets, scripts, icons, fonts, translations
	@$(PY) -m motcua.web.design.build
	@$(PY) -m motcua.web.i18n compile

lock: ## renew the lock files from pyproject.toml
	@for group in base dev node; do \
	  args=""; [ $$group = base ] || args="--group $$group"; \
	  $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --no-header --universal --python-version 3.11 $$args pyproject.toml -o requirements/$$group.txt; done

format: setup-dev
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

clean:
	rm -rf $(VENV) var build frontend/node_modules src/motcua/web/static/dist
