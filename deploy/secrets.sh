#!/bin/sh
# Make every secret of a production installation that is missing, each in a file of its own. Nothing is overwritten:
# without a sealing key what it sealed is lost, so keep a copy of this folder where the machine's backup does not go.
#
#   sudo deploy/secrets.sh FOLDER
#
# Run as root it gives the files to the user our containers run as (10001); otherwise that user must be the owner.
set -eu

folder=${1:?name the folder for the secrets: deploy/secrets.sh FOLDER}
owner=10001
umask 077
command -v openssl >/dev/null || { echo "openssl is missing: it draws the signing keys" >&2; exit 1; }
for place in record engine officers/store notices/store wrapping people worker registry; do
    mkdir -p "$folder/keys/$place"
done

# A letter first, so that no reader takes a secret of digits for a number.
drawn() {
    printf 'q%s' "$(head -c 32 /dev/urandom | base64 | tr -d '+/=\n')"
}

for name in \
    match-key signing-key cookie-key registry-token notices-token \
    nats-worker nats-registry nats-officers nats-notices \
    postgres-superuser postgres-migrate-officers postgres-migrate-registry postgres-migrate-notices \
    postgres-officers postgres-registry postgres-notices postgres-temporal; do
    [ -s "$folder/$name" ] || drawn >"$folder/$name"
done

# One-time codes of the first three administrators: three files, for three people. A code has three parts.
for name in admin-code security-code audit-code; do
    [ -s "$folder/$name" ] || { drawn; printf .; drawn; printf .; drawn; } >"$folder/$name"
done

# Sealing keys: 32 bytes, for personal data on the record, for Temporal's payloads, for two services' own tables, and for
# the keys of people, which lie in `people` and are made by the officers' service.
for ring in record engine officers/store notices/store wrapping; do
    if [ ! -s "$folder/keys/$ring/current" ]; then
        key=k$(head -c 6 /dev/urandom | od -An -tx1 | tr -d ' \n')
        head -c 32 /dev/urandom | base64 >"$folder/keys/$ring/$key.key"
        printf '%s' "$key" >"$folder/keys/$ring/current"
    fi
done

# Signing keys: Ed25519, one purpose and one holder each. The public half is named after its own digest.
for pair in claim:officers journal:officers step:worker errand:worker entry:registry; do
    purpose=${pair%%:*}
    private=$folder/keys/${pair##*:}/$purpose.key
    [ -s "$private" ] || openssl genpkey -algorithm ed25519 -out "$private"
    public=$folder/keys/public/$purpose
    mkdir -p "$public"
    openssl pkey -in "$private" -pubout -outform DER | tail -c 32 >"$public/.raw"
    [ "$(wc -c <"$public/.raw")" -eq 32 ] || { echo "openssl cannot read $private" >&2; exit 1; }
    base64 <"$public/.raw" | tr -d '\n' >"$public/s$(sha256sum <"$public/.raw" | head -c 16).pub"
    rm "$public/.raw"
done

if [ "$(id -u)" -eq 0 ]; then
    # Not what certs.sh made: the databases read theirs as a user of their own, and nobody who runs reads the authorities.
    find "$folder" -path "$folder/certs" -prune -o -exec chown "$owner:$owner" {} +
fi
echo "$folder holds every secret; set QX_SECRETS=$(cd "$folder" && pwd) in .env"
