"""Whether a reported fact counts under an item of the negative list (domain §8.2)."""

from datetime import date

from contracts.causes import Cause
from contracts.policy.model import NegativeItem
from contracts.saying import say
from contracts.vocabulary import Subject
from workflows.rules.calendar import same_date
from workflows.rules.verdict import ALLOWED, Refused, Verdict

MONTHS_A_YEAR = 12


def counts(item: NegativeItem, *, subject: Subject, liable: bool, anchor: date, cut_off: date) -> Verdict:
    """Allowed when the fact counts; otherwise why it does not. Nothing here rules on it: people do.

    `liable`: at the time the person was legal representative, actual controller, main head or directly
    responsible; without that a firm's fact binds nobody (S10). `anchor` is the day from which the look-back
    runs and `cut_off` the batch's: on the anniversary itself the fact no longer counts.
    """
    if item.retired:
        return Refused(Cause.ITEM_RETIRED, say("item-retired", item=item.code))
    if not item.on:
        return Refused(Cause.ITEM_OFF, say("item-off", item=item.code))
    if subject not in item.subject:
        return Refused(Cause.SUBJECT_NOT_COVERED, say("item-other-subject", item=item.code, subject=subject))
    if subject is Subject.ENTERPRISE and not liable:
        return Refused(Cause.NOT_LIABLE, say("firm-not-liable"))
    ends = look_back_ends(item, anchor)
    if ends is not None and cut_off >= ends:
        return Refused(Cause.LOOK_BACK_OVER, say("look-back-over", years=item.look_back_years, ended=ends))
    return ALLOWED


def look_back_ends(item: NegativeItem, anchor: date) -> date | None:
    """The day from which a fact of this anchor no longer counts; None for life, and for a state while it lasts."""
    if item.look_back_years is None:
        return None
    return same_date(anchor, item.look_back_years * MONTHS_A_YEAR)
