#!/bin/sh
# Make or upgrade Temporal's two schemas; its server has made the databases (deploy/temporal/visibility.sql).
# Running it again with the same version of the tools changes nothing.
set -eu

SQL_PASSWORD=$(cat /run/secrets/postgres-temporal)
export SQL_PASSWORD

for pair in temporal:temporal temporal_visibility:visibility; do
    database=${pair%%:*}
    schema=${pair##*:}
    SQL_DATABASE=$database temporal-sql-tool setup-schema --version 0.0
    SQL_DATABASE=$database temporal-sql-tool update-schema \
        --schema-dir "/etc/temporal/schema/postgresql/v12/$schema/versioned"
done
