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
        pending = [term]
        while pending:
            missing = [part for part in reversed(pending[-1].children) if part not in self._numbers]
            pending.extend(missing)
            if not missing:
                self._add(pending.pop())
        return self._numbers[term]

    def _add(self, term: k.Term) -> None:
        if term not in self._numbers:
            cells = zip(type(term).__annotations__.values(), term.parts, strict=True)
            self.rows.append([type(term).__name__, *(self._cell(kind, part) for kind, part in cells)])
            self._numbers[term] = len(self.rows) - 1

    def _cell(self, kind: str, part: Any) -> Json:
        match kind:
            case "Term":
                return self._numbers[part]
            case "tuple[Term, ...]":
                return [self._numbers[inner] for inner in part]
            case "int":
                return int(part)
            case _:
                return str(part)


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
