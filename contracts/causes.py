"""Why something happened, as closed words: a cause is read by rules, letters and people, so none is free text."""

from enum import StrEnum


class Cause(StrEnum):
    """Causes of holds, resumptions, ends, cancellations, extensions and dismissals."""

    # What a hold waits for.
    DEPARTMENT_SILENT = "department-silent"
    """A key source stays silent after its last extension (SC-03)."""
    PAUSE_ITEM = "pause-item"
    """A pause item's state lasts; nothing is recorded as guilt (domain §8.2, P)."""
    OPINION_DEFERRED = "opinion-deferred"
    DECISION_DEFERRED = "decision-deferred"
    REPORT_UNPROVEN = "report-unproven"

    # How a hold ended.
    RESUMED = "resumed"
    ANSWERED = "answered"
    HOLD_RAN_OUT = "hold-ran-out"
    """Nobody can put it off any longer: the final choice is due (domain §8.8.1)."""

    # How a nomination ended.
    SCREENING_INELIGIBLE = "screening-ineligible"
    SCREENING_DUPLICATE = "screening-duplicate"
    DECLARATION_REFUSED = "declaration-refused"
    DECLARATION_NOT_ANSWERED = "declaration-not-answered"
    WITHDRAWN = "withdrawn"
    NEGATIVE_LIST = "negative-list"
    GRADE_C = "grade-c"
    INSPECTION_UNSUITABLE = "inspection-unsuitable"
    OPINION_NEGATIVE = "opinion-negative"
    PROPOSAL_REJECTED = "proposal-rejected"
    COMMITTEE_REJECTED = "committee-rejected"
    REPORT_SERIOUS = "report-serious"
    VOTE = "vote"
    ELECTION_PASSED = "election-passed"
    """A hold may not outlive its election; no negative record."""
    QUOTA = "quota"
    """Fewer places than approved people: the party committee reordered them, and nothing is held against anybody."""
    DEATH = "death"
    INCAPACITY = "incapacity"

    # What asks for a check anew.
    POST_LOST = "post-lost"

    # How a removal ended.
    LEAD_DUPLICATE = "lead-duplicate"
    FIRST_LOOK = "first-look"
    UNPROVEN = "unproven"
    PERSUADED = "persuaded"
    RESIGNATION = "resignation"
    PLAN_STOPPED = "plan-stopped"
    NOT_RATIFIED = "not-ratified"

    # How a review ended.
    REVIEWED = "reviewed"

    # How an enquiry ended.
    LOOKED_INTO = "looked-into"

    # How a tenure ended, or its seat became vacant.
    TERM_OVER = "term-over"
    REMOVAL = "removal"
    RESTORED = "restored"

    # Why a re-evaluation is due.
    YEAR_OVER = "year-over"
    EVALUATION_EXPIRED = "evaluation-expired"
    # How the approval of a late roster ended.
    ROSTER_ADMITTED = "roster-admitted"
    ROSTER_TURNED_DOWN = "roster-turned-down"

    # How what was proposed for the policy ended.
    POLICY_APPROVED = "policy-approved"
    POLICY_TURNED_DOWN = "policy-turned-down"

    # How what was asked for accounts ended.
    ACCESS_APPROVED = "access-approved"
    ACCESS_TURNED_DOWN = "access-turned-down"
    EMERGENCY_REVIEWED = "emergency-reviewed"
    # How an application for an award, or its title, ended.
    AWARD_CHECK = "award-check"
    LEADER_VETOED = "leader-vetoed"
    AWARD_DECIDED = "award-decided"
    TITLE_OVER = "title-over"
    VETO_FELL = "veto-fell"
    """The veto because of which something was asked stands no more."""

    # How what somebody asked about their own data ended.
    DATA_ANSWERED = "data-answered"
    DATA_CORRECTED = "data-corrected"
    DATA_NOT_CORRECTED = "data-not-corrected"
    """Whoever was to correct it by the means that there are found that it is right."""

    # Why a task was cancelled.
    EMERGENCY_OVER = "emergency-over"
    NOT_CONFIRMED = "not-confirmed"
    REPORT_RECEIVED = "report-received"
    NOT_EXPLAINED = "not-explained"
    NOT_APPEALED = "not-appealed"
    SERVED = "served"
    APPEAL_GRANTED = "appeal-granted"
    MATCH_DISPUTED = "match-disputed"
    FACT_ENDED = "fact-ended"
    """It was about a fact that stands no more where it came from."""
    NOT_STATED = "not-stated"
    NOT_APPLIED = "not-applied"
    CAUSE_ENDED = "cause-ended"
    MEMBER_RESTORED = "member-restored"
    DOSSIER_AMENDED = "dossier-amended"
    EVALUATION_SHARED = "evaluation-shared"
    LEVEL_ABOVE_ASKED = "level-above-asked"
    CLOSED_WITHOUT_REPLY = "closed-without-reply"
    CONFLICT = "conflict"
    """It rests on the acts of somebody with a conflict, and is asked again (SOD-08)."""

    # Why a name left the ballot.
    ELECTION_MOVED = "election-moved"
    NEW_HIT = "new-hit"
    CASE_HELD = "case-held"
    ELECTION_HELD = "election-held"
    """The election was held without the case; a task for it is no longer needed."""

    LAPSED = "lapsed"
    NOTICE_TOO_OLD = "notice-too-old"

    # Why a deadline moved.
    ASKED = "asked"
    CONFERENCE = "conference"
    PAUSE = "pause"
    CALENDAR = "calendar"

    # Why a reported fact does not count.
    ITEM_RETIRED = "item-retired"
    ITEM_OFF = "item-off"
    SUBJECT_NOT_COVERED = "subject-not-covered"
    NOT_LIABLE = "not-liable"
    LOOK_BACK_OVER = "look-back-over"

    # Why a member is suspended from duty.
    DETAINED = "detained"
    UNDER_INVESTIGATION = "under-investigation"
    CHAIR_DECISION = "chair-decision"

    # Why a member who was removed is restored, beside not-ratified and unproven.
    REVOKED = "revoked"
