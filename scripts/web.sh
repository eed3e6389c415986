# Sourced by start.sh and test.sh after install.sh: builds the pages into web/dist where they are missing or older than
# their source. It needs no network and takes a few seconds. Built beside and then moved into place, so that whoever
# starts meanwhile finds the old pages or the new ones, never half of them.

web_is_fresh() {
  [ -f web/dist/index.html ] || return 1
  [ -z "$(find web package-lock.json -path web/dist -prune -o -path 'web/.building*' -prune -o \
    -newer web/dist/index.html -type f -print 2>/dev/null | head -n 1)" ]
}

if ! web_is_fresh; then
  say 'building the pages (vite build)'
  building=web/.building-$$
  "$NODE" node_modules/vite/bin/vite.js build --config web/vite.config.ts --outDir ".building-$$" --logLevel warn >&2 || {
    rm -rf "$building"
    die 'the pages could not be built (see above); mend what is named there and run this again'
  }
  rm -rf web/dist
  mv "$building" web/dist 2>/dev/null || rm -rf "$building" # somebody else was quicker, with the same pages
fi
