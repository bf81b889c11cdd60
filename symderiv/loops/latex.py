"""Loop expressions and programs as LaTeX."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.loops.notation import index_text, sign_of
from symderiv.model.program import (
    Comparison,
    Constant,
    Expression,
    Function,
    IndexComparison,
    Loop,
    Node,
    Power,
    Product,
    Read,
    Reduction,
    Size,
    Sum,
)

SUM, PRODUCT, POWER, ATOM = range(4)
SIGNS = {">": ">", ">=": r"\geq", "==": "="}
NAMED = {"exp", "ln", "sin", "cos", "tanh", "max", "min"}


SMALL = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
         "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega")  # fmt: skip
CAPITAL = ("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega")
GREEK = frozenset((*SMALL, *CAPITAL))


def latex_of_name(name: str) -> str:
    """The name of a tensor: one letter in italics, Greek letters as such, words upright."""
    stem, dot, suffix = name.partition(".")
    letters = stem.rstrip("'")
    escaped = letters.replace("_", r"\_").replace("~", r"\sim ")
    if letters in GREEK:
        escaped = f"\\{letters}"
    elif len(letters) > 1:
        escaped = rf"\mathrm{{{escaped}}}"
    return escaped + stem[len(letters) :] + (rf".\mathrm{{{suffix}}}" if dot else "")


def latex_of_entry(entry: Read) -> str:
    """An entry of a tensor."""
    inner = ",".join(index_text(index).replace("_", r"\_") for index in entry.indices)
    return f"{latex_of_name(entry.tensor)}[{inner}]" if inner else latex_of_name(entry.tensor)


def latex_of_expression(expression: Expression, level: int = SUM) -> str:
    """An expression, in brackets where it binds less than `level`."""
    text, own = _latex(expression)
    return text if own >= level else rf"\left({text}\right)"


def _latex(expression: Expression) -> tuple[str, int]:
    match expression:
        case Constant(value):
            return _number(value), ATOM if value >= 0 else SUM
        case Size(name):
            return name, ATOM
        case Read():
            return latex_of_entry(expression), ATOM
        case Sum(terms):
            return _sum(terms)
        case Product(factors):
            return _product(factors)
        case Power(base, exponent, _) if exponent < 0:
            return _product((expression,))
        case Power(base, exponent, _):
            if exponent == Fraction(1, 2):
                return rf"\sqrt{{{latex_of_expression(base)}}}", ATOM
            return f"{latex_of_expression(base, ATOM)}^{{{exponent}}}", POWER
        case Function("abs", (argument,)):
            return rf"\left|{latex_of_expression(argument)}\right|", ATOM
        case Function(name, arguments):
            word = f"\\{name}" if name in NAMED else rf"\mathrm{{{name}}}"
            inner = ", ".join(latex_of_expression(argument) for argument in arguments)
            return rf"{word}\left({inner}\right)", POWER
        case Reduction(indices, body):
            return rf"\sum_{{{','.join(indices)}}} {latex_of_expression(body, PRODUCT)}", PRODUCT
        case Comparison(kind, left, right):
            text = f"{latex_of_expression(left)} {SIGNS[kind]} {latex_of_expression(right)}"
            return rf"\left[{text}\right]", ATOM
        case IndexComparison(kind, low, high):
            return rf"\left[{index_text(low)} {SIGNS[kind]} {index_text(high)}\right]", ATOM


def _number(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value)
    return rf"{'-' if value < 0 else ''}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def _sum(terms: tuple[Expression, ...]) -> tuple[str, int]:
    text = ""
    for term in terms:
        part = latex_of_expression(term)
        if part.startswith("-"):
            text += f" - {part[1:]}" if text else part
        else:
            text += f" + {part}" if text else part
    return text or "0", SUM if len(terms) != 1 else PRODUCT


def _product(factors: tuple[Expression, ...]) -> tuple[str, int]:
    value, rest = sign_of(Product(factors))
    above = [f for f in rest if not (isinstance(f, Power) and f.exponent < 0)]
    below = [_turned(f) for f in rest if isinstance(f, Power) and f.exponent < 0]
    size = abs(value)
    if below or size.denominator != 1:
        over = _row(size.numerator, above, SUM)
        under = _row(size.denominator, below, SUM)
        text = rf"\frac{{{over}}}{{{under}}}"
    else:
        text = _row(size.numerator, above, PRODUCT)
    return (f"-{text}", SUM) if value < 0 else (text, PRODUCT)


def _turned(factor: Expression) -> Expression:
    if isinstance(factor, Power):
        return factor.base if factor.exponent == -1 else Power(factor.base, -factor.exponent)
    return factor


def _row(number: int, factors: list[Expression], level: int) -> str:
    """A number times factors; one alone has brackets where it binds less than `level`."""
    alone = len(factors) == 1 and number == 1
    words = [latex_of_expression(f, level if alone else PRODUCT if f is factors[-1] else POWER) for f in factors]
    if number != 1 or not words:
        words.insert(0, str(number))
    return r" \, ".join(words)


def latex_of_loops(nodes: tuple[Node, ...]) -> str:
    """A block as rows of an `align*`."""
    return "\n".join([r"\begin{align*}", *(f"  {row}" for row in _rows(nodes, 0)), r"\end{align*}"]) + "\n"


def _rows(nodes: tuple[Node, ...], depth: int) -> Iterator[str]:
    space = r"\quad " * depth
    for node in nodes:
        if isinstance(node, Loop):
            bounds = f"{index_text(node.range.first)}, \\ldots, {index_text(node.range.last)}"
            yield rf"& {space}\text{{for }} {node.index} = {bounds}: \\"
            yield from _rows(node.body, depth + 1)
            continue
        head = rf"\text{{For }} {','.join(node.indices)}: \quad " if node.indices else ""
        for statement in node.body:
            value = latex_of_expression(statement.value)
            sign = rf"\mathrel{{{statement.operator}}}"
            if statement.operator == "+=" and value.startswith("-"):
                value, sign = value[1:], r"\mathrel{-=}"
            yield rf"& {space}{head}{latex_of_entry(statement.target)} {sign} {value} \\"
