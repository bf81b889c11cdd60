"""Distributions, expectations and the quantities of information theory, from trees to the language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sympy import Expr

from symderiv.formulas import tree as t
from symderiv.formulas.declarations import arguments
from symderiv.formulas.notation import QUANTITIES, Notation
from symderiv.language import indices as i
from symderiv.language import probability as p
from symderiv.language import random_variables as r
from symderiv.language import written as w

if TYPE_CHECKING:
    from symderiv.formulas.resolve import Resolver

_MOMENTS: dict[str, type[r.Moment]] = {"E": r.Mean, "Var": r.Variance, "Cov": r.Covariance}
_WHICH = "say of which distribution: let P(x,y) be a distribution"


def probability(resolver: Resolver, node: t.Applied) -> Expr:
    """`P(x,y)` or `P(y|x)`."""
    found = arguments(node)
    if found is None:
        resolver.unread(node, f"{node.head.text} is a distribution, which is applied to distinct variables")
    before, after = (tuple(map(resolver.variable, part)) for part in found)
    return p.Probability(resolver.notation.distributions[node.head.text], before, after)


def weight(resolver: Resolver, node: t.Node, names: Iterable[i.Variable] = ()) -> Expr:
    """A distribution at its variables; the name alone means all of them, or those that are drawn."""
    distributions = resolver.notation.distributions
    if not isinstance(node, t.Name) or node.text not in distributions:
        found = resolver.expression(node)
        resolver.built(node, lambda: p.sampled(found))
        return found
    of, drawn = distributions[node.text], tuple(names)
    return resolver.built(node, lambda: p.Probability(of, drawn or of.outcomes, ()))


def average(resolver: Resolver, node: t.Average | t.Angles) -> Expr:
    """Expectations, the last draw innermost."""
    if isinstance(node, t.Angles):
        if not isinstance(node.weight, t.Applied | t.Name):
            resolver.unread(node, "an expectation under what?", r"\langle f \rangle_{q(z)}")
        return mean_under(resolver, node, node.weight, node.body)
    drawn = [tuple(map(resolver.variable, draw.names)) for draw in node.draws]
    with resolver.binding(name for names in drawn for name in names):
        result = resolver.expression(node.body)
    for draw, names in reversed(list(zip(node.draws, drawn, strict=True))):
        found = weight(resolver, draw.weight, names)
        if set(p.sampled(found)) != set(names) or len(set(names)) != len(names):
            resolver.unread(draw, "what is drawn is not what the distribution is a distribution of")
        result = p.Expectation(found, result)
    return result


def law_below(notation: Notation, node: t.Applied) -> t.Name | None:
    r"""The q of `\mathbb{E}_q[f]`, where that is the name of a distribution."""
    head = node.head
    is_mean = QUANTITIES.get(head.stem) == "E" and len(node.before) == 1 and not node.bar and len(head.marks) == 1
    if not is_mean or head.marks[0] not in notation.distributions:
        return None
    return t.Name(head.start, head.end, head.marks[0], head.marks[0])


def mean_under(resolver: Resolver, node: t.Node, law: t.Applied | t.Name, body: t.Node) -> Expr:
    r"""`\mathbb{E}_q[f]` and `\langle f \rangle_{q(z)}`: the mean over all that the distribution is one of."""
    notation = resolver.notation
    if isinstance(law, t.Name):
        if law.text not in notation.distributions:
            resolver.unread(node, f"{law.text} is not known as a distribution", f"let {law.text}(..) be a distribution")
        if law.text in notation.several:
            message = f"of what {law.text} is the distribution here is not said"
            resolver.ambiguous(node, message, "write its variables: E_{q(z)}[f]")
    found = weight(resolver, law)
    drawn = resolver.built(node, lambda: p.sampled(found))
    with resolver.binding(drawn):
        return p.Expectation(found, resolver.expression(body))


def quantity(resolver: Resolver, node: t.Applied, name: str) -> Expr:
    """A divergence, an entropy, a mutual information or a moment."""
    if name in _MOMENTS:
        return _moment(resolver, node, name)
    squared = node.opening == "[" and (node.bar == "||" or _of_distributions(resolver.notation, node))
    if (node.opening != "(" and not squared) or (";" in node.separators and name != "I"):
        resolver.unread(node, f"{name} is applied to distributions or variables in round brackets")
    parts = (*node.before, *node.after)
    if name == "KL":
        if len(parts) != 2 or node.bar == "|":
            resolver.unread(node, "KL is between two distributions", r"KL(p, q) or D_{KL}(p \| q)")
        return p.Divergence(*(weight(resolver, part) for part in parts))
    notation = resolver.notation
    if node.bar != "||" and all(isinstance(n, t.Name) and n.text in notation.variables for n in parts):
        return _of_variables(resolver, node, name)
    strange = any(isinstance(n, t.Name) and n.text not in notation.distributions for n in parts)
    if name != "H" or node.bar or len(parts) > 2 or strange:
        resolver.unread(node, f"{name} of what?", _WHICH)
    found = [weight(resolver, part) for part in parts]
    return p.PointEntropy(*found) if len(found) == 1 else p.CrossEntropy(*found)


def _of_distributions(notation: Notation, node: t.Applied) -> bool:
    """True of `H[q]` and `H[q(z)]`; not of an entry `H[i, j]`."""
    heads = [part.head if isinstance(part, t.Applied) else part for part in node.before]
    return not node.bar and all(isinstance(head, t.Name) and head.text in notation.distributions for head in heads)


def _of_variables(resolver: Resolver, node: t.Applied, name: str) -> Expr:
    before, after = (tuple(map(resolver.variable, part)) for part in (node.before, node.after))
    bound = [v.name for v in (*before, *after) if v in resolver.bound]
    if bound:
        message = f"this could be an average over {bound[0]}, or be meant for the {bound[0]} around it"
        resolver.ambiguous(node, message, f"for one value of {bound[0]}, write {name} of distributions")
    joint = _joint(resolver, node, {v.role for v in (*before, *after)})
    if name == "H":
        return p.Entropy(joint, before, after)
    if len(before) == 2:
        return p.MutualInformation(joint, before[0], before[1], after)
    if node.separators.count(";") != 1:
        resolver.unread(node, "a mutual information is between two variables", "I(x,y), I(x;y,z) or I(x,y|z)")
    # What several variables tell of others is by how much they make these less uncertain.
    divide = node.separators.index(";") + 1
    one, other = before[:divide], before[divide:]
    return w.Plus(p.Entropy(joint, one, after), w.Negative(p.Entropy(joint, one, (*other, *after))))


def _joint(resolver: Resolver, node: t.Applied, roles: set[str]) -> p.Distribution:
    """The one distribution over these variables that is not defined by others."""
    known = resolver.notation.distributions.values()
    over = [d for d in known if not d.given and roles <= {v.role for v in d.outcomes}]
    found = [d for d in over if d.factors is None] or over
    if not found:
        resolver.unread(node, "no joint distribution of these variables is known", _WHICH)
    if len(found) > 1:
        names = ", ".join(d.name for d in found)
        resolver.ambiguous(node, f"this could be of any of {names}", "write it as an expectation under one of them")
    return found[0]


def _moment(resolver: Resolver, node: t.Applied, name: str) -> Expr:
    if node.bar or len(node.before) != (2 if name == "Cov" else 1) or ";" in node.separators:
        resolver.unread(node, f"{name} of {len(node.before) + len(node.after)} things is not read")
    return _MOMENTS[name](*map(resolver.expression, node.before))
