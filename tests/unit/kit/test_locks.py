"""Algorithms: published vectors, a second opinion from the openssl command, and keys that are apart."""

import shutil
import subprocess

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from contracts.sealed import Algorithm, DigestName
from services.kit.locks import Lock, Sm4Gcm, Suite
from tests.peoplekeys import SUITES

PLAIN = bytes.fromhex("".join(letter * 16 for letter in "abcdefea".upper()))
AAD = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")


def test_sm4_gcm_gives_the_vector_of_rfc_8998() -> None:
    key, nonce = bytes.fromhex("0123456789abcdeffedcba9876543210"), bytes.fromhex("00001234567800000000abcd")
    sealed = Sm4Gcm(key).encrypt(nonce, PLAIN, AAD)
    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    assert Sm4Gcm(key).decrypt(nonce, sealed, AAD) == PLAIN


def test_aes_gcm_gives_the_vector_of_its_specification() -> None:
    """Test case 16 of McGrew and Viega: 256 bits of key, associated data."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    sealed = AESGCM(key).encrypt(bytes.fromhex("cafebabefacedbaddecaf888"), plain, AAD)
    assert sealed.hex() == (
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )


@pytest.mark.parametrize(
    ("said", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_the_vectors_of_its_standard(said: bytes, digest: str) -> None:
    """GB/T 32905-2016, appendix A."""
    hashed = hashes.Hash(hashes.SM3())
    hashed.update(said)
    assert hashed.finalize().hex() == digest


def test_sm4_gives_the_vector_of_its_standard() -> None:
    """GB/T 32907-2016, appendix A.1: one block under itself."""
    block = bytes.fromhex("0123456789abcdeffedcba9876543210")
    # One block in counter mode over nought is the block cipher of the counter.
    encryptor = Cipher(algorithms.SM4(block), modes.CTR(block)).encryptor()
    assert encryptor.update(bytes(16)).hex() == "681edf34d206965e86b3e94f536e4246"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the openssl command is not there")
@pytest.mark.parametrize(("command", "digest"), [("sha256", hashes.SHA256()), ("sm3", hashes.SM3())])
def test_the_openssl_command_says_the_same_of_digests(command: str, digest: hashes.HashAlgorithm) -> None:
    said = "清选".encode() * 999
    hashed = hashes.Hash(digest)
    hashed.update(said)
    asked = subprocess.run(
        ["openssl", "dgst", f"-{command}", "-binary"], input=said, capture_output=True, check=True
    )
    assert hashed.finalize() == asked.stdout


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the openssl command is not there")
@pytest.mark.parametrize(
    ("command", "key", "algorithm"),
    [("aes-256-ctr", bytes(range(32)), AESGCM), ("sm4-ctr", bytes(range(16)), Sm4Gcm)],
)
def test_the_openssl_command_opens_what_we_encrypted(
    command: str, key: bytes, algorithm: type[AESGCM] | type[Sm4Gcm]
) -> None:
    """Galois counter mode is counter mode from two on; the command has no mode with a tag."""
    nonce, said = bytes(range(12)), "身份证号".encode() * 99
    body = algorithm(key).encrypt(nonce, said, b"here")[:-16]
    counter = (nonce + (2).to_bytes(4, "big")).hex()
    line = ["openssl", "enc", "-d", f"-{command}", "-K", key.hex(), "-iv", counter]
    assert subprocess.run(line, input=body, capture_output=True, check=True).stdout == said


@pytest.mark.parametrize("suite", SUITES)
def test_what_is_changed_or_elsewhere_does_not_open(suite: Suite) -> None:
    lock = Lock(b"s" * 32, suite, "x")
    nonce = lock.nonce(b"here", b"said")
    sealed = lock.aead.encrypt(nonce, b"said", b"here")
    assert lock.aead.decrypt(nonce, sealed, b"here") == b"said"
    flipped = bytes([sealed[0] ^ 1, *sealed[1:]])
    for given, place in ((sealed, b"there"), (flipped, b"here"), (sealed[:-1], b"here"), (b"", b"here")):
        with pytest.raises((InvalidTag, ValueError)):
            lock.aead.decrypt(nonce, given, place)


def test_one_secret_gives_each_suite_and_purpose_keys_of_its_own() -> None:
    locks = [Lock(b"s" * 32, suite, info) for suite in SUITES for info in ("", "p1", "p1\np2")]
    assert len({lock.nonce(b"here", b"said") for lock in locks}) == len(locks)


def test_the_names_that_are_stored_stay_what_they_are() -> None:
    """A renamed word would leave every value that was stored under it unreadable."""
    assert [*Algorithm, *DigestName] == ["aes-256-gcm", "sm4-gcm", "sha-256", "sm3"]
