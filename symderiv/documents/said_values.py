r"""What prose lists of discrete variables: their values, and with what probabilities they take them.

`$X$ takes the values $0$ and $1$ with probabilities $1 - p$ and $p$`, `let $X$ be Bernoulli with parameter $p$`, `$X$
is uniform on $n$ values`, `$X$ and $Y$ take the values $(x_i, y_j)$ with probability $p_{ij}$`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from symderiv.documents.displays import Display, Row
from symderiv.documents.kinds import LIST
from symderiv.documents.listed_laws import ListedLaw, Values
from symderiv.documents.sentences import conditions_of_names, stated_of_names
from symderiv.formulas import tree as t
from symderiv.formulas.grammar import read_expression
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Source, Unread
from symderiv.formulas.tokens import closed, tokenize
from symderiv.formulas.values import constant

_FORMULA = r"\$[^$]{1,80}\$"
_AND = r"(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+)"
_FORMULAS = rf"{_FORMULA}(?:{_AND}{_FORMULA})*"
_NUMBERS = rf"\$[^$=]{{1,80}}\$(?:{_AND}\$[^$=]{{1,80}}\$)*"
"""Formulas that say no range: `with probability $p_i$, $i = 1, \\ldots, n$`."""
_RANGE = r"(?:\s*,?\s*(?:for\s+)?(?:(?:all|each|every)\s+)?\$[^$=]{1,9}(?:=|\\in)[^$]*\\[cl]?dots[^$]*\$)?"
_ENDS = rf"(?:\s*,?\s*respectively)?{_RANGE}(?=\s*[.,;:)]|\s*\Z|\s+(?:and|then|so|for)\b)"
_WHICH = (
    r"\s*,?\s+(?:(?:is|be|are)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?(?:variables?|sources?|coin|die)\s*,?\s+)?"
    r"(?:(?:which|that|can|may|each|jointly)\s+)*"
)
_TAKES = r"(?:takes?|taking|assumes?|assuming|has|having|attains?)\s+(?:on\s+)?"
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNTED = rf"(?:(?P<count>{'|'.join(_COUNTS)})\s+)?(?:(?:possible|different|distinct)\s+)?"
_WITH = r"\s*,?\s+(?:each\s+)?with\s+(?:the\s+)?(?:(?:corresponding|respective)\s+)?probabilit(?:y|ies)\s+"
_VALUED = re.compile(
    rf"{LIST}{_WHICH}{_TAKES}(?:the\s+)?{_COUNTED}(?:values?\s*)?(?P<values>{_FORMULAS})?"
    rf"(?:{_WITH}(?P<chances>{_NUMBERS})|\s*,?\s+(?:each\s+)?with\s+(?:equal|the\s+same)\s+probabilit(?:y|ies)){_ENDS}",
    re.IGNORECASE,
)
_OF_BOTH = re.compile(
    rf"{LIST}\s+with\s+(?:the\s+|possible\s+)*values?\s+(?P<values>{_FORMULAS})\s+and\s+"
    rf"(?:(?:the|their|corresponding|respective)\s+)*probabilit(?:y|ies)\s+(?P<chances>{_FORMULAS})",
    re.IGNORECASE,
)
"""`$X$ with values $x_i$ and probabilities $p_i$`."""
_PAIR = rf"(?:value\s+)?{_FORMULA}{_WITH}{_FORMULA}"
_PAIRED = re.compile(
    rf"{LIST}{_WHICH}(?:{_TAKES}|is\s+|be\s+|equals?\s+)(?:the\s+)?(?P<pairs>{_PAIR}(?:{_AND}(?:the\s+)?{_PAIR})+"
    rf"|{_PAIR}{_AND}{_FORMULA}\s+(?:otherwise|else)){_ENDS}",
    re.IGNORECASE,
)
"""`$X$ takes the value $a$ with probability $p$ and $b$ with probability $1 - p$`."""
_CALLED = (
    r"\s+(?:is|be|are|has|have|follows?)\s+(?:(?:an?|the|two|independent|random)\s+)*"
    r"(?:Bernoulli|binary)(?:[ -]distributed)?\s*(?:random\s+)?(?:variables?|distributions?)?\s*,?\s+with\s+"
)
_BERNOULLI = re.compile(
    rf"{LIST}{_CALLED}(?:(?:success|the|respective)\s+)*(?:parameters?|probabilit(?:y|ies)(?:\s+of\s+success)?)\s+"
    rf"(?P<chances>{_FORMULAS}){_ENDS}",
    re.IGNORECASE,
)
_BINARY = re.compile(
    rf"{LIST}{_CALLED}\$\s*\\?(?:P|Pr|mathrm\{{P\}}|mathbb\{{P\}})\s*\(\s*(?P<of>[A-Za-z]\w*)\s*=\s*1\s*\)\s*=\s*"
    rf"(?P<chance>[^$=]+)\${_ENDS}",
    re.IGNORECASE,
)
"""`$X$ is a binary variable with $P(X = 1) = p$`."""
_COIN = re.compile(
    rf"{LIST}\s+(?:is|be|denotes?)\s+(?:the\s+)?(?:outcome|result|flip|toss|side|throw|roll)\s+(?:of\s+)?"
    r"(?:(?:an?|the|one|single|flip|toss|throw|roll|tossing|flipping|throwing|rolling|of)\s+)*fair\s+"
    rf"(?P<thing>coin|die)(?:\s+(?:toss|flip|throw|roll))?{_ENDS}",
    re.IGNORECASE,
)
_EQUALLY = re.compile(
    rf"{LIST}(?:{_WHICH}{_TAKES}(?:each\s+of\s+)?(?:the\s+|its\s+|one\s+of\s+)*(?P<some>{_FORMULA})\s+"
    r"(?:possible\s+|different\s+)?values?\s+with\s+(?:equal|the\s+same)\s+probability"
    r"|\s+(?:is|be|are|has|have|follows?)\s+(?:(?:an?|the|random|variables?|that|which|is)\s+)*"
    r"uniform(?:ly)?(?:\s+distribut(?:ed|ion))?\s+(?:on|over|among|across)\s+(?:(?:the|an?|set|alphabet|of|size|its)\s+)*"
    rf"(?P<support>{_FORMULA})(?P<noun>\s+(?:possible\s+)?(?:values?|outcomes?|elements?|symbols?|classes|points"
    rf"|letters|categories|states))?){_ENDS}",
    re.IGNORECASE,
)
_PATTERNS = (_VALUED, _OF_BOTH, _PAIRED, _BERNOULLI, _BINARY, _COIN, _EQUALLY)
_DENIED = re.compile(r"\b(?:not|no|never|neither|unless|whether|nearly|almost|approximately|at least|at most)\b", re.I)
_BERNOULLIS = frozenset(
    rf"\{font}{{{word}}}" for font in ("mathrm", "text", "operatorname", "textrm", "mathsf")
    for word in ("Bernoulli", "Bern", "Ber")
)  # fmt: skip
_SIDES = {"coin": 2, "die": 6}


def said_values(displays: Sequence[Display], trees: Sequence[t.Node]) -> list[tuple[ListedLaw, frozenset[int] | None]]:
    """The laws that prose lists, each with the numbers of the displays for which it does; None for all."""
    found: list[tuple[ListedLaw, frozenset[int] | None]] = []
    for stated in stated_of_names(displays, _PATTERNS, _DENIED):
        found += ((law, stated.displays) for law in _laws(stated.match, stated.names, trees))
    for stated in conditions_of_names(displays, _PATTERNS, _DENIED):
        found += ((law, stated.displays) for law in _laws(stated.match, stated.names, trees))
    rows = [row for display in displays for row in (*display.inline, *display.rows)]
    return [*((law, None) for row in rows for law in _of_row(row)), *found]


def _laws(match: re.Match[str], names: Sequence[str], trees: Sequence[t.Node]) -> Iterator[ListedLaw]:
    with suppress(Unread):
        if match.re is _EQUALLY:
            yield from _equally(match, names)
        elif match.re is _COIN:
            yield from (_of_count(name, _number(_SIDES[match["thing"].lower()])) for name in names)
        elif match.re is _BINARY:
            yield from (_bernoulli(name, _read(match["chance"])) for name in names if name == match["of"])
        elif match.re is _BERNOULLI:
            parameters = [_read(text) for text in _listed(match["chances"])]
            own = parameters * len(names) if len(parameters) == 1 else parameters
            if len(own) == len(names):
                yield from (_bernoulli(name, parameter) for name, parameter in zip(names, own, strict=True))
        elif match.re is _PAIRED:
            yield from _paired(match, names)
        else:
            yield from _valued(match, names, trees)


def _of_row(row: Row) -> Iterator[ListedLaw]:
    r"""What `X \sim \mathrm{Bernoulli}(p)` says, and `P = \mathrm{Bernoulli}(p)`."""
    match row:
        case Row(problem=None, sign="=" | r"\sim", left=t.Name(text=name), right=t.Applied(bar="", before=(chance,))):
            if isinstance(row.right, t.Applied) and row.right.head.text in _BERNOULLIS:
                yield replace(_bernoulli(name, chance), is_of_family=row.sign != "=")


def _valued(match: re.Match[str], names: Sequence[str], trees: Sequence[t.Node]) -> Iterator[ListedLaw]:
    """Values in one list, if these are named, and their probabilities in another one."""
    values = list[t.Node]() if match["values"] is None else _items(match["values"])
    if match["chances"] is None and not (len(values) > 1 and all(isinstance(value, t.Numeral) for value in values)):
        return
    chances = [_number(Fraction(1, len(values)))] * len(values) if not match["chances"] else _items(match["chances"])
    if (family := _family(names, values, chances, trees)) is not None:
        yield family
        return
    count = _COUNTS.get((match.groupdict().get("count") or "").lower(), len(values) or len(chances))
    fits = count == len(chances) and (not values or len(values) == count) and _may_sum_to_one(chances)
    fits = fits and len({*map(printed, values)}) == len(values)  # one that is listed twice has both chances
    if fits and len(names) == 1 and len(chances) > 1 and not any(isinstance(c, t.Ellipsis) for c in chances):
        own: list[Values] = [(value,) for value in values] or [()] * count
        yield ListedLaw((names[0],), tuple(zip(own, chances, strict=True)))


def _may_sum_to_one(chances: Sequence[t.Node]) -> bool:
    """False of numbers that do not."""
    numbers = [constant(chance) for chance in chances]
    return any(number is None for number in numbers) or sum(number or 0 for number in numbers) == 1


def _paired(match: re.Match[str], names: Sequence[str]) -> Iterator[ListedLaw]:
    found = [_read(text) for text in _listed(match["pairs"])]
    values, chances = found[::2], found[1::2]
    if len(values) > len(chances):
        chances.append(_less(_number(1), chances[0]))
    if len(names) == 1 and _may_sum_to_one(chances):
        yield ListedLaw((names[0],), tuple(((value,), chance) for value, chance in zip(values, chances, strict=True)))


def _family(
    names: Sequence[str], values: Sequence[t.Node], chances: Sequence[t.Node], trees: Sequence[t.Node]
) -> ListedLaw | None:
    """Values with an index, `x_i` with `p_i`, or by their ends, `x_1` to `x_n` with `p_1` to `p_n`."""
    match values, chances:
        case ([value], [t.Name(lower=indices) as chance]) if indices and all(map(str.isalpha, indices)):
            own = value.items if isinstance(value, t.Listing) else (value,)
            over = _sum_over(indices, chance.stem, trees)
            fits = len(own) == len(names) and all(_letters(v) and _letters(v) <= set(indices) for v in own)
            return ListedLaw(tuple(names), ((own, chance),), over) if fits and over is not None else None
        case (_, [t.Name(lower=("1",)) as first, t.Ellipsis(), t.Name(lower=(last,)) as final]) if len(names) == 1:
            over = _sum_up_to(last, first.stem, trees) if first.stem == final.stem else None
            if over is None:
                return None
            (index,) = over.over
            chance = _member(first, index)
            match values:
                case [t.Name(lower=("1",)) as one, t.Ellipsis(), t.Name(lower=(end,))] if end == last:
                    own = (_member(one, index),)
                case [t.Numeral(value=Fraction(numerator=1, denominator=1)), t.Ellipsis(), t.Name(text=end)] if (
                    end == last
                ):
                    own = (index,)
                case []:
                    own = ()
                case _:
                    return None
            return ListedLaw((names[0],), ((own, chance),), over)
        case _:
            return None


def _sum_over(indices: Sequence[str], stem: str, trees: Sequence[t.Node]) -> t.Total | None:
    """A sum over some indices, as the text writes it of a name with them."""
    for total in (node for tree in trees for node in t.walk(tree) if isinstance(node, t.Total)):
        names = {name.text for name in total.over}
        is_sum = total.kind == "sum" and total.condition is None and total.within is None
        members = (n for n in t.walk(total.body) if isinstance(n, t.Name) and n.stem == stem)
        if names == set(indices) and is_sum and any(set(n.lower) == names for n in members):
            return total
    over = tuple(t.Name(0, 0, index, index, (), index) for index in indices)
    return t.Total(0, 0, over, t.Numeral(0, 0, Fraction(1)))


def _sum_up_to(last: str, stem: str, trees: Sequence[t.Node]) -> t.Total | None:
    """A sum from 1 up to an end, as the text writes it of the members of a family."""
    for total in (node for tree in trees for node in t.walk(tree) if isinstance(node, t.Total)):
        members = (n for n in t.walk(total.body) if isinstance(n, t.Name) and n.stem == stem)
        plain = total.kind == "sum" and total.condition is None and len(total.over) == 1
        begins = isinstance(total.lower, t.Numeral) and total.lower.value == 1
        is_own = begins and total.upper is not None and printed(total.upper) == last
        if plain and is_own and any(n.lower == (total.over[0].text,) for n in members):
            return total
    return None


def _member(name: t.Name, index: t.Name) -> t.Name:
    """The member of a family at an index."""
    text = f"{name.stem}_{index.text}" if len(index.text) == 1 else f"{name.stem}_{{{index.text}}}"
    return t.Name(name.start, name.end, text, name.base, (index.text,), name.stem, (index.text,))


def _equally(match: re.Match[str], names: Sequence[str]) -> Iterator[ListedLaw]:
    """A number of values, or a set of which it is seen how many there are; none for an interval."""
    text = (match["some"] or match["support"]).strip("$ ")
    inside = re.fullmatch(r"\\\{(.*)\\\}", text.replace(r"\left", "").replace(r"\right", ""))
    if inside is None:
        size = _read(text) if match["some"] or match["noun"] else None
        if isinstance(size, t.Name | t.Numeral | t.Power):
            yield from (_of_count(name, size) for name in names)
        return
    items = _items(f"${inside[1]}$")
    match items:
        case [t.Numeral(value=Fraction(numerator=1, denominator=1)), t.Ellipsis(), t.Name() as last]:
            yield from (_of_count(name, last) for name in names)
        case [t.Numeral(value=first), *between, t.Ellipsis(), t.Numeral(value=final)] if final - first < 12:
            del between
            whole = [_number(int(first) + n) for n in range(int(final - first) + 1)]
            yield from (_of_values(name, whole) for name in names)
        case _ if not any(isinstance(item, t.Ellipsis) for item in items):
            yield from (_of_values(name, items) for name in names)


def _of_count(name: str, count: t.Node) -> ListedLaw:
    return ListedLaw((name,), (((), t.Division(0, 0, _number(1), count)),), count=count)


def _of_values(name: str, values: Sequence[t.Node]) -> ListedLaw:
    chance = t.Division(0, 0, _number(1), _number(len(values)))
    return ListedLaw((name,), tuple(((value,), chance) for value in values))


def _bernoulli(name: str, chance: t.Node) -> ListedLaw:
    pairs: tuple[tuple[Values, t.Node], ...] = (((_number(1),), chance), ((_number(0),), _less(_number(1), chance)))
    return ListedLaw((name,), pairs)


def _less(whole: t.Node, part: t.Node) -> t.Node:
    return t.Addition(0, 0, (whole, t.Negation(0, 0, part)))


def _number(value: int | Fraction) -> t.Numeral:
    return t.Numeral(0, 0, Fraction(value))


def _letters(node: t.Node) -> set[str]:
    """The pieces of the subscript of a name."""
    return set(node.lower) if isinstance(node, t.Name) else set()


def _listed(formulas: str) -> list[str]:
    return re.findall(r"\$([^$]+)\$", formulas)


def _items(formulas: str) -> list[t.Node]:
    """What is listed, in formulas of their own or several in one."""
    found: list[t.Node] = []
    for node in map(_read, _listed(formulas)):
        plain = isinstance(node, t.Listing) and node.opening in ("", r"\{")
        found += node.items if isinstance(node, t.Listing) and plain else (node,)
    return found


def _read(text: str) -> t.Node:
    """The tree of a formula in prose.

    Raises:
        Unread: it is none.
    """
    source = Source("", text)
    return read_expression(source, closed(tokenize(source), len(text)))
