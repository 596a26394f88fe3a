#!/usr/bin/env bash
# Installs the programs from Debian that some tests drive: a browser, a proxy, Redis, openssl, and promtool of Prometheus.
# A test run without one of them ends by saying what did not run; in CI it fails.
set -euo pipefail

declare -A packages=([chromium]=chromium [nginx]=nginx-light [redis-server]=redis-server [openssl]=openssl [promtool]=prometheus)
missing=()
for program in "${!packages[@]}"; do
  command -v "$program" >/dev/null || missing+=("${packages[$program]}")
done

if [[ ${#missing[@]} -eq 0 ]]; then
  echo 'Every program that the tests drive is there.'
elif [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # The programs are wanted, not the services: the tests start their own.
  RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "Missing, and cannot be installed here: ${missing[*]}. What needs them will not run." >&2
fi
