"""Passwords: what is asked of a new one, and their argon2id hashes, computed beside the event loop in turns.

A password is what people read, not the bytes that a keyboard sent: it is brought to NFKC before it is counted, looked
up and hashed (NIST SP 800-63B, section 5.1.1.2), so that an input method's full-width letters are the same password.
"""

import asyncio
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from contracts.policy.model import Text
from services.officers.identity.commonest import only_common, repeats
from services.officers.identity.signin.turns import Turns

MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
"""What OWASP's password storage guide asks of argon2id at least."""

LEAST, MOST = 15, 200
"""Characters of a password. The least is that of one that may stand alone (NIST SP 800-63B-4, section 3.1.1.2)."""

LEAST_OWN = 8
"""Characters that are left of a password when one's own login and name are taken out of it."""

_NAMED_FROM = 2
"""A shorter login or name is in many a password by chance."""


def normal(password: str) -> str:
    """The password as it is counted, looked up and hashed."""
    return unicodedata.normalize("NFKC", password)


def password_fault(password: str, login: str, name: str) -> Text | None:
    """What is wrong with a new password of the person who signs in under `login` and is called `name`; None if nothing.

    Length and lists only: which kinds of signs it is made of plays no part. The sentence quotes nothing of it. Pure.
    """
    said = normal(password)
    if len(said) < LEAST:
        return Text(zh=f"密码至少 {LEAST} 个字符", en=f"a password has {LEAST} characters or more")
    if len(said) > MOST:
        return Text(zh=f"密码最多 {MOST} 个字符", en=f"a password has {MOST} characters at most")
    folded = said.casefold()
    if repeats(folded):
        return Text(zh="密码是少数几个字符的重复", en="the password is a few signs over and over")
    if only_common(folded):
        return Text(zh="密码由最常用的密码组成", en="the password is made of the commonest passwords")
    if len(_without(folded, login, name)) < LEAST_OWN:
        return Text(zh="密码主要是登录名或姓名", en="the password is hardly more than the login or the name")
    return None


def _without(folded: str, *named: str) -> str:
    for one in named:
        word = normal(one).casefold()
        if len(word) >= _NAMED_FROM:
            folded = folded.replace(word, "")
    return folded


class Passwords:
    """Hash and verify. An unknown login costs the same time as a wrong password.

    Raises RefusedError `sign-in-busy` when too many wait already.
    """

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)
        self._nobody = self._hasher.hash("nobody has this password")
        self._turns = Turns()

    async def hash(self, password: str) -> str:
        """The hash to store."""
        async with self._turns.turn():
            return await asyncio.to_thread(self._hasher.hash, normal(password))

    async def fits(self, stored: str | None, password: str, *, doubted: bool = False) -> bool:
        """Whether the password is the one hashed; None stands for an account that does not exist.

        `doubted`: of whoever asks it is to be feared that they guess. They wait for one another, and for nobody else's
        sake is anybody kept waiting by them.
        """
        async with self._turns.turn(doubted=doubted):
            fits = await asyncio.to_thread(self._fits, stored or self._nobody, normal(password))
        return fits and stored is not None

    def _fits(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False
