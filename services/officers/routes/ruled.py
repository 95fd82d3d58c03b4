"""Whether the table of rules and the routes agree: a service of which they do not is not built."""

from collections.abc import Iterator

from fastapi import FastAPI

from contracts.policy.model import Policy
from services.kit.operations import Operation, UnruledError, operations
from services.officers.routes.caller import asking, caller, permitted
from services.officers.routes.rights import RULES, Rule, Who


def insist_on_rules(app: FastAPI, base: str, policy: Policy) -> None:
    """Raise UnruledError, with the list of what disagrees, unless every route has a rule and asks by it."""
    every = {_below(base, one): one for one in operations(app)}
    faults = [f"no rule says who may use {name}" for name in sorted(every.keys() - RULES.keys())]
    faults += [f"there is no route {name}" for name in sorted(RULES.keys() - every.keys())]
    roles = {role.code for role in policy.roles}
    for name in sorted(every.keys() & RULES.keys()):
        faults += [f"{name}: {fault}" for fault in _faults(every[name], RULES[name], policy, roles)]
    if faults:
        raise UnruledError("; ".join(faults))


def _below(base: str, one: Operation) -> str:
    return f"{one.method} {one.path.removeprefix(base)}"


def _faults(one: Operation, rule: Rule, policy: Policy, roles: set[str]) -> Iterator[str]:
    if rule.who is Who.EVERYBODY:
        if caller in one.asked:
            yield "it is said to be everybody's, and asks who is calling"
        return
    if not {permitted, asking}.intersection(one.asked):
        yield "it has a rule and does not ask by it"
    try:
        unknown = set(rule.holding(policy)) - roles
    except KeyError:
        yield f"the policy names nobody who may ask for {rule.act}"
        return
    for role in sorted(unknown):
        yield f"the policy has no role {role}"
