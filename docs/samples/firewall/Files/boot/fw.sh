#!/bin/sh
# Runs in each firewall at its first boot. ${log_level} is filled in by nfv.mano from the descriptor's input of that name.
# shellcheck disable=SC2154
echo "log level: ${log_level}" > /etc/firewall/log.conf
