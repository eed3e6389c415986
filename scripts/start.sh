#!/bin/sh
# npm start: install what is missing, then the demonstration centre on real SIP and RTP.
. "$(dirname "$0")/install.sh"
. scripts/web.sh
exec ./rappel demo "$@"
