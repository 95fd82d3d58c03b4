"""Which of the two languages a caller reads."""

from typing import Literal

from contracts.policy.model import Text

Language = Literal["zh", "en"]
DEFAULT: Language = "zh"


def language_of(accept_language: str) -> Language:
    """The better liked of zh and en in an Accept-Language header; zh when it names neither."""
    best, best_weight = DEFAULT, 0.0
    for part in accept_language.split(",")[:20]:
        tag, _, parameters = part.strip().partition(";")
        spoken: Language | None = {"zh": "zh", "en": "en"}.get(tag.strip().lower().split("-")[0])  # type: ignore[assignment]
        weight = _weight(parameters)
        if spoken is not None and weight > best_weight:
            best, best_weight = spoken, weight
    return best


def say(text: Text, language: Language) -> str:
    """The text in the language."""
    return text.zh if language == "zh" else text.en


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0
