"""Every evasion before the rules alone is refused by its code, and the same by somebody who may is taken."""

import pytest

from contracts.policy.model import Policy
from tests.acting import refused
from tests.asking import local, opening, somebody
from tests.attacks.four_eyes.evasion import Attempt, Evasion
from tests.attacks.four_eyes.of_cases import CASES
from tests.attacks.four_eyes.of_requests import REQUESTS
from tests.attacks.four_eyes.pairs import (
    CODE,
    DISGUISES,
    FRESH,
    RULES,
    Disguise,
    Pair,
    disguised,
    pairs,
)
from tests.attacks.four_eyes.table import DOCUMENT, written
from tests.desks import PureDesk
from tests.office import Office
from workflows.kinds.nomination.kind import DECIDER
from workflows.procedure.rights import may_act
from workflows.rules.verdict import ALLOWED, Refused


async def _tried(attempt: Attempt, code: str) -> None:
    await refused(attempt.desk, attempt.evading, code)
    await attempt.desk.send(attempt.honest)


@pytest.mark.parametrize("evasion", CASES, ids=lambda one: one.run.__name__)
async def test_an_evasion_in_a_case_is_refused_by_its_code(evasion: Evasion[Office, Attempt]) -> None:
    desk = PureDesk(DECIDER, RULES, local("2026-03-02 10:00"))
    desk.open(opening())
    await _tried(await evasion.run(Office(desk)), evasion.code)


@pytest.mark.parametrize("evasion", REQUESTS, ids=lambda one: one.run.__name__)
async def test_an_evasion_beside_cases_is_refused_by_its_code(evasion: Evasion[Policy, Attempt]) -> None:
    await _tried(await evasion.run(RULES), evasion.code)


@pytest.mark.parametrize("disguise", DISGUISES, ids=lambda one: one.tries)
def test_one_person_makes_no_two_signatures_of_any_pair_in_any_kind(disguise: Disguise) -> None:
    tried = [(pair.name, _verdict(pair, disguise)) for pair in pairs()]
    assert [name for name, code in tried if code != CODE] == []
    assert len(tried) > 30


def _verdict(pair: Pair, disguise: Disguise) -> str:
    as_found = disguised(pair, disguise)
    verdict = may_act(as_found.case, as_found.open, disguise.actor(as_found.open.role), RULES)
    return verdict.code.value if isinstance(verdict, Refused) else ""


def test_and_another_person_makes_the_second() -> None:
    """Else every one of them would be refused for a reason of its own."""
    for pair in pairs():
        unit = pair.open.unit if RULES.role(pair.open.role).scope == "unit" else ""
        assert may_act(pair.case, pair.open, somebody(pair.open.role, FRESH, unit), RULES) == ALLOWED, (
            pair.name
        )


def test_the_document_names_each_evasion() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text == written(text)
