"""Which acts beside tasks a caller may ask for of what they see: by the rules that guard the routes, and no others.

A role counts where the caller has it: in the case's district, of the own case, of what the own unit brought. What the
rules only refuse of a case that is over is not offered there; for the rest they say when it is asked.
"""

from collections.abc import Mapping
from types import MappingProxyType

from contracts.policy.model import Policy
from services.kit.db import Session
from services.officers.identity.scope import Scope, Way
from services.officers.office import Office
from services.officers.readmodel.reading.acting import What
from services.officers.readmodel.reading.disclosure import Asked, may_act
from services.officers.readmodel.tables import BatchRow, CaseRow
from services.officers.routes.act_table import ACTS, Act
from services.officers.routes.rights import RULES, Rule
from services.officers.routes.starts import STARTS
from services.officers.views.act_forms import OfferView
from services.officers.views.base import Body
from services.officers.views.integrity import IndexesBody
from services.officers.views.seats import SeatsBody
from services.officers.views.ties import TieBody

OF_BATCHES: tuple[tuple[str, type[Body]], ...] = (
    *((one.path, one.body) for one in ACTS if one.what is What.BATCH),
    ("/batches/{batch_id}/ties", TieBody),
    ("/batches/{batch_id}/seats", SeatsBody),
    ("/batches/{batch_id}/indexes", IndexesBody),
)
"""What may be asked of a batch by a form; rosters come by workbook."""


def rule_of(path: str) -> Rule:
    """The rule that guards the act's route."""
    return RULES[f"POST {path}"]


def of_case(scope: Scope, policy: Policy, row: CaseRow) -> list[OfferView]:
    """The acts that this caller may ask of the case; `policy` is the one in force, by which routes are guarded."""
    return [
        _offer(one.path, one.body, "case_id", row.case_id, row.policy, _fields(one, scope, row))
        for one in ACTS
        if _takes(one, row.kind) and one.stands(row.state) and _reaches(rule_of(one.path), scope, policy, row)
    ]


def of_batch(scope: Scope, policy: Policy, row: BatchRow) -> list[OfferView]:
    """The acts that this caller may ask of the batch."""
    return [
        _offer(path, body, "batch_id", row.batch_id, row.policy)
        for path, body in OF_BATCHES
        if rule_of(path).lets(scope, policy)
    ]


async def begun_from(office: Office, session: Session, scope: Scope, row: CaseRow) -> list[OfferView]:
    """The acts by which this caller may open another case from this one, with what is known of them here."""
    found: list[OfferView] = []
    for one in STARTS:
        rule = rule_of(one.path)
        if one.known and row.kind in one.known.kinds and _reaches(rule, scope, office.policy, row):
            known = await one.known.knowing(office, session, row)
            found.append(
                OfferView.of(
                    rule.act,
                    one.body,
                    one.path,
                    known.policy,
                    given=known.given,
                    begun=known.begun,
                    begun_from=one.known.kinds,
                )
            )
    return found


def to_begin(scope: Scope, policy: Policy) -> list[OfferView]:
    """The acts by which this caller may open a case."""
    return [
        OfferView.of(
            rule_of(one.path).act,
            one.body,
            one.path,
            policy.version,
            begun_from=one.known.kinds if one.known else (),
        )
        for one in STARTS
        if rule_of(one.path).lets(scope, policy)
    ]


def _takes(act: Act, kind: str) -> bool:
    # A kind that this service knows no act of is none of the enumeration, and takes what every kind takes.
    return act.what is What.CASE and (act.kind is None or act.kind.value == kind)


def _reaches(rule: Rule, scope: Scope, policy: Policy, row: CaseRow) -> bool:
    roles = rule.holding(policy)
    own = row.person_id in scope.ids
    return rule.lets(scope, policy) and any(
        may_act(scope, Asked(act.role, act.unit, row.district, row.person_id, row.unit))
        for act in scope.acts
        # By an office nobody acts on their own case: what is known of it there may not be theirs to know.
        if act.role in roles and (act.way is Way.OWN or not own)
    )


def _fields(act: Act, scope: Scope, row: CaseRow) -> Mapping[str, bool]:
    """Of two fields of which one is filled in, whether it is this one: nobody outside the team picks from it."""
    if act.either is None:
        return {}
    picked, named = act.either
    of_team = scope.of_team(row.district, row.person_id)
    return {picked: of_team, named: not of_team}


def _offer(
    path: str,
    body: type[Body],
    name: str,
    ident: str,
    policy: str,
    fields: Mapping[str, bool] = MappingProxyType({}),
) -> OfferView:
    return OfferView.of(rule_of(path).act, body, path.replace(f"{{{name}}}", ident), policy, fields=fields)
