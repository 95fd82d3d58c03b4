"""How a request is answered: by two people, one over the other's answer; what is wrong others correct, elsewhere."""

from collections.abc import Mapping

from contracts.canonical import digest_of
from contracts.causes import Cause
from contracts.commands.case import CompleteTask, LoadCaseCalendar
from contracts.commands.data_request import AskAboutData
from contracts.events.data_request import DataAnswer, DataAnswerDue, DataAnswered, DataRequested
from contracts.matter import DataRight
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.data_request.case import DataRequest, Work
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends, Then, enters
from workflows.procedure.kind import Again, Consequence, Signing
from workflows.procedure.signatures import two
from workflows.rules.forms import CarriedOut, read
from workflows.rules.verdict import Refused

ANSWERS: Mapping[DataRight, str] = {
    "inspect": "answer-inspection",
    "correct": "answer-correction",
    "erase": "answer-erasure",
}
"""By what is asked, the task in which it is answered."""

CORRECTION = ("carry-out", "carry-out-sign")
"""By which others correct what was found wrong, and say by which act they did."""


def ask(draft: Work, opening: AskAboutData) -> None:
    """The person asks; from now on the term of the answer runs."""
    draft.emit(
        DataRequested(
            right=opening.right,
            person_id=opening.person_id,
            content_digest=digest_of(opening.wish.model_dump(mode="json")),
            private=opening.wish,
        )
    )
    draft.know(opening.calendar_years)
    draft.enter(Stage.DATA_REQUEST)
    draft.open(ANSWERS[opening.right])
    [asked] = draft.case.open_tasks(ANSWERS[opening.right])
    draft.emit(DataAnswerDue(answer_by=asked.due))


def calendar_came(draft: Work, command: LoadCaseCalendar) -> None:
    """The person is told until when they are answered, where that is known only now or has become later (§8.0.5)."""
    for asked in draft.case.open_tasks(*ANSWERS.values()):
        if asked.due != draft.case.answer_by:
            draft.emit(DataAnswerDue(answer_by=asked.due))


def reasoned(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Whatever the answer is, it says what the person is told and on which ground (PIPL arts 45, 46, 47, 50)."""
    said = read(command.form, DataAnswer)
    return said if isinstance(said, Refused) else None


def carried_out(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Whoever corrected it says by which act on which case they did, or tried to."""
    said = read(command.form, CarriedOut)
    return said if isinstance(said, Refused) else None


def tell(draft: Work, task: Task) -> None:
    """The person is told what the first signed and the second confirmed, word for word."""
    first = draft.case.signed_by_first(task)
    said = {name: first.form[name] for name in DataAnswer.model_fields}
    draft.emit(DataAnswered(outcome=first.outcome, private=DataAnswer.model_validate(said)))


COMPLIED: Consequence[DataRequest] = Then(tell, Ends(CaseState.COMPLIED_WITH, Cause.DATA_ANSWERED))
DECLINED: Consequence[DataRequest] = Then(tell, Ends(CaseState.DECLINED, Cause.DATA_ANSWERED))

SIGNING: dict[str, Signing[DataRequest]] = {
    **two(
        ANSWERS["inspect"],
        "answer-inspection-sign",
        {"COMPLIED": COMPLIED, "COMPLIED_IN_PART": COMPLIED, "DECLINED": DECLINED},
        check=reasoned,
    ),
    # Nothing is changed here: whoever carries it out does so by the acts and disputes of the case that is wrong.
    **two(
        ANSWERS["correct"],
        "answer-correction-sign",
        {
            "COMPLIED": Then(tell, enters(Stage.DATA_CORRECTION, CORRECTION[0])),
            "DECLINED": DECLINED,
        },
        check=reasoned,
    ),
    # While a file must be kept nothing of it is erased, whoever asks: the answer says under which law, and until when.
    **two(ANSWERS["erase"], "answer-erasure-sign", {"DECLINED": DECLINED}, check=reasoned),
    **two(
        *CORRECTION,
        {
            "CORRECTED": Then(tell, Ends(CaseState.COMPLIED_WITH, Cause.DATA_CORRECTED)),
            "NOT_CORRECTED": Then(tell, Ends(CaseState.DECLINED, Cause.DATA_NOT_CORRECTED)),
        },
        check=carried_out,
    ),
}


def answer_again(draft: Work, task: Task) -> None:
    """Others answer, within the term that was told to the person."""
    draft.enter(Stage.DATA_REQUEST)
    draft.open(ANSWERS["correct"], like=task)


def carry_out_again(draft: Work, task: Task) -> None:
    """Others correct it, within the same term."""
    draft.open(CORRECTION[0], like=task)


AGAIN: Mapping[str, Again[DataRequest]] = {
    **dict.fromkeys((ANSWERS["correct"], "answer-correction-sign"), Again(answer_again)),
    **dict.fromkeys(CORRECTION, Again(carry_out_again)),
}
"""What is found wrong is still to be corrected when its answer is in doubt; every other answer ends the case."""
