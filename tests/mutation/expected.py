"""Survivors that change nothing that matters, with the reason."""

from __future__ import annotations

from tests.mutation.operators import Mutant

HARMLESS: dict[tuple[str, int, str], str] = {}
"""By module, line and kind."""


def reason_for(name: str, mutant: Mutant) -> str | None:
    """Why a survivor is harmless; None where nobody has said so."""
    return HARMLESS.get((name, mutant.line, mutant.kind))
