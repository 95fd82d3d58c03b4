"""`python -m services.registry.fsck [--head INDEX:HASH] [--unproven]`: check the record; exit 1 names what is broken.

Signatures and claims are held against the public keys of the settings, unless `--unproven` leaves them out.
"""

import argparse
import asyncio
import json
import sys
from dataclasses import asdict

from services.kit import logs
from services.kit.process import run
from services.kit.settings import SettingsError, load
from services.registry.checking import verify_record
from services.registry.ledger import Verified
from services.registry.main import TABLES
from services.registry.proof import Proof
from services.registry.settings import Settings
from services.registry.store.reading import Reading


async def main(stop: asyncio.Event) -> int:
    """Print the result as one line of JSON; 0 when the record holds, 1 when it does not."""
    known, unproven = _asked(sys.argv[1:])
    settings = load(Settings)
    logs.configure("registry-fsck", settings.log_level)
    async with TABLES.opened(settings) as database:
        proof = None if unproven else Proof.load(settings.public_keys_dir)
        result = await verify_record(Reading(database), known, proof)
    status = "verified" if isinstance(result, Verified) else "broken"
    sys.stdout.write(json.dumps({"status": status, **asdict(result)}, ensure_ascii=False) + "\n")
    return 0 if isinstance(result, Verified) else 1


def _asked(arguments: list[str]) -> tuple[tuple[int, str] | None, bool]:
    parser = argparse.ArgumentParser(prog="python -m services.registry.fsck", description=__doc__)
    parser.add_argument("--head", metavar="INDEX:HASH", help="an entry's index and hash, noted down earlier")
    parser.add_argument("--unproven", action="store_true", help="check no signature and no claim")
    asked = parser.parse_args(arguments)
    if asked.head is None:
        return None, asked.unproven
    index, _, digest = asked.head.partition(":")
    if not index.isdigit() or len(digest) != 64:
        raise SettingsError("--head takes an entry's index and its hash, such as 41:9f86…")
    return (int(index), digest), asked.unproven


if __name__ == "__main__":
    run(main)
