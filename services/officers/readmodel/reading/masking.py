"""What is personal in a dossier, masked: enough to tell that it is there, too little to use it. Pure."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

CONTACT = ("phone", "email")
NUMBER = "id_number"
SUBJECT = "subject_id"
"""In a fact the number of the person, or the code of the enterprise, whom it is about."""
HELD_AGAINST = ("lead", "text", "item", "fact", "reason", "objection")
"""Fields in which the dossier of a removal, a review or an enquiry says what is held against somebody, and what they
answer to it."""

PARTS: Mapping[str, str] = {
    NUMBER: "id_number",
    **dict.fromkeys(CONTACT, "contact"),
    **dict.fromkeys(HELD_AGAINST, "findings"),
    "wanted": "request",
}
"""The personal fields of a dossier, by the policy's names of what they are part of."""


def masked_number(number: str) -> str:
    """`330***********1234`: the place and the last four of a number of 18 signs, and nothing of a shorter one."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) >= 15 else "*" * len(number)


def masked_contact(contact: str) -> str:
    """Of a telephone number the last two signs, of an address the first one and the domain's last part."""
    name, sign, domain = contact.partition("@")
    if sign:
        return f"{name[:1]}***@***.{domain.rpartition('.')[2]}"
    return "*" * max(len(contact) - 2, 0) + contact[-2:] if len(contact) >= 7 else "*" * len(contact)


def masked(content: Mapping[str, Any], clear: Collection[str], known: Collection[str]) -> dict[str, Any]:
    """The dossier with every personal field masked but those of the parts that are `clear`.

    Parts that are not even `known` are left out: nobody is shown the outline of what they may not ask for.
    """
    shown = {}
    for name, value in content.items():
        part = PARTS.get(name)
        if part is None or part in clear:
            shown[name] = value
        elif part in known:
            shown[name] = _mask(name, value)
    return shown


def clear_parts(content: Mapping[str, Any], clear: Collection[str]) -> Iterator[str]:
    """Which parts stand in the dossier in clear, when these may."""
    found = {PARTS[name] for name, value in content.items() if name in PARTS and value}
    yield from sorted(found.intersection(clear))


def masked_subjects(content: Any) -> Any:
    """What was found or answered, with the number of each person whom a fact names masked: it is a part of its own."""
    if isinstance(content, list | tuple):
        return [masked_subjects(one) for one in content]
    if not isinstance(content, Mapping):
        return content
    shown = {name: masked_subjects(value) for name, value in content.items()}
    if shown.get("subject") != "enterprise" and isinstance(shown.get(SUBJECT), str):
        shown[SUBJECT] = masked_number(shown[SUBJECT])
    return shown


def _mask(name: str, value: Any) -> Any:
    if name in CONTACT:
        return masked_contact(str(value))
    return masked_number(str(value)) if name == NUMBER else None
