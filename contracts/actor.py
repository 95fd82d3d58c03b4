"""Who acts: taken from the verified token only, never from a body (D12)."""

from contracts.base import Contract, OpaqueId


class Grant(Contract):
    """A role held for a unit in a district; `*` in `district` means every district."""

    role: str
    unit: str = ""
    district: str = "*"


class Actor(Contract):
    """An account, the natural person behind it, and what the account may do."""

    account_id: OpaqueId
    person_id: OpaqueId
    grants: tuple[Grant, ...] = ()


class Signer(Contract):
    """Who did a recorded act, in which role. The system itself is person `system`."""

    account_id: OpaqueId
    person_id: OpaqueId
    role: str


SYSTEM = Signer(account_id="system", person_id="system", role="SYSTEM")
"""The signer of what happens by itself: a deadline that passed, a letter that fell due."""

BY_ITSELF = Actor(account_id=SYSTEM.account_id, person_id=SYSTEM.person_id)
"""Who asks for what time owes to another case: no person, and without any grant. Only a case asks in this name."""
