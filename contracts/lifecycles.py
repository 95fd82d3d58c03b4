"""The life of each kind of case: the stages that it passes, and the states in which it ends (domain §8.1)."""

from collections.abc import Mapping

from contracts.vocabulary import CaseState, Stage

STAGES_OF: Mapping[str, frozenset[Stage]] = {
    "batch": frozenset({Stage.OPENING, Stage.NOMINATION}),
    "nomination": frozenset(
        {
            Stage.SCREENING,
            Stage.DECLARATION,
            Stage.CONSULTATION,
            Stage.RULING,
            Stage.GRADING,
            Stage.INSPECTION,
            Stage.INTEGRITY,
            Stage.PROPOSAL,
            Stage.DECISION,
            Stage.NOTICE,
            Stage.REPORT_CHECK,
            Stage.RECHECK,
            Stage.ELECTION,
        }
    ),
    "removal": frozenset(
        {
            Stage.LEAD,
            Stage.FIRST_LOOK,
            Stage.SUSPENSION,
            Stage.STATEMENT,
            Stage.VERIFICATION,
            Stage.REMOVAL_OPINION,
            Stage.PERSUASION,
            Stage.PLAN,
            Stage.VOTE,
            Stage.SERVICE,
            Stage.RESTORATION,
        }
    ),
    "screening": frozenset(),
    "enquiry": frozenset({Stage.ENQUIRY}),
    "review": frozenset({Stage.REVIEW}),
    "tenure": frozenset({Stage.IN_OFFICE, Stage.RE_EVALUATION, Stage.VACANCY}),
    "late-roster": frozenset({Stage.LATE_ROSTER}),
    "policy": frozenset({Stage.POLICY_APPROVAL}),
    "access": frozenset({Stage.ACCESS_APPROVAL, Stage.HANDING_OVER, Stage.EMERGENCY, Stage.EMERGENCY_REVIEW}),
    "integrity": frozenset(),
    "award": frozenset({Stage.AWARD_CHECK, Stage.AWARD_QUESTION, Stage.AWARD_DECISION, Stage.TITLE}),
    "data-request": frozenset({Stage.DATA_REQUEST, Stage.DATA_CORRECTION}),
    "every": frozenset({Stage.FILING, Stage.HOLD, Stage.CONFERENCE, Stage.RECUSAL, Stage.DELIVERY}),
}
"""By kind of case, the stages that a policy with such cases must have; one released before a kind has none of them."""

ENDS_OF: Mapping[str, frozenset[CaseState]] = {
    "nomination": frozenset(
        {
            CaseState.ELECTED,
            CaseState.VETOED,
            CaseState.INELIGIBLE,
            CaseState.RENOUNCED,
            CaseState.WITHDRAWN,
            CaseState.REJECTED,
            CaseState.MERGED,
            CaseState.NOT_ELECTED,
            CaseState.LAPSED,
        }
    ),
    "removal": frozenset(
        {
            CaseState.MERGED,
            CaseState.NO_CASE,
            CaseState.RESIGNED,
            CaseState.KEPT,
            CaseState.REMOVED,
            CaseState.NOT_RATIFIED,
            CaseState.LAPSED,
        }
    ),
    "enquiry": frozenset({CaseState.MEANT, CaseState.NOT_MEANT, CaseState.LAPSED}),
    "review": frozenset({CaseState.UPHELD, CaseState.CHANGED, CaseState.REVOKED, CaseState.LAPSED}),
    "tenure": frozenset({CaseState.TERM_ENDED, CaseState.REMOVED, CaseState.RESIGNED, CaseState.DECEASED}),
    "late-roster": frozenset({CaseState.ADMITTED, CaseState.TURNED_DOWN}),
    "policy": frozenset({CaseState.IN_FORCE, CaseState.TURNED_DOWN}),
    "access": frozenset(
        {CaseState.IN_FORCE, CaseState.TURNED_DOWN, CaseState.FOUND_PROPER, CaseState.FOUND_IMPROPER}
    ),
    "award": frozenset(
        {CaseState.INELIGIBLE, CaseState.NOT_RECOGNISED, CaseState.TITLE_WITHDRAWN, CaseState.TITLE_EXPIRED}
    ),
    "data-request": frozenset({CaseState.COMPLIED_WITH, CaseState.DECLINED}),
}
"""How cases of each kind can end: a policy with such cases says how long they are kept."""

ENDS = frozenset().union(*ENDS_OF.values())
"""States in which a case has its outcome; only serving letters and filing remain."""
