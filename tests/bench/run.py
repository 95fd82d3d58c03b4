"""`make bench`: both benchmarks, each with its bare side in the same run.

A ratio below its target is printed as MISSED; on a machine that is busy with other work, measure again.
"""

import asyncio

from services.kit.process import end
from tests.bench import decisions, record


async def main() -> int:
    """Run both, whatever the first one gives. Fails only when one cannot be measured."""
    await decisions.main([])
    await record.main([])
    return 0


if __name__ == "__main__":
    end(asyncio.run(main()))
