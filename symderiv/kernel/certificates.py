"""Certificates: proofs and refutations as flat JSON, named by the hash of their contents.

    {"version": 1, "kind": "proof", "terms": [[name, fields ...], ...], "hypotheses": [numbers], "conclusion": number,
     "lines": [[inference, [earlier lines], [{"term": number} or "word", ...]], ...], "theorems": ["sha256:...", ...]}

A term refers to its parts by number, and only to parts that stand before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeVar

from symderiv.kernel import terms as k
from symderiv.kernel.errors import KernelError, Malformed, Rejected
from symderiv.kernel.inferences import Argument, Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.replay import Line, Proof, replay_proof, replay_refutation

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

VERSION = 1
Kind = TypeVar("Kind")


class Certificate(NamedTuple):
    """A goal with its proof or its counterexample; `theorems` are the names of the certificates it cites."""

    goal: Sequent
    evidence: Proof | Model
    theorems: tuple[str, ...] = ()


def digest(document: Json) -> str:
    """The name of a certificate: `sha256:` and the hash of its canonical JSON."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _expect(condition: bool, what: str, data: object) -> None:
    if not condition:
        raise Malformed(f"certificate: {what}", data)


def _a(kind: type[Kind], value: Json, what: str) -> Kind:
    if not isinstance(value, kind):
        raise Malformed(f"certificate: {what}", value)
    return value


def _text(value: Json) -> str:
    _expect(value != "", "text", value)
    return _a(str, value, "text")


def _natural(value: Json) -> int:
    number = _a(int, value, "number")
    _expect(number >= 0 and not isinstance(value, bool), "number", value)
    return number


def _fraction(value: Json) -> Fraction:
    try:
        number = Fraction(_text(value))
    except (ValueError, ZeroDivisionError) as error:
        raise Malformed("certificate: fraction", value) from error
    _expect(str(number) == value, "fraction", value)
    return number


def _pick(terms: list[k.Term], value: Json) -> k.Term:
    number = _natural(value)
    _expect(number < len(terms), "term is not an earlier one", value)
    return terms[number]


def _decode_term(row: Json, terms: list[k.Term]) -> k.Term:
    cells = _a(list, row, "term")
    name = _text(cells[0]) if cells else ""
    _expect(name in k.KINDS, "constructor", name)
    kind = k.KINDS[name]
    _expect(len(cells) == 1 + len(kind.fields), "fields", row)
    values: list[object] = []
    for field, cell in zip(kind.fields, cells[1:], strict=True):
        reader = _READERS[kind.__annotations__[field]]
        values.append(reader(terms, cell))
    term = kind(*values)
    return term


_READERS: dict[str, Callable[[list[k.Term], Json], object]] = {
    "Fraction": lambda terms, cell: _fraction(cell),
    "int": lambda terms, cell: _natural(cell),
    "str": lambda terms, cell: _text(cell),
    "Term": _pick,
    "tuple[Term, ...]": lambda terms, cell: tuple(_pick(terms, inner) for inner in _a(list, cell, "parts")),
}


def _decode_model(value: Json) -> Model:
    parts = _a(dict, value, "model")
    _expect(set(parts) == {"sizes", "symbols", "indices", "tensors", "gathers"}, "model", sorted(parts))

    def place(text: str) -> tuple[int, ...]:
        return tuple(int(k) if k.isascii() and k.isdigit() else -1 for k in text.split(","))

    def whole(cell: Json) -> int:
        number = _fraction(cell)
        _expect(number.denominator == 1 and number >= 0, "element", cell)
        return int(number)

    return Model(
        sizes={name: _natural(size) for name, size in _a(dict, parts["sizes"], "sizes").items()},
        symbols={name: _fraction(cell) for name, cell in _a(dict, parts["symbols"], "symbols").items()},
        indices={name: _natural(cell) for name, cell in _a(dict, parts["indices"], "indices").items()},
        tensors={
            name: {place(k): _fraction(cell) for k, cell in _a(dict, table, "tensor").items()}
            for name, table in _a(dict, parts["tensors"], "tensors").items()
        },
        gathers={
            name: {place(k): whole(cell) for k, cell in _a(dict, table, "gather").items()}
            for name, table in _a(dict, parts["gathers"], "gathers").items()
        },
    )


def decode(document: Json) -> Certificate:
    """The certificate that a JSON value states; it is not replayed yet.

    Raises:
        Malformed: it is not a certificate.
    """
    parts = _a(dict, document, "object expected")
    kind = parts.get("kind")
    body = {"proof": "lines", "refutation": "model"}.get(kind if isinstance(kind, str) else "", "kind")
    _expect(
        set(parts) == {"version", "kind", "terms", "hypotheses", "conclusion", "theorems", body}, "keys", sorted(parts)
    )
    _expect(parts["version"] == VERSION, "version", parts["version"])
    terms: list[k.Term] = []
    for row in _a(list, parts["terms"], "terms"):
        terms.append(_decode_term(row, terms))
    hypotheses = frozenset(_pick(terms, cell) for cell in _a(list, parts["hypotheses"], "hypotheses"))
    goal = Sequent(hypotheses, _pick(terms, parts["conclusion"]))
    theorems = tuple(_text(name) for name in _a(list, parts["theorems"], "theorems"))
    if body == "model":
        return Certificate(goal, _decode_model(parts["model"]), theorems)
    return Certificate(goal, tuple(_decode_line(row, terms) for row in _a(list, parts["lines"], "lines")), theorems)


def _decode_line(row: Json, terms: list[k.Term]) -> Line:
    cells = _a(list, row, "line")
    _expect(len(cells) == 3, "line", row)
    arguments: list[Argument] = []
    for cell in _a(list, cells[2], "arguments"):
        if isinstance(cell, dict):
            _expect(set(cell) == {"term"}, "argument", cell)
            arguments.append(_pick(terms, cell["term"]))
        else:
            arguments.append(_text(cell))
    return Line(_text(cells[0]), tuple(_natural(p) for p in _a(list, cells[1], "premises")), tuple(arguments))


def replay_certificates(documents: Mapping[str, Json]) -> dict[str, str]:
    """Replays certificates that may cite each other.  The result says of each name why it is rejected, or `""`.

    A name must be the hash of its certificate, and a theorem must be a proof in the same collection.
    """
    outcomes: dict[str, str] = {}
    theorems: dict[str, Sequent] = {}
    waiting: set[str] = set()

    def replay(name: str) -> None:
        if name in outcomes:
            return
        try:
            if name not in documents or name in waiting:
                raise Rejected("certificates: missing or circular", name)
            waiting.add(name)
            if digest(documents[name]) != name:
                raise Rejected("certificates: the name is not the hash of the contents", name)
            certificate = decode(documents[name])
            for cited in certificate.theorems:
                replay(cited)
            known = {cited: theorems[cited] for cited in certificate.theorems if cited in theorems}
            if isinstance(certificate.evidence, Model):
                replay_refutation(certificate.goal, certificate.evidence)
            else:
                replay_proof(certificate.goal, certificate.evidence, known)
                theorems[name] = certificate.goal
            outcomes[name] = ""
        except KernelError as error:
            outcomes[name] = str(error)
        except RecursionError:
            outcomes[name] = "too deep"

    for name in documents:
        replay(name)
    return outcomes
