"""Trees back to LaTeX, in one form for all ways to write the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from symderiv.formulas import tree as t
from symderiv.formulas.tree import INNER, TIGHT

Rename = Callable[[t.Name], str | None]
"""Another text for a name, or None where it stays as it is."""

_SUM, _PRODUCT, _POWER, _ATOM = range(1, 5)
_BETWEEN = {",": ", ", ";": "; ", ":": " : ", "|": r" \mid "}
_CLOSING = {"(": ")", "[": "]", r"\{": r"\}", "": "", "{": ""}
_TOTALS = {
    "sum": r"\sum", "product": r"\prod", "max": r"\max", "min": r"\min", "sup": r"\sup", "inf": r"\inf",
    "limit": r"\lim", "union": r"\bigcup", "intersection": r"\bigcap", "argmax": r"\operatorname{argmax}",
    "argmin": r"\operatorname{argmin}",
}  # fmt: skip
_SIGNS = {"<=": r"\leq", ">=": r"\geq", "!=": r"\neq"}


def printed(node: t.Node, rename: Rename | None = None) -> str:
    """The LaTeX of a tree."""
    return _Printer(rename or (lambda name: None)).text(node)[0]


def limits_of(node: t.Total) -> tuple[str, str]:
    """What stands below and above the sign of a sum or product."""
    return _Printer(lambda name: None).below(node), "" if node.upper is None else printed(node.upper)


def arguments_text(node: t.Applied, texts: Sequence[str]) -> str:
    """The arguments of a call, given as texts, with what stands between them."""
    separators = iter(node.separators)
    result = ""
    for number, text in enumerate(texts):
        if number == len(node.before):
            result += {"|": r" \mid ", "||": r" \| "}.get(node.bar, "")
        elif number:
            result += f"{next(separators)} "
        result += text
    return result


class _Printer:
    def __init__(self, rename: Rename) -> None:
        self.rename = rename

    def within(self, node: t.Node, level: int) -> str:
        """A part, in brackets where it binds less than `level`."""
        text, own = self.text(node)
        return text if own >= level else f"({text})"

    def plain(self, node: t.Node | None) -> str:
        return "" if node is None else self.text(node)[0]

    def listed(self, nodes: Iterable[t.Node]) -> str:
        return ", ".join(self.plain(node) for node in nodes)

    def text(self, node: t.Node) -> tuple[str, int]:
        """The text of a node, and how tightly it binds."""
        match node:
            case t.Numeral(value=value):
                return _number(value)
            case t.Name():
                return self.rename(node) or node.text, _ATOM
            case t.Negation(body=body):
                return f"-{self.within(body, _PRODUCT)}", _SUM
            case t.Addition(terms=terms):
                return self._addition(terms), _SUM
            case t.Product(factors=factors):
                return self._product(factors), _PRODUCT
            case t.Division(above=above, below=below):
                return rf"\frac{{{self.plain(above)}}}{{{self.plain(below)}}}", _ATOM
            case t.Power(base=base, exponent=exponent):
                inner = self.within(base, _ATOM)
                bare = not isinstance(base, t.Function)
                return f"{inner if bare else f'({inner})'}^{{{self.plain(exponent)}}}", _POWER
            case t.Factorial(body=body):
                return f"{self.within(body, _ATOM)}!", _POWER
            case t.Root(body=body, degree=degree):
                return rf"\sqrt{f'[{self.plain(degree)}]' if degree else ''}{{{self.plain(body)}}}", _ATOM
            case t.Function():
                lower = f"_{{{self.plain(node.base)}}}" if node.base else ""
                return rf"\{node.word}{lower}\left({self.plain(node.body)}\right)", _PRODUCT
            case t.Applied():
                return self._applied(node), _ATOM
            case t.Total() | t.Integral() | t.Average() | t.Derivative():
                return self._operator(node), _PRODUCT
            case t.Between():
                return self._other(node), _POWER
            case _:
                return self._other(node), _ATOM

    def _addition(self, terms: Iterable[t.Node]) -> str:
        result = ""
        for term in terms:
            text = self.within(term, _SUM if isinstance(term, t.Negation) else _PRODUCT)
            result += text if not result or text.startswith("-") else f" + {text}"
        return result

    def _product(self, factors: tuple[t.Node, ...]) -> str:
        texts = []
        for position, factor in enumerate(factors):
            reaches = isinstance(factor, t.Total | t.Integral | t.Average | t.Derivative | t.Product)
            closed = reaches and (position < len(factors) - 1 or isinstance(factor, t.Product))
            text = f"({self.plain(factor)})" if closed else self.within(factor, _PRODUCT)
            texts.append(text)
        return r" \cdot ".join(texts)

    def _applied(self, node: t.Applied) -> str:
        inside = arguments_text(node, [self.plain(part) for part in (*node.before, *node.after)])
        return rf"{self.plain(node.head)}\left{node.opening}{inside}\right{_CLOSING[node.opening]}"

    def _operator(self, node: t.Node) -> str:
        match node:
            case t.Total():
                upper = f"^{{{self.plain(node.upper)}}}" if node.upper and node.kind != "limit" else ""
                lower = f"_{{{self.below(node)}}}" if node.over or node.condition else ""
                # What a product takes is read from its variable, so its body is closed.
                level = _POWER if node.kind == "product" else _PRODUCT
                return f"{_TOTALS[node.kind]}{lower}{upper} {self.within(node.body, level)}"
            case t.Integral(over=over, body=body):
                limits = f"_{{{self.plain(node.lower)}}}" if node.lower else ""
                limits += f"^{{{self.plain(node.upper)}}}" if node.upper else ""
                variables = r" \, ".join(rf"\mathrm{{d}}{self.plain(name)}" for name in over)
                return rf"\int{limits} {self.within(body, _PRODUCT)} \, {variables}"
            case t.Average(draws=draws, body=body):
                drawn = ", ".join(rf"{self._names(d.names)} \sim {self.plain(d.weight)}" for d in draws)
                return rf"E_{{{drawn}}} {self.within(body, _PRODUCT)}"
            case t.Derivative():
                return self._derivative(node)
            case _:
                return ""

    def _names(self, names: tuple[t.Name, ...]) -> str:
        listed = self.listed(names)
        return listed if len(names) == 1 else f"({listed})"

    def below(self, node: t.Total) -> str:
        names, condition = self.listed(node.over), node.condition
        if node.kind == "limit" and node.upper is not None:
            asked = f", {self.plain(condition)}" if condition is not None else ""
            return f"{names} {node.arrow} {self.plain(node.upper)}{asked}"
        if node.lower is not None:
            names = f"{names} = {self.plain(node.lower)}"
        if node.within is not None:
            names = rf"{names} \in {self.plain(node.within)}"
        if condition is None:
            return names
        first = condition.sides[0] if isinstance(condition, t.Sides) else None
        is_ranged = node.lower is not None or node.within is not None
        named = not is_ranged and isinstance(first, t.Name)
        if not names or (named and first is not None and names == self.plain(first)):
            return self.plain(condition)  # of `i < j` alone, the first name is what the sum is over
        between = " : " if named else ", " if is_ranged or first is not None else _BETWEEN["|"]
        return f"{names}{between}{self.plain(condition)}"

    def _derivative(self, node: t.Derivative) -> str:
        order = f"^{{{self.plain(node.order)}}}" if node.order else ""
        inner = self.within(node.body, _PRODUCT)
        if node.sign == r"\nabla":
            over = f"_{{{self.listed(node.over)}}}" if node.over else ""
            return rf"\nabla{over}{order} ({self.plain(node.body)})"
        d = r"\partial " if node.sign == r"\partial" else r"\mathrm{d}"
        below = "".join(rf"{d}{self.within(name, _ATOM)}" for name in node.over)
        power = order if len(node.over) == 1 else ""
        at = rf" \left({self.listed(node.places)}\right)" if node.places else ""
        return rf"\frac{{{d}{order}}}{{{below}{power}}} {inner}{at}"

    def _operation(self, node: t.Operation) -> str:
        sign, operands = node.sign, node.operands
        if sign == "_":
            return rf"\left({self.plain(operands[0])}\right)_{{{self.plain(operands[1])}}}"
        if sign == INNER:
            return rf"\left\langle {self.listed(operands)} \right\rangle"
        level = _POWER if sign in TIGHT else _SUM
        return rf"\left({f' {sign} '.join(self.within(o, level) for o in operands)}\right)"

    def _other(self, node: t.Node) -> str:
        match node:
            case t.Bars(kind=kind, body=body):
                left, right = _BARS[kind]
                lower = f"_{{{self.plain(node.lower)}}}" if node.lower else ""
                return rf"\left{left}{self.plain(body)}\right{right}{lower}"
            case t.Angles(body=body, weight=weight):
                lower = f"_{{{self.plain(weight)}}}" if weight else ""
                return rf"\left\langle {self.plain(body)} \right\rangle{lower}"
            case t.Binomial(above=above, below=below):
                return rf"\binom{{{self.plain(above)}}}{{{self.plain(below)}}}"
            case t.Between():
                limit = f"^{{{self.plain(node.upper)}}}" if node.upper else ""
                return rf"\left[{self.plain(node.body)}\right]_{{{self.plain(node.lower)}}}{limit}"
            case t.Listing(opening=opening, items=items):
                left = "" if opening in ("", "{") else rf"\left{opening}"
                right = "" if opening in ("", "{") else rf"\right{node.closing or _CLOSING[opening]}"
                if not node.separators:
                    return f"{left}{self.listed(items)}{right}"
                parts = [self.plain(items[0])]
                for sign, item in zip(node.separators, items[1:], strict=True):
                    parts.append(_BETWEEN[sign] + self.plain(item))
                return f"{left}{''.join(parts)}{right}"
            case t.Operation():
                return self._operation(node)
            case t.Ellipsis():
                return r"\ldots"
            case t.Array(kind=kind, rows=rows):
                cells = r" \\ ".join(" & ".join(self.plain(cell) for cell in row) for row in rows)
                columns = f"{{{'l' * max(map(len, rows), default=1)}}}" if kind == "array" else ""
                return rf"\begin{{{kind}}}{columns}{cells}\end{{{kind}}}"
            case t.Prose(text=words):
                return words if words in (",", ";", ".") else rf"\text{{{words}}}"
            case t.Sides(sides=sides, signs=signs):
                shown = [_SIGNS.get(sign, sign) for sign in signs]
                pairs = zip(map(self.plain, sides), (*shown, ""), strict=True)
                return " ".join(part for pair in pairs for part in pair if part)
            case _:
                return ""


_BARS = {
    "|": ("|", "|"),
    "||": (r"\|", r"\|"),
    r"\lfloor": (r"\lfloor ", r"\rfloor"),
    r"\lceil": (r"\lceil ", r"\rceil"),
}


def _number(value: Fraction) -> tuple[str, int]:
    if value.denominator == 1:
        return str(value), _ATOM
    digits = _decimal(value)
    return (digits, _ATOM) if digits else (rf"\frac{{{value.numerator}}}{{{value.denominator}}}", _ATOM)


def _decimal(value: Fraction) -> str:
    """A decimal fraction, where the number is one."""
    for places in range(1, 13):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(places + 1, "0")
            return f"{digits[:-places]}.{digits[-places:]}"
    return ""
