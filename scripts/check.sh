#!/bin/sh
# npm run check: style (Biome) and types (tsc). Both are run even when the first one complains.
. "$(dirname "$0")/install.sh"
status=0
"$NODE" node_modules/@biomejs/biome/bin/biome check --error-on-warnings "$@" . || status=1
"$NODE" node_modules/typescript/bin/tsc --noEmit || status=1
for project in web test/browser; do
  "$NODE" node_modules/typescript/bin/tsc --noEmit -p "$project" || status=1
done
[ "$status" -eq 0 ] || say 'style or types complain (above); "npm run check -- --write" mends what can be mended by itself'
exit "$status"
