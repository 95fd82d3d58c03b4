"""What a case is told that has ended, and that a granted re-check may reopen (domain §8.1, §8.8.15)."""

from contracts.events.nomination import Kept, KeptWord, WordKept
from workflows.kinds.nomination.case import Work


def keep(draft: Work, word: KeptWord) -> None:
    """Nothing follows now; it counts once the case is reopened. Of a case that is over for good it concerns nobody."""
    if draft.case.may_return:
        draft.emit(WordKept(private=Kept(word=word)))
