#!/bin/sh
# Hand the passwords to the server from their files: they are then in no image, no compose file and no `inspect`.
set -eu

for service in worker registry officers notices; do
    password=$(cat "/run/secrets/nats-$service")
    [ -n "$password" ] || { echo "the secret nats-$service is empty" >&2; exit 1; }
    export "QX_NATS_$(echo "$service" | tr '[:lower:]' '[:upper:]')=$password"
done
exec nats-server --config /etc/nats/nats.conf
