"""The right sides of loop statements: `^` binds most, then unary minus, `* /`, `+ -`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from symderiv.model import program as p
from symderiv.readers.loop_tokens import Cursor, Token, between, fail

COMPARISONS = (">", ">=", "<", "<=", "==", "!=", "=")


@dataclass
class Scope:
    """What the names of a program mean where an expression stands.

    `ranks` are the tensors with their numbers of indices, None where it is not known yet.
    """

    ranks: dict[str, int | None]
    integers: set[str]
    sizes: set[str]
    indices: dict[str, str]
    domain_of: Callable[[str, str], None] = field(default=lambda index, size: None)


class Expressions:
    """Reads expressions in one scope.  Sums open new indices, whose names are unique in a statement."""

    def __init__(self, cursor: Cursor, scope: Scope) -> None:
        self.cursor = cursor
        self.scope = scope

    def value(self) -> p.Expression:
        """A sum of terms."""
        terms = [self.term()]
        while sign := self.cursor.accept("+", "-"):
            term = self.term()
            terms.append(term if sign.text == "+" else p.Product((p.MINUS_ONE, term)))
        return terms[0] if len(terms) == 1 else p.Sum(tuple(terms))

    def term(self) -> p.Expression:
        """A product."""
        factors = [self.signed()]
        while sign := self.cursor.accept("*", "/"):
            factor = self.signed()
            factors.append(factor if sign.text == "*" else p.Power(factor, Fraction(-1), sign.span))
        return factors[0] if len(factors) == 1 else p.Product(tuple(factors))

    def fresh(self, name: str) -> str:
        """The name with primes until no index is called so."""
        while name in self.scope.indices.values():
            name += "'"
        return name

    def signed(self) -> p.Expression:
        """A factor with an optional sign before it."""
        if self.cursor.accept("-"):
            self.cursor.nest()
            inner = self.signed()
            self.cursor.depth -= 1
            return p.Constant(-inner.value) if isinstance(inner, p.Constant) else p.Product((p.MINUS_ONE, inner))
        return self.power()

    def power(self) -> p.Expression:
        """An operand with an optional exponent, a rational number."""
        base = self.operand()
        sign = self.cursor.accept("^")
        if sign is None:
            return base
        start = self.cursor.token.span
        exponent = constant(self.signed())
        if exponent is None:
            raise fail("loop-syntax", start, "an exponent is a rational number")
        return p.Power(base, exponent, sign.span)

    def operand(self) -> p.Expression:
        """A number, a bracket, a size, an entry, or a function."""
        token = self.cursor.token
        if token.kind == "number":
            return p.Constant(Fraction(self.cursor.next().text))
        if self.cursor.accept("("):
            return self.bracketed()
        if self.cursor.accept("["):
            return self.indicator()
        if token.kind == "name":
            return self.named(self.cursor.next())
        raise self.cursor.unexpected("a number, a name or a bracket")

    def bracketed(self) -> p.Expression:
        """What stands in round brackets, the first of which is passed."""
        self.cursor.nest()
        inner = self.value()
        self.cursor.expect(")")
        self.cursor.depth -= 1
        return inner

    def named(self, token: Token) -> p.Expression:
        """What a name begins."""
        name = "ln" if token.text == "log" else token.text
        if name in p.FUNCTIONS and self.cursor.sees("("):
            return self.function(name)
        if name == "sum" and self.cursor.accept("{"):
            return self.reduction()
        if self.cursor.sees("["):
            return self.entry(token)
        if name in self.scope.indices:
            raise fail("loop-syntax", token.span, f"the index {name} is not a number")
        if name in self.scope.ranks and self.scope.ranks[name] in (0, None):
            return p.Read(name, (), token.span)
        if name in self.scope.sizes:
            return p.Size(name)
        if name in self.scope.ranks:
            raise fail("arity", token.span, f"{name} has {self.scope.ranks[name]} indices, used with none")
        raise fail("unknown-name", token.span, f"{name} is not declared", "declare it as an input, or compute it")

    def function(self, name: str) -> p.Expression:
        """A function of the notation."""
        opening = self.cursor.expect("(")
        self.cursor.nest()
        arguments = [self.value()]
        while self.cursor.accept(","):
            arguments.append(self.value())
        self.cursor.expect(")")
        self.cursor.depth -= 1
        if len(arguments) != p.FUNCTIONS[name]:
            raise fail("arity", opening.span, f"{name} has {p.FUNCTIONS[name]} arguments, used with {len(arguments)}")
        return (
            p.Power(arguments[0], Fraction(1, 2), opening.span)
            if name == "sqrt"
            else p.Function(name, tuple(arguments))
        )

    def reduction(self) -> p.Expression:
        """`sum{i,j}(...)`, after its first bracket."""
        before = dict(self.scope.indices)
        opened: list[str] = []
        for token in self.cursor.names("an index"):
            name = self.fresh(token.text)
            self.scope.indices[token.text] = name
            self.scope.domain_of(name, token.text)
            opened.append(name)
        self.cursor.expect("}")
        self.cursor.expect("(")
        body = self.bracketed()
        self.scope.indices.clear()
        self.scope.indices.update(before)
        return p.Reduction(tuple(opened), body)

    def entry(self, token: Token) -> p.Read:
        """An entry of a tensor, after its name."""
        indices = self.indices()
        name = token.text
        if name not in self.scope.ranks:
            raise fail("unknown-name", token.span, f"{name} is not declared", "declare it as an input, or compute it")
        if name in self.scope.integers:
            raise fail("loop-syntax", token.span, f"{name} holds indices, not numbers")
        rank = self.scope.ranks[name]
        if rank is not None and rank != len(indices):
            raise fail("arity", token.span, f"{name} has {rank} indices, used with {len(indices)}")
        self.scope.ranks[name] = len(indices)
        last = self.cursor.tokens[self.cursor.position - 1]
        return p.Read(name, tuple(indices), between([token, last]))

    def indices(self) -> list[p.Affine]:
        """Indices in square brackets."""
        self.cursor.expect("[")
        self.cursor.nest()
        found: list[p.Affine] = []
        if not self.cursor.sees("]"):
            found.append(self.index())
            while self.cursor.accept(","):
                found.append(self.index())
        self.cursor.expect("]")
        self.cursor.depth -= 1
        return found

    def index(self) -> p.Affine:
        """An integer combination of indices and sizes."""
        total = p.Affine()
        sign = -1 if self.cursor.accept("-") else 1
        while True:
            total = p.combine(total, self.index_term(), sign)
            token = self.cursor.accept("+", "-")
            if token is None:
                return total
            sign = 1 if token.text == "+" else -1

    def index_term(self) -> p.Affine:
        """A product of numbers and at most one index."""
        total = self.index_factor()
        while sign := self.cursor.accept("*"):
            other = self.index_factor()
            if total.terms and other.terms:
                raise fail("loop-syntax", sign.span, "a product of indices is not an index")
            one, number = (total, other.constant) if not other.terms else (other, total.constant)
            total = p.combine(p.Affine(), one, number)
        return total

    def index_factor(self) -> p.Affine:
        """A number, an index, a size, an entry of an integer tensor, or a bracket."""
        token = self.cursor.token
        if token.kind == "number" and token.text.isdecimal():
            return p.Affine((), int(self.cursor.next().text))
        if self.cursor.accept("("):
            self.cursor.nest()
            inner = self.index()
            self.cursor.expect(")")
            self.cursor.depth -= 1
            return inner
        if token.kind != "name":
            raise self.cursor.unexpected("an index")
        self.cursor.next()
        return p.of_atom(self.index_atom(token))

    def index_atom(self, token: Token) -> p.Atom:
        """What a name means inside of square brackets."""
        name = token.text
        if name in self.scope.integers:
            arguments = tuple(self.indices()) if self.cursor.sees("[") else ()
            if self.scope.ranks[name] != len(arguments):
                raise fail(
                    "arity", token.span, f"{name} has {self.scope.ranks[name]} indices, used with {len(arguments)}"
                )
            return p.Looked(name, arguments)
        if name in self.scope.indices:
            return p.Variable(self.scope.indices[name])
        if name in self.scope.sizes:
            return p.SizeOf(name)
        raise fail("index-unbound", token.span, f"the index {name} is not bound", "name it after `for`, or sum over it")

    def indicator(self) -> p.Expression:
        """A comparison in square brackets, the first of which is passed."""
        self.cursor.nest()
        if self.compares_indices():
            left, sign, right = self.index(), self.cursor.expect(*COMPARISONS), self.index()
            result = compared_indices(sign.text, left, right)
        else:
            one, sign, other = self.value(), self.cursor.expect(*COMPARISONS), self.value()
            result = compared(sign.text, one, other)
        self.cursor.expect("]")
        self.cursor.depth -= 1
        return result

    def compares_indices(self) -> bool:
        """True where everything up to the closing bracket is an index, a size or a number, and not all numbers."""
        depth, position, found = 0, self.cursor.position, False
        while position < len(self.cursor.tokens):
            token = self.cursor.tokens[position]
            depth += (token.text == "[") - (token.text == "]")
            if depth < 0:
                return found
            if token.kind == "name":
                name = token.text
                if name not in self.scope.indices and name not in self.scope.integers and name not in self.scope.sizes:
                    return False
                found = True
            position += 1
        return False


def compared(sign: str, left: p.Expression, right: p.Expression) -> p.Expression:
    """A comparison of numbers."""
    match sign:
        case ">" | ">=":
            return p.Comparison(sign, left, right)
        case "<" | "<=":
            return p.Comparison(">" + sign[1:], right, left)
        case "==" | "=":
            return p.Comparison("==", left, right)
        case _:
            return complement(p.Comparison("==", left, right))


def compared_indices(sign: str, left: p.Affine, right: p.Affine) -> p.Expression:
    """A comparison of integers; `a > b` is `a >= b + 1`."""
    above = p.combine(right, p.Affine((), 1))
    match sign:
        case ">=":
            return p.IndexComparison(">=", left, right)
        case ">":
            return p.IndexComparison(">=", left, above)
        case "<=":
            return p.IndexComparison(">=", right, left)
        case "<":
            return p.IndexComparison(">=", right, p.combine(left, p.Affine((), 1)))
        case "==" | "=":
            return p.IndexComparison("==", left, right)
        case _:
            return complement(p.IndexComparison("==", left, right))


def complement(indicator: p.Expression) -> p.Expression:
    """One minus an indicator."""
    return p.Sum((p.ONE, p.Product((p.MINUS_ONE, indicator))))


def constant(expression: p.Expression) -> Fraction | None:
    """The value of an expression without names; None where it has names, or no value."""
    match expression:
        case p.Constant(value):
            return value
        case p.Sum(parts) | p.Product(parts):
            result = Fraction(0 if isinstance(expression, p.Sum) else 1)
            for part in parts:
                inner = constant(part)
                if inner is None:
                    return None
                result = result + inner if isinstance(expression, p.Sum) else result * inner
            return result
        case p.Power(base, exponent):
            below = constant(base)
            if not below or exponent.denominator != 1 or abs(exponent) > 64:
                return None
            return below ** int(exponent)
        case _:
            return None
