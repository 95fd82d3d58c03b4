"""The levels of the integrity index (清廉指数, domain §8.3): lower bounds inclusive, all of them policy data."""

from contracts.policy.model import Grading


def level(index: int, grading: Grading) -> str:
    """The code of the level that this index comes to: the highest whose lower bound it reaches."""
    reached = [one for one in grading.index_levels if index >= one.lower]
    return reached[-1].code
