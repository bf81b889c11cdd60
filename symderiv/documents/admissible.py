r"""What a text says of parameters by naming a distribution: `X \sim \mathrm{Exp}(\lambda)` says that \lambda > 0.

Only names and what is made of them by arithmetic is taken; of matrices, which are written in capitals, nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.formulas import tree as t
from symderiv.language import parameter_ranges as p

Stated = tuple[t.Node, str, t.Node]
"""The sides of a relation, and `<` or `<=` between them."""

_FONTS = (r"\mathrm{", r"\mathcal{", r"\text{", r"\operatorname{")


def bounds_of_parameters(right: t.Node, *, discrete: bool = False) -> Iterator[Stated]:
    r"""What the right side of `X \sim ...` says; `discrete` where it is said of integers."""
    family, arguments = _family(right)
    if family in p.INTERVALS and len(arguments) == 2 and not any(map(_is_matrix, arguments)):
        yield arguments[0], "<=" if discrete else "<", arguments[1]
    for kind, argument in _kinds(family, arguments):
        yield from _bounds(kind, argument)


def bounds_of_density(node: t.Applied) -> Iterator[Stated]:
    r"""What `\mathrm{Gam}(x; a, b)` says of parameters that are plain names."""
    if node.separators[:1] != (";",) or not node.head.text.startswith(_FONTS):
        return
    for kind, argument in _kinds(node.head.base, node.before[1:]):
        if isinstance(_root(argument), t.Name):
            yield from _bounds(kind, argument)


def bounds_of_base(node: t.Function) -> Iterator[Stated]:
    r"""What `\log_b x` says of its base where that is a name: information is measured in units with b > 1."""
    if node.word == "ln" and isinstance(node.base, t.Name):
        yield t.Numeral(node.base.start, node.base.end, Fraction(1)), "<", node.base


def _kinds(family: str, arguments: tuple[t.Node, ...]) -> Iterator[tuple[str, t.Node]]:
    known = next((kinds for kinds in p.PARAMETERS.get(family, ()) if len(kinds) == len(arguments)), ())
    return zip(known, arguments, strict=False)


def _family(node: t.Node) -> tuple[str, tuple[t.Node, ...]]:
    r"""The letters and the parameters of a family; `\chi^2(k)` reads as a square times a number."""
    match node:
        case t.Applied(head=head, before=before, bar=""):
            return head.base, before
        case t.Function(word="ln", body=t.Applied(head=head, before=before, bar="")) if head.base == "N":
            return "lnN", before
        case t.Product(factors=(t.Power(base=t.Name(text=r"\chi")), t.Name() as degrees)):
            return r"\chi", (degrees,)
        case _:
            return "", ()


def _bounds(kind: str, argument: t.Node) -> Iterator[Stated]:
    zero, one = (t.Numeral(argument.start, argument.end, Fraction(value)) for value in (0, 1))
    if kind == p.REAL or isinstance(argument, t.Numeral) or not _is_arithmetic(argument):
        return
    if kind == p.VARIANCE:
        yield from _of_variance(zero, argument)
        return
    if kind == p.POSITIVE:
        argument = _inverted(argument)
    if not _is_matrix(argument) or (kind == p.COUNT and isinstance(argument, t.Name)):
        yield zero, "<=" if kind in (p.COUNT, p.PROBABILITY) else "<", argument
        if kind in (p.PROBABILITY, p.CHANCE):
            yield argument, "<=", one


def _of_variance(zero: t.Node, argument: t.Node) -> Iterator[Stated]:
    """A variance, or the number before the matrix in a covariance; of a square the standard deviation."""
    if isinstance(argument, t.Product):
        squares = [factor for factor in argument.factors if isinstance(factor, t.Power)]
        if len(squares) == 1 and isinstance(_root(squares[0]), t.Name):
            yield from _of_variance(zero, squares[0])
        return
    root = _root(argument)
    if isinstance(root, t.Name) and not _is_matrix(root):
        yield zero, "<", root


def _root(argument: t.Node) -> t.Node:
    r"""`\sigma` of `\sigma^2` and of `\sigma^{-1}`."""
    match argument:
        case t.Power(base=t.Name() as base, exponent=t.Numeral() | t.Negation(body=t.Numeral())):
            return base
        case _:
            return argument


def _inverted(argument: t.Node) -> t.Node:
    """What is positive where its inverse is."""
    match argument:
        case t.Power(base=base, exponent=t.Negation(body=t.Numeral())):
            return base
        case t.Division(above=t.Numeral(), below=below):
            return below
        case _:
            return argument


def _is_matrix(node: t.Node) -> bool:
    """True of what may be a matrix or vector: a capital or a bold letter stands in it."""
    names = [part for part in t.walk(node) if isinstance(part, t.Name)]
    return any(name.base.lstrip("\\")[:1].isupper() or "mathbf" in name.text or "bold" in name.text for name in names)


def _is_arithmetic(node: t.Node) -> bool:
    plain = (t.Name, t.Numeral, t.Addition, t.Negation, t.Product, t.Division, t.Power)
    return all(isinstance(part, plain) for part in t.walk(node))
