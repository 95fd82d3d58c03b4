"""What is noted: who did what with which person's data, how far it reaches, and for which purpose. Values only."""

from dataclasses import dataclass
from enum import StrEnum

from contracts.actor import Actor


class Noted(StrEnum):
    """What somebody did that changes no case and is remembered all the same."""

    READ = "read"
    """A detail that holds personal data was shown, to whoever acts in it or belongs to it."""
    LIST = "list"
    """A page of a list was shown with the names of whom its cases are about; `fields` are these cases."""
    REVEAL = "reveal"
    """What is masked was shown, for a purpose that the reader named."""
    EXPORT = "export"
    INSPECT = "inspect"
    """Of payloads in the engine it was shown whether they open and what shape they have, and no more."""
    BUNDLE = "bundle"
    """The answers to many tasks were signed at once, as the list was shown; `target` is the bundle."""
    EMERGENCY = "emergency"
    """Somebody else's case was shown in an emergency; `target` is the request by which it was granted."""
    PREVIEW = "preview"
    """A roster was held against what is known, and nothing was stored."""
    SIGN_IN = "sign-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGN_OUT = "sign-out"
    ACCOUNT = "account"
    """Something was done to an account; `fields` says what."""


RESTORED = "restored-on-the-machine"
"""What was done to an account that two people at the machine gave back to a lost administrator."""


class Tier(StrEnum):
    """How far data reaches (domain §8.5)."""

    NONE = ""
    PUBLIC = "T1"
    INTERNAL = "T2"
    RESTRICTED = "T3"
    SEALED = "T4"


@dataclass(frozen=True)
class Note:
    """One line of the journal. Every field but `said` is opaque: no name, no number, nothing that somebody typed.

    `target` is the id of what was read or acted on, `case_id` its case, `subject` the person whose data it is;
    `fields` what of it, in the words of the code. `purpose` is a code of the policy; `said` is what the reader
    wrote beside it, and is sealed.
    """

    what: Noted
    account_id: str = ""
    person_id: str = ""
    roles: tuple[str, ...] = ()
    target: str = ""
    case_id: str = ""
    subject: str = ""
    tier: Tier = Tier.NONE
    fields: tuple[str, ...] = ()
    purpose: str = ""
    said: str = ""

    @classmethod
    def by(
        cls,
        actor: Actor,
        what: Noted,
        target: str = "",
        *,
        case_id: str = "",
        subject: str = "",
        tier: Tier = Tier.NONE,
        fields: tuple[str, ...] = (),
        purpose: str = "",
        said: str = "",
    ) -> "Note":
        """What this actor did, in all the roles that they hold."""
        roles = tuple(sorted({grant.role for grant in actor.grants}))
        who = (actor.account_id, actor.person_id, roles)
        return cls(what, *who, target, case_id, subject, tier, fields, purpose, said)
