"""A mutant put in the place of the rule: into the function that everybody holds already, or at the import."""

import importlib.abc
import importlib.util
import sys
import types
from importlib import import_module
from importlib.machinery import ModuleSpec
from operator import attrgetter

from tests.mutation.operators import Mutant


def fits(package: str, mutant: Mutant) -> bool:
    """Whether the mutant can be put into the imported module: it changes the body of a plain function."""
    return bool(mutant.where) and isinstance(_function(package, mutant), types.FunctionType)


def put_in(package: str, mutant: Mutant) -> None:
    """Exchange the code of the one function; whoever imported it by name runs the new code too.

    Raises TypeError for a mutant that does not fit.
    """
    function = _function(package, mutant)
    if not isinstance(function, types.FunctionType):
        raise TypeError(f"{mutant.where} of {mutant.module} is no plain function")
    code = _code(compile(mutant.tree, function.__code__.co_filename, "exec"), mutant.where)
    if code is None:
        raise TypeError(f"{mutant.where} of {mutant.module} is not in the mutant")
    function.__code__ = code


def give_at_import(package: str, mutant: Mutant) -> None:
    """From now on the module is the mutant for whoever imports it first. It must not be imported yet."""
    name = f"{package}.{mutant.module}"
    if name in sys.modules:
        raise ImportError(f"{name} is imported already", name=name)
    sys.meta_path.insert(0, _Given(name, mutant))


class _Given(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, name: str, mutant: Mutant) -> None:
        self.name, self.mutant = name, mutant

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: types.ModuleType) -> None:
        exec(compile(self.mutant.tree, self.name, "exec"), module.__dict__)  # noqa: S102


def _function(package: str, mutant: Mutant) -> object:
    found: object = attrgetter(mutant.where)(import_module(f"{package}.{mutant.module}"))
    return found


def _code(code: types.CodeType, name: str) -> types.CodeType | None:
    inner = [one for one in code.co_consts if isinstance(one, types.CodeType)]
    found = (one if one.co_qualname == name else _code(one, name) for one in inner)
    return next((one for one in found if one is not None), None)
