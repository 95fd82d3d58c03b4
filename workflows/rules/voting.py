"""Quorum and majority over all members (domain §8.4, voting default)."""

from enum import Enum

from contracts.policy.model import Election
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.rules.verdict import Refused


class Result(Enum):
    """What the figures of a vote come to. Each kind of case has its own word for it."""

    PASSED = "passed"
    FAILED = "failed"
    NO_QUORUM = "no quorum"


def quorum(members: int, rule: Election) -> int:
    """How many must be present: the fraction of all members, rounded up."""
    part, whole = rule.quorum
    return -(-members * part // whole)


def pass_mark(members: int, rule: Election) -> int:
    """The least number of votes that is more than the fraction of all members, present or not."""
    part, whole = rule.pass_over
    return members * part // whole + 1


def result(members: int, present: int, votes_for: int, rule: Election) -> Result | Refused:
    """What the figures give. Refused when they cannot be true together."""
    if members < 1:
        return Refused(RefusalCode.FORM_INVALID, say("members-least", value=members).at("members"))
    if not 0 <= present <= members:
        return Refused(
            RefusalCode.FORM_INVALID, say("present-range", value=present, members=members).at("present")
        )
    if not 0 <= votes_for <= present:
        return Refused(
            RefusalCode.FORM_INVALID, say("votes-range", value=votes_for, present=present).at("votes_for")
        )
    if present < quorum(members, rule):
        return Result.NO_QUORUM
    return Result.PASSED if votes_for >= pass_mark(members, rule) else Result.FAILED
