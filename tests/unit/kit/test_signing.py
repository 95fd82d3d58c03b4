"""A signature holds for one message, one purpose and one key; keys are private to their owner."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey

from contracts.claim import Signature
from services.kit.signing import SigningKey, SigningKeyError, Verifier, create_key

PURPOSE = b"one purpose\x00"
MESSAGE = b"what is said"


@pytest.fixture
def private(tmp_path: Path) -> Path:
    path = tmp_path / "holder" / "one.key"
    create_key(path, tmp_path / "public")
    return path


def test_whoever_has_the_public_half_sees_that_it_was_signed(private: Path, tmp_path: Path) -> None:
    signature = SigningKey.load(private, PURPOSE).sign(MESSAGE)
    assert Verifier(tmp_path / "public", PURPOSE).holds(MESSAGE, signature)


def test_signing_again_gives_the_same_bytes(private: Path) -> None:
    key = SigningKey.load(private, PURPOSE)
    assert key.sign(MESSAGE) == key.sign(MESSAGE)


def test_it_holds_for_no_other_message_purpose_or_key(private: Path, tmp_path: Path) -> None:
    signature = SigningKey.load(private, PURPOSE).sign(MESSAGE)
    verifier = Verifier(tmp_path / "public", PURPOSE)
    assert not verifier.holds(MESSAGE + b".", signature)
    assert not Verifier(tmp_path / "public", b"another purpose\x00").holds(MESSAGE, signature)
    create_key(tmp_path / "other.key", tmp_path / "others")
    other = SigningKey.load(tmp_path / "other.key", PURPOSE)
    assert not verifier.holds(MESSAGE, other.sign(MESSAGE))
    assert not verifier.holds(MESSAGE, other.sign(MESSAGE).model_copy(update={"key_id": signature.key_id}))


def test_what_is_no_signature_does_not_hold(private: Path, tmp_path: Path) -> None:
    verifier = Verifier(tmp_path / "public", PURPOSE)
    good = SigningKey.load(private, PURPOSE).sign(MESSAGE)
    for value in ("", "!", "AAAA", good.value[:-8], "签"):
        assert not verifier.holds(MESSAGE, Signature(key_id=good.key_id, value=value))


def test_a_key_is_made_once_and_for_its_owner_only(private: Path, tmp_path: Path) -> None:
    before = private.read_bytes()
    create_key(private, tmp_path / "public")
    assert private.read_bytes() == before
    assert len(list((tmp_path / "public").iterdir())) == 1
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    private.chmod(0o640)
    with pytest.raises(SigningKeyError, match="0600"):
        SigningKey.load(private, PURPOSE)


def test_an_older_key_still_holds_beside_a_new_one(private: Path, tmp_path: Path) -> None:
    old = SigningKey.load(private, PURPOSE).sign(MESSAGE)
    private.unlink()
    create_key(private, tmp_path / "public")
    verifier = Verifier(tmp_path / "public", PURPOSE)
    assert verifier.holds(MESSAGE, old)
    assert verifier.holds(MESSAGE, SigningKey.load(private, PURPOSE).sign(MESSAGE))


def test_without_any_public_key_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(SigningKeyError, match="no public key"):
        Verifier(tmp_path, PURPOSE)


def test_a_public_key_under_another_s_name_is_refused(private: Path, tmp_path: Path) -> None:
    (published,) = (tmp_path / "public").iterdir()
    published.rename(published.with_name("s0000000000000000.pub"))
    with pytest.raises(SigningKeyError, match="not named after"):
        Verifier(tmp_path / "public", PURPOSE)


@pytest.mark.parametrize("content", [b"", b"AAAA", b"?", b"A" * 43])
def test_a_damaged_public_key_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s1.pub").write_bytes(content)
    with pytest.raises(SigningKeyError, match="s1"):
        Verifier(tmp_path, PURPOSE)


def test_a_missing_a_damaged_and_a_foreign_private_key_are_named(tmp_path: Path) -> None:
    with pytest.raises(SigningKeyError, match="no private key"):
        SigningKey.load(tmp_path / "none.key", PURPOSE)
    foreign = Ed448PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for content, reason in ((b"?", "no private key"), (foreign, "no Ed25519 key")):
        path = tmp_path / "one.key"
        path.write_bytes(content)
        path.chmod(0o600)
        with pytest.raises(SigningKeyError, match=reason):
            SigningKey.load(path, PURPOSE)
