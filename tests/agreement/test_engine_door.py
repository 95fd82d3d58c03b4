"""Temporal's door in production: who comes in by which certificate, and what each token says."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from tests.certificates import DEPLOY, with_tokens
from tests.composed import GIVEN, PAGE, composed, config
from tests.matrix import matrix

HOLDERS = {
    "officers": "qingxuan:write",
    "worker": "qingxuan:write",
    "operator": "qingxuan:admin",
    "onlooker": "qingxuan:read",
}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = composed()["services"]
    return found


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_tokens(tmp_path_factory.mktemp("secrets"))


def claims(certificates: Path, token: str) -> dict[str, Any]:
    """What the token says, as a library that the script does not know reads it. Raises JoseError or ValueError."""
    keys = KeySet.import_key_set(json.loads((certificates / "temporal" / "engine-tokens.json").read_text()))
    read = jwt.decode(token, keys, algorithms=["RS256"])
    assert read.header["kid"] in {key.kid for key in keys.keys}
    jwt.JWTClaimsRegistry(exp={"essential": True}).validate(read.claims)
    return read.claims


def token_of(certificates: Path, holder: str) -> str:
    return (certificates / holder / "engine.jwt").read_text()


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_token_says_one_thing_of_one_holder_for_a_year(certificates: Path, holder: str) -> None:
    said = claims(certificates, token_of(certificates, holder))
    assert (said["sub"], said["permissions"]) == (holder, [HOLDERS[holder]])
    assert 366 * 86400 < said["exp"] - said["iat"] < 400 * 86400
    assert said["iat"] <= time.time()


def test_nobody_else_has_a_token(certificates: Path) -> None:
    assert {path.parent.name for path in certificates.rglob("*.jwt")} == set(HOLDERS)
    assert all(path.stat().st_mode & 0o077 == 0 for path in certificates.rglob("*.jwt"))


def test_a_token_that_was_changed_or_signed_by_another_counts_for_nothing(
    certificates: Path, tmp_path: Path
) -> None:
    head, body, signature = token_of(certificates, "onlooker").split(".")
    _, stronger, _ = token_of(certificates, "operator").split(".")
    forged = [f"{head}.{stronger}.{signature}", f"{head}.{body}.", f"{head}.{body}.{signature[:-8]}AAAAAAAA"]
    for token in (*forged, token_of(with_tokens(tmp_path), "operator")):
        with pytest.raises((JoseError, ValueError)):
            claims(certificates, token)


def test_tokens_stay_until_the_key_is_another_or_they_are_old(certificates: Path, tmp_path: Path) -> None:
    copy = tmp_path / "certs"
    shutil.copytree(certificates, copy)

    def again() -> str:
        subprocess.run(["sh", DEPLOY / "tokens.sh", tmp_path], capture_output=True, check=True, timeout=120)
        return token_of(copy, "worker")

    first = again()
    assert first == token_of(certificates, "worker")
    a_year_ago = time.time() - 366 * 86400
    os.utime(copy / "worker" / "engine.jwt", (a_year_ago, a_year_ago))
    os.utime(copy / "authority" / "engine-tokens.key", (a_year_ago - 60, a_year_ago - 60))
    # Made again in the same second it would be the same; so it is the file that is new.
    assert again()
    assert (copy / "worker" / "engine.jwt").stat().st_mtime > a_year_ago
    (copy / "authority" / "engine-tokens.key").unlink()
    assert again() != first
    assert claims(copy, token_of(copy, "worker"))["permissions"] == ["qingxuan:write"]


def test_the_server_lets_in_whom_its_authority_certifies_and_asks_for_a_token(
    services: dict[str, Any],
) -> None:
    said = services["temporal"]["environment"]
    assert said["TEMPORAL_TLS_REQUIRE_CLIENT_AUTH"] == "true"
    # Named so in the server's own settings; anything else, or nothing, lets everybody do everything.
    assert (said["TEMPORAL_AUTH_AUTHORIZER"], said["TEMPORAL_AUTH_CLAIM_MAPPER"]) == ("default", "default")
    assert said["TEMPORAL_JWT_KEY_SOURCE1"] == "file:///run/certs/engine-tokens.json"
    assert {name: value for name, value in said.items() if name.startswith("TEMPORAL_TLS_CLIENT")} == {
        f"TEMPORAL_TLS_CLIENT{one}_CA_CERT": "/run/certs/engine-ca.crt" for one in (1, 2)
    }
    reaching = {name for name, service in services.items() if "engine" in service["networks"]}
    assert reaching == {"temporal", "temporal-namespace", "officers", "worker"}


def test_the_servers_parts_believe_nobody_who_comes_in_at_its_door(
    services: dict[str, Any], certificates: Path
) -> None:
    """They ask one another without a token, and one of them takes whoever asks for an administrator."""
    said = services["temporal"]["environment"]
    assert said["USE_INTERNAL_FRONTEND"] == "true"
    assert "internal-frontend" in said["TEMPORAL_SERVICES"].split(",")
    assert said["TEMPORAL_TLS_SERVER_CA_CERT"] == "/run/certs/parts-ca.crt"
    assert said["TEMPORAL_TLS_SERVER_CERT"] == "/run/certs/parts.crt"
    assert [path.parent.name for path in certificates.rglob("parts.key")] == ["temporal"]
    for holder in HOLDERS:
        check = ["openssl", "verify", "-CAfile", certificates / "parts-ca.crt"]
        done = subprocess.run(
            [*check, certificates / holder / "engine.crt"], capture_output=True, check=False
        )
        assert done.returncode != 0, holder
    own = ["openssl", "verify", "-CAfile", certificates / "parts-ca.crt", certificates / "temporal/parts.crt"]
    assert subprocess.run(own, capture_output=True, check=False).returncode == 0


def test_who_comes_in_shows_a_token(services: dict[str, Any]) -> None:
    for name in ("officers", "worker"):
        assert (
            services[name]["environment"][f"QX_{name.upper()}_TEMPORAL_TOKEN_FILE"] == "/run/certs/engine.jwt"
        )
    assert "TEMPORAL_API_KEY=$(cat /run/certs/engine.jwt)" in (DEPLOY / "temporal/namespace.sh").read_text()


def test_the_page_answers_nobody_who_did_not_sign_in(services: dict[str, Any]) -> None:
    assert "temporal-ui" not in services, "it runs only where a provider is named"
    both = composed({**GIVEN, **PAGE}, "deploy/temporal/page.yml")["services"]
    page = both["temporal-ui"]
    said = page["environment"]
    assert said["TEMPORAL_AUTH_ENABLED"] == said["TEMPORAL_DISABLE_WRITE_ACTIONS"] == "true"
    assert said["TEMPORAL_CORS_ORIGINS"] == PAGE["QX_PAGE_URL"]
    assert [volume["source"] for volume in page["volumes"]] == [f"{GIVEN['QX_SECRETS']}/certs/onlooker"]
    assert [port["host_ip"] for port in page["ports"]] == ["127.0.0.1"]
    engine = both["temporal"]
    assert engine["environment"]["TEMPORAL_JWT_KEY_SOURCE2"] == PAGE["QX_PAGE_KEYS"]
    assert engine["environment"]["TEMPORAL_AUTH_AUTHORIZER"] == "default"
    assert "ports" not in engine


@pytest.mark.parametrize("missing", sorted(PAGE))
def test_a_page_without_a_provider_does_not_start(missing: str) -> None:
    given = {name: value for name, value in {**GIVEN, **PAGE}.items() if name != missing}
    done = config(given, "deploy/temporal/page.yml")
    assert done.returncode != 0
    assert missing in done.stderr


def test_the_page_of_rights_names_every_holder() -> None:
    table = matrix("The engine")
    assert {column for cells in table.values() for column in cells} >= set(HOLDERS)
