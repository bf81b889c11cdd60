"""Trees to the language: every name gets the meaning that the notation has for it, or the formula is not read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

from sympy import Expr

from symderiv.formulas import resolve_probability as rp
from symderiv.formulas import tree as t
from symderiv.formulas.notation import PROBABILITIES, QUANTITIES, Notation
from symderiv.formulas.printing import printed
from symderiv.formulas.shapes import BOLD
from symderiv.formulas.source import Ambiguous, Source, Unread
from symderiv.formulas.values import constant, rational
from symderiv.language import indices as i
from symderiv.language import written as w

T = TypeVar("T")
_CONSTANTS = {"e": r"write \exp(x) for the exponential", r"\pi": "no constant of this name is known"}


_TRANSPOSES = (r"\top", r"\intercal", r"\mathrm{T}", r"\mathsf{T}")


class Resolver:
    """Resolves the trees of one source."""

    def __init__(self, source: Source, notation: Notation) -> None:
        self.source, self.notation = source, notation
        self.bound: frozenset[i.Variable] = frozenset()

    def expression(self, node: t.Node) -> Expr:
        """A real expression.

        Raises:
            Unread: at the part that has no meaning, or (Ambiguous) more than one.
        """
        return self.built(node, lambda: self._expression(node))

    @contextmanager
    def binding(self, names: Iterable[i.Variable]) -> Iterator[None]:
        """The variables are bound in what is read meanwhile."""
        outside = self.bound
        self.bound = outside | set(names)
        try:
            yield
        finally:
            self.bound = outside

    def unread(self, node: t.Node, message: str, hint: str = "") -> NoReturn:
        """Stops at a node."""
        raise Unread(self.source.span(node.start, node.end), message, hint)

    def ambiguous(self, node: t.Node, message: str, hint: str) -> NoReturn:
        """Stops at a node that has two readings."""
        raise Ambiguous(self.source.span(node.start, node.end), message, hint)

    def built(self, node: t.Node, build: Callable[[], T]) -> T:
        """What `build` makes of a node; where it makes no sense, the node is not read."""
        try:
            return build()
        except w.LanguageError as error:
            message = str(error).removesuffix(f" ({error.hint})")
            raise Unread(self.source.span(node.start, node.end), message, error.hint) from error

    def _expression(self, node: t.Node) -> Expr:
        match node:
            case t.Numeral(value=value):
                return rational(value)
            case t.Name():
                return self._name(node)
            case t.Applied():
                return self._applied(node)
            case t.Negation(body=body):
                return w.Negative(self.expression(body))
            case t.Addition(terms=terms):
                return w.Plus(*map(self.expression, terms))
            case t.Product(factors=factors):
                return w.Times(*(part for factor in factors for part in self._factor(factor)))
            case t.Division(above=above, below=below):
                if node.slash and self._is_product(below):
                    self.ambiguous(
                        below, "the slash could divide by the first factor or the whole", r"write \frac{..}{..}"
                    )
                return w.Quotient(self.expression(above), self.expression(below))
            case t.Power():
                return self._power(node)
            case t.Root(body=body, degree=degree):
                return w.root(self.expression(body), None if degree is None else self.expression(degree))
            case t.Function():
                return self._function(node)
            case t.Total(kind="sum", over=over, body=body, condition=None) if _is_of_all(node):
                names = tuple(map(self.variable, over))
                with self.binding(names):
                    return i.SumOver(names, self.expression(body))
            case t.Average() | t.Angles():
                return rp.average(self, node)
            case _:
                return self._integral(node)

    def _integral(self, node: t.Node) -> Expr:
        """An integral over all that variables with densities can be; nothing else is left to be read."""
        names = tuple(map(self.variable, node.over)) if isinstance(node, t.Integral) and _is_whole(node) else ()
        if not isinstance(node, t.Integral) or not names or not all(i.is_measured(name.alphabet) for name in names):
            self.unread(node, "this is no expression in distributions over discrete variables")
        with self.binding(names):
            return i.SumOver(names, self.expression(node.body))

    # names

    def variable(self, name: t.Node) -> i.Variable:
        """A variable with an alphabet."""
        found = self.notation.variables.get(name.text) if isinstance(name, t.Name) else None
        if found is None:
            self.unread(name, "this is not a variable of a distribution")
        return found

    def _name(self, name: t.Name) -> Expr:
        notation, text = self.notation, name.text
        if text in notation.definitions:
            return notation.definitions[text]
        if text in notation.random:
            return notation.random[text]
        if text in notation.constants and text not in (*notation.variables, *notation.distributions):
            return notation.constants[text]
        if text not in notation.scalars:
            self._refuse_name(name)
        return w.Scalar(text)

    def _refuse_name(self, name: t.Name) -> None:
        """Stops at a name that is no number of its own."""
        notation, text = self.notation, name.text
        declare = f"let {text} be a scalar"
        if text in notation.variables:
            self.unread(name, f"{text} is an element of an alphabet, not a number", f"f({text}) is a number")
        if text in notation.distributions or text in notation.functions:
            kind = "distribution" if text in notation.distributions else "function"
            self.unread(name, f"{text} is a {kind}, not a number", "apply it")
        if name.base == "E":
            self.unread(name, "an expectation of what, and under what?", r"E_{x \sim P(x)} f(x), or E[X]")
        if text.startswith(BOLD):
            hint = f"let {text} be a matrix; or {declare}"
            self.ambiguous(name, f"{text} could be a matrix or a number", hint)
        if text in _CONSTANTS:
            self.ambiguous(name, f"{text} could be the constant or a name", f"{_CONSTANTS[text]}; or {declare}")
        if len(name.base) > 1 and not name.base.startswith("\\"):
            self.unread(name, f"{text} is neither declared nor defined", f"define {text} = ..., or {declare}")
        self._refuse_marks(name)

    def _refuse_marks(self, name: t.Name) -> None:
        """Stops at a name with a variable in its subscript: it could be an entry."""
        for mark in name.marks:
            if mark in self.notation.variables:
                message = f"{name.text} could be a name or depend on {mark}"
                self.ambiguous(name, message, f"write {name.base}[{mark}] for an entry")

    # products and calls

    def _factor(self, node: t.Node) -> tuple[Expr, ...]:
        """A factor of a product; a name before brackets may be two."""
        if isinstance(node, t.Applied) and self._is_product(node):
            return (self._name(node.head), self.expression(node.before[0]))
        if isinstance(node, t.Power) and isinstance(node.base, t.Applied) and self._is_product(node.base):
            return (self._name(node.base.head), self._raised(node.base.before[0], node.exponent))
        return (self.expression(node),)

    def _is_product(self, node: t.Node) -> bool:
        """True of a number before brackets: by declaration, or it is one elsewhere and the brackets hold a sum."""
        if not isinstance(node, t.Applied) or len(node.before) != 1 or node.bar:
            return False
        notation, text, inner = self.notation, node.head.text, node.before[0]
        if text in notation.scalars or text in notation.definitions or text in notation.random:
            return True
        if notation.declared(text) or notation.quantity(node.head):
            return False
        if isinstance(inner, t.Name) and inner.text in notation.variables:
            return False
        number = text in notation.numbers and text not in notation.variables
        return number and isinstance(inner, t.Addition | t.Negation)

    def _applied(self, node: t.Applied) -> Expr:
        notation, text = self.notation, node.head.text
        if notation.definitions and (whole := printed(node)) in notation.definitions:
            return notation.definitions[whole]
        if (law := rp.law_below(notation, node)) is not None:
            return rp.mean_under(self, node, law, node.before[0])
        self._refuse_marks(node.head)
        if text in notation.distributions:
            return rp.probability(self, node)
        indices = [n for n in node.before if isinstance(n, t.Name) and n.text in notation.variables]
        tensor = len(indices) == len(node.before) and not node.bar and ";" not in node.separators
        if text in notation.functions and not (tensor and not notation.functions[text]):
            if len(node.before) != 1 or node.bar or node.opening != "(":
                self.unread(node, f"{text} is a function of one number")
            return w.Call(text, self.expression(node.before[0]), notation.functions[text])
        if quantity := notation.quantity(node.head):
            return rp.quantity(self, node, quantity)
        if self._is_product(node):
            return w.Times(*self._factor(node))
        if tensor and text not in notation.variables and self._names_a_tensor(node.head):
            found = [self.variable(n) for n in indices]
            return i.Entry(text, found, [v.alphabet for v in found])
        if len(node.before) > 1 or node.bar:
            self.unread(node, f"{text} is not known", f"let {text}(..) be a distribution")
        hint = f"let {text}(x) be a distribution, let {text} be a function, or let {text} be a scalar"
        self.ambiguous(node, f"this could be {text} of something, or {text} times it", hint)

    def _names_a_tensor(self, head: t.Name) -> bool:
        """False of names that mean something else in this field, whatever they are decorated with."""
        known = {*QUANTITIES.values(), *PROBABILITIES, r"\delta"}
        plain = len(head.base) == 1 or head.base.startswith("\\")
        named = head.text in self.notation.functions or head.text in self.notation.quantities
        return named or (plain and head.base not in known)

    def _power(self, node: t.Power) -> Expr:
        if isinstance(node.base, t.Applied) and self._is_product(node.base):
            return w.Times(*self._factor(node))
        return self._raised(node.base, node.exponent)

    def _raised(self, base: t.Node, exponent: t.Node) -> Expr:
        if isinstance(exponent, t.Name) and exponent.text == "T" and "T" not in self.notation.scalars:
            self.ambiguous(exponent, "this could be an exponent or a transpose", "let T be a scalar")
        if isinstance(exponent, t.Name) and exponent.text in _TRANSPOSES:
            self.unread(exponent, "a transpose stands where numbers are expected")
        value = constant(exponent)
        return w.Raised(self.expression(base), self.expression(exponent) if value is None else rational(value))

    def _function(self, node: t.Function) -> Expr:
        inner = node.body.base if isinstance(node.body, t.Power) else node.body
        raised = isinstance(inner, t.Applied) and inner is not node.body
        if not node.bracketed and (raised or self._is_product(inner)):
            message = f"the argument of {node.word} could end before this does"
            self.ambiguous(node.body, message, "write brackets around it")
        if node.word not in ("ln", "exp"):
            self.unread(node, f"{node.word} is not known here")
        argument = self.expression(node.body)
        if node.base is not None:
            return w.Quotient(w.Ln(argument), w.Ln(self.expression(node.base)))
        return w.Ln(argument) if node.word == "ln" else w.Exp(argument)


def _is_of_all(node: t.Total) -> bool:
    r"""True of a sum over all values of its variables, as `x \in \mathcal{X}` says for one."""
    if node.lower is not None or node.upper is not None or node.within is None:
        return node.lower is None and node.upper is None
    within, letters = node.within, {variable.base.upper() for variable in node.over}
    # One set is all values of one variable: in `\sum_{x, y \in \mathcal{X}}` it need not be all that Y can be.
    return isinstance(within, t.Name) and {within.text} == {rf"\mathcal{{{letter}}}" for letter in letters}


def _is_whole(node: t.Integral) -> bool:
    r"""True of an integral without limits, over a set `\mathcal{Z}`, or over the real line."""
    match node.lower, node.upper:
        case (None, None):
            return True
        case (t.Name() | t.Power(base=t.Name(text=r"\mathbb{R}")), None):
            return True
        case (t.Negation(body=t.Name(text=r"\infty")), t.Name(text=r"\infty")):
            return True
        case _:
            return False
