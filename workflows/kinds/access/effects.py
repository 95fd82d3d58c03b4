"""What a request brings about: nothing before a second person approved it, but for an account that is closed."""

from datetime import datetime, timedelta
from typing import assert_never

from contracts.access import (
    AnyRequest,
    ChangeGrants,
    DisableAccount,
    EnableAccount,
    MergePersons,
    OpenAccounts,
    ResetCredentials,
    SplitPersons,
)
from contracts.emergency import EmergencyReading
from contracts.events.access import (
    AccountDisabled,
    AccountEnabled,
    AccountsOpened,
    CredentialsReset,
    GrantsChanged,
    Logins,
    OpenedAccount,
    PersonsMerged,
    PersonsSplit,
)
from contracts.events.base import Event
from workflows.kinds.access.case import Work


def at_once(draft: Work, request: AnyRequest) -> None:
    """One person may close an account: whoever has stolen one is not to act until a second person is found."""
    if isinstance(request, DisableAccount):
        draft.emit(AccountDisabled(account_id=request.account_id, person_id=request.person_id))


def when_approved(draft: Work, request: AnyRequest) -> None:
    """The change takes force."""
    match request:
        case OpenAccounts():
            draft.emit(_opened(draft, request))
        case ChangeGrants(account_id=account, person_id=person, grants=grants):
            draft.emit(GrantsChanged(account_id=account, person_id=person, grants=grants))
        case DisableAccount():
            pass  # It is closed since it was asked for.
        case EnableAccount(account_id=account, person_id=person):
            draft.emit(AccountEnabled(account_id=account, person_id=person))
        case ResetCredentials(account_id=account, person_id=person):
            until = _codes_until(draft)
            draft.emit(CredentialsReset(account_id=account, person_id=person, codes_until=until))
        case MergePersons(kept=kept, merged=merged):
            draft.emit(PersonsMerged(kept=kept, merged=merged))
        case SplitPersons(kept=kept, merged=merged):
            draft.emit(PersonsSplit(kept=kept, merged=merged))
        case EmergencyReading():
            raise TypeError("an emergency is granted for a while, and takes no force like the others")
        case _:
            assert_never(request)


def when_refused(draft: Work, request: AnyRequest) -> None:
    """What took force at once is undone."""
    if isinstance(request, DisableAccount):
        draft.emit(AccountEnabled(account_id=request.account_id, person_id=request.person_id))


def _codes_until(draft: Work) -> datetime:
    return draft.now + timedelta(hours=draft.policy.access_code_hours)


def _opened(draft: Work, request: OpenAccounts) -> Event:
    return AccountsOpened(
        accounts=tuple(
            OpenedAccount(
                account_id=one.account_id, person_id=one.person_id, firms=one.firms, grants=one.grants
            )
            for one in request.accounts
        ),
        codes_until=_codes_until(draft),
        private=Logins(logins={one.account_id: one.login for one in request.accounts}),
    )
