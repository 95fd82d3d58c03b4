"""Timeouts and retry policies, named once. They bound single tries; what must hold is tried until it holds."""

from datetime import timedelta

from temporalio.common import RetryPolicy

LOCAL_TRY = timedelta(seconds=2)
"""The one try of settling within the workflow task; then the same request goes out as an ordinary activity."""
ONCE = RetryPolicy(maximum_attempts=1)
RECORD_TRY = timedelta(seconds=15)
"""One ordinary try of settling."""
RECORD_ROUND = timedelta(minutes=2)
"""All tries of one round; then the workflow starts another round."""
CARRY_TRY = timedelta(seconds=60)
CARRY_ROUND = timedelta(minutes=10)
PAUSE_BETWEEN_ROUNDS = timedelta(seconds=5)
RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(seconds=5),
)
SHORTEST_SLEEP = timedelta(milliseconds=1)
"""A timer is started also when the instant has passed: what is started may not depend on a rule (D15)."""
LONGEST_SLEEP = timedelta(days=3650)
"""Of a case that waits for nobody's instant."""
CONTINUE_AFTER = 2_000
"""History events after which a workflow continues as new, if the server has not suggested it before (D13)."""
KEYS_KEPT = 500
"""Used keys that a case remembers; the API asks again for hours, not for thousands of acts."""
