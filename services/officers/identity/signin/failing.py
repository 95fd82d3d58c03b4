"""Somebody did not show who they are. Every such refusal is one of these, and each is noted where it is answered."""

from collections.abc import Mapping
from typing import Protocol

from services.officers.web.problems import RefusedError


class Whose(Protocol):
    """An account, or whoever acts through one."""

    @property
    def account_id(self) -> str:
        """Of the account."""

    @property
    def person_id(self) -> str:
        """Of whoever holds it."""


class FailedError(RefusedError):
    """A refusal that is told to the journal: by its code, and with the account as far as it is known.

    What was typed is in neither: a password may have been typed for a login.
    """

    def __init__(
        self,
        code: str,
        whose: Whose | None = None,
        *,
        cause: str = "",
        extra: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """`cause` is the code of what failed, where the answer tells less."""
        super().__init__(code, extra=extra, headers=headers)
        self.account_id = "" if whose is None else whose.account_id
        self.person_id = "" if whose is None else whose.person_id
        self.cause = cause or code
