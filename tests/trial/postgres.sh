#!/bin/sh
# What the published image's entrypoint does of what our file asks of it: make the cluster once, with the password of the
# file and the statements of its folder, and run as a user of its own.
set -eu

if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA"
    mkdir -p /var/run/postgresql
    chown -R postgres:postgres /var/lib/postgresql /var/run/postgresql
    # Secrets are not readable by the server's user, and nobody who asks a running one needs this.
    if [ -n "${POSTGRES_PASSWORD_FILE:-}" ]; then
        POSTGRES_PASSWORD=$(cat "$POSTGRES_PASSWORD_FILE")
        export POSTGRES_PASSWORD
    fi
    exec setpriv --reuid postgres --regid postgres --clear-groups /bin/sh "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    user=${POSTGRES_USER:-postgres}
    umask 077
    printf '%s' "$POSTGRES_PASSWORD" >/tmp/password
    # shellcheck disable=SC2086  # options, as the published image takes them
    initdb --username "$user" --pwfile /tmp/password ${POSTGRES_INITDB_ARGS:-}
    rm /tmp/password
    pg_ctl --wait start --options "-c listen_addresses="
    export PGPASSWORD="$POSTGRES_PASSWORD"
    [ "$user" = postgres ] || psql --username "$user" --dbname postgres --command "CREATE DATABASE $user"
    for file in /docker-entrypoint-initdb.d/*.sql; do
        if [ -e "$file" ]; then
            psql --username "$user" --dbname "$user" --set ON_ERROR_STOP=1 --file "$file"
        fi
    done
    unset PGPASSWORD
    pg_ctl --wait --mode fast stop
fi
unset POSTGRES_PASSWORD
exec "$@" -c listen_addresses='*'
