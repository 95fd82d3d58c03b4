"""A version that gains an item of the negative list, for tests of what a later version changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contracts.policy import loader
from contracts.transition import Applied
from tests.versions import draft, released_in

LATER = "2026.2"
ITEM = "NL-Z01"
"""Answered for by the environment department, which is no key source."""
SOURCE = "environment"


def later(folder: Path) -> Path:
    """The version in force with one hard item more."""
    made = draft(folder, LATER)
    items = made / "negative_list.yaml"
    items.write_text(
        items.read_text()
        + f"""
  - code: {ITEM}
    name: {{zh: 虚构新增事项, en: Invented new item}}
    sources: [{SOURCE}]
    effect: H
    look_back_years: 5
    anchor: decision
    subject: [person]
    basis: 虚构文件第一条
    mark: OC
"""
    )
    return made


@contextmanager
def later_released(folder: Path) -> Iterator[str]:
    """Within, the later version is released beside the one that it was made from; its name."""
    later(folder)
    with released_in(folder):
        yield LATER


def applied(transition: str = "p-rule") -> Applied:
    """The rule that applies the later version; call it while that is released."""
    return Applied(policy=LATER, policy_digest=loader.digest(LATER), transition=transition, items=(ITEM,))
