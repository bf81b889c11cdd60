"""Trees to the language, for texts that say little of their names: what is known is interpreted.

A part without interpretation becomes a quantity that is known by its LaTeX, and depends on the bound variables and on
the arguments that stand in it.  Nothing is proved of it but what holds of every quantity, and nothing is refuted by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import NamedTuple, NoReturn

from sympy import Expr, Integer

from symderiv.formulas import averages, calls, conditional_means, events, ranges, values
from symderiv.formulas import tree as t
from symderiv.formulas.functions import FunctionTable
from symderiv.formulas.indexing import compared, is_kronecker, range_name
from symderiv.formulas.names import is_constant
from symderiv.formulas.printing import printed
from symderiv.formulas.shapes import ONE, Dimension, Shapes, diagonal_of, is_inverse, is_inverse_transpose, is_transpose
from symderiv.formulas.source import Ambiguous, Source, Unfitting, Unread
from symderiv.formulas.usage import EULER, MOMENTS, Usage
from symderiv.language import indices as i
from symderiv.language import matrices as m
from symderiv.language import quantities as q
from symderiv.language import random_variables as r
from symderiv.language import written as w
from symderiv.language.laws import Law
from symderiv.language.probability import Distribution, distribution
from symderiv.language.special_functions import Special

_FROBENIUS = frozenset({"F", r"\mathrm{F}", r"\text{F}", r"\mathcal{F}", r"\mathsf{F}"})
LARGEST_POWER = 6
"""Up to which exponent the power of a matrix is multiplied out."""
_MEAN = re.compile(r"\\(?:bar|overline)(?:\{(.+)\}| ?(.))")


class Parts(NamedTuple):
    """The names of which another is made by definition, and those but for what stands below means."""

    names: frozenset[str] = frozenset()
    unaveraged: frozenset[str] = frozenset()


class Terms:
    """What the trees of one text mean."""

    kept_matrices: frozenset[str] = frozenset()
    """The matrices that are known by their text alone."""

    def __init__(self, source: Source, usage: Usage, shapes: Shapes) -> None:
        self.source, self.usage, self.shapes = source, usage, shapes
        self.symmetric: set[str] = set()
        self.functions = FunctionTable()
        self.place = 0
        """Where the relation that is read stands in the order of reading."""
        self.averaged: dict[str, tuple[tuple[i.Variable, ...], Distribution]] = {}
        """Names over which an expectation around averages."""
        self.inside_only: set[str] = set()
        """Names that stand in this relation only inside expectations: they may be random as well as not."""
        self.laws: dict[tuple[str, str], Law] = {}
        """The laws of which densities stand in the text, by the names of the density and of its argument."""
        self.integrated: set[str] = set()
        """Names over which the text integrates somewhere."""
        self.expanding = 0
        self.bound: dict[str, i.Variable] = {}
        self.interpreted, self.overlooked = True, False
        """Whether nothing was kept by its name alone; and whether a part has a meaning that is not interpreted."""
        self._families: dict[tuple[str, int], set[str]] = {}
        """How the names with one stem, and so many pieces in their subscripts, are written."""
        self._indexed_stems: set[str] = set()
        self.related: dict[str, str] = {}
        """Names without subscripts, and names under bars, with what they are called after."""
        self.subscripts: frozenset[str] = frozenset()
        """What stands in the subscripts of a relation."""
        self.sizes: dict[str, Expr] = {}
        """The sizes of index sets whose ends were read, by alphabet."""
        self.outcomes: tuple[i.Variable, ...] = (i.Variable(r"\omega", r"\Omega"),)
        """On what the random variables of the text depend."""
        self.space = distribution(r"\Pr", *self.outcomes)
        self._spaces: dict[str, int] = {self.space.name: 1}
        self.events: frozenset[str] = frozenset()
        """The stems of the letters that stand for events."""
        self.valued: dict[str, events.Valued] = {}  # The discrete variables in probabilities.
        self.measure = ""
        """The letter of their probability."""
        self.vectors: frozenset[str] = frozenset()
        """The vectors that are random where they stand below an expectation, and have values elsewhere."""
        self.drawn: frozenset[str] = frozenset()
        """What the text draws from distributions."""
        self.constants: frozenset[str] = frozenset()
        """What the text calls constants, numbers or coefficients, or is one by its letter in a relation."""
        self.definitions: dict[str, Parts] = {}
        """The names on the right of each equation for a plain name."""
        self._sources: dict[str, tuple[i.Variable, ...]] = {}
        self._domains: dict[Dimension, str] = {}

    def draw_apart(self, names: Sequence[str]) -> None:
        """From now on, each of these random variables depends on an outcome of its own, and others on all outcomes."""
        own = [i.Variable(rf"\omega_{{{name}}}", rf"\Omega_{{{name}}}") for name in names]
        shared = self.outcomes if self.usage.random - set(names) else ()
        spaces = [distribution(rf"\Pr_{{{name}}}", outcome) for name, outcome in zip(names, own, strict=True)]
        spaces += [distribution(r"\Pr_{\omega}", outcome) for outcome in shared]
        self.outcomes = (*own, *shared)
        factors = w.Times(*(space(outcome) for space, outcome in zip(spaces, self.outcomes, strict=True)))
        self.space = Distribution(r"\Pr", self.outcomes, (), factors)
        self._sources = {name: (outcome,) for name, outcome in zip(names, own, strict=True)}

    def sources(self, name: str) -> tuple[i.Variable, ...]:
        """The outcomes on which a random variable depends."""
        return self._sources.get(name, self.outcomes)

    def made_of(self, name: str, averaged: bool = True) -> set[str]:
        """The names that stand in what a name was said to be, and in what these are; below means where `averaged`."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            parts = self.definitions.get(waiting.pop(), Parts())
            further = (parts.names if averaged else parts.unaveraged) - found
            found |= further
            waiting += further
        return found

    def unread(self, node: t.Node, message: str, hint: str = "") -> NoReturn:
        """Stops at a node."""
        raise Unread(self.source.span(node.start, node.end), message, hint)

    def ambiguous(self, node: t.Node, message: str) -> NoReturn:
        """Stops at a node that has more than one reading."""
        raise Ambiguous(self.source.span(node.start, node.end), message, "write brackets")

    def expression(self, node: t.Node) -> Expr:
        """A number or a matrix.

        Raises:
            Unread: at the part that has no meaning, or (Ambiguous) more than one.
        """
        try:
            return self._expression(node)
        except w.LanguageError as error:
            message = str(error).removesuffix(f" ({error.hint})")
            raise Unread(self.source.span(node.start, node.end), message, error.hint) from error

    def number(self, node: t.Node) -> Expr:
        """A number; a matrix of one row and one column is one."""
        found = self.expression(node)
        if m.shape_of(found) != m.NUMBER:
            raise Unfitting(self.source.span(node.start, node.end), "a matrix stands where a number is expected")
        return found

    def _expression(self, node: t.Node) -> Expr:
        match node:
            case t.Numeral(value=value):
                return values.rational(value)
            case t.Name():
                return self.name(node)
            case t.Negation(body=body):
                return w.Negative(self.expression(body))
            case t.Addition(terms=terms):
                return self._addition(node, terms)
            case t.Product(factors=factors):
                return self._product(node, factors)
            case t.Division(above=above, below=below):
                return w.Quotient(self.expression(above), self.number(below))
            case t.Power():
                return self._power(node)
            case t.Root(body=body, degree=degree):
                return w.root(self.number(body), None if degree is None else self.number(degree))
            case t.Function():
                return self._function(node)
            case t.Bars():
                return self._bars(node)
            case _:
                return self._compound(node)

    def _compound(self, node: t.Node) -> Expr:
        """What is more than arithmetic; a matrix without interpretation, or a number, where nothing is known of it."""
        match node:
            case t.Applied() | t.Operation() if (known := self._by_convention(node)) is not None:
                return known
            case t.Operation(sign=t.INNER):
                self.unread(node, "an inner product of what is not known to be two vectors")
            case t.Operation(sign="_", operands=(body, t.Name() as place)):
                return self._entry_of(node, body, place)
            case t.Derivative():
                return calls.derivative(self, node)
            case t.Average():
                return averages.drawn(self, node)
            case t.Angles(body=body, weight=t.Applied() as weight):
                return averages.averaged(self, node, body, weight)
            case t.Between():
                return ranges.between(self, node)
            case t.Applied() if (mean := self._mean_under(node)) is not None:
                return mean
            case t.Applied() | t.Angles() | t.Array() | t.Operation() if self.shapes.is_matrix(node):
                vector = diagonal_of(node)
                return self.opaque_matrix(node) if vector is None else m.Diagonal(self.expression(vector))
            case t.Applied():
                return calls.applied(self, node)
            case t.Total() | t.Integral():
                return ranges.reduced(self, node)
            case t.Factorial(body=body):
                return Special("factorial", self.number(body))
            case t.Binomial(above=above, below=below) if not isinstance(below, t.Listing):
                return Special("binomial", self.number(above), self.number(below))
            case _:
                return self.opaque(node)

    def _mean_under(self, node: t.Applied) -> Expr | None:
        """A mean over what stands below its sign, given what stands behind a bar, or of vectors; None of all else."""
        if node.bar:
            return conditional_means.conditional(self, node)
        mean = averages.over(self, node)
        return averages.of_vectors(self, node) if mean is None else mean

    def name(self, name: t.Name) -> Expr:
        """A name: a bound variable, an entry, a matrix, a random variable or a number."""
        if name.text in self.bound:
            return q.IndexValue(self.bound[name.text])
        if name.text in self.subscripts - self.usage.ends and (index := self.index(name.text)) is not None:
            return q.IndexValue(index)  # `a_i = i^2`
        if (delta := self._delta(name)) is not None:
            return delta
        self._remember_family(name)
        if name.text in self.shapes.matrices:
            return self._matrix(name)
        component = self._component(name)
        if component is not None and name.stem not in self.events:
            return component
        self.refuse_hidden(name)
        return self._number_named(name)

    def _by_convention(self, node: t.Node) -> Expr | None:
        """A delta, a probability of events, or an event."""
        delta = self._delta(node)
        return events.meant(self, node) if delta is None else delta

    def _delta(self, node: t.Node) -> Expr | None:
        """1 where two indices are equal, else 0."""
        pair = compared(node)
        if pair is None and isinstance(node, t.Name) and is_kronecker(node) and self.usage.kronecker:
            pair = node.lower[0], node.lower[1]
        one, other = map(self.index, pair) if pair is not None else (None, None)
        same = one is not None and other is not None and one.alphabet == other.alphabet
        return i.delta(one, other) if same and one is not None and other is not None else None

    def _remember_family(self, name: t.Name) -> None:
        """`x_1` is one of the `x_i`: a statement in which both stand is not wholly interpreted."""
        pieces = [(piece, self.index(piece)) for piece in name.lower]
        template = self.numbered(name, pieces) if pieces else name.text
        if any(variable is not None for _, variable in pieces):
            self._indexed_stems.add(name.stem)
        mean = _MEAN.fullmatch(name.stem)
        if mean or not pieces:
            self.related[template] = (mean[1] or mean[2]) if mean else name.stem
        if not pieces:
            return
        written = self._families.setdefault((name.stem, len(pieces)), set())
        written.add(template)
        if len(written) > 1 and any("{0}" in other for other in written):
            self.interpreted = False

    def unstated(self) -> frozenset[str]:
        r"""The names that have a meaning by convention beside others: `\bar{x}` and the vector `x` beside the `x_i`."""
        return frozenset(name for name, stem in self.related.items() if stem in self._indexed_stems)

    def numbered(self, name: t.Name, pieces: list[tuple[str, i.Variable | None]]) -> str:
        """The name with places for the indices in its subscript."""
        places = iter(range(len(pieces)))
        texts = [piece if variable is None else f"{{{next(places)}}}" for piece, variable in pieces]
        separator = "," if any(len(text) > 1 and text[0] != "{" for text in texts) else ""
        return f"{name.stem}_{{{separator.join(texts)}}}"

    def _number_named(self, name: t.Name) -> Expr:
        event = events.meant(self, name) if self.events else None
        if event is not None:
            return event
        if name.text in MOMENTS and self.usage.averaged:
            self.ambiguous(name, f"{name.text} is an expectation elsewhere, and stands without brackets here")
        if (name.stem in MOMENTS and name.lower) or is_constant(name.text):
            self.interpreted = False
        if name.text in self.usage.euler:
            return w.Exp(Integer(1))
        if name.text in self.averaged:
            outcomes, space = self.averaged[name.text]
            return r.RandomVariable(name.text + self._mark(space), outcomes, space)
        if {name.text, name.stem} & self.usage.random:  # `X_1` is as random as the `X_i`
            self.interpreted = False
            return r.RandomVariable(name.text, self.sources(name.text), self.space)
        return w.Scalar(name.text)

    def _mark(self, space: Distribution) -> str:
        """What tells the random variables of a space from numbers, and from those of other spaces with their names."""
        return "{}" * self._spaces.setdefault(space.name, len(self._spaces) + 1)

    def refuse_hidden(self, name: t.Name) -> None:
        """Stops at a bound variable that stands in a subscript as part of a longer one."""
        hidden = [mark for mark in name.marks if mark in self.bound]
        if hidden:
            self.unread(name, f"{name.text} depends on {hidden[0]} in a way that is not read")

    def _matrix(self, name: t.Name) -> Expr:
        rows, columns = (self.domain(d) for d in self.shapes.named(name))
        kind = self.shapes.kind(name)
        self.interpreted = self.interpreted and (bool(kind) or not is_constant(name.text))
        if kind:
            self.refuse_hidden(name)
            for domain, piece in zip((rows, columns), (*name.lower, *name.lower[-1:]), strict=False):
                if domain and not piece.isdigit():
                    self.sizes.setdefault(domain, w.Scalar(piece))
            return m.Constant(kind, name.text, rows, columns)
        if not rows and not columns:
            component = self._component(name)
            return self._number_named(name) if component is None else component
        pieces = [(piece, self.index(piece)) for piece in name.lower]
        by = [variable for _, variable in pieces if variable is not None]
        if name.text in self.averaged:
            self.interpreted = False
            outcomes, space = self.averaged[name.text]
            return m.MatrixFamily(name.text + self._mark(space), rows, columns, *outcomes)
        if by or name.text in self.usage.random:
            self.interpreted = self.interpreted and name.text not in self.usage.random
            outcome = self.sources(name.text) if name.text in self.usage.random else ()
            return m.MatrixFamily(self.numbered(name, pieces) if by else name.text, rows, columns, *by, *outcome)
        self.refuse_hidden(name)
        return m.Matrix(name.text, rows, columns, rows == columns and name.text in self.symmetric)

    def domain(self, dimension: Dimension) -> str:
        """The index set of a dimension; empty for one row or column."""
        found = dimension.find()
        if found is ONE:
            return ""
        if found not in self._domains:
            self._domains[found] = found.name or f"D_{{{len(self._domains) + 1}}}"
        return self._domains[found]

    def index(self, piece: str) -> i.Variable | None:
        """The variable that a piece of a subscript stands for: a bound one, or an index with one range."""
        if piece in self.bound:
            return self.bound[piece]
        alphabet = self.usage.alphabet_of(piece)
        return i.Variable(piece, alphabet) if alphabet and piece not in self.shapes.matrices else None

    def alphabet(self, ends: tuple[str, str]) -> str:
        """The index set of the integers between two ends."""
        return range_name(ends)

    def _component(self, name: t.Name) -> Expr | None:
        r"""`x_i`, `y_{1i}` or `\sigma_{ij}` where some piece of the subscript is an index."""
        pieces = [(piece, self.index(piece)) for piece in name.lower]
        indices = [variable for _, variable in pieces if variable is not None]
        if not indices:
            return None
        random = self.sources(name.text) if self.usage.random & {name.text, name.stem} else ()
        mark = ""
        for text in (name.text, name.stem):
            if text in self.averaged:
                random, mark = self.averaged[text][0], self._mark(self.averaged[text][1])
        self.interpreted = self.interpreted and not random
        template = name.stem if name.stem in self.shapes.matrices else self.numbered(name, pieces)
        alphabets = [v.alphabet for v in (*indices, *random)]
        return q.Component(template + mark, (*indices, *random), alphabets)

    def _entry_of(self, node: t.Node, body: t.Node, place: t.Name) -> Expr:
        """`(A x)_i`, where i is an index."""
        index, vector = self.index(place.text), self.expression(body)
        if index is None or m.shape_of(vector) != (index.alphabet, ""):
            return self.opaque(node)
        return m.EntryOf(vector, index)

    def _addition(self, node: t.Addition, terms: tuple[t.Node, ...]) -> Expr:
        if any(isinstance(term, t.Ellipsis) for term in terms):
            return self.opaque(node)
        found = [self.expression(term) for term in terms]
        shapes = [m.shape_of(term) for term in found]
        proper = next((shape for shape in shapes if shape != m.NUMBER), m.NUMBER)
        parts = [
            m.Constant("zeros", "0", *proper) if term == Integer(0) and proper != m.NUMBER else term for term in found
        ]
        return w.Plus(*parts)

    def _product(self, node: t.Node, factors: tuple[t.Node, ...]) -> Expr:
        if any(isinstance(factor, t.Ellipsis) for factor in factors):
            return self.opaque(node)
        self._refuse_raised_calls(factors)
        self._note_open_products(factors)
        found = [self.expression(factor) for factor in factors]
        if len(found) == 1:
            return found[0]
        return w.Times(
            *(part for factor in found for part in (factor.args if values.is_product(factor) else (factor,)))
        )

    def _note_open_products(self, factors: tuple[t.Node, ...]) -> None:
        r"""`\prod_i u_i c` is read as `c` beside the product, and could mean `c` inside it: it refutes nothing."""
        for factor, following in pairwise(factors):
            between = self.source.text[factor.end : following.start]
            if isinstance(factor, t.Total) and factor.kind == "product" and not between.strip():
                self.interpreted = False

    def _refuse_raised_calls(self, factors: tuple[t.Node, ...]) -> None:
        """Stops at `f^2(x)` where f is a function: it could be squared, applied twice, or no call at all."""
        for factor, following in pairwise(factors):
            if isinstance(factor, t.Power) and isinstance(factor.base, t.Name):
                between = self.source.text[factor.end : following.start].strip()
                behind = self.source.text[following.end :].lstrip()[:1]
                # Nobody puts brackets around a name that is multiplied.
                is_call = factor.base.text in self.usage.functions or (isinstance(following, t.Name) and behind == ")")
                if is_call and between[:1] == "(":
                    self.ambiguous(factor, f"{factor.base.text} is raised before what may be its argument")

    def _power(self, node: t.Power) -> Expr:
        if self.events and (event := events.meant(self, node)) is not None:
            return event
        if is_transpose(node):
            base = self.expression(node.base)
            return base if m.shape_of(base) == m.NUMBER and not values.is_matrix(base) else m.Transposed(base)
        if isinstance(node.base, t.Name) and node.base.text in EULER and node.base.text not in self.usage.factors:
            return w.Exp(self.number(node.exponent))
        value = values.constant(node.exponent)
        if value == 2 and isinstance(node.base, t.Bars) and (square := self._squared_length(node.base)) is not None:
            return square
        base = self.expression(node.base)
        if m.shape_of(base) != m.NUMBER:
            if is_inverse_transpose(node):
                return m.Transposed(m.Inverse(base))
            if is_inverse(node):
                return m.Inverse(base)
            rows, columns = m.shape_of(base)
            is_short = value is not None and value.denominator == 1 and 1 < abs(value) <= LARGEST_POWER
            if value is None or not is_short or rows != columns:
                return self.opaque_matrix(node)
            return w.Times(*[base if value > 0 else m.Inverse(base)] * abs(int(value)))
        return w.Raised(base, self.number(node.exponent) if value is None else values.rational(value))

    def _function(self, node: t.Function) -> Expr:
        if node.word == "det":
            body = self.expression(node.body)
            return body if m.shape_of(body) == m.NUMBER else m.Determinant(body)
        argument = self.number(node.body)
        if node.word == "ln":
            logarithm = w.Ln(argument)
            return logarithm if node.base is None else w.Quotient(logarithm, w.Ln(self.number(node.base)))
        return w.Exp(argument) if node.word == "exp" else q.Elementary(node.word, argument)

    def _bars(self, node: t.Bars) -> Expr:
        body = self.expression(node.body)
        if node.kind == "|":
            return w.Absolute(body) if m.shape_of(body) == m.NUMBER else m.Determinant(body)
        length = self._squared_length(node)
        return self.opaque(node) if length is None else w.sqrt(length)

    def _squared_length(self, node: t.Bars) -> Expr | None:
        """The square of the Euclidean length of a vector, or of the Frobenius norm of a matrix; None of other bars."""
        if node.kind == "||" and isinstance(node.lower, t.Name) and node.lower.base in _FROBENIUS:
            matrix = self.expression(node.body)
            return m.Trace(w.Times(m.Transposed(matrix), matrix)) if m.shape_of(matrix) != m.NUMBER else None
        euclidean = node.lower is None or (isinstance(node.lower, t.Numeral) and node.lower.value == 2)
        body = self.expression(node.body) if node.kind == "||" and euclidean else None
        if body is None or m.shape_of(body)[1] != "":
            return None
        return w.Times(m.Transposed(body), body)

    @contextmanager
    def binding(self, variables: list[i.Variable]) -> Iterator[None]:
        outside = self.bound
        self.bound = outside | {variable.name: variable for variable in variables}
        try:
            yield
        finally:
            self.bound = outside

    @contextmanager
    def averaging(self, names: Mapping[str, tuple[tuple[i.Variable, ...], Distribution]]) -> Iterator[None]:
        """Inside of a mean: these names are random variables on some outcomes of a space."""
        outside = self.averaged
        self.averaged = {**outside, **names}
        try:
            yield
        finally:
            self.averaged = outside

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Inside of a definition that is put in."""
        self.expanding += 1
        try:
            yield
        finally:
            self.expanding -= 1

    def opaque_matrix(self, node: t.Node) -> Expr:
        """A matrix that is known by its text."""
        rows, columns = (self.domain(d) for d in self.shapes.shape(node))
        if not rows and not columns:
            return self.opaque(node)
        self.interpreted = False
        names = [part for part in t.walk(node) if isinstance(part, t.Name)]
        if any(self.index(text) is not None for name in names for text in (name.text, *name.marks)):
            self.unread(node, "a matrix that depends on an index")
        if any({name.text, name.stem} & (self.usage.random | self.averaged.keys()) for name in names):
            self.unread(node, "a matrix that depends on what is random")
        text = printed(node)
        self.kept_matrices |= {text}
        return m.Matrix(text, rows, columns)

    def opaque(self, node: t.Node) -> Expr:
        """A number that is known by its text and by the bound variables in it."""
        self.overlooked = self.overlooked or not isinstance(node, t.Applied)
        text, used = self.text_with_places(node, 0)
        return q.Opaque(text, *used)

    def text_with_places(self, node: t.Node, first: int) -> tuple[str, list[Expr]]:
        """The text of a part with places, from `first`, for the bound and random variables in it, and these."""
        self.interpreted = False
        used: dict[str, Expr] = {}

        def numbered(name: str, value: Expr) -> str:
            used.setdefault(name, value)
            return f"{{{first + list(used).index(name)}}}"

        def place(variable: i.Variable) -> str:
            return numbered(variable.name, q.IndexValue(variable))

        def rename(name: t.Name) -> str | None:
            if name.text in self.bound:
                return place(self.bound[name.text])
            if not set(name.marks) & self.bound.keys():
                if self.usage.random & {name.text}:
                    return numbered(name.text, r.RandomVariable(name.text, self.sources(name.text), self.space))
                return None
            if not name.lower:
                self.refuse_hidden(name)
            pieces = [place(self.bound[piece]) if piece in self.bound else piece for piece in name.lower]
            return f"{name.stem}_{{{','.join(pieces)}}}"

        return printed(node, rename), list(used.values())
