"""Every listener of docker-compose.yml speaks TLS, and whoever asks one shows and checks what deploy/certs.sh made."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.certificates import with_tokens
from tests.composed import GIVEN, ROOT, composed

OURS = ("officers", "registry", "notices", "worker", "console")
DATABASES = ("postgres", "temporal-postgres")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = composed()["services"]
    return found


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_tokens(tmp_path_factory.mktemp("secrets"))


def _mounted(service: dict[str, Any]) -> set[str]:
    folder = f"{GIVEN['QX_SECRETS']}/certs/"
    sources = {str(volume["source"]) for volume in service.get("volumes", [])}
    return {source.removeprefix(folder) for source in sources if source.startswith(folder)}


def _named(service: dict[str, Any]) -> set[str]:
    """The files of certificates that a service is told of."""
    said = " ".join(
        [*map(str, service.get("environment", {}).values()), *map(str, service.get("command") or ())]
    )
    return set(re.findall(r"/run/certs/([\w.\-]+)", said))


def test_each_has_the_certificates_of_its_own_name_and_no_others(services: dict[str, Any]) -> None:
    others = {
        **{f"migrate-{name}": name for name in OURS},
        "databases-closed": "databases",
        "temporal-schema": "temporal",
        "temporal-namespace": "operator",
    }
    for name, service in services.items():
        assert _mounted(service) == {others.get(name, name)}, name


def test_what_a_service_is_told_of_is_what_the_script_makes(
    services: dict[str, Any], certificates: Path
) -> None:
    for name, service in services.items():
        [folder] = _mounted(service)
        there = {path.name for path in (certificates / folder).iterdir()}
        assert _named(service) <= there, name
    assert {path.name for path in (certificates / "authority").iterdir()} == {
        "ca.key",
        "engine-ca.key",
        "parts-ca.key",
        "engine-tokens.key",
    }


def test_nobody_is_asked_in_clear(services: dict[str, Any]) -> None:
    for name, service in services.items():
        for variable, value in service.get("environment", {}).items():
            assert not re.match(r"(http|nats)://", str(value)), f"{name}: {variable}"
    for name in OURS:
        environment = services[name]["environment"]
        assert {environment[f"QX_{name.upper()}_TLS_{part}_FILE"] for part in ("CA", "CERT", "KEY")} == {
            "/run/certs/ca.crt",
            "/run/certs/tls.crt",
            "/run/certs/tls.key",
        }
    asking = {name for name, service in services.items() if "PGSSLMODE" in service.get("environment", {})}
    assert {services[name]["environment"]["PGSSLMODE"] for name in asking} == {"verify-full"}
    reaching = {name for name, service in services.items() if "databases" in service["networks"]}
    assert asking == reaching - {"postgres"}


def test_the_databases_let_nobody_in_without(services: dict[str, Any]) -> None:
    for name in DATABASES:
        said = services[name]["command"]
        assert {"ssl=on", "hba_file=/etc/postgresql/pg_hba.conf"} <= set(said)
    lines = (ROOT / "deploy" / "postgres" / "pg_hba.conf").read_text().splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    assert {rule[0] for rule in rules} == {"local", "hostssl"}
    assert all(rule[-1] == "clientcert=verify-ca" for rule in rules if rule[0] == "hostssl")
    assert all("scram-sha-256" in rule for rule in rules)
