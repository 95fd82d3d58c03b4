"""Wrap the keys of people under a new generation of the key that keeps them: for whoever runs the system."""

import asyncio

from services.officers.settings import Settings


async def rotate_people_keys(settings: Settings) -> None:
    """Wrap every key anew, while services run or not, and say how many. Cut short, it is finished by the next one.

    What is sealed under the keys of people stays as it is: the keys themselves do not change.
    """
    count = await asyncio.to_thread(settings.rings.people.rotate)
    print(  # noqa: T201
        f"{count} keys of people are wrapped under the current key of {settings.wrapping_keys_dir}; "
        "the older ones there open nothing any more but older copies of the files"
    )
