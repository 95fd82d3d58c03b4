"""Build the parts that routes need, from the settings: what is secret is read here and handed to one part each."""

from dataclasses import dataclass
from datetime import timedelta

import httpx2

from contracts.policy import loader
from contracts.record import CLAIM_PURPOSE
from services.kit.db import Database
from services.kit.settings import read_secret
from services.kit.signing import SigningKey
from services.officers.bundles.bundles import Bundles
from services.officers.desk.arrivals import Arrivals
from services.officers.desk.completing import Completing
from services.officers.desk.desk import Desk
from services.officers.desk.engine import Engine
from services.officers.desk.keeping import Keeping
from services.officers.desk.payloads import Payloads
from services.officers.desk.refusing import Refusals
from services.officers.desk.sending import Sending
from services.officers.documents.documents import Documents
from services.officers.documents.scanning import NoScanner
from services.officers.drafts.drafts import Drafts
from services.officers.identity.accounts import Accounts
from services.officers.identity.bonds.register import Deputies
from services.officers.identity.credentials import Credentials
from services.officers.identity.factors.enrolling import Enrolling
from services.officers.identity.factors.passkeys import TICKETS, Passkeys, Place
from services.officers.identity.factors.second import SecondFactor
from services.officers.identity.matching import Matcher
from services.officers.identity.passwords import Passwords
from services.officers.identity.persons import Persons
from services.officers.identity.provider.answering import Provider
from services.officers.identity.provider.linking import Linking
from services.officers.identity.provider.registration import LANDING, Registration
from services.officers.identity.provider.signing_in import ByProvider
from services.officers.identity.sessions import Lasting, Sessions
from services.officers.identity.signin.holding import Holding
from services.officers.identity.signin.noting import Failures, into
from services.officers.identity.signin.own_password import OwnPassword
from services.officers.identity.signin.proving import Proving
from services.officers.identity.signin.tickets import Tickets
from services.officers.identity.standing import Standings
from services.officers.identity.tokens import Tokens
from services.officers.journal.journal import Journal
from services.officers.office import Office
from services.officers.readmodel.own_reads import Reached, UnderWay
from services.officers.readmodel.reading import cases
from services.officers.roster.apart import Reader
from services.officers.settings import Settings
from services.officers.watching.casepeople import CasePeople
from services.officers.watching.holding import Lists
from services.officers.watching.matches import Matches
from services.officers.web.neighbours import Neighbour
from services.officers.web.throttling import Throttle


@dataclass(frozen=True)
class Following:
    """What the desk hears of the record."""

    reached: Reached
    under_way: UnderWay
    arrivals: Arrivals


def build(
    settings: Settings,
    database: Database,
    client: httpx2.AsyncClient,
    outside: httpx2.AsyncClient,
    engine: Engine,
    following: Following,
) -> Office:
    """The parts that routes need; `client` asks the other services, `outside` the identity provider.

    Raises SettingsError for a secret that is missing or too short.
    """
    for version in loader.versions():
        # Read now, so that no request waits for a file.
        loader.release(version)
    match_secret = read_secret(settings.match_key_file, "QX_OFFICERS_MATCH_KEY_FILE")
    signing_secret = read_secret(settings.signing_key_file, "QX_OFFICERS_SIGNING_KEY_FILE")
    registry_token = read_secret(settings.registry_token_file, "QX_OFFICERS_REGISTRY_TOKEN_FILE")
    notices_token = read_secret(settings.notices_token_file, "QX_OFFICERS_NOTICES_TOKEN_FILE")
    tokens, passwords = Tokens(signing_secret, settings.token_minutes), Passwords()
    policy = loader.released(settings.roles_policy)
    rings = settings.rings
    record_keys, own_keys = rings.at(settings.record_keys_dir), rings.at(settings.own_keys_dir)
    matcher = Matcher(match_secret)
    watched = CasePeople(database, record_keys)
    lists = Lists(database, own_keys, matcher)
    standings = Standings(database, tokens, settings.standing_seconds, policy, cases.nominations)
    persons = people(settings, match_secret)
    refusals = Refusals(database)
    desk = _desk(settings, database, refusals, engine, following)
    journal = Journal(database, own_keys)
    noting = into(journal)
    second = SecondFactor(database, own_keys)
    passkeys = Passkeys(database, own_keys, Tickets(signing_secret, TICKETS), Place(settings.passkey_origin))
    proving = Proving(database, passwords, second)
    lasting = Lasting(timedelta(hours=settings.session_hours))
    registered = registration(settings)
    provider = Provider(database, outside, registered, signing_secret, matcher, lasting.at_most)
    return Office(
        database=database,
        record_keys=record_keys,
        own_keys=own_keys,
        policy=policy,
        journal=journal,
        desk=desk,
        completing=Completing(database, desk, persons),
        bundles=Bundles(own_keys, settings.bundle_hours),
        documents=Documents(own_keys, NoScanner(), settings.document_bytes),
        drafts=Drafts(database, own_keys, settings.draft_days),
        keeping=Keeping(database, refusals, own_keys),
        refusals=refusals,
        throttle=Throttle(settings.person_rate),
        standings=standings,
        accounts=Accounts(persons, policy),
        credentials=Credentials(database, passwords, persons, standings, noting),
        failures=Failures(database, noting),
        holding=Holding(settings.refusal_seconds),
        sessions=Sessions(database, proving, passkeys, tokens, standings, noting, lasting),
        enrolling=Enrolling(database, own_keys, proving, second, passkeys, standings, noting),
        own_password=OwnPassword(database, proving, passwords, persons, standings, noting),
        provider=provider,
        by_provider=ByProvider(database, provider, second, signing_secret),
        linking=Linking(database, proving, provider, noting),
        persons=persons,
        deputies=Deputies(policy, own_keys),
        passwords=passwords,
        passkeys=passkeys,
        workbooks=Reader(),
        record=Neighbour(client, settings.registry_url, registry_token),
        notices=Neighbour(client, settings.notices_url, notices_token),
        # The token of the record's readers: what it answers is folded from the record.
        worker=Neighbour(client, settings.worker_url, registry_token),
        watched=watched,
        lists=lists,
        matches=Matches(record_keys, watched, lists),
        payloads=Payloads(settings.rings.at(settings.engine_keys_dir), settings.temporal_namespace),
        digest_secret=match_secret,
        policies_dir=settings.policies_dir,
    )


def _desk(
    settings: Settings, database: Database, refusals: Refusals, engine: Engine, following: Following
) -> Desk:
    keyring = settings.rings.at(settings.own_keys_dir)
    sending = Sending(
        database,
        engine,
        keyring,
        following.arrivals,
        following.reached,
        following.under_way,
        own_reads=settings.own_reads_wait,
        command_wait=settings.command_wait,
    )
    key = SigningKey.load(settings.claim_key_file, CLAIM_PURPOSE)
    return Desk(database, refusals, sending, key, keyring, settings.rings.people)


def registration(settings: Settings) -> Registration | None:
    """As whom the installation is known to the office's identity provider; None where there is none."""
    if not settings.oidc_issuer:
        return None
    return Registration(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        secret=read_secret(settings.oidc_secret_file, "QX_OFFICERS_OIDC_SECRET_FILE"),
        redirect=settings.oidc_redirect.rstrip("/") + LANDING,
        acr=frozenset(settings.oidc_acr),
        amr=frozenset(settings.oidc_amr),
    )


def people(settings: Settings, match_secret: str) -> Persons:
    """Natural persons, kept under our own keys and each one's."""
    rings = settings.rings
    return Persons(rings.at(settings.own_keys_dir), Matcher(match_secret), rings.people)
