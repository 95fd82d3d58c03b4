"""Finds the pages by walking their folder, so that a new page is a file and no list is edited."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from fastapi import APIRouter

from services.console import pages
from services.console.menu import Entry


def _modules() -> Iterator[ModuleType]:
    for found in sorted(pkgutil.iter_modules(pages.__path__), key=lambda one: one.name):
        yield importlib.import_module(f"{pages.__name__}.{found.name}")


@cache
def routers() -> tuple[APIRouter, ...]:
    """The router of every page; AttributeError for a module that has none."""
    return tuple(module.router for module in _modules())


@cache
def entries() -> tuple[Entry, ...]:
    """What the pages put into the menu (`MENU`), in its order."""
    found = (getattr(module, "MENU", None) for module in _modules())
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.order))
