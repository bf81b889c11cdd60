"""symderiv: check derivations in the mathematics of machine learning, step by step.

`from symderiv import *` gives a derivation script its words.  They are looked up when they are first used, so that the
kernel and the command line start without SymPy.
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"

_WORDS = {
    "symderiv.language.indices": (
        "Max",
        "Sum",
        "convex_function",
        "delta",
        "function",
        "index_map",
        "tensor",
        "variables",
    ),
    "symderiv.language.probability": ("H", "KL", "cross_entropy", "distribution", "entropy"),
    "symderiv.language.random_variables": ("Cov", "E", "Var", "given", "random_variables"),
    "symderiv.language.script": (
        "at_least",
        "at_most",
        "define",
        "derivation",
        "eq",
        "equal",
        "ge",
        "greater",
        "gt",
        "implies",
        "le",
        "less",
        "lt",
        "start",
        "swapped",
        "unequal",
    ),
    "symderiv.language.written": ("exp", "ln", "scalars", "sqrt"),
    "symderiv.readers.procedure_builder": ("procedure",),
}
_HOME = {word: module for module, words in _WORDS.items() for word in words}

__all__ = sorted(_HOME)  # noqa: PLE0605 - the words are listed once, above


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"symderiv has no {name!r}")
    return getattr(import_module(_HOME[name]), name)
