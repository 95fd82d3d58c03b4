"""The base of every event: a wire name, a version, plain fields, and at most one private part."""

from typing import ClassVar

from contracts.base import Contract


class Event(Contract):
    """Plain fields hold no personal data. What is personal stands in `private` and travels sealed (D10)."""

    type: ClassVar[str]
    version: ClassVar[int] = 1
    aggregate: ClassVar[str] = "nomination"

    def plain(self) -> dict[str, object]:
        """The fields that may be read by anybody on the wire."""
        return self.model_dump(mode="json", exclude={"private"})

    def personal(self) -> dict[str, object] | None:
        """The fields to be sealed; None when the event has none."""
        private = getattr(self, "private", None)
        return None if private is None else private.model_dump(mode="json")
