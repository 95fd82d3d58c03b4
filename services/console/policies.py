"""The versions of the policy, asked of the API once each: a released version never changes, and nobody stands in it."""

from contracts.policy.model import Policy
from services.console.api import Api


class Policies:
    """Those that were asked for, by version."""

    def __init__(self) -> None:
        self._known: dict[str, Policy] = {}

    async def of(self, api: Api, version: str) -> Policy:
        """The version; RefusedError when the API knows none of this name."""
        if version not in self._known:
            self._known[version] = Policy.model_validate(await api.read(f"/policies/{version}"))
        return self._known[version]
