# nfv.mano: every job of a developer. `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
PYTHONS := 3.13 3.12 3.11
CORES := 2.16 2.20 2.21
LINKS := $(VENV)/collections/ansible_collections/nfv
BASE_PACKAGES := python3 python3-venv git rsync ca-certificates
LINT_PACKAGES := shellcheck
DATABASE_PACKAGES := postgresql mariadb-server util-linux

export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/$(VENV)/collections
export PYTHONPATH := $(CURDIR)/$(VENV)/collections

-include sandbox.mk

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

.PHONY: venv
venv: ## .venv, with this checkout as the collection nfv.mano in .venv/collections
	@tools/bootstrap $(BASE_PACKAGES)
	@tools/mkvenv $(VENV) "$(PYTHONS)" -r meta/ee-requirements.txt -r tests/requirements.txt
	@mkdir -p $(LINKS) && ln -sfn ../../../.. $(LINKS)/mano

.PHONY: demo
demo: venv ## the main job on a real OpenStack: the sandbox or, with OS_CLOUD set, that cloud
	@if [ -n "$$OS_CLOUD" ]; then \
		ansible-playbook nfv.mano.demo; \
	else \
		$(MAKE) sandbox && . "$${MANO_SANDBOX:-.sandbox}/env" && ansible-playbook nfv.mano.demo && \
		echo "The sandbox still runs: '. $${MANO_SANDBOX:-.sandbox}/env' to use it, 'make sandbox-down' to end it."; \
	fi

.PHONY: test
test: venv ## everything below but bench; sets up what it needs
	@python tools/parts.py lint docs-lint importer sanity test-unit test-oldest -- test-sandbox

.PHONY: test-unit
test-unit: venv ## what needs no VIM; on SQLite, PostgreSQL and MariaDB
	@tools/bootstrap $(DATABASE_PACKAGES)
	@python -m pytest tests/unit

.PHONY: test-oldest
test-oldest: venv ## the same on the oldest ansible-core and Python
	@tools/bootstrap $(DATABASE_PACKAGES)
	@tools/on-core $(firstword $(CORES)) python -m pytest tests/unit || [ $$? = 77 ]

.PHONY: test-sandbox
test-sandbox: venv ## life cycles on the sandbox, which it ends unless it ran before
	@tools/bootstrap $(DATABASE_PACKAGES)
	@tools/on-sandbox python -m pytest tests/sandbox

.PHONY: test-cores
test-cores: venv $(patsubst %,test-core-%,$(filter-out $(lastword $(CORES)),$(CORES))) ## a whole life on the sandbox with each older ansible-core
test-core-%:
	@tools/on-sandbox tools/on-core $* python -m pytest tests/sandbox/test_lifecycle.py -k whole_life || [ $$? = 77 ]

.PHONY: lint ruff mypy imports sizes shellcheck ansible-lint
lint: venv lint-venv ## ruff, mypy --strict, import contracts, sizes, shellcheck, ansible-lint
	@$(MAKE) -k ruff mypy imports sizes shellcheck ansible-lint
ruff:
	@tools/quietly "ruff check" ruff check --quiet .
	@tools/quietly "ruff format" ruff format --check .
mypy:
	@tools/quietly mypy mypy $(foreach room,module_utils plugin_utils action modules filter inventory, \
		$(if $(wildcard plugins/$(room)),-p ansible_collections.nfv.mano.plugins.$(room)))
	@tools/quietly "mypy sandbox" env MYPYPATH=roles/sandbox/files mypy -p sandbox
	@tools/quietly "mypy tools" mypy $(wildcard tools/*.py) tests/databases.py
imports:
	@tools/quietly import-linter lint-imports --no-logo
sizes:
	@tools/quietly sizes python tools/check_sizes.py
shellcheck:
	@tools/bootstrap $(LINT_PACKAGES)
	@tools/quietly shellcheck shellcheck --severity=warning $$(git grep -lE '^#!/bin/sh|^#!/usr/bin/env bash')
ansible-lint:
	@PATH=$(CURDIR)/$(VENV)/lint/bin:$$PATH tools/quietly "ansible-lint" \
		ansible-lint --offline --profile production --strict

.PHONY: docs-lint
docs-lint: venv lint-venv ## antsibull-docs and antsibull-changelog over the plugins' documentation and the changelog
	@tools/docs-lint

.PHONY: importer
importer: venv lint-venv ## the built archive through the checks of Automation Hub and ansible-builder
	@tools/quietly galaxy-importer tools/importer

.PHONY: sanity
sanity: venv ## ansible-test sanity on each supported ansible-core
	@tools/bootstrap $(LINT_PACKAGES)
	@$(MAKE) -k $(CORES:%=sanity-%)
sanity-%:
	@tools/quietly "ansible-test sanity $*" tools/sanity $*

.PHONY: lint-venv
lint-venv:
	@tools/mkvenv $(VENV)/lint "$(PYTHONS)" -r tests/lint-requirements.txt

.PHONY: bench
bench: venv ## the collection side by side with the same template sent by openstacksdk
	@tools/on-sandbox python tests/bench/run.py

.PHONY: pictures
pictures: venv ## docs/images drawn anew
	@python tools/pictures.py

.PHONY: changelog
changelog: venv lint-venv ## the fragments of changelogs/ become the release notes of galaxy.yml's version
	@tools/changelog

.PHONY: clean
clean: sandbox-down ## end the sandbox and remove everything that was made here
	@rm -rf .venv .sandbox .cache .ansible .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache dist
