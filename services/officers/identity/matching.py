"""Finding a natural person again by ID number without keeping the number in clear."""

import hashlib
import hmac
import re

from services.kit.settings import SettingsError

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
LEAST_SECRET = 32
"""Characters: ID numbers are few enough to be tried one by one, so the digest must be keyed, and well."""


class Matcher:
    """Keyed digests: equal ID numbers give equal keys, and without the secret a key tells nothing."""

    def __init__(self, secret: str) -> None:
        if len(secret) < LEAST_SECRET:
            raise SettingsError(f"match_key_file: the secret must have {LEAST_SECRET} characters or more")
        self._secret = secret.encode()

    def key(self, id_number: str) -> str:
        """HMAC-SHA256 of the number in hexadecimal."""
        return self._digest(b"id-number:", id_number)

    def name_key(self, name: str) -> str:
        """Likewise of a name: it finds namesakes, and identifies nobody."""
        return self._digest(b"name:", name)

    def phone_key(self, phone: str) -> str:
        """Likewise of a mobile phone, however it is written; empty for every other: several people share a desk's."""
        digits = "".join(sign for sign in phone if sign.isdigit())[-11:]
        return self._digest(b"phone:", digits) if _MOBILE.fullmatch(digits) else ""

    def paper_key(self, document_no: str) -> str:
        """Likewise of the number of a paper."""
        return self._digest(b"paper:", document_no)

    def provider_key(self, issuer: str, subject: str) -> str:
        """Likewise of one of an identity provider's people. No issuer has a line end in it."""
        return self._digest(b"provider:", f"{issuer}\n{subject}")

    def _digest(self, purpose: bytes, text: str) -> str:
        return hmac.digest(self._secret, purpose + text.encode(), hashlib.sha256).hex()
