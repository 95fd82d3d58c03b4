"""The letters of a removal: data in its own folder, and nobody reads them but those whom they name."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contracts.causes import Cause
from contracts.events.base import Event
from contracts.events.case import CaseEnded
from contracts.events.removal import (
    DutySuspended,
    Ground,
    LeadVerified,
    MemberRestored,
    RemovalOpened,
    SuspensionLifted,
    UrgentlyDecided,
)
from contracts.events.review import OpinionGiven, VotesCounted
from contracts.events.task import TaskOpened
from contracts.events.tenure import DeathRecorded, SeatRecorded
from contracts.matter import OtherSeat
from contracts.policy.loader import released
from contracts.vocabulary import CaseState, Rung, Seat
from services.notices.addressees import Occasion
from services.notices.casefile import CaseFile
from services.notices.composing import compose
from services.notices.folding.kinds import fold
from services.notices.issuing import Issuer, Numbers
from services.notices.letters import Letter
from services.notices.policy import letters
from services.notices.renderer import write
from tests.events import AT, Story
from tests.letters import faces
from tests.peoplekeys import everybodys
from tests.stories import DIGEST, rung_reached, task_opened

POLICY = released("2026.1")
CASE = "r1"
BLANK = CaseFile(kind="removal", case_id=CASE, parent=CASE, district="d1", policy="2026.1")
OPENED = RemovalOpened(
    person_id="p7",
    registrar_id="p8",
    seat=Seat.STANDING,
    source="discipline-letter",
    content_digest=DIGEST,
    private=Ground(
        name="卜在任",
        text="两次无故缺席全会",
        other_seats=(
            OtherSeat(owner="federation", district="d02", seat=Seat.EXECUTIVE),
            OtherSeat(owner="cppcc"),
        ),
    ),
)
SUSPENDED = DutySuspended(cause=Cause.DETAINED, minutes_digest=DIGEST)
LIFTED = SuspensionLifted(cause=Cause.DETAINED)
RESTORED = MemberRestored(cause=Cause.NOT_RATIFIED, since=date(2026, 6, 18))
MEMBER, UNIT, ABOVE = "person:p7", "outside:unit:d1", "outside:level_above:d1"
THERE, CPPCC = "outside:seat_owners:d02:federation", "outside:seat_owners:d1:cppcc"


def ended(state: CaseState, cause: Cause) -> CaseEnded:
    return CaseEnded(state=state, cause=cause)


def counted(outcome: str) -> VotesCounted:
    figures = {"members": 131, "present": 100, "votes_for": 66, "quorum": 88, "pass_mark": 66}
    return VotesCounted.model_validate({"outcome": outcome, **figures})


def decided(outcome: str) -> UrgentlyDecided:
    held_on = date(2026, 6, 18)
    return UrgentlyDecided(body="chairpersons", outcome=outcome, held_on=held_on, minutes_digest=DIGEST)


def statement() -> TaskOpened:
    return task_opened(CASE, "statement")


def told(*events: Event) -> tuple[CaseFile, list[Letter]]:
    """The case after the events, and the letters of the last one."""
    file, found = BLANK, ()
    for event in events:
        after = fold(file, event)
        found = letters(Occasion(event, file, after, POLICY))
        file = after.remembering(letter.addressee for letter in found)
    return file, list(found)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (SUSPENDED, [("N17", "1", MEMBER), ("N17", "1", UNIT)]),
        (statement(), [("N18", "1", MEMBER)]),
        (counted("REMOVED"), [("N19", "1", MEMBER), ("N19", "1", UNIT), ("N19", "1", ABOVE)]),
        (counted("RATIFIED"), [("N19", "1", MEMBER), ("N19", "1", UNIT), ("N19", "1", ABOVE)]),
        (counted("KEPT"), [("N19-1", "1", MEMBER), ("N19-1", "1", UNIT), ("N19-1", "1", ABOVE)]),
        (counted("NOT_RATIFIED"), [("N19-1", "1", MEMBER), ("N19-1", "1", UNIT), ("N19-1", "1", ABOVE)]),
        (counted("NOT_HELD"), []),
        (decided("DECIDED"), [("N19-3", "1", MEMBER), ("N19-3", "1", UNIT), ("N19-3", "1", ABOVE)]),
        (decided("SUSPENDED"), []),
        (task_opened(CASE, "apply-review"), [("N19-4", "1", MEMBER)]),
        (ended(CaseState.REMOVED, Cause.VOTE), [("N20", "1", THERE), ("N20", "1", CPPCC)]),
        (
            ended(CaseState.RESIGNED, Cause.PERSUADED),
            [(code, "1", who) for code, who in (("N19-2", MEMBER), ("N19-2", UNIT), ("N19-2", ABOVE))]
            + [("N20", "1", THERE), ("N20", "1", CPPCC)],
        ),
        (RESTORED, [("N22", "1", MEMBER), ("N22", "1", UNIT)]),
        # Whoever never knew of a lead is not told of it by clearing it.
        (ended(CaseState.NO_CASE, Cause.FIRST_LOOK), []),
        (ended(CaseState.NO_CASE, Cause.UNPROVEN), []),
        (ended(CaseState.MERGED, Cause.LEAD_DUPLICATE), []),
        (ended(CaseState.KEPT, Cause.PLAN_STOPPED), []),
        (task_opened(CASE, "lead"), []),
        (task_opened(CASE, "removal-opinion"), []),
        (OpinionGiven(opinion="NEGATIVE"), []),
        (LeadVerified(finding="PROVEN"), []),
        (LIFTED, [("N17-1", "1", MEMBER), ("N17-1", "1", UNIT)]),
    ],
    ids=lambda value: getattr(value, "type", ""),
)
def test_an_event_of_a_removal_leads_to_its_letters(
    event: Event, expected: list[tuple[str, str, str]]
) -> None:
    _, found = told(OPENED, event)
    assert [(letter.type, letter.round, letter.addressee.key) for letter in found] == expected


def test_a_second_suspension_is_a_letter_of_its_own() -> None:
    _, found = told(OPENED, SUSPENDED, LIFTED, SUSPENDED)
    assert {letter.round for letter in found} == {"2"}


def test_the_members_own_task_reminds_the_member_alone() -> None:
    _, found = told(OPENED, rung_reached(CASE, Rung.BLUE, "member", kind="statement", unit=""))
    assert [(letter.type, letter.addressee.key) for letter in found] == [("N06", MEMBER)]


def body(file: CaseFile, letter: Letter) -> str:
    fields = compose(letter, file, POLICY, "清选〔2026〕N-1", AT)
    return write(POLICY.notice(letter.type), POLICY.letter_frame, fields).body["zh"]


def test_the_member_learns_what_is_held_against_him_and_until_when_he_may_answer() -> None:
    due = datetime(2026, 3, 9, 16, 0, tzinfo=UTC)
    file, (letter,) = told(OPENED, task_opened(CASE, "statement", due=due))
    said = body(file, letter)
    rights = POLICY.notice("N18").rights
    assert rights is not None
    for text in ("卜在任：", "两次无故缺席全会", "常委", "2026年3月9日24:00", rights.zh):
        assert text in said
    assert "discipline-letter" not in said


def test_the_unit_learns_that_duties_rest_and_how_the_vote_ended_but_never_why() -> None:
    file, (member, unit) = told(OPENED, SUSPENDED)
    assert "事由：被采取强制措施" in body(file, member)
    assert "强制措施" not in body(file, unit)
    file, (member, unit, above) = told(OPENED, counted("REMOVED"))
    assert "结果为：免去" in body(file, unit)
    assert ["两次无故缺席全会" in body(file, letter) for letter in (member, unit, above)] == [
        True,
        False,
        True,
    ]


def test_everybody_who_had_a_letter_learns_that_the_name_is_cleared_and_from_which_day() -> None:
    removed = ended(CaseState.REMOVED, Cause.VOTE)
    file, found = told(OPENED, SUSPENDED, statement(), counted("REMOVED"), removed, RESTORED)
    assert [(one.type, one.addressee.key) for one in found] == [
        ("N22", who) for who in (MEMBER, UNIT, ABOVE, THERE, CPPCC)
    ]
    said = body(file, found[-1])
    assert "全体会议未追认" in said
    assert "自2026年6月18日起" in said
    assert "两次无故缺席全会" not in said, "what was held against the member is not said again"


def test_the_owner_of_another_seat_is_named_and_the_clerk_of_its_district_hands_it_over(
    tmp_path: Path,
) -> None:
    issuer = Issuer(everybodys(tmp_path / "keys"), lambda: AT, "example.org", faces)
    end = ended(CaseState.REMOVED, Cause.VOTE)
    file, (there, cppcc) = told(OPENED, end)
    assert "政协" in body(file, cppcc)
    story = Story(CASE, issuer.keyring, kind="removal", parent=CASE)
    issued = issuer.issue(there, file, POLICY, story.then(OPENED, end)[1], Numbers())
    assert [(row["role"], row["unit"], row["district"]) for row in issued.readers] == [("CLERK", "", "d02")]


def test_the_member_is_told_the_last_day_of_the_term_for_a_review() -> None:
    due = datetime(2026, 4, 2, 16, 0, tzinfo=UTC)
    file, (letter,) = told(OPENED, task_opened(CASE, "apply-review", due=due))
    assert "2026年4月2日24:00" in body(file, letter)


def test_what_has_no_account_here_is_handed_over_by_the_clerk(tmp_path: Path) -> None:
    issuer = Issuer(everybodys(tmp_path / "keys"), lambda: AT, "example.org", faces)
    file, (_, unit) = told(OPENED, SUSPENDED)
    story = Story(CASE, issuer.keyring, kind="removal", parent=CASE)
    issued = issuer.issue(unit, file, POLICY, story.then(OPENED, SUSPENDED)[1], Numbers())
    assert [(row["role"], row["unit"], row["person_id"]) for row in issued.readers] == [("CLERK", "", "")]
    assert [(row["channel"], row["state"]) for row in issued.deliveries] == [("hand", "pending")]


def test_nobody_is_addressed_as_the_unit_that_nominated_when_none_did() -> None:
    # A removal has no nominating unit: a letter to it would be open to every nominator of the district.
    with pytest.raises(KeyError, match="nominating_unit"):
        told(OPENED, rung_reached(CASE, Rung.BLUE, "nominator", kind="statement", unit=""))


def test_no_letter_goes_to_a_member_who_has_died() -> None:
    died = DeathRecorded(died_on=date(2026, 6, 18), document_digest=DIGEST)
    _, found = told(OPENED, SUSPENDED, died, LIFTED)
    assert [(letter.type, letter.addressee.key) for letter in found] == [("N17-1", UNIT)]
    _, found = told(OPENED, SUSPENDED, counted("REMOVED"), died, RESTORED)
    assert [letter.addressee.key for letter in found] == [UNIT, ABOVE]


def test_a_kind_of_case_that_the_policy_lacks_is_an_error_and_no_silence() -> None:
    strange = BLANK.model_copy(update={"kind": "prize"})
    with pytest.raises(KeyError, match="prize"):
        letters(Occasion(SUSPENDED, strange, fold(strange, SUSPENDED), POLICY))


def test_a_seat_that_is_won_or_ends_while_the_removal_is_open_changes_who_has_a_letter() -> None:
    npc = OtherSeat(owner="npc")
    won = SeatRecorded(other=npc, since=date(2026, 3, 2), until=None)
    left = SeatRecorded(other=OtherSeat(owner="cppcc"), since=date(2025, 3, 2), until=date(2026, 3, 2))
    _, found = told(OPENED, won, left, ended(CaseState.REMOVED, Cause.VOTE))
    assert [letter.addressee.owner for letter in found] == ["federation", "npc"]
