"""The certificates of deploy/certs.sh, made for a test."""

import subprocess
from pathlib import Path

from services.kit.tls import Tls

SCRIPT = Path(__file__).parents[1] / "deploy" / "certs.sh"


def made(folder: Path, *names: str) -> Path:
    """Make them in the folder; where they are, a folder for each holder."""
    subprocess.run(["sh", SCRIPT, folder, *names], capture_output=True, check=True, timeout=120)
    return folder / "certs"


def tls_of(certificates: Path, holder: str) -> Tls:
    """How a holder speaks TLS."""
    folder = certificates / holder
    return Tls(folder / "ca.crt", folder / "tls.crt", folder / "tls.key")


def settings_of(certificates: Path, holder: str) -> dict[str, Path]:
    """The same as settings of a service."""
    tls = tls_of(certificates, holder)
    return {"tls_ca_file": tls.authority, "tls_cert_file": tls.certificate, "tls_key_file": tls.key}
