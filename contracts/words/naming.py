"""What a code is called: the one question that views, letters and pages ask."""

from contracts.policy.model import Policy
from contracts.policy.text import Text
from contracts.words.families import Family, Language, UnknownWordError
from contracts.words.held import HOLDERS, held
from contracts.words.loader import WRITTEN, words


def named(code: str, family: Family, policy: Policy | None = None) -> Text:
    """The code in both languages. `policy` is that of the case: what a policy names is not known without it.

    Raises UnknownWordError, a LookupError, when nothing names the code: nobody is shown the bare code instead.
    """
    text = known(code, family, policy)
    if text is None:
        without = "" if policy else ", and no policy was given"
        raise UnknownWordError(f"{family} has no words for {code!r}{without}")
    return text


def known(code: str, family: Family, policy: Policy | None = None) -> Text | None:
    """As `named`, but None when nothing names the code: for codes that people may choose freely, as districts are."""
    if family not in WRITTEN and family not in HOLDERS:
        raise UnknownWordError(f"there is no family {family!r}")
    text = words(family).get(code) if family in WRITTEN else None
    if text is None and policy is not None and family in HOLDERS:
        return held(policy, family).get(code)
    return text


def pick(text: Text, language: Language) -> str:
    """The text in one language."""
    return text.zh if language == "zh" else text.en
