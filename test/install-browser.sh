#!/usr/bin/env bash
# Installs Debian's Chromium for test/process/graphiql.test.ts, which is skipped where there is none.
set -euo pipefail

if command -v chromium >/dev/null; then
  echo 'Chromium is there.'
elif [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
  echo 'Chromium is missing and cannot be installed here: the test of GraphiQL will be skipped.' >&2
fi
