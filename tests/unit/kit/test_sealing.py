"""Sealing opens only where it was sealed, and repeats to the same bytes."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.sealed import Algorithm, DigestName, Sealed
from services.kit.locks import Suite
from services.kit.sealing import Keyring, SealError, open_sealed, seal
from tests.peoplekeys import SUITES, Everybody, everybodys


@pytest.fixture(scope="module")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return Keyring.create(tmp_path_factory.mktemp("keys"))


VALUE: dict[str, object] = {"name": "甄选", "tenths": 850}
STORED = Sealed(
    algorithm=Algorithm.AES_256_GCM,
    digest=DigestName.SHA_256,
    key_id="k1",
    owners=(),
    nonce="AAAAAAAAAAAAAAAA",
    ciphertext="AAAA",
)


def test_what_was_sealed_opens_in_its_place(keyring: Keyring) -> None:
    assert open_sealed(seal(VALUE, "c1.1", keyring), "c1.1", keyring) == VALUE


@given(value=st.dictionaries(st.text(), st.text() | st.integers() | st.none()), place=st.text(min_size=1))
def test_sealing_again_gives_the_same_bytes(keyring: Keyring, value: dict[str, object], place: str) -> None:
    first, second = seal(value, place, keyring), seal(dict(reversed(value.items())), place, keyring)
    assert first == second
    assert open_sealed(first, place, keyring) == value


def test_no_two_values_and_no_two_places_share_a_nonce(keyring: Keyring) -> None:
    nonces = {seal({"n": n}, f"c{place}", keyring).nonce for n in range(200) for place in range(20)}
    assert len(nonces) == 4000


@pytest.mark.parametrize("suite", SUITES)
def test_whatever_is_chosen_is_named_and_opens_under_every_other_choice(tmp_path: Path, suite: Suite) -> None:
    Keyring.create(tmp_path)
    sealed = seal(VALUE, "c1.1", Keyring(tmp_path, Everybody(), suite), ["p2", "p1"])
    assert (sealed.algorithm, sealed.digest, sealed.owners) == (suite.algorithm, suite.digest, ("p1", "p2"))
    for other in SUITES:
        keyring = Keyring(tmp_path, Everybody(), other)
        assert open_sealed(sealed, "c1.1", keyring) == VALUE
        said_so = sealed.model_copy(update={"algorithm": other.algorithm, "digest": other.digest})
        if other != suite:
            with pytest.raises(SealError, match="changed"):
                open_sealed(said_so, "c1.1", keyring)


def test_no_two_people_share_a_nonce_or_open_each_others(tmp_path: Path) -> None:
    keyring = everybodys(tmp_path)
    sealed = {f"p{n}": seal(VALUE, "c1.1", keyring, [f"p{n}"]) for n in range(2_000)}
    assert (
        len({one.nonce for one in sealed.values()})
        == len({one.ciphertext for one in sealed.values()})
        == 2_000
    )
    swapped = sealed["p1"].model_copy(update={"owners": ("p2",)})
    with pytest.raises(SealError, match="changed"):
        open_sealed(swapped, "c1.1", keyring)


def test_place_and_value_are_told_apart_in_the_nonce(keyring: Keyring) -> None:
    assert seal({}, "ab", keyring).nonce != seal({}, "a", keyring).nonce


def test_a_value_does_not_open_in_another_place(keyring: Keyring) -> None:
    with pytest.raises(SealError, match=r"c1\.2"):
        open_sealed(seal(VALUE, "c1.1", keyring), "c1.2", keyring)


@pytest.mark.parametrize("part", ["nonce", "ciphertext"])
@pytest.mark.parametrize("position", [0, 5, -1])
def test_any_changed_byte_is_refused(keyring: Keyring, part: str, position: int) -> None:
    sealed = seal(VALUE, "c1.1", keyring)
    raw = bytearray(base64.b64decode(getattr(sealed, part)))
    raw[position] ^= 1
    changed = sealed.model_copy(update={part: base64.b64encode(raw).decode()})
    with pytest.raises(SealError, match="changed"):
        open_sealed(changed, "c1.1", keyring)


@pytest.mark.parametrize(
    "sealed",
    [
        STORED.model_copy(update={"key_id": "unheard-of"}),
        STORED.model_copy(update={"key_id": ""}),
    ],
)
def test_an_unknown_key_is_an_error_and_never_an_empty_value(keyring: Keyring, sealed: Sealed) -> None:
    with pytest.raises(SealError, match="no key"):
        open_sealed(sealed, "c1.1", keyring)


@pytest.mark.parametrize(
    ("nonce", "ciphertext"), [("AAAA", "AAAA"), ("!", "AAAA"), ("AAAAAAAAAAAAAAAA", "?")]
)
def test_what_is_no_sealed_value_at_all_is_refused(keyring: Keyring, nonce: str, ciphertext: str) -> None:
    said = {"key_id": keyring.current, "nonce": nonce, "ciphertext": ciphertext}
    with pytest.raises(SealError, match="changed"):
        open_sealed(STORED.model_copy(update=said), "c1.1", keyring)


def test_an_older_key_still_opens_after_a_new_one_was_added(tmp_path: Path) -> None:
    old = Keyring.create(tmp_path)
    sealed = seal(VALUE, "c1.1", old)
    Keyring.add(tmp_path, "k2027")
    new = Keyring(tmp_path)
    assert new.current == "k2027"
    assert open_sealed(sealed, "c1.1", new) == VALUE
    assert seal(VALUE, "c1.1", new).key_id == "k2027"


def test_creating_a_keyring_twice_keeps_its_keys(tmp_path: Path) -> None:
    assert Keyring.create(tmp_path).current == Keyring.create(tmp_path).current
    assert len(list(tmp_path.glob("*.key"))) == 1


def test_keys_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    Keyring.create(tmp_path / "keys")
    (path,) = (tmp_path / "keys").glob("*.key")
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    with pytest.raises(SealError, match="0600"):
        Keyring(tmp_path / "keys")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"!!", "not base64"), (base64.b64encode(b"short"), "holds 5 bytes"), (b"", "holds 0 bytes")],
)
def test_a_damaged_key_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    Keyring.create(tmp_path)
    (path,) = tmp_path.glob("*.key")
    path.write_bytes(content)
    with pytest.raises(SealError, match=reason):
        Keyring(tmp_path)


def test_a_missing_keyring_and_a_missing_current_key_are_named(tmp_path: Path) -> None:
    with pytest.raises(SealError, match="create a keyring"):
        Keyring(tmp_path)
    Keyring.create(tmp_path)
    (tmp_path / "current").write_text("gone")
    with pytest.raises(SealError, match="gone"):
        Keyring(tmp_path)


@pytest.mark.parametrize("key_id", ["", "../k", "a b", "k.key"])
def test_a_key_id_cannot_leave_the_directory(tmp_path: Path, key_id: str) -> None:
    with pytest.raises(SealError, match="not a key id"):
        Keyring.add(tmp_path, key_id)
