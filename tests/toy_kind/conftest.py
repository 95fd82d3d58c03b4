"""A product with one kind more: each line here is one that a real kind writes into a table (docs/adding-a-kind.md)."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts import catalogue
from contracts.commands import every as commands
from contracts.policy import loader
from contracts.policy.model import Policy
from services.worker import main as worker
from services.worker.catalogue import WORKFLOWS
from tests.toy_kind.kind import MEMO
from tests.toy_kind.wire import KIND, MemoNoted, OpenMemo
from tests.toy_kind.workflow import MemoWorkflow
from tests.versions import draft, released_in
from workflows.kinds import every as kinds

VERSION = "2026.1-memo"
OWN = Path(__file__).parent / "policy"


@pytest.fixture
def policy(tmp_path: Path) -> Iterator[Policy]:
    """A version with the kind's folder in it, released beside the one that it was made from."""
    folder = tmp_path / "policies"
    shutil.copytree(OWN, draft(folder, VERSION) / KIND)
    with released_in(folder):
        yield loader.released(VERSION)


@pytest.fixture
def added(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> Policy:
    """The product knows the kind; the policy is the version that has it."""
    monkeypatch.setitem(catalogue.EVENTS, (MemoNoted.type, MemoNoted.version), MemoNoted)
    monkeypatch.setitem(commands.OPENS, OpenMemo.model_fields["act"].default, KIND)
    monkeypatch.setattr(kinds, "KINDS", (*kinds.KINDS, MEMO))
    monkeypatch.setattr(worker, "WORKFLOWS", (*WORKFLOWS, MemoWorkflow))
    return policy
