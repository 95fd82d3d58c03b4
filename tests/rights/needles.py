"""What is personal or sealed in the cases of the matrix, as words that stand nowhere else: found wherever they leak."""

from dataclasses import dataclass

from contracts.nominee import Nominee
from tests.invented import nominee

REPORTED, REPORTER, REACHED = "举报内容甲乙丙", "举报人丁戊己", "reporter-zq@example.invalid"
"""What a report says, who reported, and how they are reached (T4)."""
OPINION = "廉洁理由庚辛壬"
"""Why the discipline group says what it says (T4)."""
GROUND = "回避理由癸子丑"
"""Why somebody may not act."""
WANTED = "所请事项寅卯辰"
"""What somebody asks about their own data."""


@dataclass(frozen=True)
class Needles:
    """Those of one case."""

    number: str
    contacts: tuple[str, ...]
    finding: str
    reply: str
    explained: str

    def personal(self) -> frozenset[str]:
        """All of them, sealed ones included."""
        own = {self.number, *self.contacts, self.finding, self.reply, self.explained}
        return frozenset(own | {REPORTED, REPORTER, REACHED, OPINION, GROUND, WANTED})


def person(serial: int) -> Nominee:
    """An invented person whose contacts are nobody else's."""
    return nominee(serial).model_copy(
        update={"phone": f"13900{serial:06d}", "email": f"only-{serial}@example.invalid"}
    )


def of(serial: int) -> Needles:
    """What is personal in the case of this person."""
    who = person(serial)
    return Needles(
        number=who.id_number,
        contacts=(who.phone, who.email),
        finding=f"所查事项第{serial}号原文",
        reply=f"部门所述第{serial}号缘由",
        explained=f"本人说明第{serial}号文字",
    )
