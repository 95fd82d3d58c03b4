"""The one activity through which anything takes effect."""

from temporalio import activity

from contracts import names
from contracts.envelope import RecordRequest, RecordResult
from workflows.activities.ports import Recorder


class RecordActivities:
    """Carries the port; the worker makes one."""

    def __init__(self, recorder: Recorder) -> None:
        """Take the way to the record."""
        self._recorder = recorder

    @activity.defn(name=names.RECORD_ACTIVITY)
    async def record(self, request: RecordRequest) -> RecordResult:
        """Put the events on the record and return its receipts; fails when the record does not answer."""
        return await self._recorder.record(request)
