"""Wrap the keys of people under a new generation of the key that keeps them: for whoever runs the system."""

import asyncio

from services.kit.sealing import SealError
from services.kit.settings import SettingsError
from services.officers.settings import Settings


async def rotate_people_keys(settings: Settings) -> None:
    """Wrap every key anew, while services run or not, and say how many. Cut short, it is finished by the next one.

    SettingsError names those that do not unwrap, when all others are through.
    What is sealed under the keys of people stays as it is: the keys themselves do not change.
    """
    try:
        count = await asyncio.to_thread(settings.rings.people.rotate)
    except SealError as left:
        raise SettingsError(str(left)) from None
    print(  # noqa: T201
        f"{count} keys of people are wrapped under the current key of {settings.wrapping_keys_dir}; "
        "the older ones there open nothing any more but older copies of the files"
    )
