"""Who holds which key, and who reaches whom, in production as on one machine (D10, D17)."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from services.ctl.keys import HOLDERS, KEYRINGS, Keys
from services.kit.sealing import Keyring
from services.kit.signing import SigningKey, Verifier
from tests.composed import ROOT, composed, keys_of


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return composed()


def test_each_key_is_with_its_holders_alone(compose: dict[str, Any]) -> None:
    held = {name: {one.rpartition("/")[2] for one in keys_of(compose, name)} for name in compose["services"]}
    assert {name: keys for name, keys in held.items() if keys} == {
        "officers": {"officers", "record", "people", "wrapping", "engine", "public"},
        "worker": {"worker", "record", "people", "wrapping", "engine", "public"},
        "notices": {"notices", "record", "people", "wrapping", "public"},
        "registry": {"registry", "public"},
    }


def test_the_script_makes_the_keys_that_one_machine_has(tmp_path: Path) -> None:
    subprocess.run(["sh", ROOT / "deploy" / "secrets.sh", tmp_path / "s"], capture_output=True, check=True)
    (tmp_path / "k").mkdir()
    ours, scripted = Keys(tmp_path / "k"), Keys(tmp_path / "s" / "keys")
    ours.make()
    assert _shape(scripted.folder) == _shape(ours.folder)
    assert all(path.stat().st_mode & 0o077 == 0 for path in scripted.folder.rglob("*"))
    for purpose in HOLDERS:
        signature = SigningKey.load(scripted.signing(purpose), b"test").sign(b"message")
        assert Verifier(scripted.public / purpose, b"test").holds(b"message", signature)
    for name in KEYRINGS:
        assert Keyring(scripted.keyring(name)).current


def _shape(folder: Path) -> list[str]:
    """The files, without the ids that are drawn."""
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(re.sub(r"/[ks][0-9a-f]{12,16}\.(key|pub)$", r"/*.\1", name) for name in files)


def _neighbours(compose: dict[str, Any], name: str) -> set[str]:
    """Who shares a network with this one."""
    networks = set(compose["services"][name]["networks"])
    return {other for other, one in compose["services"].items() if networks & set(one["networks"])} - {name}


def test_the_console_reaches_the_api_and_nobody_else(compose: dict[str, Any]) -> None:
    networks = compose["services"]["console"]["networks"]
    assert set(networks) == {"desk", "edge"}
    assert _neighbours(compose, "console") == {"officers"}


def test_temporal_and_its_database_are_reached_by_those_who_need_them_alone(compose: dict[str, Any]) -> None:
    tools = {"temporal-schema", "temporal-namespace"}
    assert _neighbours(compose, "temporal") == {"officers", "worker", "temporal-postgres", *tools}
    assert _neighbours(compose, "temporal-postgres") == {"temporal", "temporal-schema"}
