"""Certificates written out as JSON; `kernel/certificates.py` says in what form, and reads them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symderiv.kernel import terms as k
from symderiv.kernel.certificates import VERSION, Certificate, Json
from symderiv.kernel.models import Model
from symderiv.kernel.replay import Line


class _Table:
    """Numbers terms, parts before wholes."""

    def __init__(self) -> None:
        self.rows: list[Json] = []
        self._numbers: dict[k.Term, int] = {}

    def number(self, term: k.Term) -> int:
        """The number of a term; its parts are numbered before it, however deep they stand."""
        pending = [] if term in self._numbers else [term]
        while pending:
            missing = [part for part in reversed(pending[-1].children) if part not in self._numbers]
            pending.extend(missing)
            if not missing:
                self._add(pending.pop())
        return self._numbers[term]

    def _add(self, term: k.Term) -> None:
        if term not in self._numbers:
            self.rows.append([type(term).__name__, *map(self._cell, term.parts)])
            self._numbers[term] = len(self.rows) - 1

    def _cell(self, part: Any) -> Json:
        if isinstance(part, str | int):
            return part
        if isinstance(part, tuple):
            return [self._numbers[inner] for inner in part]
        return self._numbers[part] if isinstance(part, k.Term) else str(part)


def encode(certificate: Certificate) -> Json:
    """The certificate as JSON."""
    table = _Table()
    hypotheses: list[Json] = [table.number(h) for h in sorted(certificate.goal.hypotheses, key=k.key)]
    document: dict[str, Json] = {
        "version": VERSION,
        "hypotheses": hypotheses,
        "conclusion": table.number(certificate.goal.conclusion),
        "theorems": list(certificate.theorems),
    }
    if isinstance(certificate.evidence, Model):
        document |= {"kind": "refutation", "model": _encode_model(certificate.evidence)}
    else:
        document |= {"kind": "proof", "lines": [_encode_line(table, line) for line in certificate.evidence]}
    document["terms"] = table.rows
    return document


def _encode_line(table: _Table, line: Line) -> Json:
    arguments: list[Json] = [a if isinstance(a, str) else {"term": table.number(a)} for a in line.arguments]
    return [line.inference, list(line.premises), arguments]


def _encode_model(model: Model) -> Json:
    def table(entries: Mapping[tuple[int, ...], Fraction] | Mapping[tuple[int, ...], int]) -> Json:
        return {",".join(map(str, place)): str(value) for place, value in sorted(entries.items())}

    return {
        "sizes": dict(sorted(model.sizes.items())),
        "symbols": {name: str(value) for name, value in sorted(model.symbols.items())},
        "indices": dict(sorted(model.indices.items())),
        "tensors": {name: table(entries) for name, entries in sorted(model.tensors.items())},
        "gathers": {name: table(entries) for name, entries in sorted(model.gathers.items())},
    }
