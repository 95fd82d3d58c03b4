"""Time-based one-time passwords (RFC 6238). Pure: the second is an argument."""

import base64
import hmac

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

DIGITS, STEP = 6, 30
"""What every authenticator program reckons with. STEP in seconds."""

WINDOW = 1
"""Steps before and after this one whose code is taken: clocks differ, and typing takes time."""

SECRET_BYTES = 20
ISSUER = "Qingxuan"


def matched_step(secret: bytes, code: str, second: int) -> int | None:
    """The step whose code this is, within the window; None when it is none of them. Every one is compared."""
    program, now, found = _program(secret), second // STEP, None
    for step in range(max(0, now - WINDOW), now + WINDOW + 1):
        if hmac.compare_digest(program.generate(step * STEP), code.encode()):
            found = step
    return found


def address(secret: bytes, login: str) -> str:
    """The `otpauth:` address that an authenticator program reads, usually from a picture."""
    return _program(secret).get_provisioning_uri(login, ISSUER)


def written(secret: bytes) -> str:
    """The secret as people type it, in base32."""
    return base64.b32encode(secret).decode().rstrip("=")


def _program(secret: bytes) -> TOTP:
    # SHA-1 is not broken for HMAC, and most programs reckon with nothing else, whatever they are told.
    return TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303
