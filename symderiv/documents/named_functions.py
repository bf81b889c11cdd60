r"""Functions that have a name in the field: what a text gives as "the logistic function" is compared with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from symderiv.documents.displays import Display, Row, names_of
from symderiv.documents.leading_words import last_words
from symderiv.formulas import tree as t
from symderiv.formulas.functions import replaced
from symderiv.formulas.grammar import read_relations
from symderiv.formulas.source import Source
from symderiv.formulas.usage import EULER


@dataclass(frozen=True)
class NamedFunction:
    """A function by its name; `formula` is what it is of the letters in `of`, and of the subscripts in `at`."""

    words: re.Pattern[str]
    formula: str
    of: tuple[str, ...] = ("x",)
    at: tuple[str, ...] = ()

    def at_arguments(self, call: t.Applied) -> t.Node | None:
        """The formula with the arguments of a call; None where it is called in another way."""
        if call.bar or len(call.before) != len(self.of) or len(call.head.lower) != len(self.at):
            return None
        start, end = call.start, call.end
        below = (t.Name(start, end, piece, piece, (), piece) for piece in call.head.lower)
        values = dict(zip((*self.of, *self.at), (*call.before, *below), strict=True))
        return replaced(read_relations(Source("", self.formula)).sides[0], values)


def _named(words: str, formula: str, of: tuple[str, ...] = ("x",), at: tuple[str, ...] = ()) -> NamedFunction:
    return NamedFunction(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), formula, of, at)


NAMED = (
    _named(r"(?:standard )?logistic (?:sigmoid )?function|logistic sigmoid|the sigmoid", r"\frac{1}{1 + \exp(-x)}"),
    _named(r"softplus", r"\ln(1 + \exp(x))"),
    _named(r"hyperbolic tangent", r"\frac{\exp(x) - \exp(-x)}{\exp(x) + \exp(-x)}"),
    _named(r"swish|SiLU", r"\frac{x}{1 + \exp(-x)}"),
    _named(r"logit(?: function)?", r"\ln \frac{p}{1 - p}", ("p",)),
    _named(
        r"(?<!multivariate )(?<!incomplete )beta function", r"\frac{\Gamma(a) \Gamma(b)}{\Gamma(a + b)}", ("a", "b")
    ),
    _named(
        r"multivariate gamma function",
        r"\pi^{\frac{p \cdot (p - 1)}{4}} \prod_{j=1}^p \Gamma(x - \frac{j - 1}{2})",
        ("x",),
        ("p",),
    ),
    _named(r"multivariate digamma function", r"\sum_{j=1}^p \psi(x - \frac{j - 1}{2})", ("x",), ("p",)),
)
_KNOWN_LETTERS = frozenset({*EULER, r"\pi", r"\Gamma", r"\psi"})
_MADE_OF = re.compile(r"\b(?!definitions?\b)[a-z]+\s+of\s+(?:(?:the|an?)\s+)?\Z", re.IGNORECASE)
"""Words before the name of what something else is made of: `the derivative of the`."""
OTHERWISE = "this is not what has that name: it is ${}$"


def known_value(display: Display, row: Row) -> t.Node | None:
    """What a call on the left of an equation is by the name that the words around it have for it.

    None where the right side has parameters, by which a text may mean something more general.
    """
    call, place = row.left, display.rows.index(row)
    if not isinstance(call, t.Applied) or row.right is None or row.sign != "=" or row.kind == "continued" or place:
        return None
    if not _free_names(row.right) <= names_of(call) | set(call.head.lower) | _KNOWN_LETTERS:
        return None
    words = last_words(display)
    if call.head.text.endswith("'"):
        return None  # its derivative
    matches = [(named, match) for named in NAMED for match in named.words.finditer(words)]
    found = list(dict.fromkeys(named for named, match in matches if not _MADE_OF.search(words, 0, match.start())))
    return found[0].at_arguments(call) if len(found) == 1 else None


def _free_names(node: t.Node) -> frozenset[str]:
    """The names in a formula that no range binds, but for those at the ends of ranges."""
    if isinstance(node, t.Total | t.Integral):
        return _free_names(node.body) - {name.text for name in node.over}
    own = {node.text} if isinstance(node, t.Name) else set()
    return frozenset(own).union(*map(_free_names, t.parts(node)))
