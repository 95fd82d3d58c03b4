"""While a released policy and the code disagree no worker starts, and every disagreement is printed (D8)."""

import asyncio

import pytest

from contracts.policy import loader
from contracts.policy.model import Policy
from services.worker import agreement, main
from services.worker.agreement import DisagreementError
from services.worker.settings import Settings

FILES = (
    "record_keys_dir",
    "people_keys_dir",
    "wrapping_keys_dir",
    "engine_keys_dir",
    "public_keys_dir",
    "step_key_file",
    "errand_key_file",
)


@pytest.fixture
def spoilt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every released version loses a limit that the code names, and the nomination its first task."""
    released = loader.released

    def spoil(version: str) -> Policy:
        policy = released(version)
        limits = {name: limit for name, limit in policy.limits.items() if name != "nomination"}
        procedure = policy.procedures["nomination"]
        shorter = procedure.model_copy(update={"tasks": procedure.tasks[1:]})
        procedures = {**policy.procedures, "nomination": shorter}
        return policy.model_copy(update={"limits": limits, "procedures": procedures})

    monkeypatch.setattr(loader, "released", spoil)


def test_what_is_released_and_the_code_agree() -> None:
    assert agreement.disagreements() == []
    agreement.insist()


@pytest.mark.usefixtures("spoilt")
def test_every_disagreement_of_every_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DisagreementError, match="nothing is decided"):
        agreement.insist()
    said = capsys.readouterr().err.splitlines()
    assert said == agreement.disagreements()
    for version in loader.versions():
        own = [line for line in said if line.startswith(f"policy {version}: ")]
        assert any("limit nomination" in line for line in own)
        assert any("task" in line for line in own)


@pytest.mark.usefixtures("spoilt")
async def test_a_worker_that_disagrees_opens_nothing() -> None:
    settings = Settings.model_validate(dict.fromkeys(FILES, "there-is-no-such-folder"))
    with pytest.raises(DisagreementError):
        await main.serve(settings, asyncio.Event())
