#!/bin/sh
# Make a virtualenv with a quick Python of this machine, or with the one that is named.
#
#   deploy/packages/venv.sh VENV [PYTHON]
#
# Two Pythons of one version may differ by half in what they do in a second: a distribution compiles its own with
# profiles, a version manager mostly does not. The first one on the path that was compiled so is taken, or else the
# first (ADR 0039). A virtualenv that is there and runs is kept, unless another Python is named.
set -eu

venv=$1
named=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
names="python3 python3.13 python3.12 python3.11"

# Every Python on the path that fits: how it was built, and where it really lies.
fitting() {
    IFS=:
    for folder in $PATH; do
        IFS=' '
        for name in $names; do
            if [ -x "$folder/$name" ]; then "$folder/$name" "$here/fit.py" 2>/dev/null || true; fi
        done
    done
}

chosen() { fitting | awk -F '\t' '!($1 in first) { first[$1] = $2 } END { print first["profiled"] ? first["profiled"] : first["plain"] }'; }

if [ -n "$named" ]; then
    python=$named
    if ! "$python" "$here/fit.py" >/dev/null 2>&1; then
        echo "$python is not Python 3.11, 3.12 or 3.13, or has neither ensurepip nor pip to fill a virtualenv" >&2
        exit 1
    fi
elif "$venv/bin/python" -c '' 2>/dev/null; then
    exit 0
else
    python=$(chosen)
    if [ -z "$python" ]; then
        echo "No Python 3.11, 3.12 or 3.13 found that has venv and pip: install one (Debian: python3-venv)," \
            "or name it: make setup PYTHON=/path/to/python3" >&2
        exit 1
    fi
fi
echo "Making $venv with $python; name another with: make setup PYTHON=/path/to/python3"
if "$python" -c 'import ensurepip' 2>/dev/null; then
    exec "$python" -m venv --clear "$venv"
fi
exec "$python" -m venv --clear --without-pip "$venv"
