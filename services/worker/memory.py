"""What this process saw last on the record of each case: so that it need not look when nothing can have changed."""

from collections import OrderedDict

from contracts.base import Digest, OpaqueId

MOST = 10_000
"""Cases that are remembered, about 2 MB; one that was forgotten is looked up."""


class LastSeen:
    """The digest of the last event of each case, as far as this process recorded or read it itself.

    Nothing that is decided depends on it: it only saves a question, and it is lost with the process.
    """

    def __init__(self, most: int = MOST) -> None:
        self._digests: OrderedDict[OpaqueId, Digest] = OrderedDict()
        self._most = most

    def is_last(self, case_id: OpaqueId, digest: Digest) -> bool:
        """Whether this process saw this event as the last of the case."""
        return self._digests.get(case_id) == digest

    def saw(self, case_id: OpaqueId, digest: Digest) -> None:
        """This event stands on the record, and nothing was seen after it."""
        self._digests[case_id] = digest
        self._digests.move_to_end(case_id)
        while len(self._digests) > self._most:
            self._digests.popitem(last=False)

    def forget(self, case_id: OpaqueId) -> None:
        """What stands there is no longer known: a question remained without an answer."""
        self._digests.pop(case_id, None)
