"""An identity provider is set up as a whole, and nothing that is sent to it can be read on the way."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from services.kit.outside import unread
from services.officers.building import registration
from services.officers.identity.provider.asking import Question
from services.officers.settings import Settings
from tests.officers_ground import settings_in

WHOLE = {
    "oidc_issuer": "https://login.example/realm",
    "oidc_client_id": "qingxuan",
    "oidc_redirect": "https://vetting.example/",
    "oidc_amr": "mfa, hwk",
}


def settings(directory: Path, **said: object) -> Settings:
    """Settings with a provider of which something is another."""
    secret = directory / "secret"
    secret.write_text("s3cret\n")
    known = settings_in(directory, "sqlite+aiosqlite:///x.db").model_dump()
    return Settings(**{**known, **WHOLE, "oidc_secret_file": secret, **said})


def test_a_whole_one_is_taken(tmp_path: Path) -> None:
    registered = registration(settings(tmp_path))
    assert registered is not None
    assert registered.redirect == "https://vetting.example/sign-in/provider"
    assert (registered.secret, registered.amr) == ("s3cret", {"mfa", "hwk"})
    assert "s3cret" not in repr(registered)


def test_without_one_there_is_none(tmp_path: Path) -> None:
    assert registration(settings_in(tmp_path, "sqlite+aiosqlite:///x.db")) is None


@pytest.mark.parametrize(
    "said",
    [
        {"oidc_issuer": ""},
        {"oidc_client_id": ""},
        {"oidc_secret_file": None},
        {"oidc_redirect": ""},
        {"oidc_issuer": "http://login.example"},
        {"oidc_redirect": "http://vetting.example"},
        {"oidc_issuer": "https://login.example?tenant=1"},
        {"oidc_amr": "with a space"},
    ],
    ids=str,
)
def test_a_part_of_one_is_refused_and_what_could_be_read_on_the_way(
    tmp_path: Path, said: dict[str, object]
) -> None:
    with pytest.raises(ValidationError):
        settings(tmp_path, **said)


@pytest.mark.parametrize(
    ("address", "is_so"),
    [
        ("https://login.example/a?b=c", True),
        ("http://127.0.0.1:8080", True),
        ("http://localhost/x", True),
        ("http://[::1]:8080/x", True),
        ("http://login.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("https://user@login.example", False),
        ("https://login.example/#here", False),
        ("https:///nobody", False),
        ("ftp://login.example", False),
        ("https://login.example:99999", False),
        ("https://login .example", False),
        ("https://[login", False),
        ("", False),
    ],
)
def test_what_is_sent_beyond_the_installation_is_read_by_nobody(address: str, is_so: bool) -> None:
    assert unread(address) == is_so


def test_the_challenge_of_a_code_is_what_the_standard_reckons() -> None:
    """RFC 7636, appendix B."""
    question = Question("", "", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    assert question.code_challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
