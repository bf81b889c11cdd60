r"""Operator precedence: the tokens of a formula to a tree.

From loose to tight: relations; `+` and `-`; products and fractions, in which `E_{..}`, `\sum` and `\ln` take what
follows; superscripts.  Every token is consumed, or the formula is unread at that token; where a reader could hesitate
over how far an operator reaches, it is ambiguous there.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NoReturn

from symderiv.readers import latex_scopes as scopes
from symderiv.readers.latex_names import NAMING, Cursor, starts_name
from symderiv.readers.latex_tokens import Ambiguous, Source
from symderiv.readers.latex_tree import (
    Addition,
    Applied,
    Division,
    Function,
    Negation,
    Node,
    Numeral,
    Power,
    Product,
    Root,
    Sides,
)

RELATIONS = {
    "=": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "!=": "!=", r"\lt": "<", r"\gt": ">",
    r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=",
    r"\ge": ">=", r"\geq": ">=", r"\geqslant": ">=", r"\ne": "!=", r"\neq": "!=",
}  # fmt: skip
FUNCTIONS = {r"\ln": "ln", r"\log": "ln", r"\exp": "exp"}
_FRACTIONS = (r"\frac", r"\dfrac", r"\tfrac")
DEEPEST = 40
"""How many operators may stand inside each other."""
BRACKETS = "write brackets around the argument, and around the whole"
_TIMES = (r"\cdot", r"\times", "*")
_CLOSING = {"(": ")", "[": "]"}
_STARTS = frozenset({"(", "[", "{", r"\sqrt", r"\sum", *FUNCTIONS, *_FRACTIONS}) | NAMING


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

    def __init__(self, source: Source) -> None:
        self.cursor = Cursor(source)
        self.depth = 0

    def finish(self) -> None:
        """The end of the formula; one mark of punctuation may stand before it."""
        if self.cursor.at(".", ",", ";"):
            self.cursor.take()
        if self.cursor.token.kind != "end":
            self.cursor.fail("an operator or the end")

    def expression(self) -> Node:
        """Terms with `+` and `-` between them."""
        start = self.cursor.token.start
        terms = [self.signed()]
        while self.cursor.at("+", "-"):
            sign = self.cursor.take()
            term = self.term()
            terms.append(Negation(sign.start, self.cursor.end, term) if sign.text == "-" else term)
        return terms[0] if len(terms) == 1 else Addition(start, self.cursor.end, tuple(terms))

    def signed(self) -> Node:
        """A term that may begin with a minus."""
        if not self.cursor.at("-"):
            return self.term()
        sign = self.cursor.take()
        inner = self.term()
        return Negation(sign.start, self.cursor.end, inner)

    def term(self) -> Node:
        """Factors side by side; a denominator after a slash is one factor, and nothing may follow it."""
        start = self.cursor.token.start
        factors = [self.factor()]
        while True:
            if self.cursor.at("/"):
                above = factors[0] if len(factors) == 1 else Product(start, self.cursor.end, tuple(factors))
                factors = [self.slashes(start, above)]
                if self.continues():
                    self.ambiguous("the slash could divide by this too, or not", r"write \frac{..}{..} or brackets")
            elif self.cursor.at(*_TIMES):
                self.cursor.take()
                factors.append(self.factor())
            elif self.cursor.token.kind == "number":
                self.cursor.fail("an operator")
            elif self.starts_factor():
                factors.append(self.factor())
            else:
                return factors[0] if len(factors) == 1 else Product(start, self.cursor.end, tuple(factors))

    def slashes(self, start: int, above: Node) -> Node:
        """`a / b`, and what follows with further slashes."""
        while self.cursor.at("/"):
            self.cursor.take()
            below = self.factor()
            above = Division(start, self.cursor.end, above, below, slash=True)
        return above

    def starts_factor(self) -> bool:
        """True where a factor could follow without an operator."""
        return self.cursor.token.text in _STARTS or starts_name(self.cursor.token) or self.cursor.token.kind == "number"

    def continues(self) -> bool:
        """True where the term goes on."""
        return self.starts_factor() or self.cursor.at("/", *_TIMES)

    def factor(self) -> Node:
        """An atom with its exponent."""
        start = self.cursor.token.start
        if self.depth == DEEPEST:
            self.cursor.fail("a formula that is not nested so deeply")
        self.depth += 1
        atom = self.atom()
        self.depth -= 1
        if not self.cursor.at("^"):
            return atom
        self.cursor.take()
        exponent = self.exponent()
        if self.cursor.at("^", "_", "'"):
            self.cursor.fail("an operator")
        return Power(start, self.cursor.end, atom, exponent)

    def exponent(self) -> Node:
        """What is raised to.  A bracket in braces is a label as often as an exponent."""
        if self.cursor.at("{") and self.cursor.peek(1).text == "(" and self.cursor.peek(3).text == ")":
            self.ambiguous("this could be an exponent or a label", "a label stands in the subscript")
        return self.argument()

    def argument(self) -> Node:
        """A group in braces, or the one letter or digit that LaTeX takes without them."""
        if self.cursor.at("{"):
            self.cursor.take()
            inner = self.expression()
            self.cursor.expect("}")
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
        if token.kind == "number":
            self.cursor.take()
            return Numeral(token.start, token.end, Fraction(token.text))
        if self.cursor.at("(", "["):
            return self.group()
        if self.cursor.at("{"):
            inner = self.argument()
            if isinstance(inner, Addition | Negation | Product):
                self.ambiguous("braces print nothing, so what they hold is not kept together", "write brackets")
            return inner
        if self.cursor.at(*_FRACTIONS):
            self.cursor.take()
            above, below = self.argument(), self.argument()
            return Division(token.start, self.cursor.end, above, below)
        if self.cursor.at(r"\sqrt"):
            self.cursor.take()
            inner = self.argument()
            return Root(token.start, self.cursor.end, inner)
        if self.cursor.at(*FUNCTIONS):
            return self.function()
        if self.cursor.at(r"\sum"):
            return scopes.total(self)
        if starts_name(token):
            return scopes.named(self)
        self.cursor.fail("a number, a name or a bracket")

    def group(self) -> Node:
        """An expression in brackets."""
        opening = self.cursor.take()
        inner = self.expression()
        self.cursor.expect(_CLOSING[opening.text], opening.stretched)
        if isinstance(inner, Applied) and self.cursor.at("^"):
            # `(a (b))^2` raises the product, if it is one, and `a (b)^2` does not.
            return Product(opening.start, self.cursor.end, (inner,))
        return inner

    def function(self) -> Node:
        r"""`\ln` or `\exp`.  Without brackets the argument is one factor, which only another function may follow."""
        word = self.cursor.take()
        bracketed = self.cursor.at("(", "[")
        body = self.group() if bracketed else self.factor()
        follows = self.starts_factor() and not self.cursor.at(*FUNCTIONS)
        if self.cursor.at("^") or follows or (not bracketed and self.cursor.at("/", *_TIMES)):
            self.ambiguous(f"this could belong to the argument of {word.text} or not", BRACKETS)
        return Function(word.start, self.cursor.end, FUNCTIONS[word.text], body, bracketed)

    def ambiguous(self, message: str, hint: str) -> NoReturn:
        """Stops at the next token, which has two readings."""
        token = self.cursor.token
        raise Ambiguous(self.cursor.source.span(token.start, token.end), message, hint)
