"""Sorts: an index is no number, a number no index, and every name has one signature throughout a proof.

Terms are built freely; nothing is proved or refuted of one that has no sort.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symderiv.kernel.errors import Rejected
from symderiv.kernel.terms import (
    REAL,
    Add,
    Apply,
    Bound,
    Delta,
    Entry,
    Forall,
    Gather,
    Implies,
    Index,
    Multiply,
    Number,
    Power,
    Reduce,
    Relation,
    Size,
    Symbol,
    Term,
)

Binders = tuple[str, ...]
ARITY = {"exp": 1, "log": 1, "abs": 1, "sin": 1, "cos": 1, "step": 1, "equal": 1, "power": 2}
REDUCTIONS = ("sum", "max", "min", "product")
RELATIONS = ("=", "<=", "<", "!=")


def check_sorts(terms: Iterable[Term]) -> None:
    """Accepts closed terms that have a sort, under one signature for each name.

    Raises:
        Rejected: a term has no sort, or a name two signatures.
    """
    sorts = _Sorts()
    for term in terms:
        sorts.whole(term)


class _Sorts:
    def __init__(self) -> None:
        self._signatures: dict[str, tuple[object, ...]] = {}
        self._seen: set[tuple[Term, Binders]] = set()

    def whole(self, term: Term) -> None:
        """A proposition, an index, a real number, or a multiplier under its binders."""
        binders: Binders = ()
        while isinstance(term, Reduce) and term.kind == "multiplier":
            binders = (*binders, self._domain(term.domain))
            term = term.body
        if isinstance(term, Relation | Implies | Forall):
            self._proposition(term, binders)
        elif isinstance(term, Index | Gather):
            self._index(term, binders)
        else:
            self._real(term, binders)

    def _domain(self, domain: str) -> str:
        if domain == REAL:
            raise Rejected("sorts: the real numbers are no index set")
        return domain

    def _name(self, name: str, *signature: object) -> None:
        if self._signatures.setdefault(name, signature) != signature:
            raise Rejected("sorts: two signatures", name, signature, self._signatures[name])

    def _binder(self, term: Bound, binders: Binders) -> str:
        if not 0 <= term.position < len(binders):
            raise Rejected("sorts: loose variable", term)
        return binders[-1 - term.position]

    def _index(self, term: Term, binders: Binders) -> str:
        """The index set of which a term is an element."""
        match term:
            case Bound():
                return self._domain(self._binder(term, binders))
            case Index(_, domain):
                return self._domain(domain)
            case Gather(name, domain, indices):
                self._name(f"map {name}", domain, *self._indices(indices, binders))
                return self._domain(domain)
            case _:
                raise Rejected("sorts: index expected", term)

    def _indices(self, indices: Sequence[Term], binders: Binders) -> list[str]:
        return [self._index(index, binders) for index in indices]

    def _real(self, term: Term, binders: Binders) -> None:
        if (term, binders) in self._seen:
            return
        self._seen.add((term, binders))
        match term:
            case Number():
                return
            case Symbol(name):
                self._name(name)
            case Size(domain):
                self._domain(domain)
            case Entry(tensor, indices):
                self._name(tensor, *self._indices(indices, binders))
            case Delta(left, right):
                if self._index(left, binders) != self._index(right, binders):
                    raise Rejected("sorts: indices of two sets are compared", term)
            case Add(parts) | Multiply(parts):
                for part in parts:
                    self._real(part, binders)
            case Power(base, _):
                self._real(base, binders)
            case Apply(function, arguments):
                self._applied(function, arguments, binders)
            case Reduce(kind, domain, body) if kind in REDUCTIONS:
                self._real(body, (*binders, self._domain(domain)))
            case Bound() if self._binder(term, binders) == REAL:
                return
            case _:
                raise Rejected("sorts: number expected", term)

    def _applied(self, function: str, arguments: Sequence[Term], binders: Binders) -> None:
        if ARITY.get(function, len(arguments)) != len(arguments) or not arguments:
            raise Rejected("sorts: number of arguments", function)
        if function not in ("max", "min"):
            self._name(f"function {function}", len(arguments))
        for argument in arguments:
            self._real(argument, binders)

    def _proposition(self, term: Term, binders: Binders) -> None:
        match term:
            case Relation(kind, left, right) if kind in RELATIONS:
                self._real(left, binders)
                self._real(right, binders)
            case Implies(premise, conclusion):
                self._proposition(premise, binders)
                self._proposition(conclusion, binders)
            case Forall(domain, body):
                self._proposition(body, (*binders, domain))
            case _:
                raise Rejected("sorts: proposition expected", term)
