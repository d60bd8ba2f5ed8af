# nfv.mano: every job of a developer. `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
PYTHONS := 3.13 3.12 3.11
BASE_PACKAGES := python3 python3-venv git rsync ca-certificates
LINKS := $(VENV)/collections/ansible_collections/nfv

export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/$(VENV)/collections
export PYTHONPATH := $(CURDIR)/$(VENV)/collections

-include sandbox.mk

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort -u | sed -E 's/:.*## /\t/' | expand -t 18

.PHONY: venv
venv: ## the virtual environment .venv, with this checkout as the collection nfv.mano in .venv/collections
	@tools/bootstrap $(BASE_PACKAGES)
	@tools/mkvenv $(VENV) "$(PYTHONS)" -r meta/ee-requirements.txt -r tests/requirements.txt
	@mkdir -p $(LINKS) && ln -sfn ../../../.. $(LINKS)/mano
