"""Everything that a storm may leave behind is found: each is planted once."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from contracts.actor import Actor, Signer
from contracts.base import NO_DIGEST
from contracts.canonical import canonical
from contracts.claim import Claim
from contracts.events.task import Answer, TaskCompleted
from contracts.record import entry_hash
from contracts.vocabulary import Rung, Stage
from services.ctl.demo.client import Account, Api
from services.kit.recordreader import Entry
from services.kit.sealing import Keyring
from tests.chaos.acts import Act, Fate, Told
from tests.chaos.findings import Findings, doubled, forked, lost, stuck
from tests.chaos.known import Known
from tests.chaos.letters import kept_twice, mailed_twice
from tests.chaos.truth import Folded, folded
from tests.events import AT, Asked, Story
from tests.peoplekeys import everybodys
from tests.stories import DUE, case_opened, task_opened

OFFICER = Actor(account_id="a1", person_id="p9")
TASK = "c1.reply.1.tax.1"
REPLIED = TaskCompleted(
    task_id=TASK,
    kind="reply",
    stage=Stage.CONSULTATION,
    unit="tax",
    outcome="NO_ISSUE",
    answer_digest="b" * 64,
    private=Answer(form={}, reason=""),
)


def asked(command_id: str) -> Asked:
    """By an officer, under this key."""
    claim = Claim(
        command_id=command_id, target="c1", act="complete-task", body_digest="a" * 64, actor=OFFICER, at=AT
    )
    return Asked(Signer(account_id="a1", person_id="p9", role="DEPT_OFFICER"), command_id, claim, AT)


def entries(story: Story) -> list[Entry]:
    """The story as the record holds it."""
    found: list[Entry] = []
    for index, envelope in enumerate(story.events):
        entry = Entry(index, "", canonical(envelope))
        before = found[-1].entry_hash if found else NO_DIGEST
        found.append(replace(entry, entry_hash=entry_hash(index, entry.digest, before)))
    return found


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    """Keys of the record."""
    return everybodys(tmp_path / "keys")


@pytest.fixture
def record(keyring: Keyring) -> list[Entry]:
    """A case that was opened, asked a department, and was answered under the key k1."""
    story = Story("c1", keyring)
    reply = task_opened("c1", "reply", "tax", rungs=((Rung.RED, DUE),))
    story.then(case_opened(), reply, asked=asked("k0"))
    story.then(REPLIED, asked=asked("k1"))
    return entries(story)


@pytest.fixture
def waiting(keyring: Keyring, record: list[Entry]) -> Folded:
    """The case while the department is asked."""
    return folded(record[:2], keyring)


async def told(index: int, command_id: str, fate: Fate = Fate.ACCEPTED) -> Told:
    """Somebody was told that their act stands there."""
    api = Api("http://127.0.0.1:1")
    await api.close()
    answer = {"case_id": "c1", "index": index, "command_id": command_id}
    return Told(Act(Account(api, "a", "b"), "/v1/x", "key", "c1"), fate, 1.0, answer)


def agreeing(case: Folded) -> Known:
    """A workflow that knows what the record says."""
    return Known(case.ledger, case.state.model_dump(mode="json"))


async def test_an_accepted_act_stands_where_its_answer_says(record: list[Entry]) -> None:
    assert lost([await told(2, "k1"), await told(1, "k0")], record) == []
    assert lost([await told(9, "gone", Fate.ABANDONED)], record) == []
    for index, command in ((3, "k2"), (2, "k2"), (1, "k1"), (-1, "k1")):
        assert len(lost([await told(index, command)], record)) == 1


def test_a_command_with_two_steps_and_a_task_completed_twice_are_found(
    keyring: Keyring, record: list[Entry]
) -> None:
    assert doubled(record) == []
    story = Story("c1", keyring)
    story.then(case_opened(), asked=asked("k0"))
    story.then(REPLIED, asked=asked("k0"))
    assert doubled(entries(story)) == ["k0 has the steps [('c1', 1), ('c1', 2)]"]
    twice = Story("c1", keyring)
    twice.then(REPLIED, asked=asked("k1"))
    twice.then(REPLIED, asked=asked("k2"))
    assert doubled(entries(twice)) == [f"task {TASK} was completed 2 times"]


def test_a_case_that_does_not_go_on_by_itself_is_stuck(
    keyring: Keyring, record: list[Entry], waiting: Folded
) -> None:
    whole, early = folded(record, keyring), DUE - timedelta(hours=1)
    assert stuck("c1", waiting, agreeing(waiting), early) == []
    assert stuck("c1", whole, agreeing(whole), DUE + timedelta(days=1)) == []
    for case, known, now, sentence in (
        (whole, agreeing(waiting), early, "knows 2 of 3 events"),
        (waiting, agreeing(waiting), DUE + timedelta(seconds=1), "should have done something by itself"),
        (waiting, Known(silence="no answer"), early, "does not answer: no answer"),
    ):
        (found,) = stuck("c1", case, known, now)
        assert sentence in found


def test_a_workflow_that_knows_otherwise_than_the_record_is_forked(waiting: Folded) -> None:
    known = agreeing(waiting)
    assert forked("c1", waiting, known) == []
    assert known.ledger is not None
    assert known.state is not None
    forgetful = known.ledger.model_copy(update={"done": {}})
    elsewhere = known.ledger.model_copy(update={"previous": "c" * 64})
    for other, sentence in (
        (replace(known, state={**known.state, "filed": True}), "another state than its record: filed"),
        (replace(known, ledger=forgetful), "remembers 1 keys otherwise: ['k0']"),
        (replace(known, ledger=elsewhere), "stands at 2 (cccccccc), its record at 2"),
    ):
        (found,) = forked("c1", waiting, other)
        assert sentence in found


def letters(path: Path, rows: Sequence[tuple[str, str, str, str]]) -> Path:
    """A database of letters in which nothing keeps two apart."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notice_letters (case_id, type, addressee, event_id)")
        connection.executemany("INSERT INTO notice_letters VALUES (?, ?, ?, ?)", rows)
        connection.commit()
    return path


def test_a_letter_that_is_kept_or_mailed_twice_is_found(tmp_path: Path) -> None:
    one = ("c1", "N02", "person:p1", "c1.1")
    assert kept_twice(letters(tmp_path / "once", [one, (*one[:3], "c1.2")])) == []
    assert kept_twice(letters(tmp_path / "twice", [one, one])) == ["c1 N02 person:p1 c1.1 is kept 2 times"]
    assert mailed_twice(["m1", "m2"], 0) == []
    assert mailed_twice(["m1", "m1", "m2"], 0) == ["mail m1 went out 2 times"]
    assert mailed_twice(["m1", "m1", "m2", "m2"], 1) == ["mail m2 went out 2 times"]


def test_every_finding_is_counted_under_its_name() -> None:
    found = Findings(lost=["a"], forked=["b", "c"])
    assert found.counts() == {"lost": 1, "doubled": 0, "stuck": 0, "forked": 2, "letters_doubled": 0}
    assert found.sentences() == ["lost: a", "forked: b", "forked: c"]
