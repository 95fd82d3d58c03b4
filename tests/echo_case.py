"""A workflow that does what cases do with payloads, for tests of the codec and the sandbox."""

import random
from datetime import timedelta

from temporalio import activity, workflow

ONCE = timedelta(seconds=5)


@activity.defn(name="echo")
async def echo(word: str) -> str:
    """Give the word back."""
    return word


@workflow.defn(name="echo-case")
class EchoCase:
    """Passes what it is told through a local and an ordinary activity."""

    def __init__(self) -> None:
        self._over = False

    @workflow.run
    async def run(self, word: str) -> str:
        """Wait for the end, and give back what it was begun with."""
        await workflow.wait_condition(lambda: self._over)
        return word

    @workflow.update
    async def say(self, word: str) -> str:
        """Through both kinds of activity."""
        local = await workflow.execute_local_activity(echo, word, start_to_close_timeout=ONCE)
        return await workflow.execute_activity(echo, local, start_to_close_timeout=ONCE)

    @workflow.update
    async def gamble(self) -> str:
        """Do what a workflow may not, and say what came of it."""
        try:
            return str(random.random())
        except Exception as found_out:
            return type(found_out).__name__

    @workflow.signal
    def end(self) -> None:
        """Be over."""
        self._over = True
