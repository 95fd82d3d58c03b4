#!/bin/sh
# Make the certificates of a trial installation: three authorities, and a certificate for each who listens or asks.
# What is there stays, so that one may be replaced by the house's own, or deleted and made again; one that ends within
# a month is made again. An installation that stays should have its certificates from the house's authority.
#
#   sudo deploy/certs.sh FOLDER [NAME...]
#
# FOLDER is the one that deploy/secrets.sh made; NAMEs are the host names under which people ask for pages and API.
#
# The second authority is the engine's alone: whoever holds a certificate of it comes in at Temporal, so only those do
# who must; what they may do there says a token (deploy/tokens.sh). The third is of the engine's own parts: they ask one
# another without a token, so nobody else has a certificate of it. The authorities' keys are needed by nobody who runs:
# take FOLDER/certs/authority off the machine, and bring it back for the yearly run. Without it nothing is certified.
set -eu

folder=${1:?name the folder for the certificates: deploy/certs.sh FOLDER [NAME...]}/certs
shift
public=
for name in "$@"; do public=$public,DNS:$name; done
owner=10001
postgres=999
umask 077
command -v openssl >/dev/null || { echo "openssl is missing" >&2; exit 1; }
mkdir -p "$folder/authority"

authority() { # NAME TITLE
    key=$folder/authority/$1.key
    [ -s "$key" ] && return
    # A new authority of the same name would be believed by everybody, and nothing that is in use would be of it.
    [ -s "$folder/$1.crt" ] && return
    openssl ecparam -name prime256v1 -genkey -noout -out "$key"
    openssl req -x509 -new -key "$key" -sha256 -days 1825 -subj "/O=qingxuan/CN=$2" \
        -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign \
        -out "$folder/$1.crt"
}

certificate() { # FILE AUTHORITY NAME USES [MORE-NAMES]
    file=$folder/$1
    mkdir -p "$(dirname "$file")"
    cp "$folder/$2.crt" "$(dirname "$file")/$2.crt"
    [ -s "$file.crt" ] && openssl x509 -checkend 2592000 -noout -in "$file.crt" >/dev/null && return
    [ -s "$folder/authority/$2.key" ] || {
        echo "$file.crt is missing or ends within a month, and $folder/authority/$2.key is not here: bring it back" >&2
        exit 1
    }
    openssl ecparam -name prime256v1 -genkey -noout -out "$file.key"
    extensions="basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=$4
subjectAltName=DNS:$3,DNS:localhost,IP:127.0.0.1${5:-}
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid"
    openssl req -new -key "$file.key" -subj "/O=qingxuan/CN=$3" -out "$file.csr"
    printf '%s\n' "$extensions" >"$file.ext"
    openssl x509 -req -in "$file.csr" -CA "$folder/$2.crt" -CAkey "$folder/authority/$2.key" -sha256 -days 397 \
        -set_serial "0x$(openssl rand -hex 16)" -extfile "$file.ext" -out "$file.crt" 2>/dev/null
    rm "$file.csr" "$file.ext"
}

authority ca "qingxuan trial authority"
authority engine-ca "qingxuan trial authority of the engine"
authority parts-ca "qingxuan trial authority of the engine's parts"

# Each folder is mounted for the one whose name it bears.
for name in nats postgres temporal-postgres; do
    certificate "$name/tls" ca "$name" serverAuth
done
for name in officers console; do
    certificate "$name/tls" ca "$name" serverAuth,clientAuth "$public"
done
for name in registry notices worker; do
    certificate "$name/tls" ca "$name" serverAuth,clientAuth
done
# Who speaks to PostgreSQL as the superuser or for a migration, and Temporal to its own.
certificate databases/tls ca databases clientAuth
certificate temporal/tls ca temporal clientAuth
certificate temporal/engine engine-ca temporal serverAuth
# Temporal's parts ask one another.
certificate temporal/parts parts-ca temporal serverAuth,clientAuth
for name in officers worker operator onlooker; do
    certificate "$name/engine" engine-ca "$name" clientAuth
done

if [ "$(id -u)" -eq 0 ]; then
    chown -R "$owner:$owner" "$folder"
    chown -R "$postgres:$postgres" "$folder/postgres" "$folder/temporal-postgres"
    chown -R 0:0 "$folder/authority"
fi
echo "$folder holds the certificates; keep $folder/authority elsewhere"
