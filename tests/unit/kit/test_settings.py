"""Settings name what is wrong, and secrets come from files only."""

from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_settings import SettingsConfigDict

from services.kit.settings import ServiceSettings, SettingsError, StoreSettings, load, read_secret


class Some(StoreSettings):
    model_config = SettingsConfigDict(env_prefix="QX_SOME_", frozen=True, extra="forbid")
    token_file: Path


def test_every_missing_setting_is_named_by_its_variable() -> None:
    with pytest.raises(SettingsError) as caught:
        load(Some)
    assert "QX_SOME_DATABASE_URL" in str(caught.value)
    assert "QX_SOME_TOKEN_FILE" in str(caught.value)


def test_a_wrong_value_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QX_SOME_DATABASE_URL", "sqlite+aiosqlite:///x")
    monkeypatch.setenv("QX_SOME_TOKEN_FILE", "t")
    monkeypatch.setenv("QX_SOME_LOG_LEVEL", "hunter2")
    with pytest.raises(SettingsError) as caught:
        load(Some)
    assert "QX_SOME_LOG_LEVEL" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_settings_are_read_and_cannot_be_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QX_SOME_DATABASE_URL", "sqlite+aiosqlite:///x")
    monkeypatch.setenv("QX_SOME_TOKEN_FILE", "t")
    settings = load(Some)
    assert settings.host == "127.0.0.1"
    with pytest.raises(ValidationError, match="frozen"):
        settings.host = "0.0.0.0"  # type: ignore[misc]  # noqa: S104


@pytest.mark.parametrize("content", [None, "", "  \n"])
def test_a_secret_that_is_not_there_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SettingsError, match="TOKEN"):
        read_secret(path, "TOKEN")


def test_a_secret_loses_only_its_line_end(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a b\n")
    assert read_secret(tmp_path / "secret", "TOKEN") == "a b"
    with pytest.raises(SettingsError, match="not set"):
        read_secret(None, "TOKEN")


def test_the_database_s_password_comes_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("p@ss/w:rd\n")
    url = "postgresql+asyncpg://user@host:5432/name"
    settings = Some(database_url=url, token_file=tmp_path, database_password_file=tmp_path / "password")
    assert settings.dsn() == "postgresql+asyncpg://user:p%40ss%2Fw%3Ard@host:5432/name"
    assert Some(database_url=url, token_file=tmp_path).dsn() == url


@pytest.mark.parametrize(
    "url", ["postgresql+asyncpg://host/name", "postgresql+asyncpg://user:secret@host/name"]
)
def test_a_url_must_leave_room_for_the_password_file(tmp_path: Path, url: str) -> None:
    (tmp_path / "password").write_text("p")
    settings = Some(database_url=url, token_file=tmp_path, database_password_file=tmp_path / "password")
    with pytest.raises(SettingsError, match="database_url"):
        settings.dsn()


@pytest.mark.parametrize(
    "login",
    [
        {"nats_user": "u"},
        {"nats_password_file": "p"},
        {"nats_user": "u", "nats_password_file": "p", "nats_seed_file": "s"},
    ],
)
def test_half_a_login_is_refused(login: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="nats_"):
        ServiceSettings(**login)  # type: ignore[arg-type]
