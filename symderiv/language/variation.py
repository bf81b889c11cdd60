r"""What changes with what is differentiated by.

A name that has no definition is taken for a constant only where nothing speaks against it.  What speaks against it:
that the variable stands in its subscript (`p_\theta`), or that it is called after something in which it does (`Q^\pi`
beside `\pi_\theta`); that it is the vector of which the variable is an entry; that the text differentiates it; that it
is a letter for objectives, as `L`; that nothing at all in the expression is said to depend on the variable.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from symderiv.kernel import terms as k
from symderiv.language.dependence import base_and_rest, is_objective, occurs_in, parts_of
from symderiv.language.function_derivatives import is_derivative_name, is_interpreted
from symderiv.language.index_values import is_value_tensor
from symderiv.language.symmetric import matrix_of
from symderiv.language.written import LanguageError

Unfold = Callable[[k.Term], k.Term | None]
"""The body of the definition of a name, or of a function, at its arguments, where it has one."""
Named = k.Symbol | k.Entry | k.Apply


def name_of(term: Named) -> str:
    """The name of a symbol, a tensor or a function."""
    match term:
        case k.Symbol():
            return term.name
        case k.Entry():
            return term.tensor
        case _:
            return term.function


@dataclass
class Variation:
    """What changes with `by`, a `Symbol` or an `Entry` at distinct free indices, in `whole`.

    `varying` are names that are not taken for constants; `independent` those by which is differentiated beside this;
    `defined` those with a definition, on which the inverses and determinants of what they stand for depend.
    """

    by: k.Symbol | k.Entry
    whole: k.Term
    unfold: Unfold
    varying: frozenset[str] = frozenset()
    independent: frozenset[str] = frozenset()
    defined: frozenset[str] = frozenset()
    _everything: bool = field(init=False, default=False)
    _related: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        self._everything = not self._depends(self.whole, self._mentions)
        names = frozenset(map(name_of, self._named(self.whole)))
        bases = {base_and_rest(name)[0] for name in names if self._is_marked(name)}
        self._related = frozenset(bases) - {"", base_and_rest(self.name)[0]}

    @property
    def name(self) -> str:
        """The name of what is differentiated by."""
        return name_of(self.by)

    def depends(self, term: k.Term) -> bool:
        """False where a term is a constant."""
        return self._depends(term, self.may_vary)

    def refuse_two_ways(self) -> None:
        """Stops where a partial derivative could hold fixed what changes with its variable.

        Raises:
            LanguageError: the whole depends on the variable by itself, and by way of an independent name.
        """
        whole = self.unfold(self.whole) or self.whole
        by_way = [n for n in self._independent_in(whole) if (body := self.unfold(n)) and self.depends(body)]
        if by_way and self._depends(whole, lambda term: False, closed=True):
            raise LanguageError(f"this depends on {self.name} by itself, and by way of {name_of(by_way[0])}")

    def may_vary(self, term: Named) -> bool:
        """True of a name without definition that is not known to be a constant."""
        name = name_of(term)
        if name == self.name or is_value_tensor(name) or (isinstance(term, k.Apply) and is_interpreted(name)):
            return False
        if self._everything:
            return True
        name = matrix_of(name)
        base, rest = base_and_rest(name.rstrip("'"))
        related = (base in self._related and not rest) or any(occurs_in(other, rest) for other in self._related)
        composed = "^{-1}" in name or r"\left" in rest
        related = related or (composed and bool(parts_of(name) & self.defined))
        # `L(w)` says on what a loss depends; `L` does not.
        is_called = isinstance(term, k.Apply) and any(self.by in k.subterms(child) for child in term.arguments)
        known = name in self.varying or is_derivative_name(name) or (is_objective(name) and not is_called)
        return related or known or self._mentions(term)

    def may_range(self, domain: str) -> bool:
        """True of an index set that may change."""
        if self.name in parts_of(domain):
            return True
        bodies = (self.unfold(k.Symbol(part)) for part in parts_of(domain))
        return any(self._depends(body, self._mentions) for body in bodies if body is not None)

    def _depends(self, term: k.Term, varies: Callable[[Named], bool], *, closed: bool = False) -> bool:
        """Whether a term contains the variable, or a name that varies; `closed`: without what is `independent`."""
        if term == self.by:
            return True
        if isinstance(term, k.Reduce) and self.may_range(term.domain):
            return True
        if isinstance(term, Named):
            if isinstance(term, k.Entry) and isinstance(self.by, k.Entry) and term.tensor == self.by.tensor:
                return True
            if closed and name_of(term) in self.independent:
                return False
            body = self.unfold(term)
            if body is not None:
                return self._depends(body, varies, closed=closed)
            if varies(term):
                return True
        inner = (child for child in term.children if not isinstance(child, k.Index | k.Bound))
        return any(self._depends(child, varies, closed=closed) for child in inner)

    def _mentions(self, term: Named) -> bool:
        """True of a name that is written with the variable, a vector that it is an entry of, or an entry of it."""
        name = name_of(term)
        return name != self.name and (self._is_marked(name) or self._is_of_the_same(term))

    def _is_marked(self, name: str) -> bool:
        rest = base_and_rest(matrix_of(name))[1]
        own = base_and_rest(self.name)[0] if self.by.children else self.name
        return name != self.name and bool(own) and occurs_in(own, rest)

    def _is_of_the_same(self, term: Named) -> bool:
        if isinstance(term, k.Apply) or not (term.children or self.by.children):
            return False
        own, other = base_and_rest(self.name)[0], base_and_rest(name_of(term))[0]
        return bool(own) and (own == other or (len(self.by.children) > 1 and own.lower() == other.lower()))

    def _named(self, term: k.Term) -> list[Named]:
        """The names without definition in a term and in the definitions of those that have one."""
        found: list[Named] = []
        if isinstance(term, Named):
            body = self.unfold(term)
            if body is not None:
                return self._named(body)
            found.append(term)
        return found + [name for child in term.children for name in self._named(child)]

    def _independent_in(self, term: k.Term) -> list[Named]:
        if isinstance(term, Named):
            if name_of(term) in self.independent:
                return [term]
            body = self.unfold(term)
            if body is not None:
                return self._independent_in(body)
        return [name for child in term.children for name in self._independent_in(child)]
