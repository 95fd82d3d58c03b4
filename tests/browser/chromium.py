"""Where this machine's Chromium is, and whether it has signs to write Chinese with."""

import shutil
import subprocess

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = "no Chromium on this machine: `apt-get install --yes chromium` brings it"
NO_SIGNS = "no font with Chinese signs on this machine: `apt-get install --yes fonts-noto-cjk` brings one"


def writes_chinese() -> bool:
    """Whether what is printed or pictured has signs where otherwise boxes stand."""
    lister = shutil.which("fc-list")
    return lister is not None and bool(subprocess.run([lister, ":lang=zh"], capture_output=True).stdout)
