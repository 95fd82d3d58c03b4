"""A composed system of its own: a copy of what is installed, secrets drawn for it, and where its parts are reached."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tests.access.run import PLACES
from tests.first_session import SESSION
from tests.ports import free_port
from tests.trial.docker import Docker
from tests.trial.images import ROOT

INSTALLED = (
    *("docker-compose.yml", ".dockerignore", "pyproject.toml", "uv.lock"),
    *("contracts", "deploy", "services", "workflows"),
)
PROJECT = "qingxuan-trial"
BEHIND = ("_edge", "_mail", "_temporal-database")
PASSWORD = "admin-chose-this-1"
"""What the README's session sets for the first administrator."""


class System:
    """What `deploy/README.md` has an operator do, step by step; every method raises RuntimeError when one fails."""

    def __init__(self, home: Path, docker: Docker, pip: Path | None) -> None:
        self.folder, self.secrets = home / "system", home / "secrets"
        self._home, self._pip = home, pip
        self.api = free_port()
        policies = home / "policies"
        policies.mkdir()
        given = {
            "QX_SECRETS": str(self.secrets),
            "QX_RELEASE": "trial",
            "QX_HOSTS": "localhost",
            "QX_POLICIES": str(policies),
            "QX_PUBLISH": f"127.0.0.1:{self.api}",
            "QX_PUBLISH_CONSOLE": f"127.0.0.1:{free_port()}",
        }
        self._docker = replace(docker, environment={**docker.environment, **given})

    def install(self) -> None:
        """The files, and the secrets, certificates and tokens that its scripts make."""
        self.folder.mkdir()
        for name in INSTALLED:
            source = ROOT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, self.folder / name)
        for script, *more in (("secrets.sh",), ("certs.sh", "localhost"), ("tokens.sh",)):
            _ran([self.folder / "deploy" / script, self.secrets, *more])

    def build(self) -> None:
        """Our five images. Where this machine's pip has settings, the builder is handed them."""
        if self._pip is not None:
            ours = ("officers", "registry", "notices", "worker", "console")
            named = [*ours, *(f"migrate-{one}" for one in ("officers", "registry", "notices"))]
            lines = [
                "services:",
                *(f"  {name}: {{ build: {{ secrets: [pip] }} }}" for name in named),
                *("secrets:", f"  pip: {{ file: {self._pip} }}"),
            ]
            (self.folder / "docker-compose.override.yml").write_text("\n".join(lines) + "\n")
        self._compose("build", "--quiet")

    def start(self) -> int:
        """Everything, in its order, until it is well; how many services run."""
        try:
            self._compose("up", "--detach", "--wait", "--quiet-pull")
        except RuntimeError as error:
            raise RuntimeError(f"{error}\n{self._compose('logs', '--tail', '20')}") from error
        return len(self._compose("ps", "--services", "--status", "running").split())

    def stop(self) -> None:
        """Everything down, and its data gone."""
        self._compose("down", "--volumes", "--timeout", "20")

    def inside(self, service: str, *command: str) -> str:
        """What a command says in a service's container."""
        return self._compose("exec", "-T", service, *command)

    def statement(self, database: str, text: str) -> None:
        """A statement of PostgreSQL's superuser."""
        asked = 'PGPASSWORD=$(cat /run/secrets/postgres-superuser) exec psql -qX -U postgres -d "$1" -c "$2"'
        self.inside("postgres", "sh", "-c", asked, "sh", database, text)

    def session(self) -> None:
        """The README's first session, as printed but for the address and the folder of secrets."""
        walk = self._home / "walk"
        (walk / "var").mkdir(parents=True)
        (walk / "var" / "secrets").symlink_to(self.secrets)
        for name in ("services", "contracts", "workflows", ".venv"):
            (walk / name).symlink_to(ROOT / name)
        printed = SESSION.findall((ROOT / "README.md").read_text(encoding="utf-8"))[0]
        text, walked = re.subn(r"(?m)^\.venv/bin/python -m services\.ctl verify$", "", printed)
        if walked != 1:
            raise RuntimeError("the README's session does not end by walking the record")
        text = text.replace("http://127.0.0.1:8080", f"https://localhost:{self.api}")
        believed = {**os.environ, "CURL_CA_BUNDLE": str(self.secrets / "certs" / "ca.crt")}
        _ran(["bash", "-c", "set -euo pipefail\n" + text], walk, believed)

    def verified(self) -> bool:
        """Whether the whole record holds, walked in the registry's container."""
        return "verified" in self.inside("registry", "python", "-m", "services.registry.fsck")

    def hosts(self) -> Path:
        """A table of hosts under which each part is reached by the name that its certificate bears."""
        lines = [Path("/etc/hosts").read_text()]
        shown = "{{range $n, $v := .NetworkSettings.Networks}}{{$n}} {{$v.IPAddress}}\n{{end}}"
        for name in {place.partition(":")[0] for place in PLACES.values()}:
            container = self._compose("ps", "--quiet", name).strip()
            said = self._docker.run("inspect", "--format", shown, container)
            networks = dict(line.split() for line in said.splitlines() if line)
            # One that it shares with who asks it, before those that lead away or to what lies behind it.
            chosen = min(networks, key=lambda one: (one.endswith(BEHIND), one))
            lines.append(f"{networks[chosen]} {name}\n")
        table = self._home / "hosts"
        table.write_text("".join(lines))
        return table

    def _compose(self, *words: str) -> str:
        return self._docker.compose("--project-directory", self.folder, "--project-name", PROJECT, *words)


def access(system: System) -> tuple[int, str]:
    """`make access` where the names lead to the system, for this command alone; its status and words."""
    asked = f"make access ARGS='--secrets {system.secrets} --password {PASSWORD}'"
    command = f"mount --bind {system.hosts()} /etc/hosts && exec {asked}"
    done = subprocess.run(
        ["unshare", "--mount", "--propagation", "private", "sh", "-c", command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def _ran(
    command: list[str | Path], folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> None:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {(done.stdout + done.stderr)[-2000:]}")
