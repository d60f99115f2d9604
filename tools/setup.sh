#!/bin/sh
# Makes .venv with the locked packages, and sees to what Qt and text in many scripts need from the system.
# Needs Python >= 3.11, git and make. As root on a Debian-like system it installs what is missing; otherwise it prints the one command.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "vigtool needs Python 3.11 or newer; this is $("$python" --version 2>&1). Name another with PYTHON=..." >&2
    exit 1
}

# What the Qt platform plug-ins load, PulseAudio's client library for sound, and fonts for the scripts that families read.
packages="libegl1 libgl1 libopengl0 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0
 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1
 libpulse0 libdrm2 libgssapi-krb5-2 libwayland-client0 libwayland-cursor0 libxext6 libxrandr2 libxrender1 fonts-inter fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji"
# Tests also compare with programs of others, start servers of their own, and look at what the program hands to the system.
[ "${1:-}" = "--tests" ] && packages="$packages age dbus-daemon ffmpeg postgresql strace"

if [ "$(uname -s)" = Linux ] && command -v dpkg-query >/dev/null 2>&1; then
    missing=""
    for package in $packages; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
    done
    "$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
    if [ -n "$missing" ]; then
        if [ "$(id -u)" = 0 ]; then
            echo "installing from the system's packages:$missing" >&2
            DEBIAN_FRONTEND=noninteractive apt-get -qq update
            DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing >/dev/null
        else
            echo "Some system packages are missing. Please run once:" >&2
            echo "    sudo apt-get install --no-install-recommends$missing" >&2
        fi
    fi
fi

wanted=$(cat requirements.lock pyproject.toml | cksum)
if [ ! -x .venv/bin/python ] || [ "$(cat .venv/.made-from 2>/dev/null)" != "$wanted" ]; then
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    echo "$wanted" > .venv/.made-from
fi
