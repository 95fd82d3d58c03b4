"""What is asked and answered of payloads in the engine, in the words of Temporal's own tools."""

import base64
import json
from dataclasses import asdict
from typing import Annotated

from pydantic import Base64Bytes, Field

from services.officers.desk.payloads import Shape
from services.officers.views.base import Body, View

MOST = 1000
_JSON = base64.b64encode(b"json/plain").decode()


class PayloadBody(Body):
    """A payload as it lies in a history."""

    metadata: Annotated[dict[str, Base64Bytes], Field(default_factory=dict, max_length=20)]
    data: Base64Bytes = b""


class PayloadsBody(Body):
    """Payloads of one workflow."""

    payloads: Annotated[list[PayloadBody], Field(max_length=MOST)]


class PayloadView(View):
    """A payload that holds the shape of another one."""

    metadata: dict[str, str]
    data: str

    @classmethod
    def of(cls, shape: Shape) -> "PayloadView":
        """The shape, as a payload that every tool reads."""
        said = json.dumps(asdict(shape), sort_keys=True).encode()
        return cls(metadata={"encoding": _JSON}, data=base64.b64encode(said).decode())


class PayloadsView(View):
    """As many as were asked about, in their order."""

    payloads: list[PayloadView]
