"""R01 and R02: a lead is registered, once for a seat, and two people look at it first."""

from contracts.canonical import digest_of
from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.case import CompleteTask, WantYears
from contracts.commands.removal import EarlierRemovalOver, OpenRemoval
from contracts.events.removal import EarlierRemovalEnded, Ground, RemovalOpened
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.removal import seat
from workflows.kinds.removal.aftermath import released
from workflows.kinds.removal.case import Removal, Work
from workflows.kinds.removal.merging import hand_over
from workflows.kinds.removal.resignation import ask_acceptance
from workflows.kinds.removal.suspension import inherit, propose
from workflows.passages.barring import bar
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends, EntersByLetter, Then, enters
from workflows.procedure.kind import Signing
from workflows.procedure.signatures import Alone, two
from workflows.rules.forms import Duplicate, read
from workflows.rules.verdict import Refused

REGISTER = enters(Stage.LEAD, "lead")
LOOK = enters(Stage.FIRST_LOOK, "first-look")


def open_removal(draft: Work, opening: OpenRemoval) -> None:
    """R01: the lead is registered."""
    lead = {"source": opening.source, **opening.lead.model_dump(mode="json")}
    draft.emit(
        RemovalOpened(
            person_id=opening.person_id,
            registrar_id=opening.brought_by or opening.actor.person_id,
            seat=opening.seat,
            source=opening.source,
            open_removal=opening.open_removal,
            tenure=opening.tenure,
            years_from=opening.years_from,
            recommended_by=opening.recommended_by,
            content_digest=digest_of(lead),
            private=Ground(**dict(opening.lead), other_seats=opening.other_seats),
        )
    )
    bar(draft, opening.barred)
    draft.know(opening.calendar_years)
    REGISTER(draft)
    if opening.investigation is not None:
        propose(draft, opening.investigation, None)
    inherit(draft, opening.investigated, opening.resting)
    if opening.parent != opening.tenure:
        # Whoever raises a removal knows of it, and has said in the opening what is known.
        seat.begun(draft)
        if opening.investigation is not None:
            seat.investigated(draft, opening.investigation, draft.case.content_digest)
    if opening.tendered is not None:
        ask_acceptance(draft, opening.tendered)
    if opening.years_from is not None:
        word = WantYears(claim=draft.claim, case=draft.case.case_id)
        draft.owe_tell(CaseKind.TENURE, (opening.years_from,), word)


def earlier_over(draft: Work, command: EarlierRemovalOver) -> Refused | None:
    """A removal that came before is over: this lead is opened, unless another one came before it too (R01)."""
    if draft.case.ended:
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=draft.case.state))
    if draft.case.open_removal == command.removal:
        draft.emit(EarlierRemovalEnded(removal=command.removal, open_removal=command.open_removal))
    inherit(draft, command.investigated, command.resting)
    bar(draft, command.barred)
    return None


def one_a_seat(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """A seat has one open removal; another lead is its duplicate, and names it. Of nothing no lead is a duplicate: that
    there is no case two people say (R02)."""
    known = draft.case.open_removal
    if command.outcome == "OPENED":
        if known is None:
            return None
        return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("removal-open", choose="DUPLICATE"))
    form = read(command.form, Duplicate)
    if isinstance(form, Refused):
        return form
    if known is None:
        return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("duplicate-of-nothing", choose="OPENED"))
    if form.of != known:
        return Refused(RefusalCode.FORM_INVALID, say("duplicate-of-another", removal=known).at("of"))
    return None


def handed_over(draft: Work, task: Task) -> None:
    """The removal that has the lead already goes on with what was told here."""
    hand_over(draft, Duplicate.model_validate(task.form).of)


SIGNING: dict[str, Signing[Removal]] = {
    "lead": Alone(
        {
            "OPENED": LOOK,
            "DUPLICATE": Then(Ends(CaseState.MERGED, Cause.LEAD_DUPLICATE), Then(handed_over, released)),
        },
        check=one_a_seat,
    ),
    **two(
        "first-look",
        "first-look-sign",
        {
            "NO_CASE": Then(Ends(CaseState.NO_CASE, Cause.FIRST_LOOK), released),
            "CASE": EntersByLetter(Stage.STATEMENT, ("statement",)),
            "RESIGNATION_PATH": enters(Stage.PERSUASION, "persuade"),
        },
    ),
}
