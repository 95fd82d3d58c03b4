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
mkdir -p "$folder/keys"

# A letter first, so that no reader takes a secret of digits for a number.
drawn() {
    printf 'q%s' "$(head -c 32 /dev/urandom | base64 | tr -d '+/=\n')"
}

for name in \
    admin-password match-key signing-key registry-token notices-token \
    nats-worker nats-registry nats-officers nats-notices \
    postgres-superuser postgres-migrate postgres-officers postgres-registry postgres-notices postgres-temporal; do
    [ -s "$folder/$name" ] || drawn >"$folder/$name"
done

if [ ! -s "$folder/keys/current" ]; then
    key=k$(head -c 6 /dev/urandom | od -An -tx1 | tr -d ' \n')
    head -c 32 /dev/urandom | base64 >"$folder/keys/$key.key"
    printf '%s' "$key" >"$folder/keys/current"
fi

if [ "$(id -u)" -eq 0 ]; then
    chown -R "$owner:$owner" "$folder"
fi
echo "$folder holds every secret; set QX_SECRETS=$(cd "$folder" && pwd) in .env"
