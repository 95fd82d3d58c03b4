"""Everything that a request may need, built once in building.py and handed to the routes."""

from dataclasses import dataclass
from pathlib import Path

from contracts.policy.model import Policy
from services.kit.db import Database
from services.kit.sealing import Keyring
from services.officers.bundles.bundles import Bundles
from services.officers.desk.completing import Completing
from services.officers.desk.desk import Desk
from services.officers.desk.keeping import Keeping
from services.officers.desk.payloads import Payloads
from services.officers.desk.refusing import Refusals
from services.officers.documents.documents import Documents
from services.officers.drafts.drafts import Drafts
from services.officers.identity.accounts import Accounts
from services.officers.identity.bonds.register import Deputies
from services.officers.identity.credentials import Credentials
from services.officers.identity.factors.enrolling import Enrolling
from services.officers.identity.factors.passkeys import Passkeys
from services.officers.identity.passwords import Passwords
from services.officers.identity.persons import Persons
from services.officers.identity.provider.answering import Provider
from services.officers.identity.provider.linking import Linking
from services.officers.identity.provider.signing_in import ByProvider
from services.officers.identity.sessions import Sessions
from services.officers.identity.signin.holding import Holding
from services.officers.identity.signin.noting import Failures
from services.officers.identity.signin.own_password import OwnPassword
from services.officers.identity.standing import Standings
from services.officers.journal.journal import Journal
from services.officers.roster.apart import Reader
from services.officers.watching.holding import Lists
from services.officers.watching.matches import Matches
from services.officers.watching.people import People
from services.officers.web.neighbours import Neighbour
from services.officers.web.throttling import Throttle


@dataclass(frozen=True)
class Office:
    """The parts of the running service."""

    database: Database
    record_keys: Keyring
    """Opens what is personal in events."""
    own_keys: Keyring
    """Opens what this service keeps for itself."""
    policy: Policy
    """The version whose roles hold for accounts; a case is shown under its own."""
    journal: Journal
    desk: Desk
    completing: Completing
    bundles: Bundles
    documents: Documents
    drafts: Drafts
    keeping: Keeping
    refusals: Refusals
    throttle: Throttle
    standings: Standings
    sessions: Sessions
    failures: Failures
    holding: Holding
    own_password: OwnPassword
    enrolling: Enrolling
    accounts: Accounts
    credentials: Credentials
    provider: Provider
    by_provider: ByProvider
    linking: Linking
    persons: Persons
    deputies: Deputies
    passwords: Passwords
    passkeys: Passkeys
    workbooks: Reader
    record: Neighbour
    notices: Neighbour
    worker: Neighbour
    watched: People
    """Who is held against lists."""
    lists: Lists
    matches: Matches
    payloads: Payloads
    digest_secret: str
    policies_dir: Path | None
    """The folder of this installation's own policy versions, released or not."""
