#!/bin/sh
# Brings everything Guidewatch needs to a Debian or Ubuntu machine, once.
#
# Progress goes to standard error, a line a step; what the installers say goes to a log that every
# error names. A stamp made of all that decides what is installed lets the next call end at once.
# Elsewhere nothing of the system is touched: one sentence says what is missing.
#
# --again                               look again at everything, whatever the stamp says
# --prove                               bring what only `make prove` needs as well
# GUIDEWATCH_BROWSER=own|distribution   do not choose by what can be had
# GUIDEWATCH_BROWSER_LIMIT=300          seconds that fetching Playwright's own build may take
set -eu

cd "$(dirname "$0")/.."
here=setup
venv=.venv
log=$venv/set-up.log
stamp=$venv/set-up.stamp
browser=${GUIDEWATCH_BROWSER:-any}
limit=${GUIDEWATCH_BROWSER_LIMIT:-300}

tell() { printf 'set-up: %s\n' "$*" >&2; }

fail() {
    printf 'set-up: %s\n' "$*" >&2
    exit 1
}

# --- what there is ---------------------------------------------------------------------------

# The first Python that is new enough.
find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    fail "Python 3.11 or later is needed and not found (here:" \
        "$(python3 --version 2>/dev/null || echo "no python3")); install it with its venv module," \
        "on Ubuntu 22.04 for instance: apt-get install python3.11 python3.11-venv"
}

wanted() {
    "$venv/bin/python" --version 2>/dev/null || echo "no Python"
    printf '%s\n' "$browser"
    cat requirements.lock $here/packages.txt $here/packages-browser.txt $here/set-up.sh
}

named_in() { sed 's/#.*//' "$1" | tr -s '[:space:]' ' '; }

debian() { command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; }

lacking() {
    for package in "$@"; do
        state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || printf '%s ' "$package"
    done
}

# --- the system's part -----------------------------------------------------------------------

# Sets $root to what makes a command root's. Says so plainly, with what is to be done, if nothing does.
become_root() {
    if [ "$(id -u)" = 0 ]; then
        root=
    elif ! command -v sudo >/dev/null 2>&1; then
        fail "this needs root and there is no sudo; run as root: $*"
    elif [ -t 0 ]; then
        root="sudo --"
        sudo -v || fail "sudo refused; run as root: $*"
    else
        root="sudo -n --" # nobody is there to type a password
        $root true 2>>"$log" || fail "sudo asks for a password; run in a terminal, or as root: $*"
    fi
}

apt() {
    $root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 \
        -o Acquire::Retries=3 "$@" >>"$log" 2>&1 </dev/null
}

# Ask only for what is not there: a machine that has it all needs neither root nor network.
install() {
    packages=$(lacking "$@")
    packages=${packages% }
    [ -n "$packages" ] || return 0
    become_root "apt-get install $packages"
    tell "installing system packages: $packages …"
    apt update || tell "apt-get update did not go well; going on with the lists there are"
    # shellcheck disable=SC2086  # a list of names
    apt install -y --no-install-recommends $packages ||
        fail "apt-get could not install $packages; see the end of $log," \
            "or install them yourself and run this again"
}

# What must be there elsewhere, asked of the things themselves.
check_by_hand() {
    missing=
    command -v certutil >/dev/null 2>&1 || missing="$missing certutil (package nss-tools or nss),"
    "$python" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("zbar"))' ||
        missing="$missing the zbar library (package zbar),"
    [ -z "$missing" ] ||
        fail "this system is neither Debian nor Ubuntu and these are missing:${missing%,};" \
            "install them with its package manager and run this again"
}

# --- the browser's part ----------------------------------------------------------------------

# A browser that starts, not only one that is there: a library may be missing.
starts() {
    "$venv/bin/python" -m setup.browser "$1" >>"$log" 2>&1
}

own_browser() {
    starts own && return 0
    tell "fetching Playwright's own Chromium (at most $limit s) …"
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT=10000 timeout "$limit" \
        "$venv/bin/playwright" install chromium >>"$log" 2>&1 </dev/null || return 1
    starts own && return 0
    debian || return 1
    tell "installing the libraries it needs …"
    become_root "$PWD/$venv/bin/playwright install-deps chromium"
    $root env DEBIAN_FRONTEND=noninteractive "$PWD/$venv/bin/playwright" install-deps chromium \
        >>"$log" 2>&1 </dev/null || return 1
    starts own
}

distributions_browser() {
    if debian; then
        # shellcheck disable=SC2046  # a list of names
        for package in $(named_in $here/packages-browser.txt); do
            offered "$package" || fail "Playwright's own Chromium could not be fetched and this" \
                "system has no package $package (Ubuntu's chromium is a snap, which cannot be" \
                "driven here); let this machine reach Playwright's downloads, or name a mirror in" \
                "PLAYWRIGHT_DOWNLOAD_HOST, and run this again; see $log"
        done
        # shellcheck disable=SC2046
        install $(named_in $here/packages-browser.txt)
    fi
    starts distribution ||
        fail "no browser starts; run \`$venv/bin/playwright install --with-deps chromium\`" \
            "or install Chromium from your distribution, then run this again; see $log"
}

# A snap's stub has a candidate too; its version says what it is.
offered() {
    [ -z "$(lacking "$1")" ] && return 0
    apt-cache policy "$1" 2>/dev/null | grep 'Candidate:' | grep -qv -e '(none)' -e snap
}

# --- in order --------------------------------------------------------------------------------

python=$(find_python) || exit 1
# One at a time: two terminals, or a test run beside a monitor.
if [ -z "${GUIDEWATCH_LOCKED:-}" ] && command -v flock >/dev/null 2>&1; then
    mkdir -p "$venv"
    GUIDEWATCH_LOCKED=1 exec flock "$venv" "$0" "$@"
fi
mkdir -p "$venv"
# Not in the stamp: what is there already costs one question.
if [ "${1:-}" = --prove ] && debian; then
    # shellcheck disable=SC2046  # a list of names
    install $(named_in $here/packages-prove.txt)
fi
if [ "${1:-}" != --again ] && [ -f "$stamp" ] && wanted | cmp -s - "$stamp"; then
    exit 0
fi

: >"$log"
rm -f "$stamp"
if debian; then
    # shellcheck disable=SC2046
    install $(named_in $here/packages.txt)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        install "python$version-venv"
    fi
else
    check_by_hand
fi

if ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    tell "making $venv with $("$python" --version) …"
    "$python" -m venv "$venv" >>"$log" 2>&1 ||
        fail "$python could not make $venv; install its venv module and run this again; see $log"
fi
"$venv/bin/python" -m pip --version >/dev/null 2>&1 ||
    "$venv/bin/python" -m ensurepip >>"$log" 2>&1 ||
    fail "$venv has no pip; delete $venv and run this again; see $log"
tell "installing Python packages as locked …"
"$venv/bin/python" -m pip install --disable-pip-version-check --no-input -q --require-hashes \
    -r requirements.lock >>"$log" 2>&1 </dev/null ||
    fail "pip could not install the locked packages; is the package index reachable?" \
        "see the end of $log, then run this again"

case $browser in
own)
    own_browser || fail "Playwright's own Chromium could not be fetched or does not start; see $log"
    ;;
distribution) distributions_browser ;;
any)
    own_browser || {
        tell "… it cannot be had; taking the distribution's"
        distributions_browser
    }
    ;;
*) fail "GUIDEWATCH_BROWSER is “own” or “distribution”, not “$browser”" ;;
esac

wanted >"$stamp.draft"
mv "$stamp.draft" "$stamp"
tell "done"
