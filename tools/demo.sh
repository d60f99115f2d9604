#!/bin/sh
# The main job, whole, on the sample family; with the window where there is a screen.
set -eu
cd "$(dirname "$0")/.."
folder=$1
if [ -e "$folder" ]; then
    echo "$folder is there already; opening a new one needs another place: make demo DEMO=somewhere" >&2
    exit 1
fi
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec .venv/bin/vigtool demo "$folder" --headless
fi
exec .venv/bin/vigtool demo "$folder"
