"""How each kind of case may begin: every opening from which a table finds other states than from the rest."""

from typing import Any

from contracts.access import AnyRequest, DisableAccount, Given, Identity, NewAccount, OpenAccounts
from contracts.actor import Grant
from contracts.commands.access import AskAccess, AskEmergency
from contracts.commands.enquiry import OpenEnquiry
from contracts.commands.late_roster import OpenLateRoster
from contracts.commands.opening import Opening
from contracts.commands.policy import ProposePolicy
from contracts.commands.screening import OpenScreening
from contracts.emergency import EmergencyReading, Reach
from contracts.inquired import Inquired
from contracts.names import access_id, integrity_id, policy_id, transition_id
from contracts.nominee import RosterLine
from contracts.policy import loader
from contracts.transition import Transition
from contracts.vocabulary import Seat, Subject
from tests.asking import asks, batch_opening, opening, removal_opening, review_opening, somebody
from tests.data_requests import data_opening
from tests.invented import nominee
from tests.models.asking import FACT
from tests.prizes import award_opening, file_opening
from tests.tenures import tenure_opening

VERSION = "2026.1"
EARLIER = "2026.1-demo"
"""A version of another pace that a case may leave for `VERSION` by a rule of transition, or from a new year on."""
_PINNED: dict[str, Any] = {"policy": VERSION, "policy_digest": loader.digest(VERSION)}


def nominations() -> tuple[Opening, ...]:
    """One; one of somebody who is nominated already; one that another version decides as yet."""
    return opening(), opening().model_copy(update={"duplicate_of": "c0"}), opening(EARLIER)


def removals() -> tuple[Opening, ...]:
    """One; one of a member who is detained; one that the desk registered beside one that is open."""
    return (
        removal_opening(),
        removal_opening(investigation="detained", tenure="t1"),
        removal_opening(open_removal="r0", tenure="t1", parent="r1"),
    )


def reviews() -> tuple[Opening, ...]:
    """Of either instance."""
    return review_opening(), review_opening(instance=2)


def tenures() -> tuple[Opening, ...]:
    """Of a member who was evaluated, of one who never was, and one that another version decides as yet."""
    return tenure_opening(), tenure_opening(evaluated_until=None), tenure_opening(EARLIER)


def enquiries() -> tuple[Opening, ...]:
    """Into a masked number, a doubt, and a fact that names nobody known."""
    return tuple(
        asks(
            OpenEnquiry,
            somebody("SCREENER", "p-asker"),
            "q1",
            parent="s1" if doubt else "c1",
            district="d01",
            source=source,
            doubt=doubt,
            about_kind="nomination",
            about_case="c1",
            person_id="p-nominee",
            matter=Inquired(fact=FACT, source="court"),
            **_PINNED,
        )
        for source, doubt in (("masked", 7), ("doubted", 7), ("unmatched", 0))
    )


def late_rosters() -> tuple[Opening, ...]:
    """Of one person."""
    line = RosterLine(
        person_id="p-nominee",
        name=nominee().name,
        firm=nominee().firm,
        district="d01",
        seat=Seat.EXECUTIVE,
        nominating_unit="chamber-1",
    )
    submitter = somebody("NOMINATOR", "p-submitter", "chamber-1")
    lines = {"roster_digest": "a" * 64, "lines": (line,)}
    return (asks(OpenLateRoster, submitter, "l1", parent="b1", district="d01", **lines, **_PINNED),)


def batches() -> tuple[Opening, ...]:
    """One."""
    return (batch_opening(),)


def books() -> tuple[Opening, ...]:
    """One."""
    return (asks(OpenScreening, somebody("ELECTION_OFFICE", "p-office"), "s1", **_PINNED),)


def files() -> tuple[Opening, ...]:
    """Of a person, and of an enterprise."""
    person = file_opening()
    firm = {"subject": Subject.ENTERPRISE, "person_id": None}
    target = integrity_id(Subject.ENTERPRISE, nominee().credit_code)
    claim = person.claim.model_copy(update={"target": target})
    return person, person.model_copy(update={**firm, "parent": target}).claimed_as(claim)


def awards() -> tuple[Opening, ...]:
    """Of a chamber with one leading person."""
    return (award_opening(),)


def proposals() -> tuple[Opening, ...]:
    """A version to be released, and a rule of transition for one that is."""
    rule = Transition(batches=("b1",), items=("NL-A02",))
    author = somebody("POLICY_ADMIN", "p-author")
    return tuple(
        asks(
            ProposePolicy,
            author,
            target,
            parent=target,
            version="2026.2",
            version_digest="d" * 64,
            transition=transition,
            **_PINNED,
        )
        for target, transition in (
            (policy_id("2026.2", "d" * 64), None),
            (transition_id("k-rule"), rule),
        )
    )


def data_requests() -> tuple[Opening, ...]:
    """For each thing that somebody may ask about their own data."""
    return data_opening("inspect"), data_opening("correct"), data_opening("erase")


def requests() -> tuple[Opening, ...]:
    """For an account that is to be opened, and for one that is closed at once."""
    new = NewAccount(
        account_id="a-1",
        person_id="p-1",
        login="one",
        identity=Identity(name=nominee().name, id_number=nominee().id_number),
        grants=(Given(grant=Grant(role="SCREENER", district="d01")),),
    )
    asked: tuple[AnyRequest, ...] = (
        OpenAccounts(accounts=(new,)),
        DisableAccount(account_id="a-1", person_id="p-1"),
    )
    who, target = somebody("SYS_ADMIN", "p-asker"), access_id("k-1")
    emergency = EmergencyReading(
        account_id="a-2", person_id="p-2", purpose="reach-somebody", reach=Reach(district="d01")
    )
    return (
        *(
            asks(AskAccess, who, target, parent=target, request=request, reason="a term", **_PINNED)
            for request in asked
        ),
        asks(AskEmergency, who, target, parent=target, request=emergency, reason="at once", **_PINNED),
    )
