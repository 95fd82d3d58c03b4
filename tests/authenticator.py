"""An authenticator program in a test's hand, and the clock by which the API reckons codes."""

import base64
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from services.officers.identity.factors.totp import DIGITS, STEP
from tests.officers_rig import PASSWORD, Rig
from tests.person import Person


@dataclass
class Authenticator:
    """Holds a secret. Time stands still but for `later`."""

    rig: Rig
    now: float = 1_800_000_000.0
    secret: bytes = b""
    factor_id: str = ""
    recovery_codes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rig.office.enrolling._second._now = lambda: self.now

    def later(self, steps: int = 1) -> None:
        """Let time pass."""
        self.now += steps * STEP

    def code(self, steps: int = 0) -> str:
        """What the program shows so many steps from now."""
        program = TOTP(self.secret, DIGITS, SHA1(), STEP)  # noqa: S303
        return program.generate(int(self.now) + steps * STEP).decode()

    async def begin(self, person: Person, **offered: Any) -> None:
        """Be given a secret."""
        begun = await person.post("/v1/factors/totp", {"password": PASSWORD, "label": "my phone", **offered})
        assert begun.status_code == 201, begun.text
        self.factor_id, written = begun.json()["factor_id"], begun.json()["secret"]
        self.secret = base64.b32decode(written + "=" * (-len(written) % 8))

    async def enrol(self, person: Person) -> None:
        """Be taken up by the person as the second factor."""
        await self.begin(person)
        done = await person.post(f"/v1/factors/{self.factor_id}/confirmation", {"code": self.code()})
        assert done.status_code == 200, done.text
        self.recovery_codes = done.json()["recovery_codes"]
        self.later()
