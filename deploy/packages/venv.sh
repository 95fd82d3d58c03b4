#!/bin/sh
# Make a virtualenv with the quickest Python of this machine, or with the one that is named.
#
#   deploy/packages/venv.sh VENV [PYTHON]
#
# Two Pythons of one version may differ by half in what they do in a second: a distribution builds its own with
# profiles, a version manager mostly does not. The first one on the path is taken unless another is clearly quicker
# (ADR 0039). A virtualenv that is there and runs is kept, unless another Python is named.
set -eu

venv=$1
named=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
names="python3 python3.13 python3.12 python3.11"

paces() {
    IFS=:
    for folder in $PATH; do
        IFS=' '
        for name in $names; do
            if [ -x "$folder/$name" ]; then "$folder/$name" "$here/pace.py" 2>/dev/null || true; fi
        done
    done
}

# "Clearly" is a tenth: what two measurements of one Python may differ by.
quickest() { paces | awk -F '\t' '!best || $1 < best * 0.9 { best = $1; at = $2 } END { print at }'; }

if [ -n "$named" ]; then
    python=$named
    if ! "$python" "$here/pace.py" >/dev/null; then
        echo "$python is not Python 3.11, 3.12 or 3.13, or has neither ensurepip nor pip to fill a virtualenv" >&2
        exit 1
    fi
elif "$venv/bin/python" -c '' 2>/dev/null; then
    exit 0
else
    python=$(quickest)
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
