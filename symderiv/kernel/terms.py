"""Terms and propositions of the kernel: immutable, with de Bruijn binders, and never simplified.

There is one object for each term, and two terms that differ only in the names of bound variables are the same one, so
`==` is alpha-equivalence.  A term denotes a real number, an element of an index set, or a proposition:

- index sets ("domains") are finite, not empty, and known by name only; `Size` is the number of their elements;
- every function is total.  Division is `Power(base, -1)`, and 0 to any exponent but 0 is 0; logarithms of what is not
  positive and fractional powers of what is negative have some value, about which nothing is known.  What a statement
  needs to mean what a reader takes it to mean is kept apart, as definedness goals (`definedness.py`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, ClassVar, Self, dataclass_transform
from weakref import ref

REAL = "real"
"""The domain of quantifiers over real numbers; every other domain is a finite index set."""


class _Kept(ref["Term"]):
    """A term that lasts only as long as someone else has it; it stands among those of its kind under its parts."""

    __slots__ = ("among", "parts")
    among: dict[tuple[Any, ...], _Kept]
    parts: tuple[Any, ...]


def _forget(kept: _Kept) -> None:
    if kept.among.get(kept.parts) is kept:
        del kept.among[kept.parts]


_LATEST = deque["Term"](maxlen=1 << 15)
"""The terms that were made last: what one proof has dropped, the next one often wants."""

KINDS: dict[str, type[Term]] = {}
"""The kinds of terms by name, in the order in which normal forms sort them."""


@dataclass_transform(eq_default=False, frozen_default=True)
class Term:
    """Base of all terms.  The fields of a kind are numbers, words and terms; one may be a tuple of terms.

    `parts` are the values of the fields, `children` the direct subterms, `free` the free `Index` and `Symbol` terms
    inside, and `loose` is the number of binders that the term needs around it: 0 when it is closed.  The `mark` of a
    term is all but its subterms: two terms of different marks do not match.
    """

    parts: tuple[Any, ...]
    mark: tuple[Any, ...]
    children: tuple[Term, ...]
    free: frozenset[Term]
    loose: int
    fields: ClassVar[tuple[str, ...]]
    rank: ClassVar[int]
    is_binder: ClassVar[bool] = False
    kept: ClassVar[dict[tuple[Any, ...], _Kept]]
    """The terms in use, by their parts.  A WeakValueDictionary would do, at twice the cost of finding a term."""

    def __init_subclass__(cls) -> None:
        cls.kept = {}
        cls.rank = len(KINDS)
        cls.fields = tuple(cls.__annotations__)
        type.__setattr__(cls, "__match_args__", cls.fields)
        KINDS[cls.__name__] = cls

    def __new__(cls, *parts: Any) -> Self:
        kept = cls.kept.get(parts)
        known: Any = None if kept is None else kept()  # no `cast`: it is a call, and this is called most of all
        found: Self = cls._made(parts) if known is None else known
        return found

    @classmethod
    def _made(cls, parts: tuple[Any, ...]) -> Self:
        made = object.__new__(cls)
        own = made.__dict__
        own.update(zip(cls.fields, parts, strict=True))
        own["parts"] = parts
        if isinstance(parts[-1], tuple):
            data, children = parts[:-1], parts[-1]
        else:
            data = tuple([part for part in parts if not isinstance(part, Term)])
            children = tuple([part for part in parts if isinstance(part, Term)])
        own["mark"], own["children"] = (cls.rank, *data), children
        free, loose = _NO_NAMES, 0
        for child in children:
            loose = max(loose, child.loose)
            if child.free is not free:
                free = free | child.free
        own["free"], own["loose"] = free, loose - 1 if cls.is_binder and loose else loose
        made._finish()
        kept = cls.kept[parts] = _Kept(made, _forget)
        kept.among, kept.parts = cls.kept, parts
        _LATEST.append(made)
        return made

    def _finish(self) -> None:
        """What a kind has of its own."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"terms do not change: {name}")

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), self.parts)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self.parts))})"


_NO_NAMES: frozenset[Term] = frozenset()


class Number(Term):
    """A rational number."""

    value: Fraction


class Delta(Term):
    """1 where the two indices are equal, else 0.  Low in the order: equations are solved for tensors, not deltas."""

    left: Term
    right: Term


class Size(Term):
    """The number of elements of `domain`: a positive integer."""

    domain: str


class Symbol(Term):
    """A free real number."""

    name: str

    def _finish(self) -> None:
        self.__dict__["free"] = frozenset((self,))


class Index(Term):
    """A free index: some fixed element of `domain`."""

    name: str
    domain: str

    def _finish(self) -> None:
        self.__dict__["free"] = frozenset((self,))


class Bound(Term):
    """A bound variable: `position` binders lie between it and its own (0 is the innermost)."""

    position: int

    def _finish(self) -> None:
        self.__dict__["loose"] = self.position + 1


class Gather(Term):
    """An index computed from indices: the entry of an index-valued tensor, with values in `domain`."""

    name: str
    domain: str
    indices: tuple[Term, ...]


class Entry(Term):
    """The entry of a real tensor at `indices`."""

    tensor: str
    indices: tuple[Term, ...]


class Apply(Term):
    """A function of real numbers: `exp`, `log`, ..., or one without interpretation."""

    function: str
    arguments: tuple[Term, ...]


class Power(Term):
    """`base` to a rational exponent."""

    base: Term
    exponent: Fraction


class Multiply(Term):
    """A product; 1 when empty."""

    factors: tuple[Term, ...]


class Add(Term):
    """A sum; 0 when empty."""

    terms: tuple[Term, ...]


class Reduce(Term):
    """Binder: the `sum`, `max`, `min` or `product` of `body` over all elements of `domain`."""

    is_binder = True
    kind: str
    domain: str
    body: Term


class Relation(Term):
    """Proposition: `left kind right`, where kind is `=`, `<=`, `<` or `!=`."""

    kind: str
    left: Term
    right: Term


class Implies(Term):
    """Proposition: `premise` implies `conclusion`."""

    premise: Term
    conclusion: Term


class Forall(Term):
    """Binder: `body` for every element of `domain` (for every real number where it is `REAL`)."""

    is_binder = True
    domain: str
    body: Term


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


def rebuild(term: Term, children: Iterable[Term]) -> Term:
    """`term` with other direct subterms, in the order of `children`."""
    kind: Callable[..., Term] = type(term)
    inner = tuple(children)
    if isinstance(term.parts[-1], tuple):
        return kind(*term.parts[:-1], inner)
    if isinstance(term, Power):
        return Power(inner[0], term.exponent)
    return kind(*term.parts[: len(term.parts) - len(inner)], *inner)


def subterms(term: Term) -> Iterator[Term]:
    """The term and everything in it; bound variables appear as `Bound`."""
    pending = [term]
    while pending:
        part = pending.pop()
        yield part
        pending.extend(reversed(part.children))


def first_unused(prefix: str, terms: Iterable[Term]) -> int:
    """The least number n such that no free name in `terms` is `prefix` followed by n or more."""
    least = 0
    for term in terms:
        for name in term.free:
            word: str = name.parts[0]
            if word.startswith(prefix) and word[len(prefix) :].isdigit():
                least = max(least, int(word[len(prefix) :]) + 1)
    return least


def shift(term: Term, amount: int, depth: int = 0) -> Term:
    """`term` moved under `amount` more binders; variables of the innermost `depth` stay."""
    if amount == 0 or term.loose <= depth:
        return term
    if isinstance(term, Bound):
        return Bound(term.position + amount)
    return rebuild(term, [shift(child, amount, depth + term.is_binder) for child in term.children])


@lru_cache(maxsize=1 << 15)
def instantiate(body: Term, value: Term, depth: int = 0) -> Term:
    """The body of a binder with `value` for its variable.  Nothing in `value` is captured."""
    if body.loose <= depth:
        return body
    if isinstance(body, Bound):
        return shift(value, depth) if body.position == depth else Bound(body.position - 1)
    return rebuild(body, [instantiate(child, value, depth + body.is_binder) for child in body.children])


@lru_cache(maxsize=1 << 15)
def abstract(term: Term, name: Term, depth: int = 0) -> Term:
    """The body of a binder over the free `name` (an `Index` or a `Symbol`); the inverse of `instantiate`."""
    if term is name:
        return Bound(depth)
    if isinstance(term, Bound):
        return Bound(term.position + 1) if term.position >= depth else term
    if term.loose <= depth and name not in term.free:
        return term
    return rebuild(term, [abstract(child, name, depth + term.is_binder) for child in term.children])


def substitute(term: Term, values: Mapping[Term, Term]) -> Term:
    """Replaces free names by closed terms, all at once."""
    if term in values:
        return values[term]
    if term.free.isdisjoint(values):
        return term
    return rebuild(term, [substitute(child, values) for child in term.children])


def reduce_over(kind: str, names: Iterable[Index], body: Term) -> Term:
    """The reduction of `body` over the free indices `names`, the first outermost."""
    for name in reversed(list(names)):
        body = Reduce(kind, name.domain, abstract(body, name))
    return body


def sum_over(names: Iterable[Index], body: Term) -> Term:
    """The sum of `body` over the free indices `names`, the first outermost."""
    return reduce_over("sum", names, body)


def opened(term: Reduce, prefix: str, beside: Iterable[Term] = ()) -> tuple[tuple[Index, ...], Term]:
    """The body of a reduction, and of those of the same kind directly inside it, with names for its indices.

    They start with `prefix` and occur in none of `beside`.
    """
    start = first_unused(prefix, (term, *beside))
    names: list[Index] = []
    body: Term = term
    while isinstance(body, Reduce) and body.kind == term.kind:
        names.append(Index(f"{prefix}{start + len(names)}", body.domain))
        body = instantiate(body.body, names[-1])
    return tuple(names), body


def forall(names: Iterable[Index | Symbol], body: Term) -> Term:
    """`body` for all values of the free `names`, the first outermost."""
    for name in reversed(list(names)):
        body = Forall(name.domain if isinstance(name, Index) else REAL, abstract(body, name))
    return body


Key = tuple[int, tuple[str, ...], tuple["Key", ...]]
"""A sort key: rank of the kind of term, its own data, the keys of its subterms."""


def key(term: Term) -> Key:
    """A total order on terms, the same in every run."""
    known: Key | None = term.__dict__.get("_key")
    if known is None:
        own = tuple([str(part) for part in term.parts if not isinstance(part, Term | tuple)])
        known = (term.rank, own, tuple([key(child) for child in term.children]))
        term.__dict__["_key"] = known
    return known
