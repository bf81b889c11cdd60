"""Names in Coq for the names of a certificate.  No text of an author reaches Coq but its ASCII letters and digits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from symderiv.coq.errors import Untranslated
from symderiv.coq.polynomials import OPENED
from symderiv.kernel import terms as k

INTERPRETED = {"exp": "exp", "log": "ln", "abs": "Rabs", "sin": "sin", "cos": "cos", "power": "Rpower"}
"""Functions that mean in Coq what they mean in the kernel.  All others may be any function."""

LARGEST_EXPONENT = 64
"""Powers are repeated products in the proofs."""

LONGEST = 12
"""Letters of an author's name that are kept, for whoever reads the file."""

Free = tuple[str, str]
"""Kind (`size`, `tensor`, `symbol`, `index`, `map`, `function`) and name of what a statement is about."""


class Signature(NamedTuple):
    """Arity, and the index set of the values where they are elements of one; `arguments` are index sets where known."""

    arity: int
    domain: str = ""
    arguments: tuple[str, ...] = ()


class Names:
    """Names for all that some propositions mention, in the order in which they first mention it."""

    def __init__(self, terms: Iterable[k.Term]) -> None:
        self.signatures: dict[Free, Signature] = {}
        self._names: dict[Free, str] = {}
        for term in terms:
            self._collect(term, ())

    def _collect(self, term: k.Term, domains: tuple[str, ...]) -> None:
        def domain_of(index: k.Term) -> str:
            return domains[-1 - index.position] if isinstance(index, k.Bound) else str(index.parts[1])

        match term:
            case k.Size(domain):
                self._add("size", domain, Signature(0))
            case k.Symbol(name):
                self._add("symbol", name, Signature(0))
            case k.Index(name, domain):
                self._add("size", domain, Signature(0))
                self._add("index", name, Signature(0, domain))
            case k.Entry(name, indices):
                self._add("tensor", name, Signature(len(indices)))
            case k.Gather(name, domain, indices):
                self._add("size", domain, Signature(0))
                self._add("map", name, Signature(len(indices), domain, tuple(map(domain_of, indices))))
            case k.Apply(name, arguments) if name not in (*INTERPRETED, "max", "min"):
                self._add("function", name, Signature(len(arguments)))
            case k.Reduce(_, domain, _) | k.Forall(domain, _) if domain != k.REAL:
                self._add("size", domain, Signature(0))
            case k.Power(_, exponent) if max(abs(exponent.numerator), exponent.denominator) > LARGEST_EXPONENT:
                raise Untranslated("a large exponent", term)
            case _:
                pass
        inside = (*domains, term.parts[-2]) if isinstance(term, k.Reduce | k.Forall) else domains
        for child in term.children:
            self._collect(child, inside)

    def _add(self, kind: str, name: str, signature: Signature) -> None:
        if name.startswith(OPENED):
            raise Untranslated("reserved name", name)
        if self.signatures.get((kind, name), signature) != signature:
            raise Untranslated("a name with two meanings", name)
        if (kind, name) not in self.signatures:
            kept = "".join(letter for letter in name if letter.isascii() and letter.isalnum())[:LONGEST]
            self._names[kind, name] = f"{kind}{len(self._names)}" + (f"_{kept}" if kept else "")
            self.signatures[kind, name] = signature

    def __call__(self, kind: str, name: str) -> str:
        """The name in Coq."""
        return self._names[kind, name]

    def __contains__(self, free: Free) -> bool:
        return free in self._names

    def all(self, kind: str) -> list[tuple[str, str, Signature]]:
        """The author's names of a kind with their names in Coq and signatures."""
        return [(name, self(kind, name), self.signatures[of, name]) for of, name in self._names if of == kind]
