"""What the names of a text stand for, by declaration or by unmistakable use anywhere in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sympy import Integer

from symderiv.formulas.declarations import Declared, Related
from symderiv.formulas.notation import NO_WORDS, PI, Notation, Wording
from symderiv.formulas.source import Ambiguous, Unread
from symderiv.formulas.tree import Applied, Integral, Name, Node, Numeral, Product, Total, walk
from symderiv.formulas.uses import Place, Used, axes_of, distribution_names, used, uses_of
from symderiv.language.probability import Distribution
from symderiv.language.random_variables import random_variables
from symderiv.language.written import Exp, Scalar

JOINT = ("P", "p", r"\Pr")
"""Names for a joint distribution that a text speaks of by entropies alone."""


def notation_of(declared: Iterable[Declared], related: Iterable[Related], wording: Wording = NO_WORDS) -> Notation:
    """The notation of a whole text.

    Raises:
        Unread: one name is declared as two things.
        Ambiguous: the uses of a name do not say what it is a distribution of.
    """
    notation = Notation()
    chosen: dict[str, Used] = {}
    for declaration in declared:
        _declare(notation, declaration, chosen)
    nodes = [(r.source, node) for r in related for node in walk(r.chain)]
    if wording.densities:
        summed = frozenset(n.text for _, node in nodes if isinstance(node, Total) for n in node.over)
        notation.counted = wording.discrete | summed | {name.rstrip("'") for name in summed}
    integrals = wording.densities and wording.named
    uses = uses_of(nodes, distribution_names(notation, nodes, set(chosen), integrals=integrals))
    for name, found in uses.items():
        before, after = (chosen[name].before, chosen[name].after) if name in chosen else axes_of(name, found)
        _distribute(notation, name, before, after)
        if len({(frozenset(use.before), frozenset(use.after)) for use in found}) > 1:
            notation.several.add(name)
    for name, use in chosen.items():
        _distribute(notation, name, use.before, use.after)
    _vary(notation, nodes, uses)
    _name_by_entropies(notation, nodes)
    notation.constants = dict.fromkeys(wording.euler, Exp(Integer(1)))
    if wording is not NO_WORDS and _is_circle_constant([node for _, node in nodes]):
        notation.constants[PI] = Scalar(PI)
    heads = {id(node.head) for _, node in nodes if isinstance(node, Applied)}
    notation.numbers = {node.text for _, node in nodes if isinstance(node, Name) and id(node) not in heads}
    return notation


def _is_circle_constant(nodes: Sequence[Node]) -> bool:
    r"""True where a number stands beside each pi; one that stands alone, as in `\pi p(x)`, may be a weight."""
    products = [node.factors for node in nodes if isinstance(node, Product)]
    counted = {id(f) for factors in products if any(isinstance(f, Numeral) for f in factors) for f in factors}
    uses = [id(node) in counted for node in nodes if isinstance(node, Name) and node.text == PI]
    return bool(uses) and all(uses)


def _name_by_variables(notation: Notation, nodes: Sequence[Place]) -> list[str]:
    """The names that entropies and mutual informations are of; X is the variable x of a distribution."""
    names = [name for _, node in nodes for name in _entropy_names(notation, node)]
    free = [text for text in dict.fromkeys(names) if text not in notation.variables and not notation.declared(text)]
    for text in free:
        known = notation.variables.get(text.lower())
        if known is not None:
            notation.variables[text] = known
    return names


def _name_by_entropies(notation: Notation, nodes: Sequence[Place]) -> None:
    """What entropies and mutual informations are of: X is the variable x of a distribution, or has one of its own."""
    names = _name_by_variables(notation, nodes)
    left = [text for text in dict.fromkeys(names) if not _has_distribution(notation, text)]
    if left and not notation.distributions:
        name = next((letter for letter in JOINT if not notation.declared(letter) and letter not in names), "")
        if name:
            _distribute(notation, name, tuple(left), ())
    joint = next((notation.distributions[letter] for letter in JOINT if letter in notation.distributions), None)
    if left and joint is not None and not joint.given and len(left) < len(set(names)):
        # Beside I(X; Y), which is of p(x, y), I(X; Z) is of a joint distribution of which that is a marginal.
        known = {variable: text for text, variable in notation.variables.items() if text not in names}
        outcomes = [known.get(variable, variable.role) for variable in joint.outcomes]
        _distribute(notation, joint.name, (*outcomes, *left), ())


def _entropy_names(notation: Notation, node: Node) -> Iterator[str]:
    """The names of which a part is an entropy or a mutual information: capitals, or some beside a bar or semicolon."""
    if not isinstance(node, Applied) or notation.quantity(node.head) not in ("H", "I") or node.bar == "||":
        return
    parts = (*node.before, *node.after)
    names = [part.text for part in parts if isinstance(part, Name) and not notation.declared(part.text)]
    divided = node.bar == "|" or ";" in node.separators
    if len(names) == len(parts) and (divided or all(name[:1].isupper() for name in names)):
        yield from names


def _has_distribution(notation: Notation, text: str) -> bool:
    variable = notation.variables.get(text)
    return any(variable in distribution.outcomes for distribution in notation.distributions.values())


def _declare(notation: Notation, declaration: Declared, chosen: dict[str, Used]) -> None:
    names = [n.head if isinstance(n, Applied) else n for n in declaration.names]
    for name in names:
        if notation.declared(name.text) or name.text in chosen:
            raise Unread(declaration.source.span(name.start, name.end), f"{name.text} is declared twice")
    texts = [name.text for name in names]
    match declaration.kind:
        case "distribution":
            for node in declaration.names:
                chosen[texts.pop(0)] = used(declaration.source, node)
        case "matrix":
            place = declaration.source.span(names[0].start, names[-1].end)
            raise Unread(place, "matrices do not stand beside distributions")
        case "scalar" | "positive integer":
            notation.scalars.update(texts)
        case "function" | "convex function":
            notation.functions.update(dict.fromkeys(texts, "convex" if declaration.kind.startswith("convex") else ""))
        case _:
            found = random_variables(" ".join(texts), independent=declaration.kind.startswith("independent"))
            if notation.random:
                place = declaration.source.span(names[0].start, names[-1].end)
                raise Unread(place, "all random variables are declared together")
            notation.random.update(zip(texts, found, strict=True))


def _distribute(notation: Notation, name: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    for text in (*before, *after):
        notation.variables.setdefault(text, notation.variable(text))
    outcomes, given = ([notation.variables[t] for t in part] for part in (before, after))
    notation.distributions[name] = Distribution(name, outcomes, given, None)


def _vary(notation: Notation, nodes: Sequence[Place], uses: dict[str, list[Used]]) -> None:
    """The variables that are no axes: primed copies of an axis, and those that only a sum runs over."""
    bound = [n for _, node in nodes if isinstance(node, Total | Integral) for n in node.over]
    applied = [text for found in uses.values() for use in found for text in (*use.before, *use.after)]
    for text in (*applied, *(n.text for n in bound)):
        if text not in notation.variables:
            axis = notation.variables.get(text.rstrip("'"))
            notation.variables[text] = axis.copy(text) if axis is not None else notation.variable(text)
    for source, node in nodes:
        if isinstance(node, Name) and node.text in notation.variables and notation.declared(node.text):
            message = f"{node.text} is declared, and is a variable of a distribution too"
            raise Unread(source.span(node.start, node.end), message)
    alphabets: dict[str, str] = {}
    for variable in notation.variables.values():
        other = alphabets.setdefault(variable.alphabet, variable.role)
        if other != variable.role:
            source, node = nodes[0]
            message = f"{other} and {variable.role} would share the alphabet {variable.alphabet}"
            raise Ambiguous(source.span(node.start, node.end), message)
