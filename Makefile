# `make run` starts Civility, `make demo` starts it with a sample council, `make test` checks it.
# Everything goes into .venv in this folder. Another Python: make run PYTHON=/path/to/python3.12

.DEFAULT_GOAL := help
.PHONY: help run demo test lint bench lock clean

# The first Python that is 3.11 or newer and can make a virtual environment.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo "$$p" && break; done)

VENV := .venv
BIN := $(VENV)/bin
LOCK := env -u UV_INDEX -u UV_DEFAULT_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS \
	UV_CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/uv --no-config --system-certs pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate

help:
	@echo "make run    start Civility here (the local chat, unless Slack or Teams is configured)"
	@echo "make demo   the same, with a sample council and a few cases"
	@echo "make test   run the tests"
	@echo "make lint   check style, types and the floors"
	@echo "make bench  measure speed and memory"
	@echo "make lock   write the lists of exact versions again, with the newest that fit"
	@echo "make clean  remove what the tools leave behind, never your data"

run: $(VENV)/.run
	@$(BIN)/civility run

demo: $(VENV)/.run
	@$(BIN)/civility demo

# On all cores. ARGS reaches pytest, for example: make test ARGS="tests/policy -k appeal"
test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n logical --dist worksteal $(ARGS)

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.dev
	@$(BIN)/python -m bench $(ARGS)

# First the whole, then the smaller lists held to the versions of the whole, so that all of them agree.
lock: $(VENV)/.uv
	@$(LOCK) --upgrade --group dev --group build pyproject.toml --output-file requirements/dev.txt
	@$(LOCK) --upgrade --group build pyproject.toml --constraints requirements/dev.txt --output-file requirements/run.txt
	@echo uv | $(LOCK) --upgrade - --output-file requirements/uv.txt

clean:
	rm -rf build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache $(VENV)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment: each step leaves a stamp and runs again only when its list has changed -----------------

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Civility needs Python 3.11 or newer with its venv module"; \
	echo "(on Debian and Ubuntu: apt install python3-venv). Or name one: make run PYTHON=..."; exit 1; }
	@"$(PYTHON)" -m venv $(VENV)

# uv installs about ten times faster than pip. Where it has no build for this machine, pip does the same work.
$(VENV)/.uv: requirements/uv.txt | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
	-r requirements/uv.txt || echo "uv has no build for this machine: using pip, which is slower"
	@touch $@

$(VENV)/.run: requirements/run.txt pyproject.toml $(VENV)/.uv
	@$(call install,requirements/run.txt)
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml $(VENV)/.uv
	@$(call install,requirements/dev.txt)
	@touch $@ $(VENV)/.run

# First the exact versions, each checked against its hash, then this folder itself, which downloads nothing.
define install
if [ -x $(BIN)/uv ]; then pip="$(BIN)/uv --system-certs pip install --quiet --compile-bytecode --python $(BIN)/python"; \
else pip="$(BIN)/python -m pip install --quiet --disable-pip-version-check"; fi; \
$$pip --require-hashes -r $(1) && $$pip --no-deps --no-build-isolation -e .
endef
