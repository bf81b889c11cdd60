"""Defects of symderiv itself: a proof and values that contradict it, written to a report that can be replayed."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from symderiv.cache import folder
from symderiv.certificates import encode
from symderiv.kernel.certificates import Certificate, digest
from symderiv.model.verdict import JsonValue
from symderiv.second_opinion import Disagreement


def report_of(found: Disagreement) -> JsonValue:
    """A report with both certificates: where `symderiv replay` accepts both, the kernel contradicts itself."""
    certificates = [encode(Certificate(found.goal, evidence)) for evidence in (found.proof, found.model)]
    return {"version": 1, "files": [], "certificates": {digest(one): one for one in certificates}}


def written(found: Disagreement) -> Path:
    """Where the report stands, beside the kept certificates.  Where the disk does not allow it, it does not."""
    report = report_of(found)
    path = folder() / "defects" / f"{digest(report).removeprefix('sha256:')[:16]}.json"
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(report), encoding="utf-8")
    return path
