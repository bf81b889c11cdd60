"""Every module-level value of a type in a package, so that adding a rule, prover, reader or writer is one new file."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def collect(package: ModuleType | str, kind: type[T]) -> tuple[T, ...]:
    """The module-level values of type `kind` in `package` and its subpackages.

    Modules come in order of their names, the values of one module in order of definition.  A value that several
    modules import counts once.
    """
    found: dict[int, T] = {}
    for module in _modules(package if isinstance(package, str) else package.__name__):
        for value in vars(module).values():
            if isinstance(value, kind):
                found.setdefault(id(value), value)
    return tuple(found.values())


@cache
def _modules(package: str) -> tuple[ModuleType, ...]:
    """`package` and all modules below it, but no `__main__`: importing one would run it."""
    module = importlib.import_module(package)
    names = sorted(found.name for found in pkgutil.iter_modules(getattr(module, "__path__", ())))
    below = (_modules(f"{package}.{name}") for name in names if name != "__main__")
    return (module, *(inner for modules in below for inner in modules))
