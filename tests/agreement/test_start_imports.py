"""What a start imports: nothing that only some later moment needs. It counts in every process, at every start."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ON_USE = {
    "alembic": "tables that are not the newest",
    "asyncpg": "PostgreSQL",
    "docx": "a letter that is asked for to be written on",
    "fontTools": "the first letter",
    "openpyxl": "a roster that is uploaded",
}
STARTED = {
    "services.registry.main": (),
    "services.notices.main": (),
    "services.worker.main": ("sqlalchemy",),
    "services.console.main": ("sqlalchemy", "temporalio", "nats"),
    "services.officers.main": (),
    "services.ctl.__main__": ("fastapi", "httpx2", "sqlalchemy", "temporalio"),
}
"""Each process' first module, and what else it does without."""


def imported(module: str, names: set[str]) -> set[str]:
    asked = f"import sys, {module}; print(*({names!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", STARTED)
def test_a_start_imports_nothing_that_it_does_not_use(module: str) -> None:
    assert imported(module, {*ON_USE, *STARTED[module]}) == set()


def test_what_is_imported_on_start_is_seen() -> None:
    assert imported("services.officers.main", {"fastapi", "openpyxl"}) == {"fastapi"}
