"""What must agree about levels and districts: which level a district is on, and what that level leaves to it."""

from collections import Counter
from collections.abc import Iterator

from contracts.policy.finding import Finding, unknown
from contracts.policy.model import Policy


def place_faults(policy: Policy) -> Iterator[Finding]:
    """A district is on a level that is there, and says for itself no more than that level lets it."""
    levels = {level.code: level for level in policy.levels}
    for index, district in enumerate(policy.districts):
        here = ("districts", index)
        yield from unknown((*here, "level"), [district.level], levels, "level", single=True)
        level = levels.get(district.level)
        if level is None:
            continue
        if district.version is not None and not level.own_version:
            yield Finding((*here, "version"), f"districts of level {level.code} have no version of their own")
        for year, days in Counter(day.year for day in district.closed).items():
            if days > level.own_days:
                reason = f"{days} days in {year}: level {level.code} lets its districts have {level.own_days}"
                yield Finding((*here, "closed"), reason)
