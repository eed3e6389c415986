#!/bin/sh
# npm run build: the pages, where they are missing or older than their source. npm start and npm test do it by themselves.
. "$(dirname "$0")/install.sh"
. scripts/web.sh
