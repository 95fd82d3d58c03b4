"""What follows each outcome, in words: the code's own tables, said with the policy's names. Pure but for its words."""

from functools import cache
from pathlib import Path

from contracts.policy.model import Policy, Text
from contracts.policy.source import read, value
from services.kit.policy_words import joined, say, t
from services.worker.explaining import Follows, what_follows

SENTENCES = Path(__file__).parent / "sentences.yaml"


def consequences(policy: Policy) -> dict[str, dict[str, Text]]:
    """By task and outcome, in the order in which it happens. An outcome that is not the task's own is the first
    signature's, which counts when the second confirms it."""
    return {
        task: {outcome: _joined([_said(one, policy) for one in then]) for outcome, then in outcomes.items()}
        for task, outcomes in what_follows().items()
    }


@cache
def chinese() -> dict[str, str]:
    """The sentences of the code in Chinese; a test holds them against the code."""
    return dict(value(read(SENTENCES)))


def _said(one: Follows, policy: Policy) -> Text:
    said = []
    if one.stage is not None:
        stage = say(one.stage, "stage", policy)
        said.append(t(f"进入 {one.stage.value} {stage.zh}", f"on to {one.stage.value} {stage.en}"))
    if one.tasks:
        asked = joined([say(code, "task", policy) for code in one.tasks])
        said.append(t(f"请办：{asked.zh}", f"asked: {asked.en}"))
    if one.ends is not None:
        end = say(one.ends, "state", policy)
        said.append(t(f"终结：{end.zh}", f"ends: {end.en}"))
    if one.holds is not None:
        cause = say(one.holds, "cause", policy)
        said.append(t(f"暂缓：{cause.zh}", f"on hold: {cause.en}"))
    if one.says:
        said.append(t(chinese().get(one.says, one.says), one.says))
    return _joined(said)


def _joined(said: list[Text]) -> Text:
    return t("；".join(one.zh for one in said), "; ".join(one.en for one in said)) if said else t("—", "—")
