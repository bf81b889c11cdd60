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
from functools import partial
from typing import Any, NamedTuple, TypeVar

from symderiv.kernel import terms as k
from symderiv.kernel.errors import KernelError, Malformed, check
from symderiv.kernel.inferences import Argument, Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.replay import Line, Proof, replay_proof, replay_refutation

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

VERSION = 1
KEYS = ("version", "kind", "terms", "hypotheses", "conclusion", "theorems")
Kind = TypeVar("Kind")
Value = TypeVar("Value")


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


def _element(value: Json) -> int:
    number = _fraction(value)
    _expect(number.denominator == 1 and number >= 0, "element", value)
    return int(number)


class _Terms:
    """The terms of a certificate; each is made of earlier ones."""

    def __init__(self, rows: list[Json]) -> None:
        self._terms: list[k.Term] = []
        for row in rows:
            self._terms.append(self._made(_a(list, row, "term")))

    def _made(self, cells: list[Json]) -> k.Term:
        name = _text(cells[0]) if cells else ""
        _expect(name in k.KINDS, "constructor", name)
        kinds = k.KINDS[name].__annotations__.values()
        _expect(len(cells) == 1 + len(kinds), "fields", cells)
        return k.KINDS[name](*(self._field(kind, cell) for kind, cell in zip(kinds, cells[1:], strict=True)))

    def _field(self, kind: str, cell: Json) -> object:
        if kind == "tuple[Term, ...]":
            return tuple(self.at(inner) for inner in _a(list, cell, "parts"))
        return {"Fraction": _fraction, "int": _natural, "str": _text, "Term": self.at}[kind](cell)

    def at(self, value: Json) -> k.Term:
        """The term of a number."""
        number = _natural(value)
        _expect(number < len(self._terms), "term is not an earlier one", value)
        return self._terms[number]

    def line(self, row: Json) -> Line:
        """A line of a proof."""
        cells = _a(list, row, "line")
        _expect(len(cells) == 3, "line", row)
        premises = tuple(_natural(number) for number in _a(list, cells[1], "premises"))
        return Line(_text(cells[0]), premises, tuple(self._argument(cell) for cell in _a(list, cells[2], "arguments")))

    def _argument(self, cell: Json) -> Argument:
        if not isinstance(cell, dict):
            return _text(cell)
        _expect(set(cell) == {"term"}, "argument", cell)
        return self.at(cell["term"])


def _place(text: str) -> tuple[int, ...]:
    parts = text.split(",")
    _expect(all(part.isascii() and part.isdigit() for part in parts), "place", text)
    return tuple(map(int, parts))


def _table(read: Callable[[Json], Value], value: Json) -> dict[tuple[int, ...], Value]:
    return {_place(name): read(cell) for name, cell in _a(dict, value, "table").items()}


MODEL: dict[str, Callable[[Json], Any]] = {
    "sizes": _natural,
    "symbols": _fraction,
    "indices": _natural,
    "tensors": partial(_table, _fraction),
    "gathers": partial(_table, _element),
}
"""How the values in each part of a model are read."""


def _model(value: Json) -> Model:
    parts = _a(dict, value, "model")
    _expect(set(parts) == set(MODEL), "model", sorted(parts))
    read: dict[str, Any] = {
        part: {name: value_of(cell) for name, cell in _a(dict, parts[part], part).items()}
        for part, value_of in MODEL.items()
    }
    return Model(**read)


def decode(document: Json) -> Certificate:
    """The certificate that a JSON value states; it is not replayed yet.

    Raises:
        Malformed: it is not a certificate.
    """
    parts = _a(dict, document, "object expected")
    body = "model" if parts.get("kind") == "refutation" else "lines"
    _expect(set(parts) == {*KEYS, body}, "keys", sorted(parts))
    _expect(parts["kind"] in ("proof", "refutation"), "kind", parts["kind"])
    _expect(_natural(parts["version"]) == VERSION, "version", parts["version"])
    terms = _Terms(_a(list, parts["terms"], "terms"))
    hypotheses = frozenset(terms.at(cell) for cell in _a(list, parts["hypotheses"], "hypotheses"))
    goal = Sequent(hypotheses, terms.at(parts["conclusion"]))
    theorems = tuple(_text(name) for name in _a(list, parts["theorems"], "theorems"))
    if body == "model":
        return Certificate(goal, _model(parts["model"]), theorems)
    return Certificate(goal, tuple(terms.line(row) for row in _a(list, parts["lines"], "lines")), theorems)


def replay_certificates(documents: Mapping[str, Json]) -> dict[str, str]:
    """Replays certificates that may cite each other.  The result says of each name why it is rejected, or `""`.

    A name must be the hash of its certificate, so none can cite itself, and a theorem must be a proof in the same
    collection.
    """
    outcomes: dict[str, str] = {}
    theorems: dict[str, Sequent] = {}

    def replay(name: str) -> None:
        if name in outcomes:
            return
        try:
            check(name in documents, "certificates: missing", name)
            check(digest(documents[name]) == name, "certificates: the name is not the hash of the contents", name)
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
