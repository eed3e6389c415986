#!/bin/sh
# npm run pictures: takes the pictures under docs/pictures again, of the demonstration centre at work. It needs Chromium.
. "$(dirname "$0")/install.sh"
. scripts/web.sh
command -v chromium >/dev/null 2>&1 || [ -n "${CHROMIUM:-}" ] ||
  die 'pictures need Chromium; install it (apt-get install chromium) or name one in CHROMIUM'
exec "$NODE" scripts/pictures.ts "$@"
