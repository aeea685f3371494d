# Guidewatch. `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help set-up ready allure run report guide gate verify tidy monitor check test prove bench
SHELL := /bin/sh
PYTHON := .venv/bin/python
# Two journeys at a time suit two cores; `make run WORKERS=0` walks them one by one.
WORKERS ?= 2
LIMIT ?= 30m
ROOMS := config record world visitors pages journeys suites monitoring reporting staging setup \
	bench conftest.py monitor.py

help:
	@echo 'make run      walk every journey of the guides on the embedded portals (simulated)'
	@echo '              EDITION=published|2025-06|2026-11   as of which date (default: published)'
	@echo '              ARGUMENTS="--guide lai-chau-2024"   further options, as for pytest'
	@echo 'make report   the Allure report and the guide report of the latest run'
	@echo 'make guide    PORTAL=lai-chau   the published guide made anew from the latest run'
	@echo 'make gate     pass or fail the latest run, each rule with its figure'
	@echo 'make verify   whether every sealed run is as it was'
	@echo 'make tidy     remove what config/reporting.yaml keeps no longer; the chain stays verifiable'
	@echo 'make monitor  watch the embedded portals; the board is at http://127.0.0.1:8790/'
	@echo 'make test     check the configuration and the code, and run the tests (under ten minutes)'
	@echo 'make prove    what takes longer: mutations, faults on every host, long simulations'
	@echo 'make bench    what a walk costs beside a bare script, and other measurements'
	@echo 'make set-up   look at this machine again and bring what is missing (the others do so once)'

set-up:
	@setup/set-up.sh --again

ready:
	@setup/set-up.sh

# The limit lies outside of all others: it ends a run whose own limits are broken.
run: ready
	@timeout --foreground --signal=INT --kill-after=60 $(LIMIT) $(PYTHON) -m pytest suites/guides -q -n $(WORKERS) $(if $(EDITION),--edition $(EDITION)) $(ARGUMENTS)

# Where there is no npm, whatever needs Allure says so in a sentence.
allure:
	@command -v npm >/dev/null && { [ -d reports/node_modules/allure ] || npm ci --prefix reports --silent; } || true

report: ready allure
	@$(PYTHON) -m reporting report $(RUN)

guide: ready
	@$(PYTHON) -m reporting guide --portal $(PORTAL) $(RUN)

gate: ready
	@$(PYTHON) -m reporting gate $(RUN)

verify: ready
	@$(PYTHON) -m reporting verify

tidy: ready
	@$(PYTHON) -m reporting tidy

monitor: ready
	@$(PYTHON) monitor.py start --board $(ARGUMENTS)

check: ready
	$(PYTHON) -m config check
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy $(ROOMS)
	.venv/bin/lint-imports

# What runs an event loop of its own and what drives a browser do not share a process, nor do tests
# whose browser may reach different names.
PORTALS := tests/staging tests/staging_portals tests/staging_national
MACHINE := tests/world tests/visitors tests/setup
BOARD := tests/monitoring

test: check
	$(PYTHON) -m pytest $(PORTALS) -q -n $(WORKERS)
	$(PYTHON) -m pytest $(MACHINE) -q -n $(WORKERS)
	$(PYTHON) -m pytest $(BOARD) -q -n $(WORKERS) -m 'not prove'
	$(PYTHON) -m pytest tests $(addprefix --ignore=,$(PORTALS) $(MACHINE) $(BOARD)) -q -n $(WORKERS) -m 'not prove'
	$(PYTHON) -m pytest suites -q -n $(WORKERS)

prove: allure
	@setup/set-up.sh --prove
	$(PYTHON) -m pytest tests -m prove -n $(WORKERS) --ignore tests/monitoring
	$(PYTHON) -m pytest tests/monitoring/prove -m prove -s

bench: ready
	$(PYTHON) -m bench.journey_cost
	$(PYTHON) -m bench.whole_run
	$(PYTHON) -m bench.reports
	$(PYTHON) -m bench.monitor_idle
