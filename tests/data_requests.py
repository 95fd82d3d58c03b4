"""What a test asks about somebody's own data, and what it answers."""

from contracts.commands.data_request import AskAboutData
from contracts.events.data_request import DataRequested
from contracts.matter import DataRight, DataWish
from contracts.policy import loader
from tests.asking import asks, somebody
from tests.invented import nominee

VERSION = "2026.1"
WISH = DataWish(name=nominee().name, wanted="任职起始日期有误，请更正")
ANSWER: dict[str, object] = {"answer": "经核对，予以更正", "ground": "个人信息保护法第四十六条"}
CARRIED_OUT: dict[str, object] = {**ANSWER, "means": "c1 enter-firm"}


def data_opening(
    right: DataRight = "correct", person: str = "p-nominee", version: str = VERSION
) -> AskAboutData:
    """The nominee of the first case asks from it."""
    return asks(
        AskAboutData,
        somebody("NOMINEE", person),
        "d1",
        parent="c1",
        district="d01",
        policy=version,
        policy_digest=loader.digest(version),
        right=right,
        wish=WISH,
    )


def data_requested(person: str = "p1", right: DataRight = "correct") -> DataRequested:
    """What the record says of it first."""
    return DataRequested(right=right, person_id=person, content_digest="0" * 64, private=WISH)
