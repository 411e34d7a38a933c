# The two commands that matter: `make demo` and `make test`. `make help` lists the rest.
# Everything lives in .venv, which is built again whenever a requirement file changes: first what running needs
# (`make venv`, `make demo`), and only for tests and style what these need besides.

# An interpreter of your own choice: make demo PYTHON=/opt/python/bin/python3.12
PYTHON ?=
UV ?= uv

BIN := .venv/bin
READY := .venv/ready
READY_DEV := .venv/ready-dev
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate pyproject.toml

.PHONY: help demo test lint format venv lock clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' Makefile | while IFS='	' read -r name what; do \
		printf '  make %-8s %s\n' "$$name" "$$what"; done

demo: $(READY) ## a whole network on this machine, people included; opens a page in your browser
	$(BIN)/halqa demo

test: $(READY_DEV) ## every test, on as many cores as there are
	$(BIN)/pytest -n auto --dist worksteal

lint: $(READY_DEV) ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY_DEV) ## put the code in the house's shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

venv: $(READY) ## only .venv with what running needs, as on a server

lock: ## pin the dependencies of pyproject.toml anew (needs uv)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: see https://docs.astral.sh/uv/" >&2; exit 1; }
	$(COMPILE) --upgrade --group build -o deploy/requirements.txt >/dev/null
	$(COMPILE) --upgrade --group dev -o deploy/requirements-dev.txt >/dev/null

clean: ## take away everything that make built
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis screenshots
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A pyenv shim or a stub of the operating system can be on the path without being a Python, so each candidate
# is asked to run. The project itself is installed last, from this folder only and without touching the network.
$(READY): deploy/requirements.txt pyproject.toml
	@fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'; \
	if [ -n "$(PYTHON)" ]; then candidates="$(PYTHON)"; else candidates="python3.13 python3.12 python3.11 python3"; fi; \
	for candidate in $$candidates; do \
		if "$$candidate" -c "$$fits" >/dev/null 2>&1; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Halqa needs Python 3.11, 3.12 or 3.13, and none of these is one: $$candidates." >&2; \
		echo "Install one, or name it: make $(or $(firstword $(MAKECMDGOALS)),demo) PYTHON=/path/to/python3.12" >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
		echo "$$python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; \
	fi; \
	echo "Building .venv with $$("$$python" --version). The first time takes a minute or two."; \
	"$$python" -m venv --clear .venv
	@$(INSTALL) --require-hashes -r deploy/requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation --no-index --editable .
	@touch $(READY)

$(READY_DEV): $(READY) deploy/requirements-dev.txt
	@echo "Adding to .venv what tests, style and types need."
	@$(INSTALL) --require-hashes -r deploy/requirements-dev.txt
	@touch $(READY_DEV)
