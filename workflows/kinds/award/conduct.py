"""How an application begins, and what the integrity files of its leading persons tell it."""

from contracts.canonical import digest_of
from contracts.case import CaseKind, about
from contracts.causes import Cause
from contracts.commands.award import LeaderCleared, LeaderMarked, LeaderMeasured, OpenAward
from contracts.commands.base import Command
from contracts.commands.integrity import EnterLead, OpenIntegrity
from contracts.events.award import (
    ApplicationReopened,
    AwardApplied,
    IndexNoted,
    LeaderQuestioned,
    Noted,
    Questioned,
    VetoFell,
)
from contracts.matter import Mark
from contracts.names import integrity_id
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage, Subject
from workflows.kinds.award.case import LOSS, LOST, PROPOSAL, PROPOSED, Award, Work
from workflows.procedure.signatures import CONFIRM
from workflows.rules.verdict import Refused

MARK = "mark"
"""What a task about a veto, or an index below the bar, is about."""

ASKED = {False: LOSS[0], True: PROPOSAL[0]}
"""What people are asked about a veto, by whether the title is held: no title is lost by itself."""


def apply(draft: Work, opening: OpenAward) -> None:
    """The application is checked; from now on the integrity files of its leading persons tell it what they hear."""
    leaders = tuple(dict.fromkeys(leader.person_id for leader in opening.applicant.leaders))
    draft.emit(
        AwardApplied(
            title=opening.title,
            cycle=opening.cycle,
            organisation=opening.organisation,
            leaders=leaders,
            content_digest=digest_of(opening.applicant.model_dump(mode="json")),
            private=opening.applicant,
        )
    )
    draft.know(opening.calendar_years)
    draft.enter(Stage.AWARD_CHECK)
    draft.open("award-check")
    files = {integrity_id(Subject.PERSON, person): person for person in leaders}
    draft.owe_start({file: _file(draft.case, opening, file, person) for file, person in files.items()})
    draft.owe_tell(CaseKind.INTEGRITY, tuple(files), EnterLead(claim=draft.claim, award=draft.case.case_id))


def _file(case: Award, opening: OpenAward, file: str, person: str) -> OpenIntegrity:
    return OpenIntegrity(
        claim=opening.claim,
        parent=file,
        policy=case.policy,
        policy_digest=case.policy_digest,
        subject=Subject.PERSON,
        person_id=person,
    )


def marked(draft: Work, command: LeaderMarked) -> Refused | None:
    """A veto of a leading person: two people decide within their term what follows, and nothing follows before.

    Of an application that was lost by another veto they are asked when that one falls.
    """
    if refused := _unheard(draft, command, command.person_id):
        return refused
    said = Questioned(person_id=command.person_id, mark=command.mark)
    if said not in draft.case.standing().values():
        _question(draft, said)
    return None


def _question(draft: Work, said: Questioned) -> None:
    number, held = len(draft.case.questioned) + 1, draft.case.held_until is not None
    draft.emit(LeaderQuestioned(mark=number, title_held=held, private=said))
    if not draft.case.ended:
        ask_about(draft, number)


def ask_about(draft: Work, number: int) -> None:
    """Two people are asked what this veto leads to, for the application or for the title as it stands now."""
    said, held = draft.case.standing()[number], draft.case.held_until is not None
    draft.open(ASKED[held], about=about(MARK, number), digest=digest_of(said.model_dump(mode="json")))


def cleared(draft: Work, command: LeaderCleared) -> Refused | None:
    """The veto stands no more: nobody is asked about it any longer, and what was lost by it is checked anew.

    Of every other veto that stands two people then say what it leads to, where nobody has.

    A title that was withdrawn stays withdrawn: whoever gave it decided that, and hears of it.
    """
    if refused := _not_from_a_file(command):
        return refused
    for number, one in draft.case.standing().items():
        if (one.person_id, one.mark.case) == (command.person_id, command.case):
            _fall(draft, number)
    return None


def _fall(draft: Work, number: int) -> None:
    said = said_of(draft.case, number)
    draft.emit(VetoFell(mark=number, state=draft.case.state, outcome=said))
    asked = [task for task in draft.case.open_tasks(*LOSS, *PROPOSAL) if task.about == about(MARK, number)]
    draft.cancel(asked, Cause.VETO_FELL)
    drop_decision(draft, Cause.VETO_FELL)
    if (draft.case.state, said) == (CaseState.INELIGIBLE, LOST):
        draft.cancel(draft.case.open_tasks(), Cause.VETO_FELL)
        draft.emit(ApplicationReopened())
        draft.enter(Stage.AWARD_CHECK)
        draft.open("award-check")
        for other in draft.case.standing():
            if not said_of(draft.case, other):
                ask_about(draft, other)


def drop_decision(draft: Work, why: Cause = Cause.CONFLICT) -> None:
    """Nothing is decided about the title when no proposal to withdraw it stands any more."""
    if not may_be_withdrawn(draft.case):
        draft.cancel(draft.case.open_tasks("title-decision"), why)


def may_be_withdrawn(case: Award) -> bool:
    """Whether it is proposed to withdraw the title, for a veto that stands."""
    return any(said_of(case, number) == PROPOSED for number in case.standing())


def _may_return(case: Award) -> bool:
    """Whether the application was lost by a veto: then it is checked anew when that one falls."""
    lost = any(said_of(case, number) == LOST for number in case.standing())
    return case.state is CaseState.INELIGIBLE and lost


def said_of(case: Award, number: int) -> str:
    """What two people said of this veto; empty while they have not."""
    signed = [task for task in case.acted(LOSS[1], PROPOSAL[1]) if task.about == about(MARK, number)]
    confirmed = [task for task in signed if task.outcome == CONFIRM]
    return case.signed_by_first(confirmed[-1]).outcome if confirmed else ""


def measured(draft: Work, command: LeaderMeasured) -> Refused | None:
    """The index on record of a leading person is what the check rests on; one that falls later is a question.

    Two people say what it leads to, as of a veto, for below the bar it is one by its item: eligibility and title are
    lost by a decision only (§8.3). One that has passed again leaves nothing to ask.
    """
    person, reading = command.person_id, command.reading
    if refused := _unheard(draft, command, person):
        return refused
    if draft.case.readings.get(person) == reading:
        return None
    draft.emit(IndexNoted(private=Noted(person_id=person, reading=reading)))
    file, grading = integrity_id(Subject.PERSON, person), draft.policy.grading
    known = [number for number, one in draft.case.standing().items() if one.mark.case == file]
    if reading.index >= grading.index_pass:
        for number in known:
            _fall(draft, number)
    elif _past_its_check(draft.case) and not any(_being_decided(draft.case, number) for number in known):
        mark = Mark(case=file, items=(grading.index_item,), confirmed_on=reading.assessed_on)
        _question(draft, Questioned(person_id=person, mark=mark))
    return None


def _past_its_check(case: Award) -> bool:
    """Whether nobody asks any more whether it is eligible: while the check is under way the index is a part of it."""
    return not case.ended and case.stage is not Stage.AWARD_CHECK


def _being_decided(case: Award, number: int) -> bool:
    """Whether people are to say what this leads to, or what becomes of the title for it."""
    asked = any(task.about == about(MARK, number) for task in case.open_tasks(*LOSS, *PROPOSAL))
    return asked or (said_of(case, number) == PROPOSED and bool(case.open_tasks("title-decision")))


def _unheard(draft: Work, command: Command, person: str) -> Refused | None:
    if refused := _not_from_a_file(command):
        return refused
    if draft.case.ended and not _may_return(draft.case):
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=draft.case.state))
    if person not in draft.case.leaders:
        return Refused(RefusalCode.NOT_THIS_PERSON, say("not-its-leader"))
    return None


def _not_from_a_file(command: Command) -> Refused | None:
    if command.claim.owed_by is None:
        return Refused(RefusalCode.WRONG_ROLE, say("asked-by-integrity-files", act=command.act))
    return None
