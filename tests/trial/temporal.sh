#!/bin/sh
# A development server on loopback behind the door that the real one has; it keeps nothing across a restart.
set -eu

[ -n "${POSTGRES_PWD:-}" ] || { echo "POSTGRES_PWD is empty" >&2; exit 1; }
temporal server start-dev --ip 127.0.0.1 --port 7236 --headless --db-filename /tmp/temporal.db --log-level error \
    --sqlite-pragma journal_mode=wal --sqlite-pragma synchronous=full &
until nc -z 127.0.0.1 7236; do sleep 0.2; done
# The door looks for its certificates in a folder of the engine's name.
mkdir -p /tmp/certificates
ln -sfn /run/certs /tmp/certificates/temporal
cd /door
PYTHONPATH=/door exec /venv/bin/python -m tests.access.door /tmp/certificates 0.0.0.0:7233 127.0.0.1:7236
