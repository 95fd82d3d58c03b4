"""The shape of who may do what: roles, and what one person may not do twice."""

from typing import Literal

from pydantic import Field

from contracts.base import Contract
from contracts.case import KindName
from contracts.policy.text import Text


class RoleSpec(Contract):
    """A role; `scope` says whether the holder acts for a unit, a district, the whole batch, or on the own case."""

    code: str
    name: Text
    scope: Literal["unit", "district", "all", "self"]
    on_cases: bool
    """Whether the role may act on cases at all (SOD-09, SOD-10)."""
    only_on: tuple[KindName, ...] = ()
    """Kinds of case on which it may act although it acts on no others: the policy's own."""
    head: str | None = None
    """The role that heads the unit in which this one acts; a head heads itself."""
    recusal_by: str | None = None
    """The role of the level above, which decides on the holder's conflicts (SOD-07); roles of scope self have none."""
    witness: str | None = None
    """The role that hands over one-time codes of whoever has neither of these above them."""
    assigns: bool = False
    """Whether it may give an open task to a named person."""


class SeparationRule(Contract):
    """A rule of separation of duty over natural persons (domain §8.5)."""

    code: str
    text: Text
    groups: tuple[tuple[str, ...], ...] = ()
    """Sets of which one person may act in at most one on a case.

    A member is a kind of task, `role:X` (acted on the case as X), `holds:X` (holds X, or held it since the batch
    was opened) or `*` (any act on the case, at a task or beside it).
    """


OFFICE = frozenset({"reveal", "export"})
"""What people do with what the office holds, beside cases."""


class FreshSignIn(Contract):
    """For these things whoever asks must have shown who they are, by password and factor, so lately."""

    minutes: int = Field(ge=1, le=480)
    from_signature: int | None = Field(default=None, ge=1)
    """Every task whose signature has this number or a higher one: a countersignature, whatever the kind of case."""
    tasks: tuple[str, ...] = ()
    """Kinds of task besides."""
    acts: tuple[str, ...] = ()
    """Acts beside tasks."""
    office: tuple[str, ...] = ()
    """Of what stands in OFFICE."""
