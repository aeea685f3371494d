# Guidewatch. `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help set-up ready run test prove check
SHELL := /bin/sh
PYTHON := .venv/bin/python
ROOMS := config record world visitors pages journeys suites staging setup

help:
	@echo 'make run      walk every journey of the guides on the embedded portals (simulated)'
	@echo '              EDITION=published|2025-06|2026-11   as of which date (default: published)'
	@echo '              ARGUMENTS="--guide lai-chau-2024"   further options, as for pytest'
	@echo 'make test     check the configuration and the code, and run the tests'
	@echo 'make prove    what takes longer: mutations, the fault matrix, long simulations'
	@echo 'make set-up   look at this machine again and bring what is missing (the others do so once)'

set-up:
	@setup/set-up.sh --again

ready:
	@setup/set-up.sh

run: ready
	@$(PYTHON) -m pytest suites/guides $(if $(EDITION),--edition $(EDITION)) $(ARGUMENTS)

check: ready
	$(PYTHON) -m config check
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy $(ROOMS)
	.venv/bin/lint-imports

test: check
	$(PYTHON) -m pytest tests
	$(PYTHON) -m pytest suites

prove: ready
	$(PYTHON) -m pytest tests -m prove
