#!/bin/sh
# The browser test of the HTML report. Needs Node 18 or later and a Chromium (CHROMIUM names another
# place); installs the driver on its first run.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH= cd -- "$here/../.." && pwd)
cd "$root"
if [ -z "${EXOLINT:-}" ]; then
    cargo build --quiet
    EXOLINT=${CARGO_TARGET_DIR:-$root/target}/debug/exolint
fi
if [ -z "${CHROMIUM:-}" ] && ! command -v chromium >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk >/dev/null
fi
if ! command -v node >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -qq -y --no-install-recommends nodejs npm >/dev/null
fi
[ -d "$here/node_modules/playwright-core" ] || npm install --prefix "$here" --no-audit --no-fund --silent
export EXOLINT
export SEEDS="${SEEDS:-$root/seeds}"
exec node --test "$here/report.test.mjs"
