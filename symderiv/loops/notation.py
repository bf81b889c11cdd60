"""Loop programs as text, in the notation in which they are read."""

from __future__ import annotations

from fractions import Fraction

from symderiv.loops.integers import Instance
from symderiv.model.program import (
    Affine,
    Comparison,
    Constant,
    Expression,
    For,
    Function,
    IndexComparison,
    Looked,
    Loop,
    Node,
    Power,
    Product,
    Read,
    Reduction,
    Size,
    SizeOf,
    Statement,
    Sum,
    combine,
)

SUM, PRODUCT, POWER, ATOM = range(4)


def index_text(index: Affine, instance: Instance | None = None) -> str:
    """An index as it is written, or its value at an instance."""
    if instance is not None and not any(isinstance(atom, Looked) for atom, _ in index.terms):
        total = index.constant
        for atom, coefficient in index.terms:
            found = instance.sizes if isinstance(atom, SizeOf) else instance.variables
            total += coefficient * found.get(getattr(atom, "name", ""), 0)
        return str(total)
    text = ""
    for atom, coefficient in index.terms:
        name = entry_text(Read(atom.tensor, atom.indices)) if isinstance(atom, Looked) else atom.name
        part = name if abs(coefficient) == 1 else f"{abs(coefficient)}*{name}"
        text += f"{'-' if coefficient < 0 else '+' if text else ''}{part}"
    if index.constant or not text:
        text += f"{index.constant:+d}" if text else str(index.constant)
    return text


def entry_text(entry: Read, instance: Instance | None = None) -> str:
    """An entry, at an instance where one is given."""
    inner = ",".join(index_text(index, instance) for index in entry.indices)
    return f"{entry.tensor}[{inner}]" if inner else entry.tensor


def sizes_text(instance: Instance) -> str:
    """The sizes of an instance."""
    return ", ".join(f"{name} = {value}" for name, value in instance.sizes.items())


def instance_text(instance: Instance) -> str:
    """The sizes and the variables of an instance."""
    found = {**instance.sizes, **{name: value for name, value in instance.variables.items() if "~" not in name}}
    return ", ".join(f"{name} = {value}" for name, value in found.items())


def text_of(expression: Expression, level: int = SUM) -> str:
    """An expression, in brackets where it binds less than `level`."""
    text, own = _text(expression)
    return text if own >= level else f"({text})"


def _text(expression: Expression) -> tuple[str, int]:
    match expression:
        case Constant(value):
            return _number(value)
        case Size(name):
            return name, ATOM
        case Read():
            return entry_text(expression), ATOM
        case Sum(terms):
            return _sum(terms)
        case Product(factors):
            return _product(factors)
        case Power(base, exponent, _):
            return _power(base, exponent)
        case Function(name, arguments):
            return f"{name}({', '.join(text_of(argument) for argument in arguments)})", ATOM
        case Reduction(indices, body):
            return f"sum{{{','.join(indices)}}}({text_of(body)})", ATOM
        case Comparison(kind, left, right):
            return f"[{text_of(left)} {kind} {text_of(right)}]", ATOM
        case IndexComparison(kind, left, right):
            low = min(left.constant, right.constant)
            common = Affine((), low if low > 0 else 0)
            one, other = (index_text(combine(index, common, -1)) for index in (left, right))
            return f"[{one} {kind} {other}]", ATOM


def _number(value: Fraction) -> tuple[str, int]:
    level = ATOM if value >= 0 and value.denominator == 1 else PRODUCT if value >= 0 else SUM
    return str(value), level


def _sum(terms: tuple[Expression, ...]) -> tuple[str, int]:
    if not terms:
        return "0", ATOM
    text = ""
    for term in terms:
        part = text_of(term, PRODUCT) if not _is_negative(term) else text_of(term)
        if text and part.startswith("-"):
            text += f" - {part[1:]}"
        else:
            text += f" + {part}" if text else part
    return text, SUM


def _is_negative(term: Expression) -> bool:
    return sign_of(Product((term,)))[0] < 0


def sign_of(product: Product) -> tuple[Fraction, list[Expression]]:
    """The number in a product, and its other factors."""
    value, rest = Fraction(1), list[Expression]()
    for factor in product.factors:
        if isinstance(factor, Constant):
            value *= factor.value
        elif isinstance(factor, Product):
            inner, others = sign_of(factor)
            value *= inner
            rest += others
        else:
            rest.append(factor)
    return value, rest


def _product(factors: tuple[Expression, ...]) -> tuple[str, int]:
    value, rest = sign_of(Product(factors))
    above = [f for f in rest if not (isinstance(f, Power) and f.exponent < 0)]
    below = [f for f in rest if isinstance(f, Power) and f.exponent < 0]
    size = abs(value)
    words = [text_of(f, POWER) for f in above]
    if size != 1 or not words:
        words.insert(0, str(size.numerator) if size.denominator == 1 else str(size))
    text = "*".join(words)
    for factor in below:
        text += "/" + text_of(_turned(factor), ATOM if factor.exponent == -1 else POWER)
    return (f"-{text}", SUM) if value < 0 else (text, PRODUCT)


def _turned(factor: Expression) -> Expression:
    if isinstance(factor, Power):
        return factor.base if factor.exponent == -1 else Power(factor.base, -factor.exponent)
    return factor


def _power(base: Expression, exponent: Fraction) -> tuple[str, int]:
    if exponent == Fraction(1, 2):
        return f"sqrt({text_of(base)})", ATOM
    if exponent == -1:
        return f"1/{text_of(base, ATOM)}", PRODUCT
    shown = str(exponent) if exponent.denominator == 1 and exponent > 0 else f"({exponent})"
    return f"{text_of(base, ATOM)}^{shown}", POWER


def statement_text(statement: Statement) -> str:
    """A statement, with `-=` where its value is negative."""
    value, operator = statement.value, statement.operator
    if operator == "+=" and _is_negative(value):
        return f"{entry_text(statement.target)} -= {text_of(Product((Constant(Fraction(-1)), value)))}"
    return f"{entry_text(statement.target)} {operator} {text_of(value)}"


def lines_of(nodes: tuple[Node, ...], indent: str = "") -> list[str]:
    """A block, one statement a line."""
    lines: list[str] = []
    for node in nodes:
        if isinstance(node, Loop):
            bounds = f"{index_text(node.range.first)}..{index_text(node.range.last)}"
            lines.append(f"{indent}loop {node.index} = {bounds}:")
            lines += lines_of(node.body, indent + "  ")
        else:
            lines += _parallel(node, indent)
    return lines


def _parallel(node: For, indent: str) -> list[str]:
    head = f"for {','.join(node.indices)}: " if node.indices else ""
    if len(node.body) == 1:
        return [f"{indent}{head}{statement_text(node.body[0])}"]
    return [indent + head.rstrip(), *(f"{indent}  {statement_text(statement)}" for statement in node.body)]
