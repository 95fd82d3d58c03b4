#!/bin/sh
# Make the namespace our workflows run in; one that exists is left as it is.
set -eu

temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
# A new namespace is known to every part of the server a few seconds later.
tries=0
until temporal workflow count --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 30 ] || { echo "namespace $TEMPORAL_NAMESPACE does not answer" >&2; exit 1; }
    sleep 2
done
