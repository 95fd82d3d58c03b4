"""What two people do at the machine itself when the administrators are lost: they show, and are shown, in turn."""

import asyncio
import getpass
from datetime import UTC, datetime

from services.kit.logs import logger
from services.kit.settings import SettingsError
from services.officers.identity import codes
from services.officers.identity.bootstrap import FIRST
from services.officers.identity.restoring import NotRestoredError, Restored, restore
from services.officers.identity.signin.noting import into
from services.officers.journal.journal import Journal
from services.officers.main import TABLES
from services.officers.settings import Settings


async def restore_access(settings: Settings, *logins: str) -> None:
    """Give lost administrators new codes, of which each of the two people at the machine is shown a half.

    It is in the journal whether or not it succeeds. SettingsError says why nothing was given.
    """
    asked = (f"what was handed to the holder of {one.login}, nothing if not here: " for one in FIRST)
    shown = [await asyncio.to_thread(getpass.getpass, words) for words in asked]
    async with TABLES.opened(settings) as database:
        journal = into(Journal(database, settings.rings.at(settings.own_keys_dir)))
        try:
            restored = await restore(database, journal, shown, logins, datetime.now(UTC))
        except NotRestoredError as reason:
            logger.error("alarm: access was to be restored on the machine and was not")
            raise SettingsError(str(reason)) from reason
    logger.error("alarm: access was restored on the machine")
    await asyncio.to_thread(_tell, restored)


def _tell(restored: Restored) -> None:
    """Each person reads alone, and the next one presses the key."""
    for number, (login, kept) in enumerate(restored.keep.items()):
        input(f"\033[2J\033[HOnly the holder of {login} looks now. Press Enter.")
        for restored_login, code in restored.codes.items():
            half = code.split(codes.SEPARATOR, 1)[number]
            print(f"{restored_login}: half {number + 1} of the code is {half}")  # noqa: T201
        print(f"To keep, sealed, for the next time: {kept}")  # noqa: T201
    input("Press Enter: the screen is cleared.")
    print("\033[2J\033[H", end="")  # noqa: T201
