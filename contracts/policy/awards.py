"""The shape of the titles that federations and chambers apply for (domain §8.3, last rule)."""

from contracts.base import Contract
from contracts.policy.text import Text
from contracts.policy.timing import Limit


class AwardTitle(Contract):
    """A title, and for how long it is given: never for life (S36)."""

    code: str
    name: Text
    term: Limit
