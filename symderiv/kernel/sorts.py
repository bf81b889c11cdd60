"""Sorts: an index is no number, a number no index, and every name has one signature throughout a proof.

Terms are built freely; nothing is proved or refuted of one that has no sort.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from symderiv.kernel import terms as k
from symderiv.kernel.errors import check

PROPOSITION, INDEX = "", "index"
ARGUMENTS = {k.Entry: INDEX, k.Gather: INDEX, k.Delta: INDEX, k.Implies: PROPOSITION, k.Forall: PROPOSITION}
"""The sort of the direct subterms, where it is not `REAL`."""

NAMES = {k.REAL: "number", INDEX: "index", PROPOSITION: "proposition"}
ARITY = {"exp": 1, "log": 1, "abs": 1, "sin": 1, "cos": 1, "step": 1, "equal": 1, "power": 2, "gamma": 1, "digamma": 1}
REDUCTIONS = ("sum", "max", "min", "product")
Signature = tuple[object, ...]
"""The sorts of the arguments of a name; for a map also the index set of its values, for a function their number."""

RELATIONS = ("=", "<=", "<", "!=")


def check_sorts(terms: Iterable[k.Term], multipliers: Iterable[k.Term] = ()) -> None:
    """Accepts closed terms that have a sort, under one signature for each name.

    A multiplier is a number under binders of kind `multiplier`, which stand nowhere else.

    Raises:
        Rejected: a term has no sort, or a name two signatures.
    """
    signatures: dict[str, Signature] = {}
    for term in terms:
        _sorted(term, (), signatures)
    for multiplier in multipliers:
        binders: tuple[str, ...] = ()
        weight = multiplier
        while isinstance(weight, k.Reduce) and weight.kind == "multiplier":
            binders = (*binders, weight.domain)
            weight = weight.body
        check(k.REAL not in binders, "sorts: the real numbers are no index set")
        check(_sorted(weight, binders, signatures) == k.REAL, "sorts: number expected", weight)


def _sorted(term: k.Term, binders: tuple[str, ...], signatures: dict[str, Signature]) -> str:
    """The sort of a term whose names agree with some signatures, to which those of the others are added."""
    sort, own = _alone(term, binders)
    for name, signature in own.items():
        known = signatures.setdefault(name, signature)
        check(known == signature, "sorts: two signatures", name, signature, known)
    return sort


@lru_cache(maxsize=1 << 12)
def _alone(term: k.Term, binders: tuple[str, ...]) -> tuple[str, Mapping[str, Signature]]:
    """The sort of a term under binders, and the signatures of its names.  Proofs have most of their terms in common."""
    sorts = _Sorts()
    return sorts.sort(term, binders), sorts.signatures


class _Sorts:
    def __init__(self) -> None:
        self.signatures: dict[str, Signature] = {}
        self._known: dict[tuple[k.Term, tuple[str, ...]], str] = {}

    def sort(self, term: k.Term, binders: tuple[str, ...]) -> str:
        """`REAL`, `PROPOSITION`, or the index set of which a term is an element."""
        known = self._known.get((term, binders))
        if known is None:
            known = self._known[term, binders] = self._sort(term, binders)
        return known

    def _sort(self, term: k.Term, binders: tuple[str, ...]) -> str:
        if isinstance(term, k.Bound):
            check(0 <= term.position < len(binders), "sorts: loose variable", term)
            return binders[-1 - term.position]
        if isinstance(term, k.Index | k.Gather | k.Size | k.Reduce):
            check(term.domain not in (k.REAL, PROPOSITION), "sorts: the real numbers are no index set", term)
        inside = (*binders, term.domain) if isinstance(term, k.Reduce | k.Forall) else binders
        sorts = [self.sort(child, inside) for child in term.children]
        wanted = ARGUMENTS.get(type(term), k.REAL)
        for child, sort in zip(term.children, sorts, strict=True):
            found = sort if sort in (k.REAL, PROPOSITION) else INDEX
            check(found == wanted, f"sorts: {NAMES[wanted]} expected", child)
        return self._result(term, sorts)

    def _result(self, term: k.Term, sorts: list[str]) -> str:
        match term:
            case k.Index(_, domain):
                return domain
            case k.Gather(name, domain, _):
                self._sign(f"map {name}", domain, *sorts)
                return domain
            case k.Symbol(name) | k.Entry(name, _):
                self._sign(name, *sorts)
            case k.Delta():
                check(sorts[0] == sorts[1], "sorts: indices of two sets are compared", term)
            case k.Apply(function, _):
                check(0 < len(sorts) == ARITY.get(function, len(sorts)), "sorts: number of arguments", function)
                if function not in ("max", "min"):
                    self._sign(f"function {function}", len(sorts))
            case k.Reduce(kind, _, _):
                check(kind in REDUCTIONS, "sorts: reduction", kind)
            case k.Relation(kind, _, _):
                check(kind in RELATIONS, "sorts: relation", kind)
                return PROPOSITION
            case k.Implies() | k.Forall():
                return PROPOSITION
        return k.REAL

    def _sign(self, name: str, *signature: object) -> None:
        known = self.signatures.setdefault(name, signature)
        check(known == signature, "sorts: two signatures", name, signature, known)
