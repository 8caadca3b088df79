#!/bin/sh
# Make sure that there is a Chromium for the browser tests: as root on Debian install one, else say what to install.
set -eu
for name in "${CHROMIUM:-}" chromium chromium-headless-shell google-chrome chromium-browser; do
  if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing a headless browser..."
  apt-get update -qq
  if DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium-headless-shell >/dev/null
  then exit 0; fi
fi
echo "The browser tests need Chromium. Install the package chromium (or chromium-headless-shell), or set CHROMIUM." >&2
exit 1
