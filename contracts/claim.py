"""The proof of who asks (D17): signed where the token was verified, checked before anything is recorded, kept."""

from pydantic import Field

from contracts.actor import Actor, Ties
from contracts.base import Contract, Digest, Instant, OpaqueId


class Signature(Contract):
    """An Ed25519 signature: the id of the key that made it, and the signature in base64."""

    key_id: OpaqueId
    value: str


UNSIGNED = Signature(key_id="none", value="")
"""Stands where a signature is still to be made. No key has this id, so it never verifies."""


class Owing(Contract):
    """The case that owes what is claimed, and the number of its errand."""

    case_id: OpaqueId
    number: int = Field(ge=1)


class Claim(Contract):
    """This actor asks this act of this case, at this instant.

    `command_id` derives from account and Idempotency-Key, or from the errand; `target` is the id of the case that is
    to decide; `body_digest` covers everything else that the command says, so that a claim fits one command only.
    `owed_by` says of what one case asks of another where it is owed: a person's own claim has none. `others` are
    people whom the act may concern, with what binds them: whoever is named in it, or who else holds the role of the
    task, in the order in which they are to be asked; None when nobody was looked up.
    """

    command_id: OpaqueId
    target: OpaqueId
    act: str
    body_digest: Digest
    actor: Actor
    at: Instant
    owed_by: Owing | None = None
    others: tuple[Ties, ...] | None = Field(default=None, exclude_if=lambda others: others is None)
    signature: Signature = UNSIGNED

    def known_of(self, person_id: OpaqueId) -> Ties:
        """What was looked up about another person."""
        found = (other for other in self.others or () if other.person_id == person_id)
        return next(found, Ties(person_id=person_id))

    def said(self) -> dict[str, object]:
        """What the signature covers."""
        return self.model_dump(mode="json", exclude={"signature"})
