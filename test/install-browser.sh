#!/usr/bin/env bash
# Installs Debian's Chromium for the GraphiQL test, unless there is one. Needs root; without it that test is skipped.
set -euo pipefail

if command -v chromium >/dev/null; then
  echo 'Chromium is installed.'
elif [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
  echo 'Chromium is missing and cannot be installed here: the GraphiQL test will be skipped.' >&2
else
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends chromium
fi
