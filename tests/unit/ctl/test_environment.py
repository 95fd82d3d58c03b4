"""Settings of the embedded system's processes, the ports they share, and their secrets as files."""

import socket
import stat
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy.engine import make_url

from services.console.settings import Settings as ConsoleSettings
from services.ctl import probes
from services.ctl.environment import ON_THE_BROKER, SERVICES, Environment
from services.ctl.errors import OperatorError
from services.ctl.keys import Keys
from services.ctl.layout import HOST, Layout
from services.ctl.probes import free_port, free_ports
from services.ctl.settings import Settings
from services.ctl.vault import SECRETS, Vault, loose
from services.notices.settings import Settings as NoticesSettings
from services.officers.settings import Settings as OfficersSettings
from services.registry.settings import Settings as RegistrySettings
from services.worker.settings import Settings as WorkerSettings

LAYOUT = Layout(Path("/somewhere"))


def environment(given: dict[str, str] | None = None, **settings: object) -> Environment:
    return Environment(LAYOUT, Settings.model_validate(settings), given or {})


def test_services_find_each_other_on_the_ports_that_were_set() -> None:
    made = environment(port_registry=9001, port_nats=9002, port_temporal=9003, port_api=9004)
    assert made.service("registry")["QX_REGISTRY_PORT"] == "9001"
    assert made.service("officers")["QX_OFFICERS_REGISTRY_URL"] == "http://127.0.0.1:9001"
    assert made.service("notices")["QX_NOTICES_NATS_URL"] == "nats://127.0.0.1:9002"
    assert made.service("worker")["QX_WORKER_TEMPORAL_ADDRESS"] == "127.0.0.1:9003"
    assert made.service("officers")["QX_OFFICERS_PORT"] == "9004"


def test_every_service_has_a_database_of_its_own() -> None:
    stores = ("registry", "notices", "officers")
    urls = [environment().service(name)[f"QX_{name.upper()}_DATABASE_URL"] for name in stores]
    assert len(set(urls)) == 3
    assert urls[0] == "sqlite+aiosqlite:////somewhere/db/registry.db"
    on_server = environment(database="postgresql://u:p@h:5/")
    assert (
        on_server.service("notices")["QX_NOTICES_DATABASE_URL"]
        == "postgresql+asyncpg://u:p@h:5/qingxuan_notices"
    )


def test_a_folder_may_have_any_name() -> None:
    root = Path('/some#where?a%20b"c\\d 清选@e:f')
    made = Environment(Layout(root), Settings(), {})
    url = make_url(made.service("registry")["QX_REGISTRY_DATABASE_URL"])
    assert (url.database, url.query, url.host) == (str(root / "db" / "registry.db"), {}, None)


def test_an_operators_own_setting_wins_and_goes_to_its_service_only() -> None:
    made = environment({"QX_OFFICERS_TOKEN_MINUTES": "5", "QX_REGISTRY_PORT": "1234"})
    assert made.service("officers")["QX_OFFICERS_TOKEN_MINUTES"] == "5"
    assert made.service("registry")["QX_REGISTRY_PORT"] == "1234"
    assert not any(name.startswith("QX_OFFICERS_") for name in made.service("registry"))


def test_the_operators_shell_is_not_handed_on() -> None:
    made = environment({"PATH": "/bin", "AWS_SECRET_ACCESS_KEY": "s", "QX_DATABASE": "postgresql://u:p@h/"})
    assert made.bare() == {"PATH": "/bin"}
    assert "AWS_SECRET_ACCESS_KEY" not in made.together()
    assert "QX_DATABASE" not in made.together()


def test_the_services_settings_accept_what_is_derived(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment().together().items():
        monkeypatch.setenv(name, value)
    assert RegistrySettings().token_file == Path("/somewhere/secrets/registry-token")
    assert WorkerSettings().step_key_file == Path("/somewhere/keys/worker/step.key")
    assert NoticesSettings().own_keys_dir == Path("/somewhere/keys/notices/store")
    assert ConsoleSettings().cookie_key_file == Path("/somewhere/secrets/cookie-key")
    assert OfficersSettings().claim_key_file == Path("/somewhere/keys/officers/claim.key")


def test_each_service_is_told_of_the_keys_it_holds_and_of_no_other() -> None:
    told = {
        name: {value.removeprefix("/somewhere/keys/") for value in environment().service(name).values()}
        for name in SERVICES
    }
    keys = {name: {one for one in values if not one.startswith("/")} for name, values in told.items()}
    known = {
        "people",
        "wrapping",
        "record",
        "engine",
        "public",
        "worker/step.key",
        "worker/errand.key",
        "officers/claim.key",
    }
    known |= {"officers/journal.key"}
    known |= {"officers/store", "notices/store", "registry/entry.key"}
    sealing = ("record", "people", "wrapping")
    assert {name: held & known for name, held in keys.items()} == {
        "worker": {*sealing, "engine", "public", "worker/step.key", "worker/errand.key"},
        "officers": {
            *(*sealing, "engine", "public"),
            *("officers/claim.key", "officers/journal.key", "officers/store"),
        },
        "notices": {*sealing, "public", "notices/store"},
        "registry": {"public", "registry/entry.key"},
        "console": set(),
    }


def test_each_service_has_a_login_of_its_own_at_the_broker() -> None:
    users = {name: environment().service(name).get(f"QX_{name.upper()}_NATS_USER") for name in SERVICES}
    assert users == {**{name: name for name in ON_THE_BROKER}, "console": None}
    files = {environment().service(name)[f"QX_{name.upper()}_NATS_PASSWORD_FILE"] for name in ON_THE_BROKER}
    assert len(files) == len(ON_THE_BROKER)


def test_two_listeners_on_one_port_are_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="QX_PORT_API and QX_PORT_NATS are both 9000"):
        Settings(port_api=9000, port_nats=9000)


def test_an_unknown_kind_of_database_is_refused() -> None:
    with pytest.raises(ValidationError, match="QX_DATABASE is neither `sqlite` nor postgresql://"):
        Settings(database="mysql://h/")


def test_free_ports_are_all_different_and_none_that_a_connection_is_given() -> None:
    ports = [port for _, port in free_ports().named()]
    assert len(set(ports)) == len(ports)
    assert max(ports) < 32_768, "Linux gives these to connections, unless it is told otherwise"


def test_a_port_on_which_somebody_listens_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind((HOST, free_port()))
        other.listen()
        monkeypatch.setattr(probes, "DRAWN_FROM", range(other.getsockname()[1], other.getsockname()[1] + 1))
        monkeypatch.setattr(probes, "TRIES", 1)
        with pytest.raises(OperatorError, match="none is free"):
            free_port()


def test_secrets_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "secrets")
    assert vault.make() is True
    before = {name: vault.read(name) for name in SECRETS}
    assert vault.make() is False
    assert {name: vault.read(name) for name in SECRETS} == before
    assert len(set(before.values())) == len(SECRETS)
    assert all(len(secret) >= 32 for secret in before.values())
    assert stat.S_IMODE(vault.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(vault.path(name).stat().st_mode) for name in SECRETS} == {0o600}
    assert loose(vault.folder) == []
    vault.path("match-key").chmod(0o640)
    assert loose(vault.folder) == [vault.path("match-key")]


def test_keys_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys")
    keys.make()
    before = {path: path.read_bytes() for path in keys.folder.rglob("*") if path.is_file()}
    keys.make()
    assert {path: path.read_bytes() for path in keys.folder.rglob("*") if path.is_file()} == before
    private = [path for path in keys.folder.rglob("*") if path.suffix != ".pub"]
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in [keys.folder, *private]} == {0}
    with pytest.raises(KeyError):
        keys.keyring("officers")
