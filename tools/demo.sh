#!/bin/sh
# The main job, whole, on the sample family; with the window where there is a screen. A second time it opens what is there.
set -eu
cd "$(dirname "$0")/.."
folder=$1
headless=
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    headless=--headless
    echo "there is no screen here: the sample family is made without a window" >&2
fi
if [ -d "$folder/vault" ]; then
    echo "the sample family is in $folder already"
    [ -n "$headless" ] || exec .venv/bin/vigtool --vault "$folder/vault" --passphrase-file "$folder/passphrase.txt"
    exit 0
fi
exec .venv/bin/vigtool demo "$folder" $headless
