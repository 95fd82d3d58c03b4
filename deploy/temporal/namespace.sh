#!/bin/sh
# Make the namespace our workflows run in; one that exists is left as it is.
set -eu

TEMPORAL_API_KEY=$(cat /run/certs/engine.jwt)
export TEMPORAL_API_KEY

engine() {
    temporal "$@" --namespace "$TEMPORAL_NAMESPACE" --tls-server-name temporal --tls-ca-path /run/certs/engine-ca.crt \
        --tls-cert-path /run/certs/engine.crt --tls-key-path /run/certs/engine.key
}

engine operator namespace describe >/dev/null 2>&1 ||
    engine operator namespace create --retention "$RETENTION"
# A new namespace is known to every part of the server a few seconds later.
tries=0
until engine workflow count >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 30 ] || { echo "namespace $TEMPORAL_NAMESPACE does not answer" >&2; exit 1; }
    sleep 2
done
