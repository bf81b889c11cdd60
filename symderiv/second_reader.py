"""A second opinion on how far operators reach: latex2sympy2 reads the skeleton of a formula, in a process of its own.

It is asked about arithmetic alone.  What stands in the formula beside it - names, calls, sums, expectations - is
replaced by opaque symbols, so that no text of a document reaches it; exponents and arguments are given braces, brackets
are round, logarithms are natural.  Both readings are then evaluated at the same points.  What a name is made of is not
examined: that is what the symbols hide.
"""

from __future__ import annotations

import cmath
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import symderiv.readers
from symderiv.collect import collect
from symderiv.documents.files import document_of
from symderiv.documents.page import relations_of
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Source
from symderiv.formulas.tokens import Macros, Token, closed, tokenize, unaligned
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.span import Span
from symderiv.readers.document_reader import DocumentReader
from symderiv.runner import Finished, Outcome, Workers

FUNCTIONS = {
    "ln": cmath.log, "exp": cmath.exp, "sin": cmath.sin, "cos": cmath.cos, "tan": cmath.tan,
    "sinh": cmath.sinh, "cosh": cmath.cosh, "tanh": cmath.tanh,
}  # fmt: skip
"""The functions that both readers know."""
POINTS = 3
"""At how many points two readings are compared."""
NEAR = 1e-9
"""The relative difference up to which two values count as one."""
_ARITHMETIC = (t.Numeral, t.Negation, t.Addition, t.Product, t.Division, t.Power, t.Root, t.Function)
_WRITTEN = {
    "[": "(",
    "]": ")",
    r"\log": r"\ln",
    r"\times": r"\cdot",
    "*": r"\cdot",
    r"\dfrac": r"\frac",
    r"\tfrac": r"\frac",
}
_TAKE_ARGUMENT = frozenset({"^", r"\frac", r"\sqrt"})

Point = dict[str, float]


@dataclass(frozen=True)
class Skeleton:
    """A formula as the second reader gets it; `symbols` are its symbols by what they stand for."""

    text: str
    symbols: Mapping[str, str]


def available() -> bool:
    """Whether the second reader is there to be asked."""
    return find_spec("latex2sympy2") is not None


def skeleton(
    source: Source, node: t.Node, place: tuple[int, int] | None = None, macros: Macros | None = None
) -> Skeleton | None:
    """The skeleton of a formula that is all of a source, or stands at a place in it.

    None where it holds more than arithmetic on what is opaque, and where a macro is made of several tokens.
    """
    opaque = {part.start: part for part in _opaque(node)}
    if not _is_known(node) or not all(map(_stands_alone, t.walk(node))):
        return None
    start, stop = place or (0, len(source.text))
    symbols: dict[str, str] = {}
    tokens: list[Token] = []
    end = 0
    for token in closed(unaligned(tokenize(source, start, stop, macros)), stop)[:-1]:
        if tokens and token.start == tokens[-1].start:
            return None
        if token.start < end:
            continue
        part = opaque.get(token.start)
        if part is None:
            tokens.append(token)
            continue
        symbol = symbols.setdefault(printed(part), f"z_{len(symbols) + 1}")
        tokens.append(Token("symbol", f"z_{{{symbol[2:]}}}", part.start, part.end))
        end = part.end
    return Skeleton(f"({' '.join(_written(tokens))})", symbols)


def _opaque(node: t.Node) -> Iterator[t.Node]:
    """The outermost parts that are more than arithmetic."""
    if not isinstance(node, _ARITHMETIC):
        yield node
        return
    for part in t.parts(node):
        yield from _opaque(part)


def _stands_alone(node: t.Node) -> bool:
    r"""False of a root with a degree, and where a base and its exponent are one in the text, as in `\chi^2_1`."""
    match node:
        case t.Root(degree=degree):
            return degree is None
        case t.Power(base=t.Name() as base, exponent=exponent):
            return base.end <= exponent.start < exponent.end
        case _:
            return True


def _is_known(node: t.Node) -> bool:
    """True where all functions outside of opaque parts are ones that both readers know, without a base."""
    if not isinstance(node, _ARITHMETIC):
        return True
    if isinstance(node, t.Function) and (node.word not in FUNCTIONS or node.base is not None):
        return False
    return all(map(_is_known, t.parts(node)))


def _written(tokens: Sequence[Token]) -> Iterator[str]:
    """The texts of tokens, with braces around what is raised, divided or under a root without them."""
    wanted = 0
    depths: list[int] = []
    is_name = False
    for token in tokens:
        text = _WRITTEN.get(token.text, token.text)
        if is_name and text == "(":  # a factor, since what is a call is opaque
            yield r"\cdot"
        is_name = token.kind == "symbol"
        if wanted and text != "{" and text not in _TAKE_ARGUMENT:
            digits = list(text) if token.kind == "number" and wanted == len(text) else [text]
            yield from (f"{{ {digit} }}" for digit in digits)
            wanted -= len(digits)
            continue
        if text in _TAKE_ARGUMENT:
            wanted = 2 if text == r"\frac" else 1
        elif text == "{":
            depths.append(max(wanted - 1, 0))
            wanted = 0
        elif text == "}" and depths:
            wanted = depths.pop()
        yield text


def value(node: t.Node, point: Mapping[str, float]) -> complex:
    """The value of a formula where its opaque parts have the values given by their texts.

    Raises:
        ArithmeticError: it has none there.
    """
    match node:
        case t.Numeral(value=number):
            return complex(float(number))
        case t.Negation(body=body):
            return -value(body, point)
        case t.Addition(terms=terms):
            return sum((value(term, point) for term in terms), complex(0))
        case t.Product(factors=factors):
            return math.prod((value(factor, point) for factor in factors), start=complex(1))
        case t.Division(above=above, below=below):
            return value(above, point) / value(below, point)
        case t.Power(base=base, exponent=exponent):
            raised = value(base, point)
            return complex(complex(raised.real, raised.imag or 0.0) ** value(exponent, point))  # no -0j: one branch
        case t.Root(body=body):
            return cmath.sqrt(value(body, point))
        case t.Function(word=word, body=body):
            return FUNCTIONS[word](value(body, point))
        case _:
            return complex(point[printed(node)])


def agreements(
    formulas: Iterable[tuple[t.Node, Skeleton | None]], workers: Workers, seed: int = 0
) -> list[bool | None]:
    """For each formula, as we read it, whether both readers agree; None where the second one has no answer."""
    dice = random.Random(seed)
    asked = list(formulas)
    points = [
        [{text: dice.uniform(0.5, 2.5) for text in sk.symbols} for _ in range(POINTS)] if sk else [] for _, sk in asked
    ]
    questions = [
        (sk.text, [{sk.symbols[text]: number for text, number in point.items()} for point in at])
        for (_, sk), at in zip(asked, points, strict=True)
        if sk is not None
    ]
    answers = iter(list(workers.map(second_values, questions)))
    return [
        None if sk is None else _compared(node, at, next(answers)) for (node, sk), at in zip(asked, points, strict=True)
    ]


def doubted(paths: Iterable[Path], workers: Workers) -> frozenset[Span]:
    """The places of the relations in some files of whose sides the second reader makes something else."""
    read = [outcome.value for outcome in workers.map(sides_in, list(paths)) if isinstance(outcome, Finished)]
    sides = [side for found in read for side in found]
    answers = agreements([(node, sk) for _, node, sk in sides], workers)
    return frozenset(span for (span, *_), agree in zip(sides, answers, strict=True) if agree is False)


def sides_in(path: Path) -> list[tuple[Span, t.Node, Skeleton | None]]:
    """The sides of all relations in a file, each with the place of its relation; to be called in a worker."""
    found: list[tuple[Span, t.Node, Skeleton | None]] = []
    for reader in collect(symderiv.readers, DocumentReader):
        if not path.name.endswith(reader.suffixes):
            continue
        document = document_of(path, reader.container)
        if isinstance(document, Diagnostic):
            continue
        for row in relations_of(document):
            for node in (row.left, row.right) if row.problem is None else ():
                if node is not None:
                    sk = skeleton(document.source, node, (node.start, node.end), document.macros)
                    found.append((document.source.span(*row.place), node, sk))
    return found


def _compared(node: t.Node, points: Sequence[Point], outcome: Outcome[list[complex]]) -> bool | None:
    if not isinstance(outcome, Finished):
        return None
    try:
        ours = [value(node, point) for point in points]
    except (ArithmeticError, ValueError):
        return None
    pairs = zip(ours, outcome.value, strict=True)
    return all(cmath.isclose(one, other, rel_tol=NEAR, abs_tol=NEAR) for one, other in pairs)


def second_values(question: tuple[str, list[Point]]) -> list[complex]:
    """What the second reader makes of a skeleton, at some points; to be called in a worker.

    Raises:
        ValueError: symbols were lost or invented.
        Exception: whatever the second reader raises where it cannot read the text.
    """
    import latex2sympy2

    text, points = question
    latex2sympy2.set_variances({})
    latex2sympy2.VARIABLE_VALUES = {}
    read = latex2sympy2.latex2sympy(text)
    names = {symbol: symbol.name.replace("{", "").replace("}", "") for symbol in read.free_symbols}
    if not set(names.values()) <= set(points[0]):
        raise ValueError("symbols that were not sent")
    return [complex(read.subs({symbol: point[name] for symbol, name in names.items()}).evalf(20)) for point in points]
