"""Where this machine's Chromium is."""

import shutil

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = "no Chromium on this machine: `apt-get install --yes chromium` brings it"
