"""Timeouts and retry policies, named once. They bound single tries; what must hold is tried until it holds."""

from datetime import timedelta

from temporalio.common import RetryPolicy

RECORD_TRY = timedelta(seconds=15)
"""One try of the record activity."""
RECORD_ROUND = timedelta(minutes=2)
"""All tries of one round; then the workflow starts another round (promises §3, pitfall 5)."""
FANOUT_TRY = timedelta(seconds=60)
FANOUT_ROUND = timedelta(minutes=10)
PAUSE_BETWEEN_ROUNDS = timedelta(seconds=5)
RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(seconds=5),
)
FANOUT_CHUNK = 50
"""Cases per fan-out activity: bounds the payload and what one lost try repeats."""
CONTINUE_AFTER = 2_000
"""History events after which a workflow continues as new, if the server has not suggested it before (D13)."""
