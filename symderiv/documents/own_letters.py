r"""Letters that mean something to the field, and something else to a text: `the energy $E(x)$`, `a polynomial $P(x)$`.

A text takes such a letter for something of its own by its words, or by a definition: `E(w) = \frac12 \sum_n (w x_n -
t_n)^2` is a function of w, which no mean of w is. The letter is put in braces, so that no convention knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.displays import Display
from symderiv.formulas import tree as t
from symderiv.formulas.usage import EULER, MOMENTS, inside_and_outside


@dataclass(frozen=True)
class _Convention:
    """How a letter is written, the words of the field for what it stands for, and words for other things."""

    written: str
    known: str
    others: str


_CONVENTIONS = {
    "E": _Convention(
        "E",
        r"expect|mean|average|moment",
        r"energ(?:y|ies)|errors?|loss(?:es)?|costs?|objective|elasticity|evidence|embeddings?|potential",
    ),
    **{
        letter: _Convention(
            letter,
            r"distribut|probab|densit|likelihood|posterior|prior\b|mass|measure|random|law\b",
            r"polynomials?|prices?|pressure|power|positions?|potentials?|permutations?|projections?|precision|payoffs?"
            r"|profits?|penalt(?:y|ies)|quantit(?:y|ies)|qualit(?:y|ies)|quotients?|charges?|points?|paths?|operators?|functions?",
        )
        for letter in "PQpq"
    },
    r"\Gamma": _Convention(
        r"\\Gamma",
        r"\bgamma function",
        r"(?:auto)?covariances?|correlations?|sets?|curves?|paths?|boundary|graphs?|kernels?|matri(?:x|ces)|operators?",
    ),
    r"\delta": _Convention(
        r"\\delta(?:_\{[^{}$]*\})?",
        r"Kronecker|\bDirac|\bdelta\b",
        r"distances?|differences?|errors?|increments?|gaps?|perturbations?|residuals?|sensitivit(?:y|ies)|matri(?:x|ces)",
    ),
    "H": _Convention(
        "H", r"entrop", r"Hessian|Heaviside|Hamiltonian|heights?|transfer function|hypothes[ie]s|hidden|harmonic"
    ),
    "I": _Convention("I", r"mutual|identity", r"Fisher|intensit(?:y|ies)|intervals?|images?|income|currents?"),
}
_ARGUMENTS = (
    r"(?:\s*\(\s*(?:\\\w+\s*\{[a-z]\}|\\?[a-z]+)(?:_\w)?(?:\s*[,;|]\s*(?:\\\w+\s*\{[a-z]\}|\\?[a-z]+)(?:_\w)?)*\s*\))?"
)
"""Plain names in brackets: `E[(y - f)^2]` is a mean, though it is an error."""
_OTHERS = r"(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)\$[^$]{1,40}\$)*"
"""The rest of a list: `let $p(x)$ and $q(x)$ be`."""
_BORDER = re.compile(r"[,;:]|\b(?:and|while|where|whereas) (?:let |the |an? )?")
"""What stands between the clauses of a sentence."""
_SQUARE = "E["
"""The name of a functional: `E[u]` in a text where it is not the mean of u."""
_IS = r"(?:is|are|be|being|denotes?|represents?|measures?|means?|stands?\s+for)"
_KNOWN = {letter: re.compile(one.known, re.IGNORECASE) for letter, one in _CONVENTIONS.items()}
_PATTERNS = {
    letter: (
        re.compile(
            rf"\$\s*{one.written}{_ARGUMENTS}\s*\${_OTHERS}\s+{_IS}\s+(?:[\w-]+\s+){{0,5}}?(?:{one.others})\b",
            re.IGNORECASE,
        ),
        re.compile(rf"\b(?:{one.others})\s+(?:[\w-]+\s+){{0,6}}?\$\s*{one.written}{_ARGUMENTS}\s*[$=]", re.IGNORECASE),
    )
    for letter, one in _CONVENTIONS.items()
}


def tell_own_letters(sections: Iterable[Sequence[Display]]) -> None:
    """Puts the letters in braces that the text takes for something of its own, from the section on where it does."""
    own = frozenset[str]()
    for displays in sections:
        own |= frozenset(_said(displays)) | frozenset(_defined(displays))
        for display in displays if own else ():
            display.retell(partial(_braced, own=own))


def _said(displays: Sequence[Display]) -> Iterator[str]:
    """The letters that prose calls by words for something else, in sentences that do not speak of what they mean."""
    for text in (text for display in displays for text in (display.before, display.after)):
        for sentence in SENTENCE_END.split(text):
            for letter, patterns in _PATTERNS.items():
                matches = (match for pattern in patterns for match in pattern.finditer(sentence))
                if any(_KNOWN[letter].search(_clause_around(match)) is None for match in matches):
                    yield letter


def _clause_around(match: re.Match[str]) -> str:
    """What stands in the clause of a match."""
    ahead, behind = match.string[: match.start()], match.string[match.end() :]
    return _BORDER.split(ahead)[-1] + match.group() + _BORDER.split(behind)[0]


def _defined(displays: Sequence[Display]) -> Iterator[str]:
    """The E of which formulas show that it is a function: by its definition, or as an energy in an exponential."""
    rows = [row for display in displays for row in (*display.rows, *display.inline, *display.limited)]
    for row in rows:
        if row.sign in ("=", ":=") and _defines_a_function(row.left, row.right):
            yield "E" if isinstance(row.left, t.Applied) and row.left.opening == "(" else _SQUARE
        for node in (node for side in row.sides for node in t.walk(side)):
            if _is_of_an_energy(node):
                yield "E"


def _of_names(node: t.Node | None) -> tuple[t.Name, ...]:
    """The arguments of `E(x)` and `E(x, h)`, where they are names that are no capitals."""
    if not isinstance(node, t.Applied) or node.head.text != "E" or node.bar:
        return ()
    names = tuple(part for part in node.before if isinstance(part, t.Name))
    is_plain = len(names) == len(node.before) and not any(name.text[:1].isupper() for name in names)
    return names if is_plain else ()


def _defines_a_function(left: t.Node | None, right: t.Node | None) -> bool:
    """True of `E(w) = ...` where w stands on the right side, and is not all of it, under no mean, sum or integral."""
    names = _of_names(left)
    if not names or right is None or isinstance(right, t.Name):
        return False
    free = inside_and_outside(right)[1]
    has_moments = any(isinstance(node, t.Applied) and node.head.text in MOMENTS for node in t.walk(right))
    return not has_moments and all(name.text in free for name in names)


def _is_of_an_energy(node: t.Node) -> bool:
    r"""True of `e^{-E(x)}` and `\exp(-E(x) / T)`."""
    match node:
        case t.Power(base=t.Name(text=base), exponent=inside) if base in EULER:
            pass
        case t.Function(word="exp", body=inside):
            pass
        case _:
            return False
    negated = (part.body for part in t.walk(inside) if isinstance(part, t.Negation))
    return any(_of_names(part) for body in negated for part in t.walk(body))


def _braced(node: t.Node, own: Set[str]) -> t.Node:
    """The formula with these letters in braces, except where a convention of its own holds: `I(X; Y)`, `E[X]`."""
    if isinstance(node, t.Applied) and node.head.text in _CONVENTIONS:
        is_mean = node.opening == "[" and node.head.text + "[" not in own
        if is_mean or ";" in node.separators:
            return t.mapped(node, lambda part: part if part is node.head else _braced(part, own))
    if isinstance(node, t.Name) and _is_own(node, own):
        braces = f"{{{node.base}}}"
        text, stem = (braces + text.removeprefix(node.base) for text in (node.text, node.stem))
        return replace(node, text=text, base=braces, stem=stem)
    return t.mapped(node, lambda part: _braced(part, own))


def _is_own(name: t.Name, own: Set[str]) -> bool:
    is_alone = name.base in (name.text, r"\delta")  # which has its indices
    return is_alone and name.base in _CONVENTIONS and not own.isdisjoint((name.base, name.base + "["))
