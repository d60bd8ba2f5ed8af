# The sandbox: a real OpenStack on loopback, under .sandbox/ (or $MANO_SANDBOX). See docs/sandbox.md.
MANO_SANDBOX_CLI := $(dir $(lastword $(MAKEFILE_LIST)))roles/sandbox/files/mano-sandbox

.PHONY: sandbox sandbox-down sandbox-status
sandbox: ## start what is not running of the sandbox; then `. .sandbox/env`
	@$(MANO_SANDBOX_CLI) up

sandbox-down: ## end the sandbox; WIPE=1 forgets its state too
	@$(MANO_SANDBOX_CLI) down $(if $(WIPE),--wipe)

sandbox-status: ## what runs of the sandbox, with its memory
	@$(MANO_SANDBOX_CLI) status
