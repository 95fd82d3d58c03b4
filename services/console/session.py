"""The session as a browser keeps it: sealed in one cookie, so nothing of it lies here. Pure but for the nonce."""

import base64
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.kit.settings import SettingsError

LEAST_SECRET = 32
"""Characters of the secret that seals."""
NONCE = 12
LONGEST = 4000
"""Characters that a cookie can have in every browser."""
RENEW_BELOW = timedelta(minutes=12)
"""A token that ends sooner is renewed when its holder does something."""


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, and until when. `pages` is the menu as it was then; what may be done, the API says."""

    token: str
    session_id: str
    person_id: str
    login: str
    name: str
    pages: tuple[str, ...]
    expires_at: datetime
    ends_at: datetime
    tasks: str = ""
    """The query of the list of tasks as it was last looked at: what leads back to the list leads back to it."""

    def renewable(self, now: datetime) -> bool:
        """Whether another token would be good for longer than this one."""
        return self.expires_at < self.ends_at and self.expires_at - now < RENEW_BELOW


class Seal:
    """Seals what a browser keeps for us. What was altered, or sealed for another purpose, opens as none."""

    def __init__(self, secret: str) -> None:
        """Raises SettingsError for a secret that is too short to be one."""
        if len(secret) < LEAST_SECRET:
            raise SettingsError(f"cookie_key_file: the secret must have {LEAST_SECRET} characters or more")
        self._cipher = AESGCM(hashlib.sha256(b"qingxuan console\x00" + secret.encode()).digest())

    def close(self, purpose: str, content: Any) -> str:
        """The content as an opaque text."""
        nonce = os.urandom(NONCE)
        plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        sealed = nonce + self._cipher.encrypt(nonce, plain, purpose.encode())
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def open(self, purpose: str, text: str) -> Any:
        """The content; None for every text that `close` did not give for this purpose."""
        try:
            sealed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            plain = self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
            return json.loads(plain)
        except (InvalidTag, ValueError):
            return None

    def close_session(self, signed: SignedIn) -> str:
        """The session as a cookie's value."""
        said = asdict(signed)
        ends = {name: int(said[name].timestamp()) for name in ("expires_at", "ends_at")}
        return self.close("session", {**said, **ends})

    def opens_session(self, text: str) -> bool:
        """Whether it is a session of ours, which may have ended."""
        return 0 < len(text) <= LONGEST and self.open("session", text) is not None

    def open_session(self, text: str, now: datetime) -> SignedIn | None:
        """The session that stands; None for none, for one that has ended, and for every other text."""
        said = self.open("session", text) if text and len(text) <= LONGEST else None
        if said is None:
            return None
        ends = {name: datetime.fromtimestamp(said[name], UTC) for name in ("expires_at", "ends_at")}
        signed = SignedIn(**{**said, **ends, "pages": tuple(said["pages"])})
        return signed if now < signed.expires_at else None
