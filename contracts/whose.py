"""Whom a value is about: whoever seals it takes their own keys besides, so that with one of them it is gone."""

from collections.abc import Iterable, Iterator

from contracts.base import Contract, OpaqueId


def owners(value: object, besides: Iterable[OpaqueId] = ()) -> tuple[OpaqueId, ...]:
    """Everybody whom the value, or one in it, names by its `whose`, and these besides; in order, once each."""
    return tuple(sorted({*_named(value), *besides}))


def _named(value: object) -> Iterator[OpaqueId]:
    match value:
        case Contract():
            yield from named_by(value)
            inner: Iterable[object] = (getattr(value, name) for name in type(value).model_fields)
        case list() | tuple():
            inner = value
        case dict():
            inner = value.values()
        case _:
            return
    for one in inner:
        yield from _named(one)


def named_by(value: Contract) -> tuple[OpaqueId, ...]:
    """Whom the value itself names by its `whose`; nobody, where that is empty."""
    match getattr(value, value.whose) if value.whose else None:
        case str(owner) if owner:
            return (owner,)
        case tuple(several):
            return several
        case _:
            return ()
