"""A service as it is, but that nothing is encrypted, signed or checked: to measure what that costs, nothing else.

`python -m tests.bench.unguarded SERVICE`, with the settings of the service. Values are packed and named as they are
otherwise; only the ciphers, the digests under a key, the signatures and whoever looks at them are left out.
"""

import importlib
import sys
from typing import Any

from contracts.claim import Signature
from services.kit import claims, collector, locks, signing

TAG = bytes(16)


class Nothing:
    """Takes the place of a cipher."""

    def __init__(self, secret: bytes, suite: locks.Suite, info: str) -> None:
        self.aead = self

    def nonce(self, place: bytes, plain: bytes) -> bytes:
        """Always the same one."""
        return bytes(locks.NONCE_BYTES)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        """The plain bytes, as long as they would be."""
        return data + TAG

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        """What was given to `encrypt`."""
        return data[: -len(TAG)]


def leave_out() -> None:
    """Before anything of the service is imported."""
    holds: Any = lambda *given: True  # noqa: E731
    unsigned: Any = lambda key, message: Signature(key_id=key.key_id, value="AAAA")  # noqa: E731
    nobody: Any = lambda *given: None  # noqa: E731
    locks.Lock = Nothing  # type: ignore[misc, assignment]
    signing.SigningKey.sign = unsigned  # type: ignore[method-assign]
    signing.Verifier.holds = holds  # type: ignore[method-assign]
    claims.ClaimChecker.fault = nobody  # type: ignore[method-assign]


if __name__ == "__main__":
    collector.pause()
    leave_out()
    from services.kit.process import run_service

    name = sys.argv.pop()
    service = importlib.import_module(f"services.{name}.main")
    run_service(name, importlib.import_module(f"services.{name}.settings").Settings, service.serve)
