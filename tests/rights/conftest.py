"""Everything at its end, and everybody who looks: built once for all that only read."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from contracts.actor import Grant
from tests.officers_rig import officers
from tests.rights.house import HERE, House, built
from tests.rights.matrix import LONG, POLICY, Matrix, known_of
from tests.rights.postroom import Postroom
from tests.rights.readers import Reader, few, of_roles, with_ties

Tried = tuple[Matrix, list[Reader]]


@dataclass(frozen=True)
class Standing:
    """The office with everything told, its letters, and who looks."""

    house: House
    postroom: Postroom
    looking: list[Reader]
    whole: bool


@pytest.fixture(scope="session", params=[few, pytest.param(list, marks=LONG)], ids=["few", "all"])
async def standing(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Standing]:
    """The office, for some readers of every sort or for all of them."""
    directory, postroom = tmp_path_factory.mktemp("rights"), Postroom()
    async with officers(directory, neighbours=postroom.answer) as rig:
        recused = await rig.account(Grant(role="SCREENER", district=HERE))
        house = await built(rig, recused)
        looking = [*await of_roles(rig, POLICY), *await with_ties(rig, recused, house.concerned)]
        for case in house.cases.values():
            await case.tell(rig)
        # An account that is read anew asks the database more than it asked before.
        rig.office.standings._remember = 3600
        letters = await postroom.opened(rig, directory)
        yield Standing(house, postroom, request.param(looking), request.param is list)
        await letters.close()


@pytest.fixture
def tried(standing: Standing) -> Tried:
    """The matrix, and its readers."""
    return Matrix(standing.house, known_of(standing.house), whole=standing.whole), standing.looking
