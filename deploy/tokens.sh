#!/bin/sh
# Make the tokens by which the engine knows who asks and what they may do, and the key by which it checks them.
# A certificate lets one in at the engine; its authorizer then reads the token's `permissions`, and refuses whoever has none.
# What is there stays; a token is made again a month before it ends, and when the key that signs is a new one.
#
#   sudo deploy/tokens.sh FOLDER
#
# FOLDER is the one of deploy/secrets.sh and deploy/certs.sh, which run before. The key that signs is needed by nobody
# who runs: take FOLDER/certs/authority off the machine. Who holds a new token is started anew.
set -eu

folder=${1:?name the folder for the tokens: deploy/tokens.sh FOLDER}/certs
key=$folder/authority/engine-tokens.key
namespace=qingxuan
owner=10001
umask 077
command -v openssl >/dev/null || { echo "openssl is missing" >&2; exit 1; }
[ -d "$folder/temporal" ] || { echo "$folder/temporal is missing: deploy/certs.sh makes it" >&2; exit 1; }
mkdir -p "$folder/authority"

base64url() {
    openssl base64 -A | tr '+/' '-_' | tr -d '='
}

[ -s "$key" ] || openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out "$key" 2>/dev/null
kid=$(openssl pkey -in "$key" -pubout -outform DER | openssl dgst -sha256 -r | cut -c 1-16)
# The public half ends in the modulus of 384 bytes and five more, which say the exponent 65537.
modulus=$(openssl rsa -in "$key" -RSAPublicKey_out -outform DER 2>/dev/null | tail -c 389 | head -c 384 | base64url)
printf '{"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"%s","n":"%s","e":"AQAB"}]}\n' "$kid" "$modulus" \
    >"$folder/temporal/engine-tokens.json"

token() { # HOLDER PERMISSION
    file=$folder/$1/engine.jwt
    [ -s "$file" ] && [ ! "$key" -nt "$file" ] && [ -z "$(find "$file" -mtime +365)" ] && return
    now=$(date +%s)
    head=$(printf '{"alg":"RS256","typ":"JWT","kid":"%s"}' "$kid" | base64url)
    body=$(printf '{"sub":"%s","permissions":["%s"],"iat":%d,"exp":%d}' "$1" "$2" "$now" "$((now + 397 * 86400))" | base64url)
    signature=$(printf '%s.%s' "$head" "$body" | openssl dgst -sha256 -sign "$key" | base64url)
    printf '%s.%s.%s' "$head" "$body" "$signature" >"$file"
}

# Temporal asks for `write` of whoever starts, signals, ends or works on workflows, and for `admin` to make a namespace.
token officers "$namespace:write"
token worker "$namespace:write"
token operator "$namespace:admin"
# Sees what runs and how far it is, and changes nothing.
token onlooker "$namespace:read"

if [ "$(id -u)" -eq 0 ]; then
    for holder in officers worker operator onlooker temporal; do chown -R "$owner:$owner" "$folder/$holder"; done
    chown 0:0 "$key"
fi
echo "$folder holds the tokens; keep $folder/authority elsewhere"
