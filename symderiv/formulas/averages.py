"""Means, variances and covariances, over all that is random or over what stands below their sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sympy import Expr, Integer, preorder_traversal

from symderiv.formulas import tree as t
from symderiv.formulas.notation import PROBABILITIES
from symderiv.formulas.printing import printed
from symderiv.formulas.shapes import is_transpose
from symderiv.formulas.usage import MOMENTS, moment_of
from symderiv.language import indices as i
from symderiv.language import matrices as m
from symderiv.language import quantities as q
from symderiv.language import random_variables as r
from symderiv.language import written as w
from symderiv.language.probability import Probability, distribution

if TYPE_CHECKING:
    from symderiv.formulas.general import Terms

MOMENT_TYPES: dict[str, type[r.Moment]] = {"E": r.Mean, "Var": r.Variance, "Cov": r.Covariance}


_DENSITIES = frozenset({*PROBABILITIES, "p", "q", "r", r"\pi", r"\rho", r"\nu"})
_PARAMETERS = frozenset(
    (r"\theta", r"\phi", r"\varphi", r"\psi", r"\lambda", r"\mu", r"\sigma", r"\eta", r"\alpha", r"\beta", r"\gamma")
)
"""Letters for what distributions depend on; a mean is over one of them only where the text draws it."""


def is_mean(node: t.Applied) -> bool:
    """True of an expectation."""
    return MOMENTS.get(node.head.text) == "E"


def moment(terms: Terms, node: t.Applied, name: str) -> Expr:
    """The mean, variance or covariance of numbers."""
    if len(node.before) != (2 if name == "Cov" else 1) or any(hides_randomness(terms, part) for part in node.before):
        return terms.opaque(node)
    with terms.averaging({name: (terms.sources(name), terms.space) for name in terms.inside_only}):
        bodies = [terms.expression(part) for part in node.before]
    if any(m.shape_of(body) != m.NUMBER for body in bodies):
        return terms.opaque(node)
    terms.interpreted = False
    free = frozenset[i.Variable]().union(*map(r.free_variables, bodies))
    drawn = tuple(outcome for outcome in terms.outcomes if outcome in free)
    if not drawn and _is_arithmetic(bodies) and _is_said_to_be_constant(terms, node.before):
        return bodies[0] if name == "E" else Integer(0)
    if not drawn:
        return terms.opaque(node)
    return MOMENT_TYPES[name].build(terms.space, drawn, (), bodies)


def _is_said_to_be_constant(terms: Terms, bodies: Sequence[t.Node]) -> bool:
    """True where the text says what is random, and these are not, or that all names in them are constants."""
    names = {part.text for body in bodies for part in t.walk(body) if isinstance(part, t.Name)}
    return terms.usage.says_what_is_random or names <= terms.constants


def _is_arithmetic(bodies: Sequence[Expr]) -> bool:
    """True of numbers that are made of names alone: nothing in them can be random that is not seen."""
    return not any(isinstance(part, q.Opaque | r.Moment) for body in bodies for part in preorder_traversal(body))


def hides_randomness(terms: Terms, body: t.Node) -> bool:
    """True where the text makes a name in a mean of what is random only below one, or a number of what is random.

    Elsewhere what it is made of are values: it would be taken for a constant.
    """
    inside = terms.inside_only | terms.vectors
    for name in {part.text for part in t.walk(body) if isinstance(part, t.Name)} - inside:
        made_of = terms.made_of(name, averaged=False)
        stems = made_of | {part.split("_", maxsplit=1)[0] for part in made_of}
        if not stems.isdisjoint(inside if name in terms.usage.random else inside | terms.usage.random):
            return True
    return False


def over(terms: Terms, node: t.Applied) -> Expr | None:
    r"""`E_{x,y}[f(x, y)]`: the mean over x and y, for fixed values of all else.

    None where something else below the brackets depends on what is averaged over, in a way that is not read.
    """
    name, names = moment_of(node), node.head.lower
    if not name or not names or len(node.before) != (2 if name == "Cov" else 1):
        return None
    if is_under_a_law(terms, node):
        return _under_a_law(terms, node)
    parts = [part for body in node.before for part in t.walk(body)]
    heads = {id(part.head) for part in parts if isinstance(part, t.Applied)}
    signs = {id(part.exponent) for part in parts if is_transpose(part) and isinstance(part, t.Power)}
    inside = [part for part in parts if isinstance(part, t.Name) and id(part) not in signs]
    present = {text for part in inside for text in (*part.marks, *(() if id(part) in heads else (part.text,)))}
    outcomes = [outcome for text in names for outcome in terms.sources(text)]
    others = {text for text in present - set(names) if text in terms.usage.random or text in terms.averaged}
    entangled = any(outcome in outcomes for text in others for outcome in terms.sources(text))
    made_of = any(terms.made_of(part.text) & set(names) for part in inside if part.text not in names)
    if not set(names) <= present or entangled or made_of:
        return None
    with terms.averaging({text: (terms.sources(text), terms.space) for text in names}):
        bodies = [terms.expression(body) for body in node.before]
    terms.interpreted = False
    drawn = tuple(outcome for outcome in terms.outcomes if outcome in outcomes)
    if any(m.shape_of(body) != m.NUMBER for body in bodies):
        is_mean = name == "E" and len(drawn) == 1
        return m.MeanMatrix(Probability(terms.space, drawn, ()), drawn[0], bodies[0]) if is_mean else None
    return MOMENT_TYPES[name].build(terms.space, drawn, (), bodies)


def is_under_a_law(terms: Terms, node: t.Applied) -> bool:
    r"""True of a mean below which may stand what is drawn from: `E_q[\ln p - \ln q]`, `E_\theta[T - \theta]`.

    Everything in it may be random then.
    """
    letters = {name.split("_", maxsplit=1)[0] for name in node.head.lower if name not in terms.drawn}
    known = _DENSITIES | terms.usage.functions | _PARAMETERS
    return bool(moment_of(node)) and not known.isdisjoint(letters)


def _under_a_law(terms: Terms, node: t.Applied) -> Expr | None:
    """The mean of a number under a distribution of which nothing is known: what is true of all means is true of it."""
    parts = [part for body in node.before for part in t.walk(body)]
    heads = {id(part.head) for part in parts if isinstance(part, t.Applied)}
    names = [part for part in parts if isinstance(part, t.Name) and id(part) not in heads]
    calls = (part for part in parts if isinstance(part, t.Applied))
    fixed = {name.text for name in names} & {*terms.shapes.matrices, *terms.usage.counting, *terms.bound}
    if fixed or any(map(moment_of, calls)):
        return None
    text = ",".join(node.head.lower)
    outcome = i.Variable(rf"\omega_{{{text}}}", rf"\Omega_{{{text}}}")
    space = distribution(rf"\Pr_{{{text}}}", outcome)
    with terms.averaging({name.text: ((outcome,), space) for name in names}):
        bodies = [terms.expression(body) for body in node.before]
    terms.interpreted = False
    if any(m.shape_of(body) != m.NUMBER or outcome not in r.free_variables(body) for body in bodies):
        return None
    return MOMENT_TYPES[moment_of(node)].build(space, (outcome,), (), bodies)


def averaged(terms: Terms, node: t.Node, body: t.Node, weight: t.Applied) -> Expr:
    r"""`\langle f \rangle_{p(x)}`: the mean over what the distribution is a distribution of."""
    names = [part for part in weight.before if isinstance(part, t.Name)]
    if len(names) != len(weight.before):
        return terms.opaque_matrix(node) if terms.shapes.is_matrix(node) else terms.opaque(node)
    text = printed(weight)
    outcome = i.Variable(rf"\omega_{{{text}}}", rf"\Omega_{{{text}}}")
    space = distribution(rf"\Pr_{{{text}}}", outcome)
    with terms.averaging({name.text: ((outcome,), space) for name in names}):
        inner = terms.expression(body)
    terms.interpreted = False
    if outcome not in r.free_variables(inner):
        return inner
    if m.shape_of(inner) != m.NUMBER:
        return m.MeanMatrix(Probability(space, (outcome,), ()), outcome, inner)
    return r.Mean.build(space, (outcome,), (), (inner,))


def drawn(terms: Terms, node: t.Average) -> Expr:
    r"""`E_{x \sim p}[f(x)]` as the sum of p(x) f(x), or the integral, where the text integrates over x."""
    found: t.Node = node.body
    for draw in reversed(node.draws):
        weight = weight_of(draw)
        if weight is None or any(name.text in terms.shapes.matrices for name in draw.names):
            return terms.opaque(node)
        body = t.Product(node.start, node.end, (weight, found))
        if any(name.text in terms.integrated for name in draw.names):
            found = t.Integral(node.start, node.end, draw.names, body, None, None)
        else:
            found = t.Total(node.start, node.end, draw.names, body)
    terms.interpreted = False
    return terms.expression(found)


def weight_of(draw: t.Draw) -> t.Applied | None:
    """The distribution at what is drawn from it; None where it is not a distribution by its name."""
    match draw.weight:
        case t.Name() as head:
            commas = (",",) * (len(draw.names) - 1)
            return t.Applied(draw.start, draw.end, head, "(", draw.names, "", (), commas)
        case t.Applied(before=before) as call if [printed(part) for part in before] == [n.text for n in draw.names]:
            return call
        case _:
            return None


def of_vectors(terms: Terms, node: t.Applied) -> Expr | None:
    """The mean of a matrix, or the covariances of vectors; None of numbers and of what is no moment."""
    if is_mean(node) and len(node.before) == 1 and terms.shapes.is_matrix(node.before[0]):
        return mean_matrix(terms, node, node.before[0])
    if MOMENTS.get(node.head.text) in ("Var", "Cov") and len(node.before) < 3 and terms.shapes.is_proper(node):
        return covariance_matrix(terms, node)
    return None


def mean_matrix(terms: Terms, node: t.Node, body: t.Node) -> Expr:
    """The mean of a matrix, entry by entry."""
    if hides_randomness(terms, body):
        return terms.opaque_matrix(node)
    with terms.averaging({name: (terms.sources(name), terms.space) for name in terms.inside_only}):
        inner = terms.expression(body)
    drawn = tuple(outcome for outcome in terms.outcomes if outcome in r.free_variables(inner))
    if not drawn:
        return terms.opaque_matrix(node)
    terms.interpreted = False
    if m.shape_of(inner) == m.NUMBER:
        return r.Mean.build(terms.space, drawn, (), (inner,))
    if len(drawn) > 1:
        return terms.opaque_matrix(node)
    return m.MeanMatrix(Probability(terms.space, drawn, ()), drawn[0], inner)


def covariance_matrix(terms: Terms, node: t.Applied) -> Expr:
    """Cov(v, w) of random vectors, and Cov(v) or Var(v) of one: E[v w'] - E[v] E[w]'."""
    bodies = [node.before[0], node.before[-1]]
    if any(hides_randomness(terms, body) for body in bodies):
        return terms.opaque_matrix(node)
    with terms.averaging({name: (terms.sources(name), terms.space) for name in terms.inside_only}):
        first, second = map(terms.expression, bodies)
    free = r.free_variables(first) | r.free_variables(second)
    drawn = tuple(outcome for outcome in terms.outcomes if outcome in free)
    if m.shape_of(first) == m.shape_of(second) == m.NUMBER:
        return moment(terms, node, MOMENTS[node.head.text])
    if len(drawn) != 1 or any(m.shape_of(vector)[0] == "" or m.shape_of(vector)[1] for vector in (first, second)):
        return terms.opaque_matrix(node)
    terms.interpreted = False
    weight = Probability(terms.space, drawn, ())
    product, *means = (
        m.MeanMatrix(weight, drawn[0], body) if drawn[0] in r.free_variables(body) else body
        for body in (w.Times(first, m.Transposed(second)), first, second)
    )
    return w.Plus(product, w.Negative(w.Times(means[0], m.Transposed(means[1]))))
