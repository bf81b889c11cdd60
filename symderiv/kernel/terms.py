"""Terms and propositions of the kernel: immutable, with de Bruijn binders, and never simplified.

Two terms that differ only in the names of bound variables are the same value, so `==` is alpha-equivalence.
A term denotes a real number, an element of an index set, or a proposition:

- index sets ("domains") are finite, not empty, and known by name only; `Size` is the number of their elements;
- every function is total.  Division is `Power(base, -1)`, and 0 to any exponent but 0 is 0; logarithms of what is not
  positive and fractional powers of what is negative have some value, about which nothing is known.  What a statement
  needs to mean what a reader takes it to mean is kept apart, as definedness goals (`definedness.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

REAL = "real"
"""The domain of quantifiers over real numbers; every other domain is a finite index set."""


class Term:
    """Base of all terms: structural equality, with the hash computed once."""

    _parts: tuple[object, ...]
    _hash: int

    def __post_init__(self) -> None:
        own = self.__dict__
        parts = tuple(own.values())
        own["_parts"] = parts
        own["_hash"] = hash((type(self).__name__, parts))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return type(self) is type(other) and self._hash == other._hash and self._parts == other._parts

    def __reduce__(self) -> tuple[object, ...]:
        """Pickles the fields only: cached hashes differ from process to process."""
        return (type(self), self._parts)

    def parts(self) -> tuple[object, ...]:
        """The field values, in order of declaration."""
        return self._parts


@dataclass(frozen=True, eq=False)
class Number(Term):
    """A rational number."""

    value: Fraction


@dataclass(frozen=True, eq=False)
class Bound(Term):
    """A bound variable: `position` binders lie between it and its own (0 is the innermost)."""

    position: int


@dataclass(frozen=True, eq=False)
class Index(Term):
    """A free index: some fixed element of `domain`."""

    name: str
    domain: str


@dataclass(frozen=True, eq=False)
class Gather(Term):
    """An index computed from indices: the entry of an index-valued tensor, with values in `domain`."""

    name: str
    domain: str
    indices: tuple[Term, ...]


@dataclass(frozen=True, eq=False)
class Symbol(Term):
    """A free real number."""

    name: str


@dataclass(frozen=True, eq=False)
class Size(Term):
    """The number of elements of `domain`: a positive integer."""

    domain: str


@dataclass(frozen=True, eq=False)
class Entry(Term):
    """The entry of a real tensor at `indices`."""

    tensor: str
    indices: tuple[Term, ...]


@dataclass(frozen=True, eq=False)
class Delta(Term):
    """1 where the two indices are equal, else 0."""

    left: Term
    right: Term


@dataclass(frozen=True, eq=False)
class Add(Term):
    """A sum; 0 when empty."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, eq=False)
class Multiply(Term):
    """A product; 1 when empty."""

    factors: tuple[Term, ...]


@dataclass(frozen=True, eq=False)
class Power(Term):
    """`base` to a rational exponent."""

    base: Term
    exponent: Fraction


@dataclass(frozen=True, eq=False)
class Apply(Term):
    """A function of real numbers: `exp`, `log`, ..., or one without interpretation."""

    function: str
    arguments: tuple[Term, ...]


@dataclass(frozen=True, eq=False)
class Reduce(Term):
    """Binder: the `sum`, `max`, `min` or `product` of `body` over all elements of `domain`."""

    kind: str
    domain: str
    body: Term


@dataclass(frozen=True, eq=False)
class Relation(Term):
    """Proposition: `left kind right`, where kind is `=`, `<=`, `<` or `!=`."""

    kind: str
    left: Term
    right: Term


@dataclass(frozen=True, eq=False)
class Forall(Term):
    """Binder: `body` for every element of `domain` (for every real number where it is `REAL`)."""

    domain: str
    body: Term


@dataclass(frozen=True, eq=False)
class Implies(Term):
    """Proposition: `premise` implies `conclusion`."""

    premise: Term
    conclusion: Term


ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))
MINUS_ONE = Number(Fraction(-1))


def number(value: int | Fraction) -> Number:
    """The rational number as a term."""
    return Number(Fraction(value))


def negate(term: Term) -> Term:
    """Minus `term`."""
    return Multiply((MINUS_ONE, term))


def subtract(left: Term, right: Term) -> Term:
    """`left` minus `right`."""
    return Add((left, negate(right)))


def positive(term: Term) -> Term:
    """The proposition `term > 0`."""
    return Relation("<", ZERO, term)


def nonnegative(term: Term) -> Term:
    """The proposition `term >= 0`."""
    return Relation("<=", ZERO, term)


def nonzero(term: Term) -> Term:
    """The proposition `term != 0`."""
    return Relation("!=", term, ZERO)


def children(term: Term) -> tuple[Term, ...]:
    """The direct subterms, in order."""
    known: tuple[Term, ...] | None = term.__dict__.get("_children")
    if known is None:
        found: list[Term] = []
        for part in term.parts():
            if isinstance(part, Term):
                found.append(part)
            elif isinstance(part, tuple):
                found.extend(part)
        known = term.__dict__["_children"] = tuple(found)
    return known


def rebuild(term: Term, inner: tuple[Term, ...]) -> Term:
    """`term` with its direct subterms replaced by `inner`, in the order of `children`."""
    match term:
        case Add():
            return Add(inner)
        case Multiply():
            return Multiply(inner)
        case Entry(tensor):
            return Entry(tensor, inner)
        case Gather(name, domain):
            return Gather(name, domain, inner)
        case Apply(function):
            return Apply(function, inner)
        case Power(_, exponent):
            return Power(inner[0], exponent)
        case Reduce(kind, domain):
            return Reduce(kind, domain, inner[0])
        case Forall(domain):
            return Forall(domain, inner[0])
        case Relation(kind):
            return Relation(kind, *inner)
        case Delta() | Implies():
            return type(term)(*inner)
        case _:
            return term


def is_binder(term: Term) -> bool:
    """True of the terms whose child stands under one more binder."""
    return type(term) is Reduce or type(term) is Forall


def free_names(term: Term) -> frozenset[Term]:
    """The free `Index` and `Symbol` terms in `term`."""
    known: frozenset[Term] | None = term.__dict__.get("_free")
    if known is None:
        if isinstance(term, Index | Symbol):
            known = frozenset((term,))
        else:
            known = frozenset().union(*[free_names(child) for child in children(term)])
        term.__dict__["_free"] = known
    return known


def first_unused(prefix: str, terms: Iterable[Term]) -> int:
    """The least number n such that no free index in `terms` is called `prefix` followed by n or more."""
    least = 0
    for term in terms:
        for name in free_names(term):
            if isinstance(name, Index) and name.name.startswith(prefix) and name.name[len(prefix) :].isdigit():
                least = max(least, int(name.name[len(prefix) :]) + 1)
    return least


def loose_bound(term: Term) -> int:
    """The number of binders that `term` needs around it: 0 when it is closed."""
    known: int | None = term.__dict__.get("_loose")
    if known is None:
        if isinstance(term, Bound):
            known = term.position + 1
        else:
            known = max((loose_bound(child) for child in children(term)), default=0)
            if is_binder(term):
                known = max(known - 1, 0)
        term.__dict__["_loose"] = known
    return known


def shift(term: Term, amount: int, depth: int = 0) -> Term:
    """`term` moved under `amount` more binders; variables of the innermost `depth` stay."""
    if amount == 0 or loose_bound(term) <= depth:
        return term
    if isinstance(term, Bound):
        return Bound(term.position + amount)
    below = depth + 1 if is_binder(term) else depth
    return rebuild(term, tuple([shift(child, amount, below) for child in children(term)]))


def instantiate(body: Term, value: Term, depth: int = 0) -> Term:
    """The body of a binder with `value` for its variable.  Nothing in `value` is captured."""
    if loose_bound(body) <= depth:
        return body
    if isinstance(body, Bound):
        return shift(value, depth) if body.position == depth else Bound(body.position - 1)
    below = depth + 1 if is_binder(body) else depth
    return rebuild(body, tuple([instantiate(child, value, below) for child in children(body)]))


def abstract(term: Term, name: Term, depth: int = 0) -> Term:
    """The body of a binder over the free `name` (an `Index` or a `Symbol`); the inverse of `instantiate`."""
    if term == name:
        return Bound(depth)
    if isinstance(term, Bound):
        return Bound(term.position + 1) if term.position >= depth else term
    if loose_bound(term) <= depth and name not in free_names(term):
        return term
    below = depth + 1 if is_binder(term) else depth
    return rebuild(term, tuple([abstract(child, name, below) for child in children(term)]))


def substitute(term: Term, values: Mapping[Term, Term]) -> Term:
    """Replaces free names by closed terms, all at once."""
    if term in values:
        return values[term]
    if free_names(term).isdisjoint(values):
        return term
    return rebuild(term, tuple([substitute(child, values) for child in children(term)]))


def reduce_over(kind: str, names: Iterable[Index], body: Term) -> Term:
    """The reduction of `body` over the free indices `names`, the first outermost."""
    for name in reversed(list(names)):
        body = Reduce(kind, name.domain, abstract(body, name))
    return body


def forall(names: Iterable[Index | Symbol], body: Term) -> Term:
    """`body` for all values of the free `names`, the first outermost."""
    for name in reversed(list(names)):
        body = Forall(name.domain if isinstance(name, Index) else REAL, abstract(body, name))
    return body


def sum_over(names: Iterable[Index], body: Term) -> Term:
    """The sum of `body` over the free indices `names`, the first outermost."""
    return reduce_over("sum", names, body)


Key = tuple[int, str, tuple["Key", ...]]
"""A sort key: rank of the kind of term, its own data, the keys of its subterms."""

_RANK: dict[type[Term], int] = {
    kind: rank
    for rank, kind in enumerate(
        (
            Number,
            Delta,  # low, so that equations are solved for tensors rather than for deltas
            Size,
            Symbol,
            Index,
            Bound,
            Gather,
            Entry,
            Apply,
            Power,
            Multiply,
            Add,
            Reduce,
            Relation,
            Implies,
            Forall,
        )
    )
}


def key(term: Term) -> Key:
    """A total order on terms, the same in every run."""
    known: Key | None = term.__dict__.get("_key")
    if known is None:
        own = "\x00".join(str(part) for part in term.parts() if not isinstance(part, Term | tuple))
        known = (_RANK[type(term)], own, tuple(key(child) for child in children(term)))
        term.__dict__["_key"] = known
    return known
