"""From what is written to what is proved: SymPy expressions to kernel terms.

This code is trusted: what it makes of a statement is what the kernel proves.  A variable of the language becomes a free
kernel index of the same name, and every binder abstracts its own variables from the inside outwards, so scoping is
lexical.  Derived names (marginals, conditionals, entropies, ...) become heads with definitions; the same head with two
meanings is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from sympy import Abs, Add, Basic, Expr, Integer, Max, Min, Mul, Pow, Rational, Symbol, latex, preorder_traversal
from sympy import exp as sympy_exp
from sympy import log as sympy_log

from symderiv.kernel import terms as k
from symderiv.language import indices as i
from symderiv.language import probability as p
from symderiv.language import random_variables as r
from symderiv.language import written as w
from symderiv.language.dependence import base_and_rest, hidden, occurs_in
from symderiv.language.dependences import Dependences, has_derivatives
from symderiv.language.encode_general import general_term, is_matrix_expression
from symderiv.language.encode_matrices import entry
from symderiv.language.families import is_range, on_ranges
from symderiv.language.independence import Independence, independences
from symderiv.language.index_values import weights
from symderiv.language.matrices import Determinant, Inverse, Matrix, MatrixFamily, Transposed, shape_of
from symderiv.language.quantities import Opaque, is_indicator
from symderiv.language.written import LanguageError
from symderiv.model.statement import Context, Proposition, Relation, Statement

_BETWEEN = re.compile(r"\\int_\{.+\}\^\{.+\}")
"""The region of an integral with two ends: its variable is a number."""


_ARITHMETIC = (
    Integer, Rational, w.Plus, Add, w.Times, Mul, w.Negative, w.Quotient, w.Raised, Pow, w.Ln, sympy_log,
    w.Exp, sympy_exp, w.Absolute, Abs, w.Maximum, Max, Min,
)  # fmt: skip
"""What `Encoder` reads as arithmetic: to ask once is faster than to compare with each of them."""


@dataclass(frozen=True)
class Fact:
    """A proposition that may be used, the rule that allows it, and how it is printed (LaTeX)."""

    proposition: k.Term
    rule: str
    label: str


@dataclass(frozen=True)
class Unfolding:
    """A definition: `head` stands for a body.  Lower stages are unfolded first."""

    head: str
    proposition: k.Term
    rule: str
    label: str
    stage: int


@dataclass(frozen=True)
class Encoded:
    """A statement as the kernel sees it; the definitions come with each head before the heads it is defined by."""

    conclusion: k.Term
    assumptions: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    definitions: tuple[Unfolding, ...]


def encode(statement: Statement) -> Encoded:
    """The statement with everything that its words bring along.

    Raises:
        LanguageError: it contains something that is not in the language, or one name with two meanings.
    """
    ranged: frozenset[str] = frozenset()
    while True:
        try:
            return _encoded(statement, Encoder(ranged))
        except SeveralRanges as found:
            ranged |= {found.name}


class SeveralRanges(LanguageError):
    """A name whose indices run over different ranges in one statement."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is used with two meanings")
        self.name = name


def _encoded(statement: Statement, encoder: Encoder) -> Encoded:
    encoder.dependences = Dependences.of(statement)
    encoder.independences = independences(statement.context.assumptions)
    encoder.single = statement.context.single
    encoder.symmetric = frozenset(filter(None, map(_said_symmetric, statement.context.assumptions))) - {
        definition.name.name for definition in statement.context.definitions if isinstance(definition.name, Matrix)
    }
    encoder.regular = frozenset(a.left.args[0] for a in statement.context.assumptions if _says_regular(a))
    for definition in sorted(statement.context.definitions, key=lambda known: has_derivatives(known.body)):
        encoder.define(definition.name, definition.body)
    encoder.claims = True
    conclusion = encoder.proposition(statement.proposition)
    encoder.claims = False
    context = statement.context
    assumptions = tuple(
        Fact(_closed(encoder.proposition(a), a.parameters, context), _rule_of(encoder, a), latex_of_proposition(a))
        for a in statement.context.assumptions
        if all(a != known.stated for known in encoder.independences.values())
    )
    equations = [a for a in statement.context.assumptions if a.relation is Relation.EQUAL]
    sides = [part for a in equations for side in (a.left, a.right) for part in preorder_traversal(side)]
    for matrix in sorted(encoder.regular.intersection(sides), key=str):
        # What is multiplied by it can be multiplied back.
        entry(encoder, Inverse(matrix), *map(encoder.fresh, shape_of(matrix)))
    return Encoded(conclusion, assumptions, tuple(encoder.facts.values()), tuple(encoder.ordered()))


def _said_symmetric(assumption: Proposition) -> str | None:
    """The name of the matrix of which S' = S is assumed; None of another assumption."""
    sides = (assumption.left, assumption.right)
    for one, other in (sides, sides[::-1]):
        plain = isinstance(other, Matrix) and not isinstance(other, MatrixFamily) and not assumption.premises
        if plain and assumption.relation is Relation.EQUAL and one == Transposed(other):
            return str(other.name)
    return None


def _says_regular(assumption: Proposition) -> bool:
    """True of the assumption that a matrix has an inverse: its determinant is not 0."""
    is_plain = assumption.relation is Relation.UNEQUAL and not assumption.premises and not assumption.parameters
    return is_plain and isinstance(assumption.left, Determinant) and assumption.right == 0


def _rule_of(encoder: Encoder, assumption: Proposition) -> str:
    """How an assumption comes in: that a matrix is symmetric says what its entries are made of."""
    return "matrix.symmetric" if _said_symmetric(assumption) in encoder.symmetric else "hypothesis"


def latex_of_proposition(proposition: Proposition) -> str:
    """A proposition as the field writes it."""
    sign = {"<=": r"\leq", ">=": r"\geq", "!=": r"\neq"}.get(proposition.relation.value, proposition.relation.value)
    text = f"{latex(proposition.left)} {sign} {latex(proposition.right)}"
    premises = r" \wedge ".join(map(latex_of_proposition, proposition.premises))
    return rf"{premises} \Rightarrow {text}" if premises else text


def _closed(proposition: k.Term, parameters: tuple[Expr, ...] = (), context: Context | None = None) -> k.Term:
    """For all values of the free indices, and of the parameters; but not of an index that has one value."""
    names = {parameter.name for parameter in cast(tuple[w.Scalar, ...], parameters)}
    free = cast(list[k.Index | k.Symbol], sorted(proposition.free - _of_one_value(proposition, context), key=k.key))
    return k.forall([n for n in free if isinstance(n, k.Index) or n.name in names], proposition)


def _of_one_value(proposition: k.Term, context: Context | None) -> frozenset[k.Term]:
    """The indices for one value of which an assumption holds.

    They are the single ones, and those on one side of an equation alone that are particular, or are compared on the
    right, as the y in `q_k = [k = y]`: the other side does not vary with them.
    """
    single, particular = (context.single, context.particular) if context is not None else (frozenset(), frozenset())
    free = frozenset(n for n in proposition.free if isinstance(n, k.Index))
    found = frozenset[k.Term](n for n in free if n.name in single)
    if isinstance(proposition, k.Relation) and proposition.kind == "=":
        if isinstance(proposition.left, k.Delta) and isinstance(proposition.right, k.Number):
            return free  # `i \\neq j` is said of these two
        deltas = [part for part in k.subterms(proposition) if isinstance(part, k.Delta)]
        compared = frozenset[k.Term]().union(*(delta.free for delta in deltas))
        alone = free & (proposition.left.free ^ proposition.right.free)
        found |= {n for n in alone if n.name in particular or (n in compared and n not in proposition.left.free)}
    return found


class Encoder:
    """Encodes expressions and collects the definitions and facts that they need."""

    def __init__(self, ranged: frozenset[str] = frozenset()) -> None:
        """The names that are `ranged` have a tensor of their own for each range of their indices."""
        self._ranged = ranged
        self.facts: dict[k.Term, Fact] = {}
        self._definitions: dict[str, Unfolding] = {}
        self._after: dict[str, set[str]] = {}
        self._defined: dict[Expr, k.Term] = {}
        self._kinds: dict[str, object] = {}
        self._inside: list[str] = []
        self._known: set[str] = set()
        self._distributions: set[k.Entry] = set()
        self.names: dict[k.Term, str] = {}
        """The names of inverses and determinants by the normal forms of what they are taken of."""
        self.inverses: dict[str, Expr] = {}
        self.determinants: dict[str, Expr] = {}
        """What the inverses and determinants with these names are of."""
        self.dependences = Dependences()
        self.independences: Mapping[p.Distribution, Independence] = {}
        self.symmetric: frozenset[str] = frozenset()
        """The matrices that are assumed to be symmetric."""
        self.claims = False
        """True while what is to be shown is encoded: a slope in it needs its function to be defined."""
        self.single: frozenset[str] = frozenset()
        """The variables with one value in all that is assumed, which definitions may depend on."""
        self.regular: frozenset[Expr] = frozenset()
        """The matrices that are assumed to have an inverse."""
        self.is_equating = False
        """True in the sides of an equation, outside of definitions and of what must not be 0, or must be positive."""
        self._fresh = 0
        self._bound: tuple[str, ...] = ()
        self._numbers: frozenset[str] = frozenset()
        """The bound variables that run between two ends: `x_m` is no component of these."""

    # names

    @contextmanager
    def binding(self, variables: Iterable[k.Index]) -> Iterator[None]:
        """Around the body of a binder: no name in it may depend on the variables in a way that nobody sees."""
        outside, numbers = self._bound, self._numbers
        found = list(variables)
        self._bound = (*outside, *(variable.name for variable in found))
        between = {variable.name for variable in found if _BETWEEN.fullmatch(i.unmeasured(variable.domain))}
        self._numbers = (numbers - {variable.name for variable in found}) | between
        try:
            yield
        finally:
            self._bound, self._numbers = outside, numbers

    @contextmanager
    def needing(self) -> Iterator[None]:
        """Around what must not be 0, or must be positive: whether it is may depend on a range not being empty."""
        equating, self.is_equating = self.is_equating, False
        try:
            yield
        finally:
            self.is_equating = equating

    def refuse_hidden(self, name: str, seen: Container[str] = ()) -> None:
        """Stops at a name in which a bound variable stands, but for those that have a place beside it.

        Raises:
            LanguageError: there is one.
        """
        base, rest = base_and_rest(name)
        bound = (
            self._bound if base not in self._numbers else [v for v in self._bound if v != base or occurs_in(v, rest)]
        )
        variable = hidden(name, [v for v in bound if v not in seen])
        if variable is not None:
            raise LanguageError(f"{name} depends on {variable} in a way that is not read")

    def over(self, kind: str, variables: Iterable[Expr], body: Callable[[], k.Term]) -> k.Term:
        """A reduction of what a body says of the variables."""
        names = self.variables(variables)
        with self.binding(names):
            return self.total(names, body()) if kind == "sum" else k.reduce_over(kind, names, body())

    def total(self, variables: Iterable[k.Index], body: k.Term) -> k.Term:
        """The sum of a body; each value of a variable with a density has some positive weight."""
        names = list(variables)
        factors: list[k.Term] = []
        for name in names:
            if i.is_measured(name.domain):
                tensor, place = weights(name.domain), k.Index("place", name.domain)
                self.declare(tensor, "weights of values")
                self.fact(k.forall([place], k.positive(k.Entry(tensor, (place,)))), "integral.weights", name.domain)
                factors.append(k.Entry(tensor, (name,)))
        return k.sum_over(names, k.Multiply((body, *factors)) if factors else body)

    def is_symmetric(self, matrix: Matrix) -> bool:
        """True of a matrix that is declared or assumed to be symmetric."""
        return matrix.symmetric or matrix.name in self.symmetric

    def declare(self, name: str, meaning: object) -> None:
        """One name has one meaning throughout a statement.

        Raises:
            LanguageError: it has another one already.
        """
        if self._kinds.setdefault(name, meaning) != meaning:
            raise LanguageError(f"{name} is used with two meanings")

    def known_definitions(self) -> tuple[k.Term, ...]:
        """The definitions that are complete."""
        return tuple(
            d.proposition for d in self._definitions.values() if isinstance(d.proposition, k.Forall | k.Relation)
        )

    def known(self, name: str) -> bool:
        """True of a name that was given to `know`."""
        return name in self._known

    def know(self, name: str) -> None:
        """Remembers that the facts about a name are there."""
        self._known.add(name)

    def fresh(self, domain: str) -> k.Index:
        """An index that is about to be bound, with a name that no text can hold."""
        self._fresh += 1
        return k.Index(f"{domain} {self._fresh}", domain)

    def unfold(self, term: k.Term) -> k.Term | None:
        """The body of the definition of a name, or of a function by an assumption, at its arguments."""
        if isinstance(term, k.Apply):
            return self._unfolded_call(term)
        name = term.name if isinstance(term, k.Symbol) else term.tensor if isinstance(term, k.Entry) else ""
        found = self._definitions.get(name)
        if found is None:
            return None
        stated = found.proposition
        for child in term.children:
            if not isinstance(stated, k.Forall):
                return None
            stated = k.instantiate(stated.body, child)
        return stated.right if isinstance(stated, k.Relation) else None

    def _unfolded_call(self, call: k.Apply) -> k.Term | None:
        known = self.dependences.functions.get(call.function)
        if known is None:
            return None
        outside, self._bound = self._bound, ()
        body = self.term(known.right)
        parameters = [self.term(parameter) for parameter in known.parameters]
        self._bound = outside
        return k.substitute(body, dict(zip(parameters, call.arguments, strict=True)))

    def fact(self, proposition: k.Term, rule: str, label: str) -> None:
        """A fact that comes with the words of a statement."""
        self.facts.setdefault(proposition, Fact(proposition, rule, label))

    def indicates(self, variables: Sequence[k.Symbol], indicator: k.Term) -> None:
        """What is known of an indicator, for all values of some variables: it is 0 or 1."""
        square = k.Relation("=", k.Power(indicator, Fraction(2)), indicator)
        for known in (square, k.nonnegative(indicator), k.nonnegative(k.subtract(k.ONE, indicator))):
            self.fact(k.forall(variables, known), "quantity.indicator", r"\mathbb{1}[A]^2 = \mathbb{1}[A]")

    def head(
        self, name: str, arguments: Iterable[k.Term], rule: str, stage: int, body: Callable[[], k.Term], meaning: object
    ) -> k.Term:
        """A derived name at its arguments; its definition is made once."""
        found = tuple(arguments)
        head: k.Term = k.Entry(name, found) if found else k.Symbol(name)
        self.declare(name, meaning)
        if self._inside:
            self._after.setdefault(self._inside[-1], set()).add(name)
        if name not in self._definitions:
            if not all(isinstance(a, k.Index) for a in found) or len(set(found)) != len(found):
                raise LanguageError(f"{name} is first used at {found}", "write it with distinct variables before")
            parameters = cast(tuple[k.Index, ...], found)
            placeholder = Unfolding(name, head, rule, name, stage)
            self._definitions[name] = placeholder
            self._inside.append(name)
            outside, self._bound = self._bound, ()
            with self.needing():
                equation = k.forall(parameters, k.Relation("=", head, body()))
            self._bound = outside
            self._inside.pop()
            if loose := [n.name for n in equation.free if isinstance(n, k.Index) and n.name not in self.single]:
                raise LanguageError(f"the definition of {name} depends on {', '.join(sorted(loose))}")
            self._definitions[name] = Unfolding(name, equation, rule, name, stage)
        return head

    def ordered(self) -> list[Unfolding]:
        """The definitions, each head before the heads that its body uses."""
        done: dict[str, None] = {}

        def visit(name: str) -> None:
            for inner in sorted(self._after.get(name, ())):
                if inner not in done:
                    visit(inner)
            done[name] = None

        for name in self._definitions:
            if name not in done:
                visit(name)
        return [self._definitions[name] for name in reversed(done)]

    def define(self, name: Expr, body: Expr) -> None:
        """A definition of the author: `name`, with the free variables in it as arguments, stands for `body`."""
        arguments: tuple[k.Term, ...] = ()
        meaning: object
        match name:
            case w.Scalar():
                text, meaning = name.name, "scalar"
            case i.Entry():
                arguments = tuple(self.index(a) for a in name.args[1])
                text, meaning = str(name.args[0].name), ("tensor", tuple(str(a.name) for a in name.args[2]))
            case r.RandomVariable():
                arguments = tuple(self.index(v) for v in name.args[1])
                text, meaning = str(name.args[0].name), ("tensor", tuple(v.alphabet for v in name.args[1]))
            case Opaque() if not name.args[1]:
                text, meaning = name.template, ("opaque", 0, name.positive)
            case Matrix() if not name.symmetric:
                domains = tuple(zip((r"\mathit{row}", r"\mathit{column}"), name.shape, strict=True))
                arguments = tuple(k.Index(word, domain) for word, domain in domains if domain)
                text, meaning = name.name, ("tensor", tuple(domain for domain in name.shape if domain))
            case _:
                raise LanguageError("a definition names a scalar, a random variable, a matrix or the entry of a tensor")

        def inside() -> k.Term:
            return self.sides(name, body)[1] if isinstance(name, Matrix) else self.term(body)

        self.head(text, arguments, "definition", 0, inside, meaning)

    # propositions

    def proposition(self, proposition: Proposition) -> k.Term:
        """A proposition; its premises become implications."""
        self.is_equating = proposition.relation is Relation.EQUAL
        left, right = self.sides(proposition.left, proposition.right)
        self.is_equating = False
        match proposition.relation:
            case Relation.AT_LEAST:
                result: k.Term = k.Relation("<=", right, left)
            case Relation.GREATER:
                result = k.Relation("<", right, left)
            case relation:
                result = k.Relation(relation.value, left, right)
        for premise in reversed(proposition.premises):
            result = k.Implies(self.proposition(premise), result)
        return result

    def sides(self, left: Expr, right: Expr) -> tuple[k.Term, k.Term]:
        """Both sides, as numbers; those of matrices as their entries at some row and column."""
        rows, columns = shape_of(left)
        if shape_of(right) != (rows, columns):
            raise LanguageError("the sides have different shapes")
        row = k.Index(r"\mathit{row}", rows) if rows else None
        column = k.Index(r"\mathit{column}", columns) if columns else None
        return entry(self, left, row, column), entry(self, right, row, column)

    # terms

    def entry(self, matrix: Expr, row: k.Term | None, column: k.Term | None) -> k.Term:
        """The entry of a matrix at a row and a column."""
        return entry(self, matrix, row, column)

    def index(self, expression: Expr) -> k.Index | k.Gather:
        """An element of an alphabet."""
        if isinstance(expression, i.Variable):
            return k.Index(expression.name, expression.alphabet)
        if isinstance(expression, i.Mapped):
            inner = tuple(self.index(a) for a in expression.args[1])
            into = expression.args[2].alphabet
            name = str(expression.args[0].name)
            self.declare(name, ("map", into, tuple(a.domain for a in inner)))
            return k.Gather(name, into, inner)
        raise LanguageError(f"{expression} is not an index")

    def variables(self, found: Iterable[Expr]) -> list[k.Index]:
        """Variables that are about to be bound."""
        names = []
        for variable in found:
            name = self.index(variable)
            if not isinstance(name, k.Index):
                raise LanguageError(f"{variable} is no variable")
            self.refuse_hidden(i.unmeasured(name.domain))
            names.append(name)
        return names

    def term(self, expression: Basic) -> k.Term:
        """A real expression."""
        if is_matrix_expression(expression):
            return entry(self, cast(Expr, expression), None, None)
        arithmetic = self._arithmetic(expression)
        if arithmetic is not None:
            return arithmetic
        general = general_term(self, expression)
        if general is not None:
            return general
        match expression:
            case w.Scalar() | Symbol():
                self.refuse_hidden(expression.name)
                self.declare(expression.name, "scalar")
                found = k.Symbol(expression.name)
                if is_indicator(expression.name):
                    self.indicates((), found)
                return found
            case w.Call():
                return self._call(expression)
            case i.Entry():
                name = self._tensor(str(expression.args[0].name), tuple(str(a.name) for a in expression.args[2]))
                return k.Entry(name, tuple(self.index(a) for a in expression.args[1]))
            case i.Kronecker():
                return self._delta(*expression.args)
            case i.SumOver() | i.MaxOver():
                kind = "sum" if isinstance(expression, i.SumOver) else "max"
                return self.over(kind, expression.args[0], lambda: self.term(expression.args[1]))
            case p.Probability():
                return self.probability(expression.of, expression.outcomes, expression.given)
            case p.Expectation():
                return self._expected(expression.args[1], expression.args[0], expression.args[2])
            case r.RandomVariable():
                name = str(expression.args[0].name)
                self.declare(name, ("tensor", tuple(v.alphabet for v in expression.args[1])))
                return k.Entry(name, tuple(self.index(v) for v in expression.args[1]))
            case _:
                return self._quantity(expression)

    def _tensor(self, name: str, alphabets: tuple[str, ...]) -> str:
        """The name of a tensor over some index sets."""
        self.refuse_hidden(name)
        if name in self._ranged and any(map(is_range, alphabets)):
            name = on_ranges(name, alphabets)
        known = self._kinds.get(name, ("tensor", alphabets))
        other = known[1] if isinstance(known, tuple) and known[0] == "tensor" else ()
        apart = [pair for pair in zip(alphabets, other, strict=False) if pair[0] != pair[1]]
        if apart and len(alphabets) == len(other) and all(is_range(one) and is_range(two) for one, two in apart):
            raise SeveralRanges(name)
        self.declare(name, ("tensor", alphabets))
        return name

    def _delta(self, one: Expr, other: Expr) -> k.Term:
        left, right = self.index(one), self.index(other)
        if left.domain != right.domain:
            raise LanguageError(f"{one} and {other} have different alphabets")
        return k.Delta(left, right)

    def _arithmetic(self, expression: Basic) -> k.Term | None:
        if not isinstance(expression, _ARITHMETIC):
            return None
        match expression:
            case Integer() | Rational():
                return k.number(Fraction(int(expression.p), int(expression.q)))
            case w.Plus() | Add():
                return k.Add(tuple(self.term(a) for a in expression.args))
            case w.Times() | Mul():
                return k.Multiply(tuple(self.term(a) for a in expression.args))
            case w.Negative():
                return k.negate(self.term(expression.args[0]))
            case w.Quotient():
                above = self.term(expression.args[0])
                with self.needing():
                    below = self.term(expression.args[1])
                return k.Multiply((above, k.Power(below, Fraction(-1))))
            case w.Raised() | Pow():
                return self._power(*expression.args)
            case w.Ln() | sympy_log():
                if len(expression.args) != 1:
                    raise LanguageError("logarithms are natural here", "write ln(x) / ln(b)")
                with self.needing():
                    return k.Apply("log", (self.term(expression.args[0]),))
            case w.Exp() | sympy_exp():
                return k.Apply("exp", (self.term(expression.args[0]),))
            case w.Absolute() | Abs():
                return k.Apply("abs", (self.term(expression.args[0]),))
            case w.Maximum() | Max() | Min():
                kind = "min" if isinstance(expression, w.Minimum | Min) else "max"
                return self._extremum(kind, sorted((self.term(a) for a in expression.args), key=k.key))
            case _:
                return None

    def _extremum(self, kind: str, among: Sequence[k.Term]) -> k.Term:
        """The largest or smallest of some numbers: it bounds them, and that of two is given by their distance."""
        found = k.Apply(kind, tuple(among))
        is_largest = kind == "max"
        for one in among:
            bound = k.Relation("<=", one, found) if is_largest else k.Relation("<=", found, one)
            self.fact(_closed(bound), f"order.{kind}imum_among", rf"a \{'leq' if is_largest else 'geq'} \{kind}(a, b)")
        if len(among) == 2:
            distance = k.Apply("abs", (k.subtract(*among),))
            middle = k.Add((*among, distance if is_largest else k.negate(distance)))
            half = k.Multiply((k.number(Fraction(1, 2)), middle))
            label = rf"\{kind}(a, b) = (a + b {'+' if is_largest else '-'} |a - b|) / 2"
            self.fact(_closed(k.Relation("=", found, half)), f"order.{kind}imum_of_two", label)
        return found

    def _power(self, base: Expr, exponent: Expr) -> k.Term:
        if isinstance(exponent, Integer) and exponent > 0:
            return k.Power(self.term(base), Fraction(int(exponent)))
        with self.needing():
            if isinstance(exponent, Rational):
                return k.Power(self.term(base), Fraction(int(exponent.p), int(exponent.q)))
            return self._parted(base, self.term(exponent))

    def _parted(self, base: Expr, exponent: k.Term) -> k.Term:
        """A power of a product or fraction as those of its parts, which must all be positive."""
        match base:
            case w.Quotient():
                above, below = base.args
                return k.Multiply((self._parted(above, exponent), self._parted(below, k.negate(exponent))))
            case w.Times():
                return k.Multiply(tuple(self._parted(factor, exponent) for factor in base.args))
            case _:
                return self.power(self.term(base), exponent)

    def power(self, base: k.Term, exponent: k.Term) -> k.Term:
        """A power with an exponent that is no number: exp(exponent ln base), for a positive base."""
        return k.Apply("exp", (k.Multiply((exponent, k.Apply("log", (base,)))),))

    def _call(self, call: w.Call) -> k.Term:
        """A function without interpretation; a convex one comes with lines below its graph."""
        name, convex = str(call.args[0].name), str(call.args[2].name) == "convex"
        self.declare(name, ("function", convex))
        if name in ("exp", "log", "abs", "max", "min", "power", "gamma", "digamma"):
            raise LanguageError(f"{name} has a meaning already")
        if convex:
            t, m = k.Symbol("t"), k.Symbol("m")
            line = k.Add((k.Apply(name, (m,)), k.Multiply((k.Apply(f"{name}'", (m,)), k.subtract(t, m)))))
            below = k.forall([t, m], k.Relation("<=", line, k.Apply(name, (t,))))
            self.declare(f"{name}'", ("slope", name))
            self.fact(below, "convexity.supporting_line", rf"{name}(t) \geq {name}(m) + {name}'(m)(t - m)")
        return k.Apply(name, (self.term(call.args[1]),))

    # probability

    def probability(self, of: p.Distribution, outcomes: Iterable[Expr], given: Iterable[Expr]) -> k.Term:
        """The entry of a distribution, of one of its marginals, or of one of its conditionals."""
        before, after = tuple(outcomes), tuple(given)
        found = (*before, *after)
        if {_role(index) for index in after} <= {v.role for v in of.given}:
            return self._marginal(of, found)
        name = f"{of.name}({_names(of, before)}|{_names(of, after)})"
        plain = [_axis(of, index) for index in found]
        if self._is_factor(of, plain[: len(before)], plain[len(before) :]):
            return self._factor(name, of, found, plain[: len(before)], plain[len(before) :])

        def body() -> k.Term:
            joint, below = self._marginal(of, plain), self._marginal(of, plain[len(before) :])
            return k.Multiply((joint, k.Power(below, Fraction(-1))))

        return self._at(name, of, found, plain, "probability.conditional", 2, body)

    def _at(
        self,
        name: str,
        of: p.Distribution,
        found: Iterable[Expr],
        axes: Iterable[Expr],
        rule: str,
        stage: int,
        body: Callable[[], k.Term],
    ) -> k.Term:
        """A head that is defined at the axes of its distribution, taken at other indices."""
        self.head(name, [self.index(a) for a in axes], rule, stage, body, (of, rule))
        return k.Entry(name, tuple(self.index(a) for a in found))

    def _marginal(self, of: p.Distribution, indices: Iterable[Expr]) -> k.Term:
        found = {_role(a): a for a in indices}
        if all(v.role in found for v in of.outcomes):
            self._joint(of)
            return k.Entry(of.name, tuple(self.index(found[v.role]) for v in (*of.outcomes, *of.given)))
        kept = [v for v in of.outcomes if v.role in found]
        summed = [v for v in of.outcomes if v.role not in found]
        bar = f"|{','.join(v.role for v in of.given)}" if of.given else ""
        name = f"{of.name}({','.join(v.role for v in kept)}{bar})"

        def body() -> k.Term:
            self._joint(of)
            whole = k.Entry(of.name, tuple(self.index(v) for v in (*of.outcomes, *of.given)))
            return self.total(self.variables(summed), whole)

        axes = (*kept, *of.given)
        if self._is_factor(of, kept, ()):
            return self._factor(name, of, [found[v.role] for v in kept], kept, ())
        found_at = self._at(name, of, [found[v.role] for v in axes], axes, "probability.marginal", 3, body)
        self._distributed(k.Entry(name, tuple(self.variables(axes))), kept, of.given, of.name)
        return found_at

    def _is_factor(self, of: p.Distribution, outcomes: Iterable[i.Variable], given: Iterable[i.Variable]) -> bool:
        """True of a marginal or conditional of which it is assumed that the distribution has it as a factor."""
        known = self.independences.get(of)
        return known is not None and known.has((v.role for v in outcomes), (v.role for v in given))

    def _factor(
        self,
        name: str,
        of: p.Distribution,
        indices: Iterable[Expr],
        outcomes: Sequence[i.Variable],
        given: Sequence[i.Variable],
    ) -> k.Term:
        """A factor of a distribution at some indices: it may be any distribution."""
        self.declare(name, (of, "factor"))
        self._distributed(k.Entry(name, tuple(self.variables((*outcomes, *given)))), outcomes, given, of.name)
        return k.Entry(name, tuple(self.index(index) for index in indices))

    def _joint(self, of: p.Distribution) -> None:
        """What is known of a distribution itself: its factors, or that it is one."""
        axes = self.variables((*of.outcomes, *of.given))
        entry = k.Entry(of.name, tuple(axes))
        if of.factors is not None:
            factors = of.factors
            self.head(of.name, axes, "probability.factorisation", 4, lambda: self.term(factors), of)
            return
        if (known := self.independences.get(of)) is not None:
            product = k.Multiply(tuple(map(self.term, known.factors)))
            self.head(of.name, axes, "probability.independence", 4, lambda: product, of)
            return
        self.declare(of.name, of)
        self._distributed(entry, of.outcomes, of.given, of.name)

    def _distributed(
        self, entry: k.Entry, outcomes: Sequence[i.Variable], given: Sequence[i.Variable], name: str
    ) -> None:
        """What is known of the entry of a distribution or marginal: it is not negative, and sums to 1.

        It is asked for wherever the distribution occurs, and said once.
        """
        if entry in self._distributions:
            return
        self._distributions.add(entry)
        axes = self.variables((*outcomes, *given))
        names = f"{','.join(v.name for v in outcomes)}"
        bar = f"{name}({names}" + (rf" \mid {','.join(v.name for v in given)})" if given else ")")
        self.fact(k.forall(axes, k.nonnegative(entry)), "probability.nonnegative", rf"{bar} \geq 0")
        one = k.forall(axes[len(outcomes) :], k.Relation("=", self.total(axes[: len(outcomes)], entry), k.ONE))
        self.fact(one, "probability.normalisation", rf"\sum_{{{names}}} {bar} = 1")

    def _expected(self, bound: Iterable[Expr], weight: Expr, body: Expr) -> k.Term:
        names = self.variables(bound)
        with self.binding(names):
            return self._weighted(names, self.term(weight), self.term(body))

    def _weighted(self, bound: Iterable[k.Index], weight: k.Term, body: k.Term) -> k.Term:
        """The body is a factor of its own, so that the weight guards all of it."""
        return self.total(bound, k.Multiply((weight, k.Multiply((body,)))))

    # quantities

    def _quantity(self, expression: Basic) -> k.Term:
        match expression:
            case p.Entropy():
                return self._entropy(expression)
            case p.MutualInformation():
                return self._information(expression)
            case p.PointEntropy():
                return self._pointwise(expression, "information.entropy", lambda q: k.negate(k.Apply("log", (q,))))
            case p.Divergence():
                other = expression.args[1]
                return self._pointwise(
                    expression,
                    "information.kl_divergence",
                    lambda q: k.Apply("log", (k.Multiply((q, k.Power(self.term(other), Fraction(-1)))),)),
                )
            case p.CrossEntropy():
                other = expression.args[1]
                return self._pointwise(
                    expression, "information.cross_entropy", lambda q: k.negate(k.Apply("log", (self.term(other),)))
                )
            case r.Mean():
                return self._mean(expression, self.term(expression.args[3]))
            case r.Variance() | r.Covariance():
                return self._spread(expression)
            case _:
                raise LanguageError(f"{expression} is not in the language", f"it is a {type(expression).__name__}")

    def _entropy(self, expression: p.Entropy) -> k.Term:
        of, outcomes, given = expression.args
        rule = "information.conditional_entropy" if given else "information.entropy"
        name = f"H_{{{of.name}}}({_names(of, outcomes)}{'|' + _names(of, given) if given else ''})"
        before, after = ([_axis(of, a) for a in part] for part in (outcomes, given))
        if of.given:
            raise LanguageError(f"{of.name} is itself given {of.given}", "write entropy(Q(z | y)) for a fixed y")

        def body() -> k.Term:
            own = self.probability(of, before, after)
            inner = self._weighted(self.variables(before), own, k.negate(k.Apply("log", (own,))))
            if not after:
                return inner
            return self._weighted(self.variables(after), self.probability(of, after, ()), inner)

        return self.head(name, (), rule, 1, body, (of, "entropy"))

    def _information(self, expression: p.MutualInformation) -> k.Term:
        of, one, other, given = expression.args
        x, y = _axis(of, one), _axis(of, other)
        z = [_axis(of, a) for a in given]
        if of.given:
            raise LanguageError(f"{of.name} is itself given {of.given}", "use a joint distribution")
        name = f"I_{{{of.name}}}({_role(one)};{_role(other)}{'|' + _names(of, given) if given else ''})"

        def body() -> k.Term:
            joint = self.probability(of, p.Probability(of, (x, y), z).outcomes, z)
            apart = k.Multiply((self.probability(of, (x,), z), self.probability(of, (y,), z)))
            ratio = k.Apply("log", (k.Multiply((joint, k.Power(apart, Fraction(-1)))),))
            inner = self._weighted(self.variables((x, y)), joint, ratio)
            return self._weighted(self.variables(z), self.probability(of, z, ()), inner) if z else inner

        return self.head(name, (), "information.mutual_information", 1, body, (of, "information"))

    def _pointwise(self, expression: Expr, rule: str, inside: Callable[[k.Term], k.Term]) -> k.Term:
        """A quantity of given distributions: a function of the variables that they leave free."""
        weight, bound = expression.args[0], expression.args[-1]
        free = sorted(r.free_variables(expression) - frozenset(bound), key=lambda v: str(v.name))
        name = str(latex(expression)).replace(r" \mid ", "|").replace(" ", "")

        def body() -> k.Term:
            own = self.term(weight)
            return self._weighted(self.variables(bound), own, inside(own))

        return self.head(name, [self.index(v) for v in free], rule, 1, body, expression)

    def _mean(self, moment: r.Moment, body: k.Term) -> k.Term:
        """The weighted sum over what is drawn; nothing drawn means that the body is a constant."""
        space, drawn, given = moment.args[0], tuple(moment.args[1]), tuple(moment.args[2])
        if not drawn:
            return body
        return self._weighted(self.variables(drawn), self.probability(space, drawn, given), body)

    def _spread(self, moment: r.Moment) -> k.Term:
        bodies = moment.args[3:]
        rule = "expectation.variance" if isinstance(moment, r.Variance) else "expectation.covariance"
        free = sorted(r.free_variables(moment), key=lambda v: str(v.name))

        def body() -> k.Term:
            gaps = []
            for inner in bodies:
                own = self.term(inner)
                gaps.append(k.subtract(own, self._mean(moment, own)))
            product = k.Power(gaps[0], Fraction(2)) if len(gaps) == 1 else k.Multiply(tuple(gaps))
            return self._mean(moment, product)

        return self.head(str(latex(moment)), [self.index(v) for v in free], rule, 1, body, moment)


def _role(index: Expr) -> str:
    return str(index.args[2].role if isinstance(index, i.Mapped) else index.role)


def _axis(of: p.Distribution, index: Expr) -> i.Variable:
    """The declared variable whose place an index takes."""
    return next(v for v in (*of.outcomes, *of.given) if v.role == _role(index))


def _names(of: p.Distribution, found: Iterable[Expr]) -> str:
    return ",".join(_axis(of, index).role for index in found)
