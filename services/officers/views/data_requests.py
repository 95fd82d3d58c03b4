"""What somebody sends who asks about their own data, and what such a case shows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import StringConstraints

from contracts import names
from contracts.base import OpaqueId
from contracts.case import CaseKind
from contracts.claim import Claim
from contracts.commands.data_request import AskAboutData
from contracts.commands.opening import Opening
from contracts.matter import DataRight, DataWish
from services.officers.views.base import DistrictCode, View
from services.officers.views.starts import StartBody
from services.officers.views.texts import LINES, Email, PersonName


class DataRequestBody(StartBody):
    """Ask to see what is held about oneself, or that it be corrected or erased; answered in writing within a term."""

    district: DistrictCode
    case_id: OpaqueId
    """A case of one's own, from whose file one asks; of a correction the one in which it is wrong."""
    right: DataRight
    name: PersonName
    email: Email | None = None
    """Where letters go besides the inbox."""
    wanted: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), LINES]
    """Of a correction: what is wrong, what is right, and why."""

    @property
    def place(self) -> str:
        """Where the case lies."""
        return self.district

    def opening(self, claim: Claim, people: Mapping[str, OpaqueId]) -> Opening:
        """Ask. Whoever signs is whom it is about."""
        return AskAboutData(
            claim=claim.model_copy(update={"target": names.data_request_id(claim.command_id)}),
            district=self.district,
            policy=self.policy,
            policy_digest=self.policy_digest(),
            parent=self.case_id,
            right=self.right,
            wish=DataWish(name=self.name, email=self.email or "", wanted=self.wanted),
        )


class DataRequestFacts(View):
    """What only a request about one's own data has: what is asked, until when it is answered, and how it was."""

    kind: Literal[CaseKind.DATA_REQUEST]
    right: str | None = None
    answer_by: datetime | None = None
    answered: str | None = None
