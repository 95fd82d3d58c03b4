"""The page itself: the views set into the template, in Chinese first and then in English."""

from functools import cache
from pathlib import Path
from typing import Any, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from contracts.policy.model import EVERY, Policy, Text
from contracts.words.families import Language
from services.kit.policy_pages import separation, stages
from services.kit.policy_pages.changes import changes
from services.kit.policy_pages.lists import tables

LANGUAGES: tuple[Language, ...] = get_args(Language)


def policy_page(policy: Policy, digest: str) -> str:
    """A version as one self-contained HTML page."""
    title = f"政策 {policy.version} · Policy {policy.version}"
    return _whole(title, "policy.html.j2", _views(policy, digest))


def policy_part(policy: Policy, digest: str, language: Language) -> Markup:
    """Likewise in one language, to be set into a page that has its own frame."""
    return _part("policy.html.j2", language, _views(policy, digest))


def _views(policy: Policy, digest: str) -> dict[str, Any]:
    return {
        "policy": policy,
        "digest": digest,
        "kinds": [stages.kind(name, policy) for name in sorted(policy.procedures, key=_last)],
        "tables": tables(policy),
        "matrix": separation.matrix(policy),
        "legend": separation.LEGEND,
    }


def _last(kind: str) -> tuple[bool, str]:
    return kind == EVERY, kind


def diff_page(old: Policy, new: Policy) -> str:
    """What the new version says otherwise than the old one, as one page of the same shape."""
    return _whole(f"{old.version} → {new.version}", "diff.html.j2", _differing(old, new))


def diff_part(old: Policy, new: Policy, language: Language) -> Markup:
    """Likewise in one language, to be set into a page that has its own frame."""
    return _part("diff.html.j2", language, _differing(old, new))


def _differing(old: Policy, new: Policy) -> dict[str, Any]:
    return {"old": old.version, "new": new.version, "found": changes(old, new)}


def _whole(title: str, template: str, views: dict[str, Any]) -> str:
    """A page with the template's part once in each language."""
    parts = {language: _part(template, language, views) for language in LANGUAGES}
    return _environment().get_template("page.html.j2").render(title=title, parts=parts)


def _part(template: str, language: Language, views: dict[str, Any]) -> Markup:
    def say(text: Text) -> str:
        return text.zh if language == "zh" else text.en

    return Markup(_environment().get_template(template).render(**views, say=say, zh=language == "zh"))  # noqa: S704  it is escaped


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
