"""Addresses beyond the installation: whether what is sent there can be read on the way."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def unread(address: str) -> bool:
    """Whether nobody reads along: the address is one of TLS, or of this machine. No user, no fragment."""
    try:
        parts = urlsplit(address)
        plain = parts.hostname and parts.port != 0 and "@" not in parts.netloc and "#" not in address
    except ValueError:
        return False
    if not plain or not address.isascii() or not address.isprintable() or " " in address:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and here(parts.hostname or ""))


def here(host: str) -> bool:
    """Whether the host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
