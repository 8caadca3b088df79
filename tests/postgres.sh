#!/usr/bin/env bash
# Run a command with DATABASE_URL set: to what it is already, or to a PostgreSQL that is started here and stopped after.
set -euo pipefail
if [ -n "${DATABASE_URL:-}" ]; then exec "$@"; fi

find_server() {
  command -v initdb >/dev/null 2>&1 && return 0
  local bin
  for bin in /usr/lib/postgresql/*/bin; do
    if [ -x "$bin/initdb" ]; then PATH="$bin:$PATH"; return 0; fi
  done
  return 1
}
if ! find_server; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing PostgreSQL..."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends postgresql >/dev/null
  fi
  find_server || { echo "PostgreSQL is needed. Install the package postgresql, or set DATABASE_URL." >&2; exit 1; }
fi

data=$(mktemp -d /tmp/troubleshooter-postgres.XXXXXX)
as_owner=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$data"
  as_owner=(runuser -u postgres -- env "PATH=$PATH")
fi
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
stop() {
  (cd /tmp && "${as_owner[@]}" pg_ctl -D "$data/db" -m immediate -s stop) || true
  rm -rf "$data"
}
trap stop EXIT
(
  cd /tmp
  "${as_owner[@]}" initdb -D "$data/db" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  "${as_owner[@]}" pg_ctl -w -s -D "$data/db" -l "$data/log" \
    -o "-p $port -k $data -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off" start
)
export DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres"
"$@"
