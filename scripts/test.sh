#!/bin/sh
# npm test: install what is missing, check style and types, then every test. --quick leaves out those that start
# PostgreSQL, Asterisk or a browser. Any other argument goes to vitest (a file name, -t "a test's name").
. "$(dirname "$0")/install.sh"
. scripts/web.sh

# Debian packages that tests need, as command:package (`rappel doctor` reads the same file). Asterisk and PostgreSQL
# are not there: Rappel fetches its own.
needs=$(cat scripts/test-needs)

quick=''
if [ "${1:-}" = --quick ]; then
  quick=1
  shift
fi

install_packages() {
  missing=''
  for need in $needs; do
    command -v "${need%%:*}" >/dev/null 2>&1 || missing="$missing ${need##*:}"
  done
  [ -n "$missing" ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    say "tests need$missing and there is no apt-get here; install them by hand (those tests fail until then)"
  elif [ "$(id -u)" -ne 0 ]; then
    say "tests need$missing; install with: sudo apt-get install -y$missing (those tests fail until then)"
  else
    say "installing$missing with apt-get"
    export DEBIAN_FRONTEND=noninteractive
    # The lists are fetched only when the first try shows that they are absent or too old.
    # shellcheck disable=SC2086
    { apt-get install -y --no-install-recommends $missing >/dev/null 2>&1 ||
      { apt-get update >/dev/null 2>&1 && apt-get install -y --no-install-recommends $missing >/dev/null 2>&1; }; } ||
      die "apt-get install$missing did not work; run it by hand to see why"
  fi
}

if [ -n "$quick" ]; then
  set -- --project quick "$@"
else
  install_packages
fi

sh scripts/check.sh || exit 1
exec "$NODE" node_modules/vitest/vitest.mjs run "$@"
