"""Two people look, one after the other; what they find is told to whoever asked, and to the case that it is about."""

from contracts.canonical import digest_of
from contracts.causes import Cause
from contracts.commands.case import CompleteTask, ReportFact
from contracts.commands.enquiry import OpenEnquiry
from contracts.commands.screening import SettleDoubt
from contracts.events.case import CaseEnded, CaseFiled
from contracts.events.enquiry import EnquiryOpened
from contracts.inquired import Inquired
from contracts.numbers import credit_code_fault, fits_mask, resident_id_fault
from contracts.refusals import RefusalCode
from contracts.saying import Saying, say
from contracts.vocabulary import CaseState, Stage, Subject
from workflows.kinds.enquiry.case import Enquiry, Work
from workflows.procedure.case import Task
from workflows.procedure.kind import Consequence, Signing
from workflows.procedure.signatures import two
from workflows.rules.calendar import local_day
from workflows.rules.forms import Identified, NotMeant, read
from workflows.rules.verdict import Refused

THIS_PERSON, OTHER_PERSON = "THIS_PERSON", "OTHER_PERSON"


def open_enquiry(draft: Work, opening: OpenEnquiry) -> None:
    """Two people are asked. Until they have answered nothing follows from what was said."""
    draft.emit(
        EnquiryOpened(
            source=opening.source,
            doubt=opening.doubt,
            about_kind=opening.about_kind,
            about_case=opening.about_case,
            person_id=opening.person_id,
            content_digest=digest_of(opening.matter.model_dump(mode="json")),
            private=opening.matter,
        )
    )
    draft.know(opening.calendar_years)
    draft.enter(Stage.ENQUIRY)
    draft.open("look")


def found_out(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Whoever says that it is this person says the whole number, as the issuer confirmed it, and on which paper."""
    if command.outcome == OTHER_PERSON:
        said = read(command.form, NotMeant)
        return said if isinstance(said, Refused) else None
    form = read(command.form, Identified)
    if isinstance(form, Refused):
        return form
    fault = _number_fault(draft, form.subject_id)
    return Refused(RefusalCode.FORM_INVALID, fault.at("subject_id")) if fault else None


def _number_fault(draft: Work, number: str) -> Saying | None:
    fact = _matter(draft.case).fact
    if "*" in fact.subject_id and not fits_mask(number, fact.subject_id):
        return say("unlike-mask", mask=fact.subject_id)
    today = local_day(draft.now, draft.policy.calendar)
    person = fact.subject == Subject.PERSON.value
    fault = resident_id_fault(number, today) if person else credit_code_fault(number)
    return say("fault", fault=fault) if fault else None


def meant(draft: Work, task: Task) -> None:
    """It is this person: the case is told the fact under the number that the issuer confirmed."""
    form = Identified.model_validate(draft.case.signed_by_first(task).form)
    case, inquired = draft.case, _matter(draft.case)
    if case.source != "doubted":
        said = {"subject_id": form.subject_id, "unmatched": False}
        word = ReportFact(
            claim=draft.claim, fact=inquired.fact.model_copy(update=said), source=inquired.source
        )
        draft.owe_tell(case.about_kind, (case.about_case,), word)
    _conclude(draft, CaseState.MEANT)
    _settle(draft, means_person=True, subject_id=form.subject_id)


def not_meant(draft: Work, task: Task) -> None:
    """It is somebody else: nothing is told, and what a list says is set aside for this person."""
    days = NotMeant.model_validate(draft.case.signed_by_first(task).form).days
    _conclude(draft, CaseState.NOT_MEANT)
    _settle(draft, means_person=False, days=days)


def _settle(draft: Work, *, means_person: bool, subject_id: str = "", days: int = 0) -> None:
    """A book of screening is told what was found; a fact that no list brought has none to tell."""
    case = draft.case
    if case.doubted:
        word = SettleDoubt(
            claim=draft.claim,
            doubt=case.doubted,
            means_person=means_person,
            subject_id=subject_id,
            days=days,
        )
        draft.owe_tell("screening", (case.parent,), word)


def _conclude(draft: Work, state: CaseState) -> None:
    """Nobody is written to about an enquiry: its file is closed at once, under its retention class."""
    draft.cancel(draft.case.open_tasks(), Cause.LOOKED_INTO)
    draft.emit(CaseEnded(state=state, cause=Cause.LOOKED_INTO))
    draft.emit(CaseFiled(retention=draft.policy.kept(state)))


def _matter(case: Enquiry) -> Inquired:
    if case.matter is None:
        raise RuntimeError("an enquiry is about something from its first event on")
    return case.matter


OUTCOMES: dict[str, Consequence[Enquiry]] = {THIS_PERSON: meant, OTHER_PERSON: not_meant}
SIGNING: dict[str, Signing[Enquiry]] = two("look", "look-sign", OUTCOMES, check=found_out)
