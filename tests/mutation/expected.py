"""Survivors that change nothing that matters, each with the reason.

A survivor is known by its module, its kind, and what stands in its line.
"""

from __future__ import annotations

import re

from tests.mutation.operators import Mutant

SYMMETRIC = "symmetric in the two"
WORDS = "words of a message"
TYPES = "imports for types alone"

HARMLESS: list[tuple[str, str, str, str]] = [
    ("rules/algebra.py", ".*", r"at_most\(a / a, 1\)", "both sides are 1, so it holds either way"),
    ("rules/information.py", "arguments swapped", r"P\(x, y\)", "P(y, x) is P(x, y): places go by variables"),
    ("rules/information.py", ".*", r"Cov\(X, Y\)", "symmetric, also where both deviations have the other sign"),
    ("rules/probability.py", "arguments swapped", r"P\(x, y\)|\"P\", x, y", "P(y, x) is P(x, y)"),
    ("rules/probability.py", "arguments swapped", r"P\(y \| x\), P\(x, y\)", "P(y, x) is P(x, y)"),
    (r"language/encode.*\.py", "condition dropped", "TYPE_CHECKING", TYPES),
    (r"language/encode.*\.py", "arguments swapped", "LanguageError", WORDS),
    ("language/encode.py", "arguments swapped", r"k\.Delta\(left, right\)", SYMMETRIC),
    ("language/encode.py", "arguments swapped", r"k\.subtract\(own", "the deviations are squared, or both turned"),
]


def reason_for(name: str, mutant: Mutant) -> str | None:
    """Why a survivor is harmless; None where nobody has said so."""
    for module, kind, inside, reason in HARMLESS:
        if re.search(f"{module}$", name) and re.fullmatch(kind, mutant.kind) and re.search(inside, mutant.inside):
            return reason
    return None
