"""What an operator may set for mail."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from services.notices.settings import Settings


def settings(tmp_path: Path, **more: object) -> Settings:
    values: dict[str, object] = {
        "database_url": "sqlite+aiosqlite:///x.db",
        "token_file": tmp_path / "token",
        "registry_token_file": tmp_path / "token",
        **dict.fromkeys(
            ("record_keys_dir", "people_keys_dir", "wrapping_keys_dir", "own_keys_dir", "public_keys_dir"),
            tmp_path,
        ),
        **more,
    }
    return Settings(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"smtp_host": "mail.example.org"}, "smtp_from"),
        ({"smtp_host": "mail.example.org", "smtp_from": "Office <office@example.org>"}, "smtp_from"),
        ({"smtp_user": "office"}, "smtp_password_file"),
        ({"smtp_user": "office", "smtp_password_file": "x", "smtp_security": "none"}, "smtp_security"),
    ],
)
def test_a_half_set_mail_server_is_refused_naming_the_setting(
    tmp_path: Path, wrong: dict[str, object], named: str
) -> None:
    with pytest.raises(ValidationError, match=named):
        settings(tmp_path, **wrong)


def test_no_mail_server_is_a_setting_too(tmp_path: Path) -> None:
    assert settings(tmp_path).smtp_host == ""
