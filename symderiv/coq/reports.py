"""The proved steps of a report, each with what Coq says of its certificate."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from symderiv.coq.certification import certify
from symderiv.coq.running import Coq

FILE_LIMIT = 1800.0
"""Seconds that Coq may take for one file."""


class CertifiedStep(NamedTuple):
    """A step at its place, and why it is not certified; "" where it is."""

    place: str
    reason: str


class Certified(NamedTuple):
    """What the installed version of Coq says of the proved steps of a report."""

    version: str
    steps: tuple[CertifiedStep, ...]


def certify_report(document: dict[str, Any], folder: Path | None, seconds: int) -> Certified:
    """Certifies the proved steps of a JSON report; the files for Coq are kept in `folder`, if one is given.

    Raises:
        CoqMissing: there is no coqc.
        LibraryRejected: the installed version of Coq does not accept the support library.
    """
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    with nullcontext(folder) if folder is not None else tempfile.TemporaryDirectory() as place:
        coq = Coq(Path(place), FILE_LIMIT)
        steps = list(_proved(document))
        reasons = certify(document["certificates"], (name for _, name in steps), coq, seconds)
    return Certified(coq.version, tuple(CertifiedStep(where, reasons[name]) for where, name in steps))


def _proved(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The places of the steps that a report says to be proved, with the names of their certificates."""
    for file in _items(document, "files"):
        for derivation in _items(file, "derivations"):
            for step in _items(derivation, "steps"):
                if step.get("verdict") == "proved":
                    yield f"{file.get('path')}:{step.get('line')}", str(step.get("certificate"))


def _items(value: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = value.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
