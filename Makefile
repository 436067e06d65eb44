# Each line calls a tool; what a tool does is in py_src/hundredfold. Second runs skip what is done.
.PHONY: demo test test-js lint lint-python lint-page page browsers bench models docs dist clean help
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
MINUTES ?= 10
export PORT HOST
export PATH := $(CURDIR)/.venv/bin:$(PATH)
BIN := .venv/bin
# Two at a time; what each says stays together, where make can do that.
SIDE_BY_SIDE := $(MAKE) --no-print-directory -j 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
CARDS := $(wildcard models/*/README.md)
EXHIBITS := $(CARDS:models/%/README.md=%)
GENERATED := README.md $(wildcard docs/*.md) $(CARDS) web/method.html web/src/shared/result.d.ts py_src/hundredfold/energy/grid.py

help:
	@echo 'make demo    install what is missing and serve the page on http://$(HOST):$(PORT)'
	@echo 'make test    install what is missing and run every check, real browsers included'
	@echo 'make test-js the page'"'"'s pure modules alone, in seconds'
	@echo 'make lint    ruff, mypy, tsc, prettier, generated docs up to date'
	@echo 'make bench   measure here (a real browser) and there (native), interleaved'
	@echo 'make soak    use the server and the page hard for ten minutes (MINUTES), and tell what it cost them'
	@echo 'make dist    build one wheel with the page and the models in it, into dist/'
	@echo 'make models  train all models again; about four hours on two busy CPU cores; it can be stopped'
	@echo 'make docs    write the generated tables in README.md, docs/ and models/'

demo: .venv/server
	@$(BIN)/hundredfold prepare
	@$(BIN)/hundredfold serve

# The page is built, which needs the server's packages only, while the rest is installed.
test: .venv/server
	@$(BIN)/hundredfold prepare --packages
	@$(SIDE_BY_SIDE) page .venv/dev
	@$(SIDE_BY_SIDE) lint-python browsers lint-page test-js
	$(BIN)/python -m pytest -n 2

page: .venv/server
	@$(BIN)/hundredfold prepare

browsers: .venv/dev
	@$(BIN)/hundredfold prepare --browser

test-js: .venv/dev
	@$(BIN)/hundredfold prepare --packages
	cd web && npm test --silent

lint: .venv/dev
	@$(BIN)/hundredfold prepare --packages
	@$(SIDE_BY_SIDE) lint-python lint-page

lint-python: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lint-page: .venv/dev
	cd web && npm run --silent types
	cd web && npx prettier --config .prettierrc --check . ../tests/js
	$(BIN)/cog --check --check-fail-msg='run: make docs' $(GENERATED)

bench: .venv/dev
	@$(BIN)/hundredfold prepare --browser
	$(BIN)/hundredfold bench
	$(BIN)/hundredfold bench start

soak: .venv/dev
	@$(BIN)/hundredfold prepare --browser
	@$(BIN)/hundredfold soak --minutes $(MINUTES)

dist: page .venv/dist
	$(BIN)/hundredfold dist

models: .venv/dev
	$(foreach exhibit,$(EXHIBITS),$(BIN)/hundredfold forge $(exhibit) && $(BIN)/hundredfold evaluate $(exhibit) &&) true
	$(MAKE) docs

docs: .venv/dev
	$(BIN)/cog -r $(GENERATED)

clean:
	rm -rf .venv .cache web/node_modules web/dist build dist test-results

.venv/bin/python:
	@echo 'Making a Python environment in .venv ...'
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Hundredfold needs Python 3.11 or newer")'
	@$(PYTHON) -m venv .venv

.venv/server: pyproject.toml | .venv/bin/python
	@echo 'Installing the server ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[server]'
	@touch $@

.venv/dist: pyproject.toml | .venv/bin/python
	@echo 'Installing what builds a wheel ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[server,dist]'
	@touch $@

.venv/dev: pyproject.toml | .venv/bin/python
	@echo 'Installing the server, the forge (PyTorch among it) and the checks ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[server,forge,own,dev]'
	@touch $@ .venv/server
