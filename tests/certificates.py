"""The certificates of deploy/certs.sh and the tokens of deploy/tokens.sh, made for a test."""

import subprocess
from pathlib import Path

from services.kit.tls import EngineLogin, Tls

DEPLOY = Path(__file__).parents[1] / "deploy"


def made(folder: Path, *names: str) -> Path:
    """Make them in the folder; where they are, a folder for each holder."""
    subprocess.run(["sh", DEPLOY / "certs.sh", folder, *names], capture_output=True, check=True, timeout=120)
    return folder / "certs"


def with_tokens(folder: Path, *names: str) -> Path:
    """Make both in the folder; where they are, a folder for each holder."""
    certificates = made(folder, *names)
    subprocess.run(["sh", DEPLOY / "tokens.sh", folder], capture_output=True, check=True, timeout=120)
    return certificates


def login_of(certificates: Path, holder: str) -> EngineLogin:
    """How a holder is known to the engine."""
    folder = certificates / holder
    tls = Tls(folder / "engine-ca.crt", folder / "engine.crt", folder / "engine.key")
    return EngineLogin(tls, (folder / "engine.jwt").read_text())


def tls_of(certificates: Path, holder: str) -> Tls:
    """How a holder speaks TLS."""
    folder = certificates / holder
    return Tls(folder / "ca.crt", folder / "tls.crt", folder / "tls.key")


def settings_of(certificates: Path, holder: str) -> dict[str, Path]:
    """The same as settings of a service."""
    tls = tls_of(certificates, holder)
    return {"tls_ca_file": tls.authority, "tls_cert_file": tls.certificate, "tls_key_file": tls.key}
