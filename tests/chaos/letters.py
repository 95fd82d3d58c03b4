"""Letters that exist or left the house more than once."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

_LETTERS = "SELECT case_id, type, addressee, event_id FROM notice_letters"


def kept_twice(database: Path) -> list[str]:
    """Letters of one event to one addressee under one code that are kept more than once."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        letters = Counter(connection.execute(_LETTERS))
    return [f"{' '.join(key)} is kept {n} times" for key, n in letters.items() if n > 1]


def mailed_twice(mails: Iterable[str], killed: int) -> list[str]:
    """Mails, by message id, that went out more than once.

    A mailer that is killed between handing a mail over and noting it sends that mail again, under the same id: each
    of its deaths explains one repeat (services/notices/mailer.py).
    """
    repeats = [f"mail {ident} went out {n} times" for ident, n in Counter(mails).items() if n > 1]
    return repeats[killed:]
