"""The shape of where a federation works: its districts, and the units that may nominate."""

from contracts.base import Contract, OpaqueId
from contracts.policy.text import Text


class District(Contract):
    """A district of the federation. Its code stands in batches, grants and every event of its cases."""

    code: OpaqueId
    name: Text


class NominatingUnit(Contract):
    """A unit that may nominate. Its code stands in rosters, grants and the nominator's tasks."""

    code: OpaqueId
    name: Text
