"""A command as it is kept until it is answered: sealed, with what a refusal of it would be recorded as."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter

from contracts.commands.base import Command
from contracts.commands.every import OPENS, AnyCommand, AnyOpening
from contracts.sealed import Sealed
from services.kit.sealing import Keyring, open_sealed, seal
from services.officers.desk.ask import Ask
from services.officers.desk.known import Unanswered

_OPENING: TypeAdapter[Command] = TypeAdapter(AnyOpening)
_COMMAND: TypeAdapter[Command] = TypeAdapter(AnyCommand)


@dataclass(frozen=True)
class Sent:
    """A signed command, the kind of the case that is to decide it, and the request that it came from."""

    ask: Ask
    kind: str
    command: Command

    def row(self, keyring: Keyring) -> dict[str, Any]:
        """What is stored of it."""
        said: dict[str, object] = {
            "act": self.ask.act,
            "target": self.ask.target,
            "command": self.command.model_dump(mode="json"),
        }
        return {
            "command_id": self.command.command_id,
            "account_id": self.command.actor.account_id,
            "body_digest": self.command.body_digest,
            "kind": self.kind,
            "sealed": seal(said, _place(self.command.command_id), keyring).model_dump(),
            "asked_at": datetime.now(UTC),
        }


def opened(known: Unanswered, keyring: Keyring) -> Sent:
    """The command out of its row, which `known` is of. Raises SealError when the row was changed."""
    said: Mapping[str, Any] = open_sealed(
        Sealed.model_validate(known.sealed), _place(known.command_id), keyring
    )
    reader = _OPENING if said["command"]["act"] in OPENS else _COMMAND
    command = reader.validate_python(said["command"])
    return Sent(Ask(command.actor, known.command_id, said["act"], said["target"]), known.kind, command)


def _place(command_id: str) -> str:
    return f"command:{command_id}"
