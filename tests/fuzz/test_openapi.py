"""The API against its own description, as every role: requests that it allows and requests that it does not, by seed.

No answer of 5xx, none that the description does not name or whose body it does not fit, nothing taken that it forbids,
nothing refused for its shape that it allows.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.served import served
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]
SEEDS = (1, 2, 3)
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "no_valid_request_is_malformed",
)
ENDS_SESSIONS = r"^/v1/(sessions|credentials|factors|provider-link)"
"""By these the token would be good no more, or somebody else's password be guessed at; `tests/attacks` has them."""
PHASES = {"ELECTION_OFFICE": "coverage,fuzzing"}
"""Every value at its bounds is tried by whoever sees most; the others ask at random."""


def fuzzed(url: str, token: str, seed: int, phases: str, most: int, place: Path) -> str:
    """What the generator says of a run; it fails with what it found, and leaves what it keeps in this place."""
    command = [
        sys.executable, "-m", "schemathesis.cli", "--no-color", "run", f"{url}/v1/openapi.json",
        "--header", f"Authorization: Bearer {token}", "--exclude-path-regex", ENDS_SESSIONS,
        "--phases", phases, "--max-examples", str(most), "--seed", str(seed), "--checks", ",".join(CHECKS),
        "--suppress-health-check", "all", "--generation-database", "none", "--warnings", "off",
        # No text of the API holds a NUL, which no schema of a free form can say.
        "--generation-allow-x00", "false", "--continue-on-failure", "--request-timeout", str(PATIENCE),
    ]  # fmt: skip
    settings = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=place, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    return done.stdout


def test_the_api_keeps_its_description(tmp_path: Path) -> None:
    """A little of it, as somebody who sees much."""
    with served(tmp_path) as (url, tokens):
        assert_all(fuzzed(url, tokens["ELECTION_OFFICE"], 1, "fuzzing", 1, tmp_path))


@pytest.mark.deep
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_api_keeps_its_description_for_every_role(seed: int, tmp_path: Path) -> None:
    with served(tmp_path) as (url, tokens):
        for name, token in tokens.items():
            assert_all(fuzzed(url, token, seed, PHASES.get(name, "fuzzing"), 3, tmp_path))


def assert_all(said: str) -> None:
    """Every operation was asked for."""
    found = re.search(r"Tested: (\d+)", said)
    selected = re.search(r"Selected: (\d+)/(\d+)", said)
    assert found, said
    assert selected, said
    assert found[1] == selected[1]
