# `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types contracts tests bench soak pictures lock wheel clean

PY := .venv/bin/python
DEMO ?= demo

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup:  ## a virtual environment in .venv, and what the system lacks for Qt and text in many scripts
	@tools/setup.sh

demo: setup  ## the sample family in a vault in ./demo: film, marks, reel, the parent's copy; then the window, where there is a screen
	@tools/demo.sh $(DEMO)

test:  ## what must hold before anything lands: lint, types, import contracts, tests
	@tools/setup.sh --tests
	@$(MAKE) --no-print-directory lint types contracts tests

lint:
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .

types:
	$(PY) -m mypy

contracts:
	.venv/bin/lint-imports --no-cache

tests:
	$(PY) -m pytest -q -n 2 --dist worksteal

bench: setup  ## the measurements of docs/performance.md
	$(PY) -m benchmarks

soak:  ## the long rounds: kill -9, failing disks, power cuts, damage, the leak search, spoilt films; VIGTOOL_SOAK_ROUNDS=1000 kills
	@tools/setup.sh --tests
	$(PY) -m pytest -q -m slow --timeout 7200 -p no:randomly

pictures: setup  ## pictures of the real window: of the guide into docs/guide/pictures, of every room, theme and size into build/pictures
	$(PY) -m tools.pictures docs/guide/pictures
	$(PY) -m tools.pictures --all build/pictures

lock:  ## requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --group dev pyproject.toml -o requirements.lock -q

wheel: setup  ## sdist, and the wheel from it, into dist/
	$(PY) -m build --no-isolation

clean:  ## what can be made again
	rm -rf build dist demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
