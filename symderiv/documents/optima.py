"""What is said to be zero at an extremum: the derivatives that the words before an equation set to zero."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed

SET_TO_ZERO = re.compile(
    r"\b(?:set\w*|put\w*|equat\w+)\b.*(?:\bzero\b|\$\s*(?:\\mathbf\{)?0\}?\s*\$|= ?0\s*\$)"
    r"|\b(?:(?:which|that|this|it|derivative|gradient|slope) (?:is|becomes|equals) zero"
    r"|(?:which|that|this|it|derivative|gradient|slope) vanishes)"
    r"\s+(?:only\s+)?(?:at|when|if|for)\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""Words by which something is set to zero."""
_SLOPE = re.compile(
    r"\b(?:derivatives?|gradients?|slopes?|scores?|differentials?|partials?)\b|\\partial(?![a-z])|\\nabla(?![a-z])"
    r"|\\frac\s*\{\s*(?:\\mathrm\{d\}|d)|'\s*\(|\bd\s?\\?\w+\s*(?:\([^()$]*\))?\s*/\s*d",
    re.IGNORECASE,
)
"""Words and signs for what is set to zero, where that is a derivative."""
_TAKEN = re.compile(rf"{_SLOPE.pattern}|\bdifferentiat\w+", re.IGNORECASE)
_BY = re.compile(r"\b(?:respect to|w\.?r\.?t\.?)((?:\s*(?:,|\band\b)*\s*\$[^$]*\$)+)", re.IGNORECASE)
_DENOMINATOR = re.compile(
    r"\}\s*\{\s*(?:\\partial|d(?![a-z])|d(?=[a-z]\})|\\mathrm\{d\})\s*((?:[^{}]|\{[^{}]*\})+)\}"
    r"|/\s*(?:\\partial|d|\\mathrm\{d\})\s*(\\?[A-Za-z]+(?:_\w)?)|\\(?:nabla|partial)_(?:\{([^{}]*)\}|(\w|\\[a-z]+))"
)
r"""By what a derivative in signs is one: `\partial L / \partial x`, `\nabla_x L`."""
_HIGHER = re.compile(
    r"\b(?:second|third|higher|mixed)(?:[- ](?:order|partial))*\s+(?:derivatives?|partials?)\b|\bHessian|''"
    r"|(?:\\partial|\\nabla|\bd)\s*\^",
    re.IGNORECASE,
)
"""Words and signs for derivatives of derivatives."""
SEVERAL = re.compile(r"\b(?:derivatives|gradients|partials|equations|both|all|each|these|them)\b", re.IGNORECASE)
"""Words for several things that are set to zero."""
_BOTH = re.compile(r"\bboth\b", re.IGNORECASE)
_SAID_BEFORE = re.compile(
    r"\b(?:this|it|that|which|these|them|both|(?:the )?(?:expression|equation|result)s?)\b", re.IGNORECASE
)
_AT_EXTREMUM = re.compile(
    r"\b(?:maxim|minim)i[sz]\w+\b[^.]*\b(?:yields?|gives?|gets?|obtain|find|at|by|for|when|is)\W*\Z"
    r"|\b(?:(?:maxim|minim)(?:um|i[sz]er)|optimum|maximum[- ]likelihood (?:estimat\w+|solution)|MLE)\b[^.]*"
    r"\b(?:is|at|by|for)\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""Words right before where a function is largest or smallest."""
_ANOTHER = re.compile(
    r"\b(?:with (?!respect)|add|includ|under|if|when|where|regulari|penal|prior|posterior|instead|unbiased|other"
    r"|approx|integer|alternative|found\b|early|contrast)",
    re.IGNORECASE,
)
"""Words by which it is another function than the last one."""
_CONSTRAINED = re.compile(
    r"\bsubject to\b|\bconstrain|\bLagrang|\bsimplex\b|\bboundar|\binterval\b|\bon \$\[|\\in\s*(?:\\left)?\[|\bs\.t\.",
    re.IGNORECASE,
)
"""Words and signs of a text whose extrema may be where no derivative is zero."""
NO_EXTREMUM = "the derivative of the function is not zero there"
_FORMULA = re.compile(r"\$([^$]+)\$")
_OF = re.compile(
    r"\b(?:of|in)\s+(?:(?:the|this|that|our|its|an?)\s+)*(?P<what>(?!the\b|this\b|that\b|it\b)[A-Za-z][\w -]*?)"
    r"(?=\s+(?:to|equal|with|w\.?r|by|is|are|and|at)\b|\s*[$,=.])",
    re.IGNORECASE,
)
"""Words for what a derivative is of: `the gradient of the ridge loss to zero`."""
_SIGNS = re.compile(r"\\(?:frac|partial|nabla|mathrm|bm|mathbf|left|right)(?![a-z])")
_NAME = re.compile(r"\\?[A-Za-z]+(?:_\w)?")
_PRIMES = re.compile(r"'+\Z")


@dataclass(frozen=True)
class Equation:
    """An equation of a text: its sides, whether it continues the chain before it, and the words before its display.

    One of a function may be `told` in prose, where the words are those around it.
    """

    left: t.Node
    right: t.Node
    continues: bool
    words: str = ""
    told: bool = False


def sets_a_slope(words: str) -> bool:
    """True of words that set a derivative to zero, or what was said before them: what that is can be looked up."""
    match = SET_TO_ZERO.search(words)
    return match is not None and (_SLOPE.search(match.group()) or _SAID_BEFORE.search(match.group())) is not None


def slope_at_extremum(relations: Sequence[Equation], words: str, name: str) -> t.Node | None:
    """The derivative by a name of the last function of it, where words say that it is largest or smallest there."""
    if _AT_EXTREMUM.search(words) is None or _ANOTHER.search(words) is not None:
        return None
    for relation in reversed(relations):
        call = relation.left
        if isinstance(call, t.Applied) and not relation.continues and not call.bar:
            by = next((part for part in call.before if isinstance(part, t.Name) and part.text == name), None)
            if by is not None:
                slope = t.Derivative(by.start, by.end, r"\nabla", (by,), None, relation.right)
                return None if _has_corners(relation.right) else slope
    return None


def may_be_constrained(texts: Iterable[str], name: str) -> bool:
    """True of a text that speaks of constraints, or that bounds a name by what it may be."""
    bounds = r"(?:[<>]=|\\[lg]e(?:q|qslant)?(?![a-z]))"
    a_set = r"\\in(?![a-z])\s*(?!\\mathbb\s*\{?\s*R|\\R(?![a-z]))"
    bounded = re.compile(rf"{re.escape(name)}\s*(?:{bounds}|{a_set})|{bounds}\s*{re.escape(name)}(?![A-Za-z_^])")
    return any(_CONSTRAINED.search(text) or bounded.search(text) for text in texts)


def _has_corners(node: t.Node) -> bool:
    """True of what need not have a derivative: absolute values and norms, unless squared, maxima, and cases."""
    if isinstance(node, t.Bars | t.Array) or (isinstance(node, t.Function) and node.word in ("max", "min")):
        return True
    squared = isinstance(node, t.Power) and isinstance(node.base, t.Bars) and printed(node.exponent) == "2"
    inside = node.base.body if isinstance(node, t.Power) and isinstance(node.base, t.Bars) and squared else node
    return any(map(_has_corners, t.parts(inside)))


def set_to_zero(relations: Sequence[Equation], words: str) -> list[t.Node]:
    """What some words set to zero, of the relations before them, in the last form of each.

    Derivatives are those by the names that the words mention, or else the last one; where nothing was differentiated,
    that of the last function that was defined, by what the words mention or by its only argument.  `Setting it to zero`
    speaks of the last equation; `setting $x$ to zero` gives x a value, and sets nothing of these to zero.
    """
    match = SET_TO_ZERO.search(words)
    named = match.group() if match is not None else ""
    slopes = [place.start() for place in _TAKEN.finditer(words[: len(words) if match is None else match.start()])]
    if match is not None and not _SLOPE.search(named) and _SAID_BEFORE.search(named) and slopes:
        named = words[slopes[-1] : match.end()]  # `taking the derivative and setting it to zero`
    elif match is None or not _SLOPE.search(named):
        if not _SAID_BEFORE.search(named):
            return []
        slopes_before = _last_together(relations) if SEVERAL.search(named) else []
        last = [relation for relation in relations if not relation.told][-1:] or relations[-1:]
        chosen = slopes_before[-2:] if _BOTH.search(named) else slopes_before
        return chosen or [relation.right for relation in last]
    if _HIGHER.search(named):
        return []
    by_signs = {name for names in _DENOMINATOR.findall(named) for name in names if name}
    respect = by_signs | {name for part in _BY.findall(words) for name in _FORMULA.findall(part)}
    mentioned = respect or set(_FORMULA.findall(words))
    found = list(_derivatives(relations))
    heads = _heads_set_to_zero(relations, words[: match.end()], named)
    own = found if heads is None else [slope for slope in found if not slope.of.isdisjoint(heads)]
    several = SEVERAL.search(named) is not None
    if heads is not None and not own:
        unnamed = [] if heads else [slope for slope in found if not slope.of]
        if not unnamed:
            return _of_last_function(relations, mentioned, heads, several=several, anyway=not respect)
        own = unnamed
    chosen = [slope.form for slope in own if slope.by & mentioned] or [
        slope.form for slope in (own if several else own[-1:])
    ]
    return chosen if own else _of_last_function(relations, mentioned, heads, several=several, anyway=not respect)


@dataclass(frozen=True)
class _Slope:
    """The last form of a derivative, by which names it is one, and the functions of which it is one."""

    by: frozenset[str]
    of: frozenset[str]
    form: t.Node


def _heads_set_to_zero(relations: Sequence[Equation], words: str, named: str) -> frozenset[str] | None:
    """The functions of which a derivative is set to zero; None where words and signs leave that to what stands last.

    None of them where another function is spoken of than those that some relations are about.
    """
    calls = [r for r in relations if isinstance(r.left, t.Applied) and not r.continues]
    arguments = {part.text for call in calls for part in t.walk(call.left) if isinstance(part, t.Name)}
    known = {_head(call.left).rstrip("'") for call in calls}
    known |= {name for relation in relations for name in _derived(relation.left)}
    start = [place.start() for place in _TAKEN.finditer(words[: len(words) - len(named)])]
    thing = words[start[-1] :] if start and not _OF.search(named) and "$" not in named else named
    formulas = [_plain(formula) for formula in _FORMULA.findall(_BY.sub(" ", thing))]
    about = [(head, formula) for formula in formulas for head in known if _stands_in(_plain(head), formula)]
    heads = {head for head, _ in about}
    plain = {_plain(name) for name in arguments}
    if heads:
        alone = all(not _beside(formula, {_plain(head), *plain}) for head, formula in about)
        return frozenset(heads if alone and (len(heads) == 1 or SEVERAL.search(named)) else ())
    if any(len(_letters(formula) - plain) == 1 for formula in formulas):
        return frozenset()
    phrase = _OF.search(thing)
    if phrase is None or len(known) < 2:
        return None
    called = {_head(call.left) for call in calls if phrase["what"].lower() in call.words.lower()}
    return frozenset(called if len(called) == 1 or SEVERAL.search(named) else ())


def _head(call: t.Node) -> str:
    return call.head.text if isinstance(call, t.Applied) else ""


def _plain(formula: str) -> str:
    """A formula or name without braces and fonts, so that both can be compared."""
    return re.sub(r"(?<=[_^]) | (?=\Z)", "", re.sub(r"(?:\\(?:text|math)\w*|[{}\s])+", " ", formula)).strip()


def _stands_in(head: str, formula: str) -> bool:
    before = "" if head.startswith("\\") else r"(?<![A-Za-z\\])d?"
    return re.search(rf"{before}{re.escape(head)}(?![A-Za-z_])", formula) is not None


def _beside(formula: str, names: set[str]) -> str:
    """What a formula says besides some names, their marks and the signs of derivatives."""
    rest = _SIGNS.sub(" ", formula)
    for name in sorted(names, key=len, reverse=True):
        before = "" if name.startswith("\\") else r"(?<![A-Za-z\\])d?"
        rest = re.sub(rf"{before}{re.escape(name)}(?![A-Za-z])", " ", rest)
    return re.sub(r"_\w|\^\s?\*|\\hat(?![a-z])|[\s()\[\],;:'/_=0d]", "", rest)


def _letters(formula: str) -> set[str]:
    """The names in a formula besides the signs of derivatives."""
    return set(_NAME.findall(_SIGNS.sub(" ", formula)))


def _derivatives(relations: Sequence[Equation]) -> Iterator[_Slope]:
    """What was differentiated."""
    for number, relation in enumerate(relations):
        by = _differentiated_by(relation.left)
        is_named = isinstance(relation.left, t.Name | t.Applied) and _SLOPE.search(relation.words)
        if by is None and is_named and not SET_TO_ZERO.search(relation.words):
            by = set()  # a derivative by its name: `the gradient is g(w) = ...`, not `setting it to zero gives w = ...`
        if relation.continues or by is None:
            continue
        last = relation.right
        for other in relations[number + 1 :]:
            if not other.continues:
                break
            last = other.right
        yield _Slope(frozenset(by), _derived(relation.left), last)


def _last_together(relations: Sequence[Equation]) -> list[t.Node]:
    """The derivatives of one function that stand together at the end."""
    found: list[_Slope] = []
    end = len(relations)
    for start in reversed(range(len(relations))):
        if relations[start].continues:
            continue
        slope = next(_derivatives(relations[start:end]), None)
        if slope is None or (found and slope.of != found[0].of):
            break
        found.append(slope)
        end = start
    return [slope.form for slope in reversed(found)]


def _derived(node: t.Node) -> frozenset[str]:
    """The functions that are differentiated in a derivative."""
    match node:
        case t.Derivative(body=t.Name(text=text) | t.Applied(head=t.Name(text=text))):
            return frozenset({text})
        case t.Applied(head=head) if _PRIMES.search(head.text):
            return frozenset({head.text.rstrip("'")})
        case _:
            return frozenset()


def _differentiated_by(node: t.Node) -> set[str] | None:
    """The names by which a derivative is one; None of anything else."""
    match node:
        case t.Derivative(order=None, over=over):
            return {name.text for name in over if isinstance(name, t.Name)}
        case t.Applied(head=head, before=(t.Name() as argument,), bar="") if _PRIMES.search(head.text):
            return {argument.text} if head.text.endswith("'") and not head.text.endswith("''") else None
        case _:
            return None


def _of_last_function(
    relations: Sequence[Equation], mentioned: set[str], heads: frozenset[str] | None, *, several: bool, anyway: bool
) -> list[t.Node]:
    """The derivatives of the function that was defined last, of those with some heads, by the names mentioned.

    By its only argument `anyway`, where words and signs name nothing by which they are.
    """
    defined = [(r.left, r.right) for r in relations if isinstance(r.left, t.Applied) and not r.continues]
    calls = [(call, body) for call, body in defined if heads is None or call.head.text in heads]
    if not calls:
        return []
    call, body = calls[-1]
    arguments = [part for part in (*call.before, *call.after) if isinstance(part, t.Name) or _is_square(part)]
    plain = set(map(_plain, mentioned))
    beside = {part.text: part for part in t.walk(body) if isinstance(part, t.Name)} if not anyway else {}
    known = {printed(part): part for part in (*beside.values(), *arguments)}
    by = [part for text, part in known.items() if _plain(text) in plain]
    by = by or (arguments if anyway and (several or len(arguments) == 1) else [])
    return [t.Derivative(name.start, name.end, r"\nabla", (name,), None, body) for name in by]


def _is_square(node: t.Node) -> bool:
    r"""True of a variance that is written as a square: `\sigma^2`."""
    return isinstance(node, t.Power) and isinstance(node.base, t.Name) and isinstance(node.exponent, t.Numeral)
