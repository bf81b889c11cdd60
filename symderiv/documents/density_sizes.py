r"""Sizes that a density tells: in `\mathcal{N}(y; \mu, \Sigma) = (2 \pi)^{-n/2} \ldots` the vector y has n entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from symderiv.documents.displays import names_of
from symderiv.formulas import tree as t

_NORMAL = r"\mathcal{N}"
_PI = r"\pi"


def density_sizes(trees: Iterable[t.Node], vectors: Set[str]) -> Iterator[tuple[t.Name, str]]:
    """Vectors with the names of their sizes, from relations with one normal density, written out or not."""
    for tree in trees:
        nodes = list(t.walk(tree)) if isinstance(tree, t.Sides) else []
        calls = [node for node in nodes if isinstance(node, t.Applied) and node.head.text == _NORMAL and node.before]
        exponents = (node.exponent for node in nodes if isinstance(node, t.Power) and names_of(node.base) == {_PI})
        sizes = {name for exponent in exponents for name in names_of(exponent)}
        if len(calls) == 1 and len(sizes) == 1 and isinstance(of := calls[0].before[0], t.Name) and of.text in vectors:
            yield of, sizes.pop()
