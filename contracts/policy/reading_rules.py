"""What must agree in what a policy says of personal data."""

from collections.abc import Iterator

from contracts.policy.finding import Finding, twice, unknown
from contracts.policy.model import Policy


def disclosure_faults(policy: Policy) -> Iterator[Finding]:
    """Parts and purposes said twice, and roles that do not exist or are shown nothing of a case."""
    disclosure, here = policy.disclosure, "disclosure"
    yield from twice((here, "personal"), [one.code for one in disclosure.personal], "code")
    yield from twice((here, "purposes"), [one.code for one in disclosure.every_purpose], "code")
    yield from _emergency(policy)
    off_cases = {role.code for role in policy.roles if not role.on_cases}
    codes = [role.code for role in policy.roles]
    for index, one in enumerate(disclosure.personal):
        for field, named in (("acting", one.acting), ("revealed_to", one.revealed_to)):
            place = (here, "personal", index, field)
            yield from unknown(place, named, codes, "role")
            if off_cases.intersection(named):
                yield Finding(place, "a role that acts on no case is shown nothing of one (SOD-09, SOD-10)")


def _emergency(policy: Policy) -> Iterator[Finding]:
    """An emergency shows no part that is for those alone whom it names (T4)."""
    if policy.disclosure.emergency is None:
        return
    here = ("disclosure", "emergency", "purposes")
    named = {one.code: one.tier for one in policy.disclosure.personal}
    for index, purpose in enumerate(policy.disclosure.emergency.purposes):
        place = (*here, index, "parts")
        yield from unknown(place, purpose.parts, named, "personal part")
        if any(named.get(part) == "T4" for part in purpose.parts):
            yield Finding(place, "T4 is shown to those alone whom it names, whatever the emergency")
