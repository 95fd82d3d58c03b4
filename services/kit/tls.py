"""What a service shows of itself by TLS, and whom it believes. One certificate of its own, one authority for all."""

import ssl
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Tls:
    """Files: the authority whose certificates are believed, the service's own certificate, and its key."""

    authority: Path
    certificate: Path
    key: Path

    @cached_property
    def asking(self) -> ssl.SSLContext:
        """For asking others: they must be who they are called. Raises OSError for a file that cannot be used."""
        context = ssl.create_default_context(cafile=str(self.authority))
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_cert_chain(self.certificate, self.key)
        return context

    def answering(self) -> ssl.SSLContext:
        """For those who ask us, browsers among them. Raises OSError for a file that cannot be used."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.certificate, self.key)
        return context


@lru_cache
def nobody() -> ssl.SSLContext:
    """For asking in clear alone: no certificate is believed.

    A service without an authority of its own has neighbours that answer in clear. Every authority of the machine would
    be read for them, and believed, if one of them came by TLS.
    """
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(frozen=True)
class EngineLogin:
    """How a service is known to Temporal: by a certificate it comes in, by a token it may do what the token says."""

    tls: Tls
    token: str = field(repr=False)
