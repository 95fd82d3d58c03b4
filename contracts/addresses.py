"""Mail addresses, pure: one address and nothing else, or it is none. One rule for entering and for sending."""

import re

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+", re.ASCII)
LONGEST = 120
"""Signs of a whole address, as the dossier keeps it; RFC 5321 would allow 254."""
LONGEST_LOCAL_PART = 64


def is_address(text: str) -> bool:
    """Whether the text is exactly one plain addr-spec of a domain with a dot (RFC 5321 lengths of its parts).

    Quoted parts, comments, display names, address literals, lists and anything beyond ASCII are refused: all
    of them are ways for a text that a person typed to name a second recipient or to begin another header.
    """
    if len(text) > LONGEST or _ADDRESS.fullmatch(text) is None:
        return False
    return text.index("@") <= LONGEST_LOCAL_PART
