"""The images that others publish, made here under their names, where the daemon has none of that name."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.composed import composed
from tests.servers import executable
from tests.trial.docker import Docker

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BASE = "qingxuan-trial/base"
POSTGRES_BASE = "qingxuan-trial/postgres-base"
POSTGRES_SUITE = "forky"
"""The release of the distribution that has the PostgreSQL which docker-compose.yml names."""
SCRIPT = "/usr/share/debootstrap/scripts/sid"
PACKAGES = "python3,python3-venv,python3-pip,ca-certificates,netcat-openbsd,wget"
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
TARGETS = {
    "python": "python",
    "postgres": "postgres",
    "nats": "nats",
    "temporalio/admin-tools": "tools",
    "temporalio/server": "server",
}


def wanted() -> list[str]:
    """Every image that others publish and our files name, with its tag."""
    services = composed()["services"].values()
    ours = {service["image"] for service in services if "build" in service}
    built = re.findall(r"^FROM (\S+:\S+)", (ROOT / "deploy" / "Dockerfile").read_text(), re.MULTILINE)
    return sorted({*built, *(service["image"] for service in services)} - ours)


def make(docker: Docker, pip: Path | None) -> list[str]:
    """Make those that the daemon does not have; their names. `pip` has the settings that the builder is handed."""
    missing = [name for name in wanted() if not docker.run("image", "ls", "--quiet", name)]
    if not missing:
        return []
    _base(docker, BASE, _suite(), f"--include={PACKAGES}")
    _base(docker, POSTGRES_BASE, POSTGRES_SUITE)
    with tempfile.TemporaryDirectory() as folder:
        _context(Path(folder))
        written = Path(folder) / "compose.json"
        # Written for the program that builds ours as well: a client of Docker alone may have no builder.
        written.write_text(json.dumps({"services": _builds(missing, pip), **_settings(pip)}))
        docker.compose("--file", written, "--project-name", "qingxuan-trial-images", "build", "--quiet")
    return missing


def _builds(names: list[str], pip: Path | None) -> dict[str, object]:
    secrets = {"secrets": ["pip"]} if pip else {}
    return {
        TARGETS[name.partition(":")[0]]: {
            "image": name,
            "build": {
                "context": ".",
                "target": TARGETS[name.partition(":")[0]],
                "args": {"BASE": BASE, "POSTGRES_BASE": POSTGRES_BASE},
                **secrets,
            },
        }
        for name in names
    }


def _settings(pip: Path | None) -> dict[str, object]:
    return {"secrets": {"pip": {"file": str(pip)}}} if pip else {}


def _suite() -> str:
    """This machine's own release."""
    lines = Path("/etc/os-release").read_text().splitlines()
    said = dict(line.split("=", 1) for line in lines if "=" in line)
    return said.get("VERSION_CODENAME", "").strip('"')


def _base(docker: Docker, image: str, suite: str, *options: str) -> None:
    """A release of the distribution, as small as it goes, from where this machine has its packages."""
    if docker.run("image", "ls", "--quiet", image):
        return
    said = _said("apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Created-By: Packages")
    archives = [uri for uri, name in (line.split() for line in said.splitlines()) if name == _suite()]
    if not archives:
        raise RuntimeError(
            "the stand-ins are made of Debian's packages, and this machine has no such archive"
        )
    with tempfile.TemporaryDirectory() as folder:
        # How a release is put together has not changed: an older tool has no file of a newer name.
        _said("debootstrap", "--variant=minbase", *options, suite, folder, archives[0], SCRIPT)
        packed = subprocess.Popen(["tar", "--create", "--directory", folder, "."], stdout=subprocess.PIPE)
        subprocess.run(
            ["docker", "import", "-", image],
            env=docker.environment,
            stdin=packed.stdout,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        if packed.wait():
            raise RuntimeError("the base could not be packed")


def _context(folder: Path) -> None:
    """What the Dockerfile beside this file copies."""
    for name in ("Dockerfile", "postgres.sh", "temporal.sh", "temporal-sql-tool"):
        shutil.copy(HERE / name, folder)
    for name in ("pyproject.toml", "uv.lock", "tests/access/door.py"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "deploy" / "packages", folder / "packages")
    shutil.copy(AUTHORITIES, folder / "authorities.crt")
    for name in ("nats-server", "temporal"):
        shutil.copy(executable(name), folder)
    for name in ("temporal.sh", "temporal-sql-tool"):
        (folder / name).chmod(0o755)
    # The image's users read what root alone may read here.
    subprocess.run(["chmod", "--recursive", "a+rX", folder], check=True)


def _said(*command: str | Path) -> str:
    if shutil.which(str(command[0])) is None:
        raise FileNotFoundError(f"{command[0]} is missing (Debian: {command[0]})")
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {(done.stderr or done.stdout)[-2000:]}")
    return done.stdout
