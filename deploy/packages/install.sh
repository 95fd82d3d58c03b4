#!/bin/sh
# Install groups of uv.lock into a virtualenv: exactly the locked versions, every file checked against its hash.
#
#   deploy/packages/install.sh VENV [GROUP ...]      (the base is always included)
#
# Packages come from whatever index the machine's own pip is set up with: pip reads that itself, uv does not, so
# the index and the certificates are handed over to it. Where uv cannot use them (an index kept as files, a login
# only pip knows) pip installs the same list itself: a minute instead of seconds, and the same packages.
#
# Both write the bytecode of every module, which no process then has to make at its first start, or, where it may not
# write beside the packages, at every start.
set -eu

venv=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
python=$venv/bin/python
locked=$venv/locked.txt

groups=
for group in "$@"; do
    groups="$groups --group $group"
done

pip() {
    if "$python" -c 'import pip' 2>/dev/null; then
        "$python" -m pip --disable-pip-version-check "$@"
    else
        # A Python without ensurepip makes a venv without pip; the pip outside it can still fill it.
        "$("$python" -c 'import sys; print(sys._base_executable)')" -m pip --disable-pip-version-check --python "$python" "$@"
    fi
}

# The value pip would use for an option: the environment before any file.
pip_setting() {
    pip config list 2>/dev/null | sed -n "s/^\([^.]*\)\.$1='\(.*\)'\$/\1 \2/p" | sort | head -n 1 | cut -d ' ' -f 2-
}

index=$(pip_setting index-url)
certificates=$(pip_setting cert)
if [ -n "$index" ] && [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
    export UV_DEFAULT_INDEX="$index"
fi
if [ -n "$certificates" ] && [ -z "${SSL_CERT_FILE:-}" ]; then
    export SSL_CERT_FILE="$certificates"
fi

pip install --quiet --require-hashes --no-deps -r "$here/uv.txt"
# shellcheck disable=SC2086  # a list of options, on purpose
"$venv/bin/uv" export --quiet --project "$project" --frozen --no-default-groups $groups \
    --no-header --no-annotate --no-emit-project --output-file "$locked" >/dev/null
if "$venv/bin/uv" pip sync --quiet --compile-bytecode --require-hashes --python "$python" "$locked"; then
    exit 0
fi
echo "uv could not install from this machine's package index; pip does it now (about a minute)." >&2
pip install --quiet --compile --require-hashes --no-deps -r "$locked"
