"""Views of figures, and of the joint conference's agenda. No person stands in either."""

from datetime import date, datetime
from typing import Any

from contracts.base import Digest, OpaqueId
from contracts.events.task import Answer
from contracts.sealed import Sealed
from services.kit.sealing import Keyring, open_sealed
from services.officers.readmodel.reading.concerned import Named
from services.officers.readmodel.reading.conference import Item
from services.officers.readmodel.reading.figures import Figures
from services.officers.readmodel.tables import TaskRow
from services.officers.views.base import View
from services.officers.views.naming import names
from services.officers.views.tasks import NomineeView
from services.officers.web.language import Language


class VetoView(View):
    """Vetoes for one item in one district."""

    item: str
    district: str
    vetoes: int
    names: dict[str, str]


class LateView(View):
    """Open tasks whose deadline is over."""

    role: str
    unit: str
    district: str
    tasks: int
    oldest_days: int
    names: dict[str, str]


class AgeView(View):
    """Open cases and how old the oldest is."""

    kind: str
    state: str
    cases: int
    oldest_days: int
    names: dict[str, str]


class FiguresView(View):
    """The figures at an instant. `veto_rate` in percent with one decimal, half up; null without nominees."""

    at: datetime
    batch_id: str
    nominees: int
    nominees_by_district: dict[str, int]
    vetoed: int
    vetoed_by_district: dict[str, int]
    vetoes: list[VetoView]
    cumulative_vetoed: int
    veto_rate: str | None
    removals: dict[str, int]
    overdue: list[LateView]
    ageing: list[AgeView]

    @classmethod
    def of(cls, found: Figures, batch: str, at: datetime, policy: str, language: Language) -> "FiguresView":
        """The view; `policy` is the version whose words are shown."""
        return cls(
            at=at,
            batch_id=batch,
            nominees=sum(found.nominees.values()),
            nominees_by_district=found.nominees,
            vetoed=sum(found.vetoed.values()),
            vetoed_by_district=found.vetoed,
            vetoes=[
                VetoView(
                    item=item,
                    district=place,
                    vetoes=many,
                    names=names(policy, language, {"item": ("item", item), "district": ("district", place)}),
                )
                for (item, place), many in found.vetoes.items()
            ],
            cumulative_vetoed=found.cumulative,
            veto_rate=None if found.rate is None else f"{found.rate // 10}.{found.rate % 10}",
            removals=found.removals,
            overdue=[
                LateView(
                    **vars(late),
                    names=names(
                        policy,
                        language,
                        {
                            "role": ("role", late.role),
                            "unit": ("unit", late.unit),
                            "district": ("district", late.district),
                        },
                    ),
                )
                for late in found.overdue
            ],
            ageing=[
                AgeView(
                    **vars(age),
                    names=names(
                        policy, language, {"kind": ("kind", age.kind), "state": ("state", age.state)}
                    ),
                )
                for age in found.ageing
            ],
        )


class AgendaView(View):
    """A matter of the joint conference. `silent`: it decides in this task; else it sees that the task is late.

    `nominee` is whom it is about, null for whoever may not see the dossier.
    """

    task_id: OpaqueId
    case_id: OpaqueId
    district: str
    kind: str
    unit: str
    due: datetime | None
    since: datetime
    silent: bool
    nominee: NomineeView | None
    names: dict[str, str]

    @classmethod
    def of(cls, item: Item, named: Named | None, language: Language) -> "AgendaView":
        """The view of what waits."""
        row = item.task
        since = row.opened if item.silent else row.conference_since or row.opened
        own = row.model_dump(include=set(cls.model_fields))
        nominee = NomineeView.of(named)
        return cls(**own, since=since, silent=item.silent, nominee=nominee, names=_named(row, language))


class ResolutionView(View):
    """What the conference decided, when, and by which minutes; `nominee` as for what waits.

    `late`: the kind of the task of which it said that it is late; null where it decided in the matter itself.
    """

    task_id: OpaqueId
    case_id: OpaqueId
    district: str
    kind: str
    unit: str
    late: str | None
    outcome: str
    closed_at: datetime
    meeting_on: date | None
    minutes_digest: Digest | None
    nominee: NomineeView | None
    names: dict[str, str]

    @classmethod
    def of(
        cls, row: TaskRow, late: str | None, named: Named | None, keyring: Keyring, language: Language
    ) -> "ResolutionView":
        """The view of a decision. Of what was answered only the minutes are shown."""
        said = _form(row, keyring)
        own = row.model_dump(include=set(cls.model_fields))
        own |= {name: said.get(name) for name in ("meeting_on", "minutes_digest")}
        codes = {"outcome": ("outcome", row.outcome), "late": ("task", late)}
        called = _named(row, language) | names(row.policy, language, codes)  # type: ignore[arg-type]
        return cls(**own, late=late, nominee=NomineeView.of(named), names=called)


def _form(row: TaskRow, keyring: Keyring) -> dict[str, Any]:
    if row.answer is None:
        return {}
    opened = open_sealed(Sealed.model_validate(row.answer), row.answer_event, keyring)
    return dict(Answer.model_validate(opened).form)


def _named(row: TaskRow, language: Language) -> dict[str, str]:
    codes = {"kind": ("task", row.kind), "unit": ("unit", row.unit), "district": ("district", row.district)}
    return names(row.policy, language, codes)  # type: ignore[arg-type]
