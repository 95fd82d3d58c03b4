"""When each rung of a task's ladder fires (domain §8.1, D7)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from contracts.policy.model import Calendar, Policy
from contracts.vocabulary import Rung
from workflows.rules import deadlines
from workflows.rules.calendar import end_of, local_day
from workflows.rules.deadlines import Due
from workflows.rules.reminding import on_the_next_day

Rungs: TypeAlias = tuple[tuple[Rung, datetime], ...]


def rungs_of(code: str, due: Due, opened: datetime, final: bool, policy: Policy, calendar: Calendar) -> Rungs:
    """Instants at which the rungs of a task of this code fire, earliest first; none before its opening.

    Empty while the deadline is provisional: nothing overdue may fire on an unpublished calendar (§8.0, rule 5).
    A deadline that the joint conference extended for the last time (`final`) also expires. Of a deadline that was
    inherited late, what has been missed of the ladder behind it counts from the opening: nobody is late unurged.
    """
    kind = policy.task(code)
    if due.at is None or due.provisional or kind.limit is None or kind.ladder is None:
        return ()
    limit, ladder = policy.limits[kind.limit], policy.ladders[kind.ladder]
    planned = deadlines.rungs(due, limit, ladder, calendar)
    anew = opened if ladder.unit == "s" else end_of(local_day(opened, calendar), calendar)
    late = dict(deadlines.rungs(due.model_copy(update={"at": anew}), limit, ladder, calendar))
    missed = [(rung, late[rung]) for rung, at in planned if due.at < at < opened and rung in late]
    if final:
        planned = (*planned, (Rung.EXPIRED, due.at))
    kept = [*(step for step in planned if step[1] >= opened), *missed]
    return _ordered([step for step in kept if not (final and step[0] is Rung.CONFERENCE)])


def recounted(
    rungs: Rungs,
    known: Rungs,
    fired: Sequence[Rung],
    code: str,
    policy: Policy,
    calendar: Calendar,
    now: datetime,
) -> Rungs:
    """The rungs as a calendar gives them that came or was corrected just now; `known` are those it had before.

    One whose day has passed fires on the next working day, and nothing expires on the day of loading (§8.8.10).
    """
    ladder = policy.ladders[policy.task(code).ladder or ""]
    tonight = end_of(local_day(now, calendar), calendar)
    found = []
    for rung, at in rungs:
        passed = at <= tonight if rung is Rung.EXPIRED else at < now
        if passed and rung not in fired and (rung, at) not in known:
            later = on_the_next_day(rung, ladder, calendar, now)
            found += [] if later is None else [(rung, later)]
        else:
            found.append((rung, at))
    return _ordered(found)


def _ordered(steps: Sequence[tuple[Rung, datetime]]) -> Rungs:
    return tuple(sorted(steps, key=lambda step: step[1]))
