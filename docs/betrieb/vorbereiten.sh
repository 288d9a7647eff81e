#!/bin/sh
# Richtet einen Stand in seinem Ordner ein; rührt weder Datenbank noch laufende Dienste an.
set -eu
cd "$(dirname "$0")/../.."
python3 -m venv .venv
.venv/bin/pip install --quiet --require-hashes -r requirements/bootstrap.txt
VIRTUAL_ENV=.venv .venv/bin/uv pip sync --quiet --require-hashes requirements/runtime.txt
npm ci --ignore-scripts --no-audit --no-fund --silent
node ui/assets/build.mjs
