"""The words that are signed are part of what is signed: other words are another content, asked for and seen anew."""

import pytest

from contracts.commands.nomination import EnterFirm
from contracts.nominee import Firm
from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.policy.procedure_rules import procedure_faults
from contracts.vocabulary import FirmPart
from services.ctl.demo.roster import credit_code
from tests.acting import completing, refused
from tests.desks import PureDesk
from tests.office import Office
from workflows.procedure.wording import shown

POLICY = loader.released("2026.1")
CONTENT, VERSION = "a" * 64, "b" * 64


def worded(text: str) -> Policy:
    """The policy with other words in the letter of the declaration."""
    letters = [
        row.model_copy(update={"text": row.text.model_copy(update={"zh": text})})
        if row.code == "N04"
        else row
        for row in POLICY.procedures["nomination"].letters
    ]
    return with_procedure(letters=tuple(letters))


def with_procedure(**changes: object) -> Policy:
    own = POLICY.procedures["nomination"].model_copy(update=changes)
    return POLICY.model_copy(update={"procedures": {**POLICY.procedures, "nomination": own}})


def test_the_digest_covers_content_words_and_version() -> None:
    seen = shown("declare", CONTENT, POLICY, VERSION)
    others = {
        shown("declare", "c" * 64, POLICY, VERSION),
        shown("declare", CONTENT, worded("你什么也没有承诺。"), VERSION),
        shown("declare", CONTENT, POLICY, "d" * 64),
        CONTENT,
    }
    assert seen not in others
    assert len(others) == 4
    assert shown("screen", CONTENT, POLICY, VERSION) == CONTENT, "nothing is signed there but the content"


async def test_a_declaration_is_signed_only_by_whoever_has_seen_its_words(
    desk: PureDesk, office: Office
) -> None:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    declaration = await office.task("declare")
    dossier = (await desk.case()).content_digest
    assert declaration.content == dossier != declaration.content_digest
    unseen = await completing(office, "declare", office.actor("NOMINEE"), seen=dossier)
    await refused(desk, unseen, "stale-digest")
    await office.act("declare", "SIGNED")
    reply = await office.task("reply", unit="tax")
    assert reply.content == dossier != reply.content_digest


async def test_a_dossier_that_changed_asks_for_its_words_again(desk: PureDesk, office: Office) -> None:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    before = await office.task("declare")
    firm = Firm(name="虚构甲公司", credit_code=credit_code(7), part=FirmPart.ACTUAL_CONTROLLER)
    await office.asks(EnterFirm, office.actor("NOMINEE"), firm=firm)
    after = await office.task("declare")
    assert before.id != after.id
    assert before.content_digest != after.content_digest
    assert after.content == (await desk.case()).content_digest


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"signs": ""}, "the person concerned answers N04 here: its words are signed"),
        ({"signs": "N18"}, "there is no letter of this kind 'N18'"),
        ({"signs": "N07"}, "the person concerned answers N04 here: its words are signed"),
    ],
)
def test_a_policy_under_which_somebody_would_sign_unseen_is_refused(
    changes: dict[str, str], said: str
) -> None:
    tasks = POLICY.procedures["nomination"].tasks
    changed = [row.model_copy(update=changes) if row.code == "declare" else row for row in tasks]
    assert said in [found.reason for found in procedure_faults(with_procedure(tasks=tuple(changed)))]
    assert list(procedure_faults(POLICY)) == []
