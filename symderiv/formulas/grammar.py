r"""Operator precedence: the tokens of a formula to a tree.

From loose to tight: relations; operations on sets; `+` and `-`; products and fractions, in which `E_{..}`, `\sum` and
`\ln` take what follows; superscripts.  Every token is consumed, or the formula is unread at that token; where a reader
could hesitate over how far an operator reaches, it is ambiguous there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NoReturn

from symderiv.formulas import fences, operators, scopes
from symderiv.formulas.names import NAMING, Cursor, starts_name, with_marks
from symderiv.formulas.source import Ambiguous, Source
from symderiv.formulas.tokens import Token
from symderiv.formulas.tree import (
    TIGHT,
    Addition,
    Division,
    Ellipsis,
    Factorial,
    Function,
    Listing,
    Name,
    Negation,
    Node,
    Numeral,
    Operation,
    Power,
    Product,
    Root,
    Sides,
    Total,
    walk,
)

RELATIONS = {
    "=": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "!=": "!=", r"\lt": "<", r"\gt": ">",
    r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=",
    r"\ge": ">=", r"\geq": ">=", r"\geqslant": ">=", r"\ne": "!=", r"\neq": "!=",
}  # fmt: skip
OTHER_RELATIONS = frozenset(
    {r"\in", r"\notin", r"\subset", r"\subseteq", r"\sim", r"\approx", r"\equiv", r"\propto", r"\to", r"\rightarrow",
     r"\downarrow", r"\searrow", r"\uparrow", r"\nearrow", ":=", ":"}
)  # fmt: skip
"""Relations that may stand inside brackets, beside those between numbers."""
_OPERATIONS = (r"\cap", r"\cup", r"\wedge", r"\vee", r"\land", r"\lor", r"\setminus", r"\perp")
DOTS = (r"\ldots", r"\cdots", r"\dots", r"\dotsc", r"\dotsb", r"\vdots", r"\ddots")
DEEPEST = 40
"""How many operators may stand inside each other."""
_TIMES = (r"\cdot", r"\times", "*")
_STARTS = frozenset(
    {"(", "[", "{", r"\{", r"\sqrt", r"\underbrace", r"\overbrace", r"\langle", r"\left|", r"\left\|", r"\left.",
     r"\lfloor", r"\lceil"}
) | NAMING | operators.WORDS | fences.FRACTIONS | frozenset(DOTS)  # fmt: skip


def read_relations(source: Source) -> Sides:
    r"""A chain of relations, `a = b \leq c`; one side alone is a chain of one.

    Raises:
        Unread: at the first token that does not fit.
        Ambiguous: at the token that two operators could take.
    """
    grammar = Grammar(source)
    sides, signs = [grammar.expression()], []
    while grammar.cursor.at(*RELATIONS):
        signs.append(RELATIONS[grammar.cursor.take().text])
        sides.append(grammar.expression())
    grammar.finish()
    return Sides(0, len(source.text), tuple(sides), tuple(signs))


def read_expression(source: Source, tokens: Sequence[Token]) -> Node:
    """One side of a relation; the last token is of kind `end`.

    Raises:
        Unread, Ambiguous: as `read_relations`.
    """
    grammar = Grammar(source, tokens)
    items = [grammar.expression()]
    while grammar.cursor.at(",") and grammar.cursor.peek(1).kind != "end":
        grammar.cursor.take()
        items.append(grammar.expression())
    grammar.finish()
    return items[0] if len(items) == 1 else Listing(items[0].start, items[-1].end, "", tuple(items))


def read_list(source: Source) -> tuple[Node, ...]:
    """What a declaration lists: `P(x,y), Q(z|y)`."""
    grammar = Grammar(source)
    found = [grammar.factor()]
    while grammar.cursor.at(","):
        grammar.cursor.take()
        found.append(grammar.factor())
    grammar.finish()
    return tuple(found)


class Grammar:
    """The rules, over the tokens of one formula."""

    def __init__(self, source: Source, tokens: Sequence[Token] | None = None) -> None:
        self.cursor = Cursor(source, tokens)
        self.depth = 0
        self.integrals = 0
        """Integrals around, which a differential closes."""
        self.drawn: tuple[Name, ...] = ()
        r"""What is drawn, while it is read from what: `y \sim p(\cdot \mid x)`."""
        self.bars = False
        """True where a bar separates or closes, so that none can open."""

    def finish(self) -> None:
        """The end of the formula; one mark of punctuation may stand before it."""
        if self.cursor.at(".", ",", ";", ":"):
            self.cursor.take()
        if self.cursor.token.kind != "end":
            self.cursor.fail("an operator or the end")

    def clause(self) -> Node:
        """What may stand inside brackets: an expression, or a relation between expressions."""
        start = self.cursor.token.start
        sides, signs = [self.expression()], list[str]()
        while self.cursor.at(*RELATIONS, *OTHER_RELATIONS):
            token = self.cursor.take()
            signs.append(RELATIONS.get(token.text, token.text))
            sides.append(self.expression())
        return Sides(start, self.cursor.end, tuple(sides), tuple(signs)) if signs else sides[0]

    def expression(self) -> Node:
        """Sums, with operations on sets between them."""
        start = self.cursor.token.start
        found, count = self.sum(), 0
        while self.cursor.at(*_OPERATIONS):
            count = self.counted(count)
            sign = self.cursor.take().text
            found = Operation(start, self.cursor.end, sign, (found, self.sum()))
        return found

    def sum(self) -> Node:
        """Terms with `+` and `-` between them."""
        start = self.cursor.token.start
        terms = [self.signed()]
        while self.cursor.at("+", "-"):
            sign = self.cursor.take()
            term = self.signed() if self.cursor.at("-") else self.term()
            terms.append(Negation(sign.start, self.cursor.end, term) if sign.text == "-" else term)
        return terms[0] if len(terms) == 1 else Addition(start, self.cursor.end, tuple(terms))

    def signed(self) -> Node:
        """A term that may begin with a sign."""
        if self.cursor.at("+"):
            self.cursor.take()
            return self.term()
        if not self.cursor.at("-"):
            return self.term()
        sign = self.cursor.take()
        inner = self.term()
        return Negation(sign.start, self.cursor.end, inner)

    def term(self) -> Node:
        """Factors side by side; a denominator after a slash is one factor, and nothing may follow it."""
        start = self.cursor.token.start
        factors, count = self.factors(), 0
        while True:
            if self.cursor.at("/"):
                above = factors[0] if len(factors) == 1 else Product(start, self.cursor.end, tuple(factors))
                factors = [self.slashes(start, above)]
                if self.continues() and not self.cursor.at("*"):
                    hint = r"write \frac{..}{..} or brackets"
                    if self.reaches("slash", "the slash could divide by this too, or not", hint):
                        factors = [self.divided_further(factors[0])]
            elif self.cursor.at(*_TIMES):
                self.cursor.take()
                factors += [self.negated()] if self.cursor.at("-") else self.factors()
            elif self.cursor.at(*TIGHT):
                count = self.counted(count)
                sign = self.cursor.take().text
                left = factors[-1]
                factors[-1] = Operation(left.start, self.cursor.end, sign, (left, self.factor()))
            elif self.cursor.token.kind == "number" and self.cursor.peek(1).text != "_" and not self.after_bracket():
                self.cursor.fail("an operator")
            elif self.starts_factor():
                factors += self.factors()
            else:
                return factors[0] if len(factors) == 1 else Product(start, self.cursor.end, tuple(factors))

    def enter(self) -> None:
        """Counts one more part inside others."""
        self.depth = self.counted(self.depth)

    def counted(self, count: int) -> int:
        """One more operator in a row of those that nest to the left."""
        if count == DEEPEST:
            self.cursor.fail("a formula that is not nested so deeply")
        return count + 1

    def after_bracket(self) -> bool:
        """True where the last token closed a bracket, so that a number is a factor of its own."""
        return self.cursor.position > 0 and self.cursor.peek(-1).text in ("}", ")", "]")

    def negated(self) -> Node:
        """A factor with a minus of its own, after a sign of multiplication."""
        sign = self.cursor.take()
        inner = self.factor()
        return Negation(sign.start, self.cursor.end, inner)

    def slashes(self, start: int, above: Node) -> Node:
        """`a / b`, and what follows with further slashes."""
        count = 0
        while self.cursor.at("/"):
            count = self.counted(count)
            self.cursor.take()
            below = self.negated() if self.cursor.at("-") else self.factor()
            above = Division(start, self.cursor.end, above, below, slash=True)
        return above

    def divided_further(self, quotient: Node) -> Node:
        """A quotient, divided by the factors that follow as well."""
        if not isinstance(quotient, Division):
            return quotient
        below = [quotient.below]
        while self.starts_factor() or self.cursor.at(*_TIMES):
            if self.cursor.at(*_TIMES):
                self.cursor.take()
            below.append(self.factor())
        product = Product(quotient.below.start, self.cursor.end, tuple(below))
        return Division(quotient.start, self.cursor.end, quotient.above, product)

    def starts_factor(self) -> bool:
        """True where a factor could follow without an operator."""
        token = self.cursor.token
        if token.kind in ("number", "begin"):
            return True
        if token.kind == "end" or (self.integrals and operators.at_differential(self)):
            return False
        if self.cursor.at("|", "||", r"\vert", r"\|"):
            return not self.bars
        return starts_name(token) or (
            token.kind != "prose" and (token.text in _STARTS or operators.at_partial(self.cursor))
        )

    def continues(self) -> bool:
        """True where the term goes on."""
        return self.starts_factor() or self.cursor.at("/", *_TIMES)

    def factors(self) -> list[Node]:
        """The next factor; those of a product in braces, which print nothing, are factors beside the others."""
        if not self.cursor.at("{"):
            return [self.factor()]
        start = self.cursor.token.start
        self.enter()
        inner = self.argument()
        self.depth -= 1
        if isinstance(inner, Product) and not self.cursor.at("^", "_", "'", "!", "/"):
            return list(inner.factors)
        return [self.raised(start, self.braced(start, inner))]

    def factor(self) -> Node:
        """An atom with its exponent."""
        start = self.cursor.token.start
        self.enter()
        atom = self.atom()
        self.depth -= 1
        return self.raised(start, atom)

    def raised(self, start: int, atom: Node) -> Node:
        """An atom with the exponent that follows it, and factorials."""
        atom = self.factorial(start, atom)
        if not self.cursor.at("^") or fences.at_side(self.cursor):
            return atom
        self.cursor.take()
        exponent = self.exponent(atom)
        if self.cursor.at("(", "[") and isinstance(atom, Name) and scopes.is_minus_one(exponent):
            # A number to the power -1 before brackets, or an inverse function.
            inverse = replace(atom, end=self.cursor.end, text=f"{atom.text}^{{-1}}", stem=f"{atom.stem}^{{-1}}")
            atom = self.factorial(start, scopes.applied(self, inverse))
            if not self.cursor.at("^"):
                return atom
            self.cursor.take()
            exponent = self.exponent(atom)
        if self.cursor.at("_") and isinstance(atom, Name) and not atom.lower:
            atom = with_marks(self.cursor, start, atom.text, atom.base)
        if self.cursor.at("^", "_", "'"):
            self.cursor.fail("an operator")
        message = "the factorial could be of the power or of its exponent"
        if self.cursor.at("!") and self.reaches("factorial", message, "write brackets"):
            exponent = self.factorial(exponent.start, exponent)
        return self.factorial(start, Power(start, self.cursor.end, atom, exponent))

    def factorial(self, start: int, atom: Node) -> Node:
        """An atom, or its factorial."""
        if not self.cursor.at("!"):
            return atom
        self.cursor.take()
        return Factorial(start, self.cursor.end, atom)

    def exponent(self, base: Node) -> Node:
        """What is raised to.  A bracket in braces is a label as often as an exponent.

        A label is a name or a number, or one of them more or less; of Euler's number there are few.
        """
        token, is_bracketed = self.cursor.token, self.cursor.is_bracketed()
        exponent = self.argument()
        if is_bracketed and not _is_compound(exponent, is_euler=isinstance(base, Name) and base.text == "e"):
            place = self.cursor.source.span(token.start, token.end)
            raise Ambiguous(place, "this could be an exponent or a label", "a label stands in the subscript")
        return exponent

    def argument(self) -> Node:
        """A group in braces, or the one letter or digit that LaTeX takes without them."""
        if self.cursor.at("{", *fences.FRACTIONS):
            self.enter()
            inner = fences.braces(self) if self.cursor.at("{") else fences.fraction(self)
            self.depth -= 1
            return inner
        if self.cursor.token.kind == "number":
            digit = self.cursor.take_digit()
            return Numeral(digit.start, digit.end, Fraction(digit.text))
        if starts_name(self.cursor.token):
            return scopes.bare_name(self.cursor)
        self.cursor.fail("a group in braces")

    def atom(self) -> Node:
        """A number, a bracket, a fraction, a root, a function, a sum, an expectation, a name or a call."""
        token = self.cursor.token
        if token.kind == "number" and self.cursor.peek(1).text == "_":
            self.cursor.take()
            return with_marks(self.cursor, token.start, token.text, token.text)
        if token.kind == "number":
            self.cursor.take()
            return Numeral(token.start, token.end, Fraction(token.text))
        if token.kind == "begin":
            return fences.array(self)
        if self.cursor.at("{"):
            return self.braced(token.start, self.argument())
        if self.cursor.at(*DOTS):
            self.cursor.take()
            return Ellipsis(token.start, token.end)
        fenced = operators.derivative(self) or fences.fenced(self)
        if fenced is not None:
            return fenced
        if self.cursor.at(r"\sqrt"):
            return self.root()
        operated = operators.operated(self)
        if operated is not None:
            return operated
        if starts_name(token):
            return scopes.named(self)
        self.cursor.fail("a number, a name or a bracket")

    def braced(self, start: int, inner: Node) -> Node:
        """What stands in braces: terms and factors are not kept together by them, and a name goes on behind them."""
        if isinstance(inner, Addition | Negation | Product):
            self.ambiguous("braces print nothing, so what they hold is not kept together", "write brackets")
        if isinstance(inner, Name) and not inner.lower:
            return with_marks(self.cursor, start, inner.text, inner.base)
        return inner

    def root(self) -> Root:
        """A root, with its degree in square brackets."""
        start = self.cursor.take().start
        degree = None
        if self.cursor.at("["):
            self.cursor.take()
            degree = self.expression()
            self.cursor.expect("]")
        inner = self.argument()
        return Root(start, self.cursor.end, inner, degree)

    def ambiguous(self, message: str, hint: str) -> NoReturn:
        """Stops at the next token, which has several readings."""
        token = self.cursor.token
        raise Ambiguous(self.cursor.source.span(token.start, token.end), message, hint)

    def reaches(self, convention: str, message: str, hint: str) -> bool:
        """Whether what stands before the next token reaches to it, by a convention of the source.

        Raises:
            Ambiguous: the source has no such convention.
        """
        token, source = self.cursor.token, self.cursor.source
        if convention not in source.conventions:
            raise Ambiguous(source.span(token.start, token.end), message, hint, convention)
        return source.conventions[convention]


def _is_compound(inner: Node, *, is_euler: bool) -> bool:
    """True of more than a name, a number, and one of them more or less: nothing is called by that.

    `e^{(-i)}`, `e^{(ij)}` and `e^{(i,j)}` are errors as often as powers of Euler's number, `e^{(-a)}` is none.
    """
    parts = list(walk(inner))
    if any(isinstance(part, Power | Division | Function | Root | Total) for part in parts):
        return True
    names = [part.text for part in parts if isinstance(part, Name)]
    is_sum = len(names) > 1 and isinstance(inner, Addition)
    return is_euler and (is_sum or (isinstance(inner, Negation | Product) and _OF_INDICES.isdisjoint(names)))


_OF_INDICES = frozenset("ijklmnst")
"""Letters that count examples, layers and steps."""
