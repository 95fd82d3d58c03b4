"""The page itself: the views set into the template, in Chinese first and then in English."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from contracts.policy.model import EVERY, Policy, Text
from services.ctl.policy_pages import separation, stages
from services.ctl.policy_pages.changes import changes
from services.ctl.policy_pages.lists import tables

LANGUAGES: tuple[Literal["zh", "en"], ...] = ("zh", "en")


def policy_page(policy: Policy, digest: str) -> str:
    """A version as one self-contained HTML page."""
    views = {
        "policy": policy,
        "digest": digest,
        "kinds": [stages.kind(name, policy) for name in sorted(policy.procedures, key=_last)],
        "tables": tables(policy),
        "matrix": separation.matrix(policy),
        "legend": separation.LEGEND,
    }
    title = f"政策 {policy.version} · Policy {policy.version}"
    return _whole(title, "policy.html.j2", views)


def _last(kind: str) -> tuple[bool, str]:
    return kind == EVERY, kind


def diff_page(old: Policy, new: Policy) -> str:
    """What the new version says otherwise than the old one, as one page of the same shape."""
    views = {"old": old.version, "new": new.version, "found": changes(old, new)}
    return _whole(f"{old.version} → {new.version}", "diff.html.j2", views)


def _whole(title: str, template: str, views: dict[str, Any]) -> str:
    """A page with the template's part once in each language."""
    parts = {language: _part(template, language, views) for language in LANGUAGES}
    return _environment().get_template("page.html.j2").render(title=title, parts=parts)


def _part(template: str, language: Literal["zh", "en"], views: dict[str, Any]) -> str:
    def say(text: Text) -> str:
        return text.zh if language == "zh" else text.en

    return _environment().get_template(template).render(**views, say=say, zh=language == "zh")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
