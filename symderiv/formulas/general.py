"""Trees to the language, for texts that say little of their names: what is known is interpreted, all else keeps its name.

A part without interpretation becomes a quantity that is known by its LaTeX, and depends on the bound variables and on
the arguments that stand in it.  Nothing is proved of it but what holds of every quantity, and nothing is refuted by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import NoReturn

from sympy import Expr, Integer, Rational

from symderiv.formulas import tree as t
from symderiv.formulas.functions import CALLED_BY_NAME, FunctionTable, replaced
from symderiv.formulas.printing import arguments_text, printed
from symderiv.formulas.shapes import ONE, TRACES, Dimension, Shapes, constant_kind, is_inverse, is_transpose
from symderiv.formulas.source import Ambiguous, Source, Unread
from symderiv.formulas.usage import MOMENTS, Usage
from symderiv.language import densities as d
from symderiv.language import indices as i
from symderiv.language import matrices as m
from symderiv.language import quantities as q
from symderiv.language import random_variables as r
from symderiv.language import written as w
from symderiv.language.probability import Distribution, Probability, distribution

_MOMENTS: dict[str, type[r.Moment]] = {"E": r.Mean, "Var": r.Variance, "Cov": r.Covariance}
_DEEPEST = 6
"""How many definitions of functions are put into each other."""
_EULER = ("e", r"\mathrm{e}")
_FAMILY_FONTS = (r"\mathrm{", r"\mathcal{", r"\text{", r"\operatorname{")


class Terms:
    """What the trees of one text mean."""

    def __init__(self, source: Source, usage: Usage, shapes: Shapes) -> None:
        self.source, self.usage, self.shapes = source, usage, shapes
        self.symmetric: set[str] = set()
        self.functions = FunctionTable()
        self.place = 0
        """Where the relation that is read stands in the order of reading."""
        self.averaged: dict[str, tuple[i.Variable, Distribution]] = {}
        """Names over which an expectation around averages."""
        self.integrated: set[str] = set()
        """Names over which the text integrates somewhere."""
        self._expanding = 0
        self.bound: dict[str, i.Variable] = {}
        self.interpreted = True
        """False where something was kept by its name alone."""
        self.sizes: dict[str, Expr] = {}
        """The sizes of index sets whose ends were read, by alphabet."""
        outcome = i.Variable(r"\omega", r"\Omega")
        self.space = distribution(r"\Pr", outcome)
        self.outcome = outcome
        self._domains: dict[Dimension, str] = {}

    def unread(self, node: t.Node, message: str, hint: str = "") -> NoReturn:
        """Stops at a node."""
        raise Unread(self.source.span(node.start, node.end), message, hint)

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
            self.unread(node, "a matrix stands where a number is expected")
        return found

    def _expression(self, node: t.Node) -> Expr:
        match node:
            case t.Numeral(value=value):
                return _rational(value)
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
            case t.Operation(sign="_", operands=(body, t.Name() as place)):
                return self._entry_of(node, body, place)
            case t.Derivative():
                return self._derivative(node)
            case t.Angles(body=body, weight=t.Applied() as weight) if not self.shapes.is_matrix(body):
                return self._averaged(node, body, weight)
            case t.Between():
                return self._between(node)
            case t.Applied(head=head, before=(body,), bar="") if MOMENTS.get(head.text) == "E" and self.shapes.is_matrix(body):
                return self._mean_matrix(node, body)
            case t.Applied() | t.Angles() | t.Array() | t.Operation() if self.shapes.is_matrix(node):
                return self._opaque_matrix(node)
            case t.Root(body=body, degree=None):
                return w.sqrt(self.number(body))
            case t.Function():
                return self._function(node)
            case t.Applied():
                return self._applied(node)
            case t.Total() | t.Integral():
                return self._reduced(node)
            case t.Bars():
                return self._bars(node)
            case t.Factorial(body=body):
                return q.Opaque("{0}!", self.number(body), positive=True)
            case t.Binomial(above=above, below=below):
                return q.Opaque(r"\binom{0}{1}", self.number(above), self.number(below))
            case _:
                return self.opaque(node)

    # names

    def name(self, name: t.Name) -> Expr:
        """A name: a bound variable, an entry, a matrix, a random variable or a number."""
        if name.text in self.bound:
            return q.IndexValue(self.bound[name.text])
        if name.text in self.shapes.matrices:
            return self._matrix(name)
        component = self._component(name)
        if component is not None:
            return component
        self._refuse_hidden(name)
        return self._number_named(name)

    def _numbered(self, name: t.Name, pieces: list[tuple[str, i.Variable | None]]) -> str:
        """The name with places for the indices in its subscript."""
        places = iter(range(len(pieces)))
        texts = [piece if variable is None else f"{{{next(places)}}}" for piece, variable in pieces]
        separator = "," if any(len(text) > 1 and text[0] != "{" for text in texts) else ""
        return f"{name.stem}_{{{separator.join(texts)}}}"

    def _number_named(self, name: t.Name) -> Expr:
        if name.text in self.averaged:
            outcome, space = self.averaged[name.text]
            return r.RandomVariable(name.text, (outcome,), space)
        if name.text in self.usage.random:
            self.interpreted = False
            return r.RandomVariable(name.text, (self.outcome,), self.space)
        return w.Scalar(name.text)

    def _refuse_hidden(self, name: t.Name) -> None:
        """Stops at a bound variable that stands in a subscript as part of a longer one."""
        hidden = [mark for mark in name.marks if mark in self.bound]
        if hidden:
            self.unread(name, f"{name.text} depends on {hidden[0]} in a way that is not read")

    def _matrix(self, name: t.Name) -> Expr:
        rows, columns = (self.domain(d) for d in self.shapes.named(name))
        kind = constant_kind(name)
        if kind:
            return m.Constant(kind, name.text, rows, columns)
        if not rows and not columns:
            return self._number_named(name)
        pieces = [(piece, self.index(piece)) for piece in name.lower]
        by = [variable for _, variable in pieces if variable is not None]
        if by or name.text in self.usage.random:
            self.interpreted = self.interpreted and name.text not in self.usage.random
            outcome = [self.outcome] if name.text in self.usage.random else []
            return m.MatrixFamily(self._numbered(name, pieces) if by else name.text, rows, columns, *by, *outcome)
        self._refuse_hidden(name)
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
        ends = self.usage.range_of(piece)
        return None if ends is None else i.Variable(piece, self.alphabet(ends))

    def alphabet(self, ends: tuple[str, str]) -> str:
        """The index set of the integers between two ends."""
        return rf"\{{{ends[0]},\ldots,{ends[1]}\}}"

    def _component(self, name: t.Name) -> Expr | None:
        """`x_i`, `y_{1i}` or `\\sigma_{ij}` where some piece of the subscript is an index."""
        pieces = [(piece, self.index(piece)) for piece in name.lower]
        indices = [variable for _, variable in pieces if variable is not None]
        if not indices:
            return None
        random = (self.outcome,) if self.usage.random & {name.text, name.stem} else ()
        if name.stem in self.averaged:
            random = (self.averaged[name.stem][0],)
        self.interpreted = self.interpreted and not random
        template = name.stem if name.stem in self.shapes.matrices else self._numbered(name, pieces)
        alphabets = [v.alphabet for v in (*indices, *random)]
        return q.Component(template, (*indices, *random), alphabets)

    def _entry_of(self, node: t.Node, body: t.Node, place: t.Name) -> Expr:
        """`(A x)_i`, where i is an index."""
        index, vector = self.index(place.text), self.expression(body)
        if index is None or m.shape_of(vector) != (index.alphabet, ""):
            return self.opaque(node)
        return m.EntryOf(vector, index)

    # arithmetic

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
        found = [self.expression(factor) for factor in factors]
        if len(found) == 1:
            return found[0]
        return w.Times(*(part for factor in found for part in (factor.args if _is_product(factor) else (factor,))))

    def _power(self, node: t.Power) -> Expr:
        if is_transpose(node):
            base = self.expression(node.base)
            return base if m.shape_of(base) == m.NUMBER and not _is_matrix(base) else m.Transposed(base)
        if isinstance(node.base, t.Name) and node.base.text in _EULER and node.base.text not in self.usage.factors:
            return w.Exp(self.number(node.exponent))
        base = self.expression(node.base)
        if m.shape_of(base) != m.NUMBER:
            return m.Inverse(base) if is_inverse(node) else self._opaque_matrix(node)
        value = _constant(node.exponent)
        return w.Raised(base, self.number(node.exponent) if value is None else _rational(value))

    def _function(self, node: t.Function) -> Expr:
        argument = self.number(node.body)
        if node.word == "ln":
            logarithm = w.Ln(argument)
            return logarithm if node.base is None else w.Quotient(logarithm, w.Ln(self.number(node.base)))
        return w.Exp(argument) if node.word == "exp" else q.Elementary(node.word, argument)

    def _bars(self, node: t.Bars) -> Expr:
        body = self.expression(node.body)
        if node.kind == "|":
            square = m.shape_of(body)
            if square == m.NUMBER and not _is_matrix(body):
                return w.Absolute(body)
            return m.Determinant(body)
        if node.kind == "||" and node.lower is None and m.shape_of(body)[1] == "":
            return w.sqrt(w.Times(m.Transposed(body), body))
        return self.opaque(node)

    # calls

    def _applied(self, node: t.Applied) -> Expr:
        head = node.head
        moment = MOMENTS.get(head.text, "")
        if moment and not node.bar:
            return self._moment(node, moment)
        density = self._density(node)
        if density is not None:
            return density
        if head.text in TRACES and len(node.before) == 1 and not node.bar:
            return m.Trace(self.expression(node.before[0]))
        if self.usage.is_call(head, node) is None:
            message = f"this could be {head.text} of something, or {head.text} times it"
            raise Ambiguous(self.source.span(node.start, node.end), message, f"let {head.text} be a function")
        return self.call(node)

    def _density(self, node: t.Applied) -> Expr | None:
        r"""`\mathrm{Gam}(x; a, b)`: the density of a known family; None of anything else."""
        family = d.NAMES.get(node.head.base) if node.head.text.startswith(_FAMILY_FONTS) else None
        arguments = (*node.before, *node.after)
        if family is None or len(arguments) != d.FAMILIES[family][1]:
            return None
        if not (node.bar == "|" and len(node.before) == 1) and node.separators[:1] != (";",):
            return None
        found = [self.expression(argument) for argument in arguments]
        texts = [f"{{{number}}}" for number in range(len(found))]
        template = rf"{node.head.text}\left({arguments_text(node, texts)}\right)"
        return d.Density(family, template, *found)

    def _derivative(self, node: t.Derivative) -> Expr:
        """The derivative by a name; what a text defines is put in for its functions."""
        order = 1 if node.order is None else _constant(node.order)
        names = [name for name in node.over if isinstance(name, t.Name)]
        plain = len(names) == len(node.over) and node.sign != r"\nabla"
        if not plain or order not in (1, 2) or (order == 2 and len(names) > 1):
            return self._opaque_matrix(node) if self.shapes.is_matrix(node) else self.opaque(node)
        body, by = self._differentiated(node.body, names[0])
        self._expanding += 1
        result = self.number(body)
        self._expanding -= 1
        sign = r"\partial " if node.sign == r"\partial" else r"\mathrm{d}"
        for name in (by, *names[1:], *([by] if order == 2 else [])):
            variable = self.expression(name)
            if isinstance(variable, m.Matrix) and len(names) == 1 and order == 1:
                result = m.Gradient(result, variable, sign)
            elif isinstance(variable, w.Scalar | q.Component):
                result = q.Differentiated(result, variable, sign)
            else:
                return self.opaque(node)
        self.interpreted = False
        return result

    def _differentiated(self, body: t.Node, by: t.Name) -> tuple[t.Node, t.Name]:
        """What is differentiated, and by what: the argument that stands in the place of the variable."""
        if not isinstance(body, t.Applied):
            return body, by
        found = self.functions.at(body, self.place)
        if found is None:
            return body, by
        definition, inner = found
        for parameter, argument in zip(definition.parameters, (*body.before, *body.after), strict=True):
            if printed(parameter) == printed(by) and isinstance(argument, t.Name):
                return inner, argument
        return inner, by

    def call(self, node: t.Applied) -> Expr:
        """A function without interpretation; its arguments that are numbers may be replaced by equal ones."""
        if 0 < self._expanding < _DEEPEST:
            defined = self.functions.at(node, self.place)
            if defined is not None:
                self._expanding += 1
                result = self.expression(defined[1])
                self._expanding -= 1
                return result
        self.interpreted = False
        parts = (*node.before, *node.after)
        found = [self._argument(part) for part in parts]
        if all(argument is None for argument in found):
            return self.opaque(node)
        places = iter(range(sum(argument is not None for argument in found)))
        texts = [printed(p) if a is None else f"{{{next(places)}}}" for p, a in zip(parts, found, strict=True)]
        closing = {"(": ")", "[": "]"}.get(node.opening, r"\}")
        tag = ",".join(_stem(part) for part in parts) if node.head.base in CALLED_BY_NAME else ""
        template = rf"{self._head(node.head)}\left{node.opening}{arguments_text(node, texts)}\right{closing}"
        return q.Opaque(template, *(argument for argument in found if argument is not None), tag=tag)

    def _head(self, head: t.Name) -> str:
        self._refuse_hidden(head)
        return head.text

    def _argument(self, node: t.Node) -> Expr | None:
        """An argument that is a number; None of a matrix, a list or a clause, which is kept by its text."""
        if isinstance(node, t.Sides | t.Listing | t.Ellipsis | t.Operation | t.Prose | t.Array):
            return None
        found = self.expression(node)
        return found if m.shape_of(found) == m.NUMBER else None

    def _moment(self, node: t.Applied, name: str) -> Expr:
        if len(node.before) != (2 if name == "Cov" else 1):
            return self.opaque(node)
        bodies = [self.expression(part) for part in node.before]
        if any(m.shape_of(body) != m.NUMBER for body in bodies):
            return self.opaque(node)
        self.interpreted = False
        drawn = (self.outcome,) if any(self.outcome in r.free_variables(body) for body in bodies) else ()
        if not drawn:
            return self.opaque(node)
        return _MOMENTS[name].build(self.space, drawn, (), bodies)

    def _averaged(self, node: t.Node, body: t.Node, weight: t.Applied) -> Expr:
        r"""`\langle f \rangle_{p(x)}`: the mean over what the distribution is a distribution of."""
        names = [part for part in weight.before if isinstance(part, t.Name)]
        if len(names) != len(weight.before) or any(name.text in self.shapes.matrices for name in names):
            return self.opaque(node)
        text = printed(weight)
        outcome = i.Variable(rf"\omega_{{{text}}}", rf"\Omega_{{{text}}}")
        space = distribution(rf"\Pr_{{{text}}}", outcome)
        outside = self.averaged
        self.averaged = outside | {name.text: (outcome, space) for name in names}
        inner = self.number(body)
        self.averaged = outside
        self.interpreted = False
        if outcome not in r.free_variables(inner):
            return inner
        return r.Mean.build(space, (outcome,), (), (inner,))

    def _between(self, node: t.Between) -> Expr:
        """`[F]_a^b`: the difference of the values of F at two finite places."""
        if node.upper is None or not self.integrated:
            return self.opaque(node)
        names = {n.text for n in t.walk(node.body) if isinstance(n, t.Name)} & self.integrated
        limits = (node.lower, node.upper)
        if len(names) != 1 or any(isinstance(n, t.Name) and n.text in (r"\infty", *names) for e in limits for n in t.walk(e)):
            return self.opaque(node)
        (variable,) = names
        lower, upper = (self.number(replaced(node.body, {variable: end})) for end in limits)
        return w.Plus(upper, w.Negative(lower))

    # sums, products and integrals

    def _reduced(self, node: t.Total | t.Integral) -> Expr:
        names = node.over
        kind = node.kind if isinstance(node, t.Total) else "integral"
        if kind not in ("sum", "product", "integral") or not names or any(n.text in self.shapes.matrices for n in names):
            return self.opaque(node)
        if isinstance(node, t.Total) and node.condition is not None:
            return self.opaque(node)
        build: Callable[[], Expr] = (
            (lambda: self._integral(node)) if isinstance(node, t.Integral) else (lambda: self._total(node))
        )
        variables = [i.Variable(name.text, self._region(node, name)) for name in names]
        with self._binding(variables):
            return build()

    def _region(self, node: t.Total | t.Integral, name: t.Name) -> str:
        """The index set of a bound variable."""
        if isinstance(node, t.Integral):
            self.interpreted = False
            lower, upper = (printed(part) if part else "" for part in (node.lower, node.upper))
            return rf"\int_{{{lower}}}^{{{upper}}} {name.text}" if not upper and not lower else rf"\int_{{{lower}}}^{{{upper}}}"
        if node.lower is not None and node.upper is not None:
            ends = (printed(node.lower), printed(node.upper))
            self._remember_size(node, ends)
            return self.alphabet(ends)
        if node.within is not None:
            return printed(node.within)
        known = self.usage.range_of(name.text)
        return self.alphabet(known) if known else name.text[:1].upper() + name.text[1:]

    def _remember_size(self, node: t.Total, ends: tuple[str, str]) -> None:
        alphabet = self.alphabet(ends)
        if alphabet in self.sizes or node.lower is None or node.upper is None or self.bound:
            return
        if isinstance(node.lower, t.Numeral) and isinstance(node.upper, t.Name):
            extra = node.lower.value - 1
            upper = self.expression(node.upper)
            self.sizes[alphabet] = upper if extra == 0 else w.Plus(upper, _rational(-extra))

    def _total(self, node: t.Total) -> Expr:
        body = self.expression(node.body)
        variables = [self.bound[name.text] for name in node.over]
        if node.lower is not None and node.upper is not None:
            below = f"{variables[0].name}={printed(node.lower)}"
            kind = q.RangedSum if node.kind == "sum" else q.RangedProduct
            return kind(variables[0], body, below, printed(node.upper))
        if node.within is not None and len(variables) == 1:
            below = rf"{variables[0].name} \in {printed(node.within)}"
            return (q.RangedSum if node.kind == "sum" else q.RangedProduct)(variables[0], body, below)
        return i.SumOver(variables, body) if node.kind == "sum" else q.ProductOver(variables, body)

    def _integral(self, node: t.Integral) -> Expr:
        body = self.number(node.body)
        limits = [printed(part) if part else "" for part in (node.lower, node.upper)]
        for name in reversed(node.over):
            body = q.IntegralOver(self.bound[name.text], body, *limits)
        return body

    @contextmanager
    def _binding(self, variables: list[i.Variable]) -> Iterator[None]:
        outside = self.bound
        self.bound = outside | {variable.name: variable for variable in variables}
        yield
        self.bound = outside

    # what is kept by its name

    def _mean_matrix(self, node: t.Node, body: t.Node) -> Expr:
        """The mean of a matrix, entry by entry."""
        inner = self.expression(body)
        if self.outcome not in r.free_variables(inner):
            return self._opaque_matrix(node)
        self.interpreted = False
        weight = Probability(self.space, (self.outcome,), ())
        if m.shape_of(inner) == m.NUMBER:
            return r.Mean.build(self.space, (self.outcome,), (), (inner,))
        return m.MeanMatrix(weight, self.outcome, inner)

    def _opaque_matrix(self, node: t.Node) -> Expr:
        """A matrix that is known by its text."""
        rows, columns = (self.domain(d) for d in self.shapes.shape(node))
        if not rows and not columns:
            return self.opaque(node)
        self.interpreted = False
        if any(isinstance(n, t.Name) and (n.text in self.bound or set(n.marks) & self.bound.keys()) for n in t.walk(node)):
            self.unread(node, "a matrix that depends on a bound variable")
        return m.Matrix(printed(node), rows, columns)

    def opaque(self, node: t.Node) -> Expr:
        """A number that is known by its text and by the bound variables in it."""
        self.interpreted = False
        used: dict[str, Expr] = {}

        def place(variable: i.Variable) -> str:
            used.setdefault(variable.name, q.IndexValue(variable))
            return f"{{{list(used).index(variable.name)}}}"

        def rename(name: t.Name) -> str | None:
            if name.text in self.bound:
                return place(self.bound[name.text])
            if not set(name.marks) & self.bound.keys():
                if self.usage.random & {name.text}:
                    used.setdefault(name.text, r.RandomVariable(name.text, (self.outcome,), self.space))
                    return f"{{{list(used).index(name.text)}}}"
                return None
            if not name.lower:
                self._refuse_hidden(name)
            pieces = [place(self.bound[piece]) if piece in self.bound else piece for piece in name.lower]
            return f"{name.stem}_{{{','.join(pieces)}}}"

        text = printed(node, rename)
        return q.Opaque(text, *used.values())


def _stem(node: t.Node) -> str:
    return node.stem if isinstance(node, t.Name) else printed(node)


def _is_product(expression: Expr) -> bool:
    return isinstance(expression, w.Times) and not _is_matrix(expression)


def _is_matrix(expression: Expr) -> bool:
    """True of arithmetic in which matrices stand, even where it is a number."""
    match expression:
        case m.Matrix() | m.Constant() | m.Transposed() | m.Inverse() | m.MeanMatrix() | m.Gradient():
            return True
        case w.Plus() | w.Negative() | w.Times() | w.Quotient():
            return any(isinstance(part, Expr) and _is_matrix(part) for part in expression.args)
        case _:
            return False


def _rational(value: Fraction) -> Expr:
    return Integer(value.numerator) if value.denominator == 1 else Rational(value.numerator, value.denominator)


def _constant(node: t.Node) -> Fraction | None:
    """The value of an exponent that is a number."""
    match node:
        case t.Numeral(value=value):
            return value
        case t.Negation(body=body):
            inner = _constant(body)
            return None if inner is None else -inner
        case t.Division(above=above, below=below):
            over, under = _constant(above), _constant(below)
            return over / under if over is not None and under else None
        case _:
            return None
