#!/bin/sh
# Resolve pyproject.toml into uv.lock, and leave out of it where this machine found the packages (docs/adr/0002).
#
#   deploy/packages/lock.sh UV [--upgrade]
#
# A lock says which files, by name and hash. Its addresses would tie every other machine to this machine's index;
# without them uv still reads, checks and exports it, and nothing can be fetched from an address written here.
set -eu

uv=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."

"$uv" lock --quiet "$@"
sed -E -e 's#url = "[^"]*/([^"/]+)"#url = "\1"#' -e 's#registry = "[^"]*"#registry = "index"#' uv.lock >uv.lock.new
mv uv.lock.new uv.lock
"$uv" lock --quiet --check

# uv itself, which pip must install before there is a uv to read the lock.
"$uv" export --quiet --frozen --only-group lock --no-header --no-annotate --output-file "$here/uv.txt" >/dev/null
