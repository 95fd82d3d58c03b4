"""Who acts: taken from the verified token only, never from a body (D12)."""

from pydantic import Field

from contracts.base import Contract, Digest, Instant, OpaqueId, unsaid


class Grant(Contract):
    """A role held for a unit in a district; `*` in `district` means every district."""

    role: str
    unit: str = ""
    district: str = "*"
    deputy_for: OpaqueId | None = Field(default=None, exclude_if=unsaid)
    """The person in whose place the holder acts (SOD-12); None when the role is the holder's own."""


class Held(Contract):
    """A role that somebody held until an instant."""

    role: str
    until: Instant


class Ties(Contract):
    """What binds a natural person, beside the grants of today, when it is asked whether they may act on a case."""

    person_id: OpaqueId
    also: tuple[OpaqueId, ...] = Field(default=(), exclude_if=unsaid)
    """Other ids of the same person: identities that two people found to be one. What was done under each counts."""
    roles: tuple[str, ...] = Field(default=(), exclude_if=unsaid)
    """Held now, over all of the person's accounts."""
    held: tuple[Held, ...] = Field(default=(), exclude_if=unsaid)
    """Held before: what was held at any time while a batch ran counts in all of it (SOD-03)."""
    firms: tuple[Digest, ...] = Field(default=(), exclude_if=unsaid)
    """Digests of the credit codes of the person's firms (SOD-06)."""
    nominates_for: tuple[str, ...] = Field(default=(), exclude_if=unsaid)
    """The units for which the person nominates others (SOD-01)."""
    nominated_by: tuple[str, ...] = Field(default=(), exclude_if=unsaid)
    """The units that nominated the person in turn."""

    @property
    def ids(self) -> frozenset[OpaqueId]:
        """Every id under which the person is known."""
        return frozenset({self.person_id, *self.also})


class Actor(Contract):
    """An account, the natural person behind it, and what the account may do."""

    account_id: OpaqueId
    person_id: OpaqueId
    grants: tuple[Grant, ...] = ()
    ties: tuple[Ties, ...] = Field(default=(), exclude_if=unsaid)
    """Of the person, and of each in whose place the person acts."""

    @property
    def ids(self) -> frozenset[OpaqueId]:
        """Every id under which whoever acts is known: rules that keep people apart ask for these, never for one."""
        return self.tied(self.person_id).ids

    @property
    def all_ids(self) -> frozenset[OpaqueId]:
        """Those, and the ids of everybody in whose place they act: what bars one of them bars the actor (SOD-12)."""
        principals = {grant.deputy_for for grant in self.grants if grant.deputy_for is not None}
        return self.ids | principals | {ident for one in self.ties for ident in one.ids}

    def tied(self, person_id: OpaqueId) -> Ties:
        """What binds this person, as far as it is known."""
        return next((one for one in self.ties if one.person_id == person_id), Ties(person_id=person_id))


class Signer(Contract):
    """Who did a recorded act, in which role, and in whose place. The system itself is person `system`."""

    account_id: OpaqueId
    person_id: OpaqueId
    role: str
    deputy_for: OpaqueId | None = Field(default=None, exclude_if=unsaid)

    @property
    def people(self) -> tuple[OpaqueId, ...]:
        """The natural persons who are bound by the act: whoever did it, and whoever they stood in for."""
        return (self.person_id,) if self.deputy_for is None else (self.person_id, self.deputy_for)


SYSTEM = Signer(account_id="system", person_id="system", role="SYSTEM")
"""The signer of what happens by itself: a deadline that passed, a letter that fell due."""

BY_ITSELF = Actor(account_id=SYSTEM.account_id, person_id=SYSTEM.person_id)
"""Who asks for what time owes to another case: no person, and without any grant. Only a case asks in this name."""

ACCOUNT_KEEPER = Actor(account_id="account-keeper", person_id=SYSTEM.person_id)
"""The service that keeps accounts, and the register of who is absent: it says whose claim on a task has ended, and
whose task is to go to the next. No person, and without any grant."""

LIST_KEEPER = Actor(account_id="list-keeper", person_id=SYSTEM.person_id)
"""The service that holds the lists of screening and says what stands on them. No person, and without any grant."""

CALENDAR_KEEPER = Actor(account_id="calendar-keeper", person_id=SYSTEM.person_id)
"""The service that hands calendar years to cases that no other case hands them. No person, and without any grant."""

LETTER_KEEPER = Actor(account_id="letter-keeper", person_id=SYSTEM.person_id)
"""The service that sends letters and says what became of them. No person, and without any grant."""
