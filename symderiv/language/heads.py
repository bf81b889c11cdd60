"""The names of distributions and of what is derived from them, printed with the indices that they are taken at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from symderiv.kernel import terms as k
from symderiv.language.encode import Encoded
from symderiv.language.families import without_ranges
from symderiv.language.index_values import is_value_tensor, is_weights
from symderiv.language.indices import unmeasured
from symderiv.language.templates import filled

_HEAD = re.compile(r"(?P<name>[^()|;]+)\((?P<before>[^()|;]+)(?:\|(?P<after>[^()|;]+))?\)")
_WORD = re.compile(r"\\?[A-Za-z]+(?:_\w|_\{[^}]*\})?'*")
_BAR = re.compile(r"(?<!\\left)(?<!\\right)\|")
"""The bar of a condition in a name; not one of a determinant."""
_REGION = re.compile(r"\\int_\{\}\^\{\} (.+)")
_PROBABILITY = re.compile(r"(?:\\(?:tilde|hat|bar|mathrm|mathbf|mathcal|mathbb)\{)*[PQpq](?![A-Za-z])|\\Pr\b")


def with_bars(name: str) -> str:
    r"""A name with `\mid` for the bars of conditions."""
    return _BAR.sub(r" \\mid ", name)


def entry(name: str, indices: Sequence[str], outcomes: Mapping[str, int] | None = None) -> str:
    """A probability, a marginal or conditional by its own name, a quantity, or an entry of a tensor."""
    name = without_ranges(name)
    if not indices:
        return with_bars(name)
    if is_value_tensor(name):
        return indices[0]
    if "{0}" in name:
        return filled(name, indices)
    head = _HEAD.fullmatch(name)
    if head:
        before, after = (len(part.split(",")) if part else 0 for part in (head["before"], head["after"]))
        if before + after == len(indices):
            return _probability(head["name"], indices, before)
    if "(" in name:
        shown = with_bars(name)
        words = set(_WORD.findall(name))
        return shown if words.issuperset(indices) else f"{shown}[{', '.join(indices)}]"
    count = (outcomes or {}).get(name)
    if outcomes is None and _PROBABILITY.match(name):
        count = len(indices)
    return f"{name}[{', '.join(indices)}]" if count is None else _probability(name, indices, count)


def outcomes_of(encoded: Encoded) -> dict[str, int]:
    """For each distribution of a statement the number of indices that are distributed; the others are given."""
    found: dict[str, int] = {}
    for unfolding in encoded.definitions:
        if unfolding.rule in ("probability.factorisation", "probability.independence"):
            equation = _inside(unfolding.proposition, k.Forall)
            if isinstance(equation, k.Relation) and isinstance(equation.left, k.Entry):
                found[unfolding.head] = len(equation.left.indices)
    for fact in encoded.facts:
        equation = _inside(fact.proposition, k.Forall)
        if fact.rule == "probability.normalisation" and isinstance(equation, k.Relation):
            entry = without_weights(_inside(equation.left, k.Reduce))
            if isinstance(entry, k.Entry):
                found[entry.tensor] = _depth(equation.left)
    return found


def without_weights(term: k.Term) -> k.Term:
    """What is integrated: the term without the weights of values."""
    if not isinstance(term, k.Multiply):
        return term
    rest = [f for f in term.factors if not (isinstance(f, k.Entry) and is_weights(f.tensor))]
    return rest[0] if len(rest) == 1 else k.Multiply(tuple(rest))


def _inside(term: k.Term, kind: type[k.Forall] | type[k.Reduce]) -> k.Term:
    while isinstance(term, kind):
        term = term.body
    return term


def _depth(term: k.Term) -> int:
    return 1 + _depth(term.body) if isinstance(term, k.Reduce) else 0


def bound_name(binder: k.Forall | k.Reduce, names: Sequence[str]) -> str:
    """A name for a bound variable: its domain in lower case, with primes where that is taken."""
    taken = {*names, *(n.name for n in binder.body.free if isinstance(n, k.Index | k.Symbol))}
    domain = unmeasured(binder.domain)
    first = 2 if domain.startswith("\\") else 1
    name = "t" if domain == k.REAL else domain[:first].lower() + domain[first:]
    region = _REGION.fullmatch(binder.domain)
    if region is not None:
        name = region[1]
    elif not _WORD.fullmatch(name):
        name = next((letter for letter in "ijklpq" if letter not in taken), "i")
    while name in taken:
        name += "'"
    return name


def _probability(name: str, indices: Sequence[str], before: int) -> str:
    bar = rf" \mid {','.join(indices[before:])}" if before < len(indices) else ""
    return f"{name}({','.join(indices[:before])}{bar})"
