"""Bodies and views of tasks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from contracts.base import Digest, OpaqueId
from contracts.matter import Ground
from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.policy.procedure import Hint
from contracts.words.families import Family
from services.officers.readmodel.reading.concerned import Concerned, Named
from services.officers.readmodel.tables import TaskRow
from services.officers.views.base import Body, View
from services.officers.views.filled import Filled
from services.officers.views.naming import names
from services.officers.views.officers import OfficerView
from services.officers.views.schemas import form_schema
from services.officers.views.terms import LeftView, left
from services.officers.views.texts import LINES, Words
from services.officers.web.language import Language


class OutcomeBody(Body):
    """How people act: this outcome, form and reason, having seen the content of this digest."""

    outcome: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]{0,40}$")]
    form: Filled = Field(default_factory=dict)
    reason: Annotated[str, StringConstraints(max_length=4000), LINES] = ""
    seen: Digest


class ReassignBody(Body):
    """Who is to have the task, and why."""

    person_id: OpaqueId
    reason: Words


class ConflictBody(Body):
    """Why one may not act on this case (SOD-06)."""

    ground: Ground
    reason: Words


class AbsenceBody(Body):
    """Why one does not act on this task now: nothing keeps one from the case."""

    reason: Words


class DeadlineView(View):
    """A deadline with its explanation: every day counted, every day passed over.

    While `provisional` it needs a calendar year that is not published, and nothing fires.
    """

    due: datetime | None
    provisional: bool
    counted: list[str]
    skipped: list[str]


class NomineeView(View):
    """Whom a case is about: a person with the firm, or an organisation that applies."""

    name: str
    firm: str | None
    credit_code: str | None

    @classmethod
    def of(cls, named: Named | None) -> "NomineeView | None":
        """As it is shown; None stays None."""
        return None if named is None else cls(**vars(named))


class TaskView(View):
    """A task in a list. `nominee` is null for whoever may not see the dossier; `nominated_by` brought the case."""

    task_id: OpaqueId
    case_id: OpaqueId
    parent: OpaqueId
    district: str
    policy: str
    kind: str
    stage: str
    role: str
    unit: str
    signature: int
    round: int
    state: str
    outcomes: list[str]
    opened: datetime
    due: datetime | None
    provisional: bool
    own: bool
    """Asked of the person concerned: nobody else is given it, and no conflict moves it."""
    left: LeftView | None
    """Of a task whose clock stands nobody can say."""
    nominee: NomineeView | None
    seat: str | None
    nominated_by: str
    content_digest: Digest
    about: str
    claimed_by: OpaqueId | None
    holder: OfficerView | None
    """Who has claimed it or was given it, where the caller may know them."""
    signer: OfficerView | None
    """Who completed it, likewise."""
    unserved: bool
    """The letter that asks reached nobody yet: it waits to be served by hand, and until then the term stands still."""
    stands: bool
    """The clock stands, in a hold or until the letter is served: it is late for nobody, and due later than shown."""
    outcome: str | None
    closed_at: datetime | None
    names: dict[str, str]
    """What the codes are called in the caller's language, by field; and each outcome by its code."""

    @classmethod
    def of(cls, row: Mapping[str, Any], said: Concerned, now: datetime, language: Language) -> "TaskView":
        """The view of a task at the instant; its codes are called what its case's policy calls them."""
        codes: dict[str, tuple[Family, str | None]] = {
            "kind": ("task", row["kind"]),
            "stage": ("stage", row["stage"]),
            "role": ("role", row["role"]),
            "unit": ("unit", row["unit"]),
            "district": ("district", row["district"]),
            "state": ("task-state", row["state"]),
            "seat": ("seat", said.seat),
            "nominated_by": ("unit", said.unit),
            **{outcome: ("outcome", outcome) for outcome in row["outcomes"]},
        }
        return cls(
            **row,
            own=row["role"] in loader.released(row["policy"]).self_roles,
            left=None if said.stands else left(row["due"], row["counted"], row["policy"], now, language),
            stands=said.stands,
            nominee=NomineeView.of(said.nominee),
            seat=said.seat,
            nominated_by=said.unit,
            holder=OfficerView.of(said.holder, row["policy"], language),
            signer=OfficerView.of(said.signer, row["policy"], language),
            names=names(row["policy"], language, codes),
        )


class BesideView(View):
    """Another signature on the same paper, which several people give, each alone: whether, not how."""

    task_id: OpaqueId
    signature: int
    state: str
    holder: OfficerView | None
    signer: OfficerView | None
    names: dict[str, str]

    @classmethod
    def of(cls, view: TaskView) -> "BesideView":
        """What whoever signs beside may know of a task: nothing of how it came out."""
        shown = view.model_dump(include=set(cls.model_fields) - {"names"})
        return cls(**shown, names={"state": view.names["state"]})


class TaskDetail(TaskView):
    """A task with what is being decided, and the JSON Schema of the form of each outcome (schemas.py)."""

    deadline: DeadlineView
    forms: dict[str, dict[str, Any]]
    hints: dict[str, dict[str, dict[str, Any]]]
    """What the schema of each outcome's form cannot say of its fields, by path: `from`, `choices`, `total`."""
    reason_required: list[str]
    may_act: bool
    beside: list[BesideView]
    """The other signatures that are asked for on this paper, in their order."""
    content: dict[str, Any]

    @classmethod
    def full(
        cls,
        row: TaskRow,
        policy: Policy,
        view: TaskView,
        content: dict[str, Any],
        others: Sequence[TaskView] = (),
        *,
        may_act: bool,
    ) -> "TaskDetail":
        """The detail of a task whose row in a list would be `view`."""
        kind = policy.task(row.kind)
        forms = {outcome: policy.form(kind.form_of(outcome)) for outcome in row.outcomes}
        return cls(
            **view.model_dump(),
            deadline=deadline_of(row),
            forms={outcome: form_schema(policy.version, form.code) for outcome, form in forms.items()},
            hints={
                outcome: {
                    path: hint.model_dump(exclude_defaults=True)
                    for path, hint in {**CHOSEN.get(form.code, {}), **form.hints}.items()
                }
                for outcome, form in forms.items()
            },
            reason_required=list(kind.reason_required),
            may_act=may_act,
            beside=[BesideView.of(one) for one in others],
            content=content,
        )


CHOSEN: Mapping[str, Mapping[str, Hint]] = {
    "recusal": {"signer": Hint(source="people")},
    "naming": {"signer": Hint(source="people")},
    "co-option": {"nomination": Hint(source="cases", kind="nomination", state="ELECTED")},
    "duplicate": {"of": Hint(source="cases", kind="removal")},
    "leader-indexes": {"indexes.person_id": Hint(source="leaders")},
}
"""By form and path, the ids that nobody types: where a list of the API has them by name. Where a version says otherwise
of a field, it holds."""


def deadline_of(row: TaskRow) -> DeadlineView:
    """A task's deadline with its explanation."""
    return DeadlineView(
        due=row.due, provisional=row.provisional, counted=list(row.counted), skipped=list(row.skipped)
    )
