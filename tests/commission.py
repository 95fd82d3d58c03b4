"""The people of a removal, for tests."""

from tests.office import MINUTES, People
from workflows.kinds.removal.case import Removal


class Commission(People[Removal]):
    """The people of a removal."""

    concerned = "p-member"

    async def heard(self) -> None:
        """R01 to R04 passed: the lead is being verified."""
        await self.act("lead", "OPENED")
        await self.act("first-look", "CASE")
        await self.act("first-look-sign", "CONFIRM")
        await self.act("statement", "STATED", form={"text": "not so"})

    async def verified(self, first: str = "PROVEN", second: str = "PROVEN") -> None:
        """R05 by two verifiers."""
        await self.act("verify", first, signature=1)
        await self.act("verify", second, signature=2)

    async def opinion(self, head: str = "NEGATIVE", leader: str = "NO_OBJECTION") -> None:
        """R06: a draft and two signatures."""
        await self.act("removal-opinion", "NEGATIVE")
        await self.act("removal-opinion-head", head)
        await self.act("removal-opinion-leader", leader)

    async def planned(self) -> None:
        """R08 done, after all before it: the meeting may vote."""
        await self.heard()
        await self.verified()
        await self.opinion()
        await self.act("plan", "APPROVED", form=MINUTES)

    async def closed(self) -> None:
        """Letters served, file closed."""
        await self.act("serve", "SERVED")
        await self.act("file", "FILED")
