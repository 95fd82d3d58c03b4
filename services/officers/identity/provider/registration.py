"""As whom the installation is registered at the office's identity provider, and what is believed of it. Values only."""

from dataclasses import dataclass, field

LANDING = "/sign-in/provider"
"""The page to which the provider sends people back, behind the origin of the pages."""


@dataclass(frozen=True)
class Registration:
    """One provider, and this installation as its client."""

    issuer: str
    """Compared sign by sign."""
    client_id: str
    secret: str = field(repr=False)
    redirect: str
    """The one address to which the provider may send people back."""
    acr: frozenset[str] = frozenset()
    """Classes of authentication that stand for our second factor, as this provider writes them; none by itself."""
    amr: frozenset[str] = frozenset()
    """Likewise methods, of which one is enough."""

    def vouches(self, acr: str, amr: frozenset[str]) -> bool:
        """Whether the provider says that it asked for what stands for our second factor."""
        return acr in self.acr or bool(amr & self.amr)
