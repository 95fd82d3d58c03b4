"""Everything at its end, and everybody who looks: built once for all that only read."""

from collections.abc import AsyncIterator

import pytest

from contracts.actor import Grant
from tests.officers_rig import officers
from tests.rights.house import HERE, built
from tests.rights.matrix import LONG, POLICY, Matrix, known_of
from tests.rights.readers import Reader, few, of_roles, with_ties

Tried = tuple[Matrix, list[Reader]]


@pytest.fixture(scope="module", params=[few, pytest.param(list, marks=LONG)], ids=["few", "all"])
async def tried(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Tried]:
    """The matrix, and its readers: some of every sort, or all of them."""
    async with officers(tmp_path_factory.mktemp("rights")) as rig:
        recused = await rig.account(Grant(role="SCREENER", district=HERE))
        house = await built(rig, recused)
        looking = [*await of_roles(rig, POLICY), *await with_ties(rig, recused, house.concerned)]
        for case in house.cases.values():
            await case.tell(rig)
        # An account that is read anew asks the database more than it asked before.
        rig.office.standings._remember = 3600
        yield Matrix(house, known_of(house)), request.param(looking)
