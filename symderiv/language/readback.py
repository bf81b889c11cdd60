"""Kernel terms as the field writes them, for people: conditions, conclusions, values.

What is printed here is not read again; the kernel's terms are what was proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from symderiv.kernel import terms as k
from symderiv.language.events import HAPPENS, event_map
from symderiv.language.heads import bound_name, entry, with_bars, without_weights
from symderiv.language.indices import is_measured
from symderiv.language.templates import filled

_SIGNS = {"=": "=", "<=": r"\leq", "<": "<", "!=": r"\neq"}
_MIRRORED = {"=": "=", "<=": r"\geq", "<": ">", "!=": r"\neq"}
_REDUCTIONS = {"sum": r"\sum", "max": r"\max", "min": r"\min", "product": r"\prod"}
_SUM, _PRODUCT, _POWER, _ATOM = range(1, 5)
Text = tuple[str, int]
"""A printed term, and how tightly it binds."""


def latex_of(term: k.Term, outcomes: Mapping[str, int] | None = None) -> str:
    r"""A term or proposition as LaTeX; a statement for all values is printed for one, named after its domain.

    `outcomes` says of each distribution how many of its indices stand before the bar (see `heads.outcomes_of`).
    Without it names with the letters P and Q are printed as distributions `P(x,y)`, and all others as tensors `u[i]`.
    """
    return _Printer(outcomes).text(term, ())[0]


class _Printer:
    """Prints under the names of the bound variables around, the innermost last."""

    def __init__(self, outcomes: Mapping[str, int] | None) -> None:
        self.outcomes = outcomes

    def text(self, term: k.Term, names: tuple[str, ...]) -> Text:
        """A term, and how tightly it binds."""
        match term:
            case k.Forall(_, _):
                return self.text(term.body, (*names, bound_name(term, names)))
            case k.Implies(_, _):
                return self.implication(term, names), 0
            case k.Relation(kind, left, right):
                if isinstance(left, k.Number) and not isinstance(right, k.Number):
                    left, right, sign = right, left, _MIRRORED[kind]
                else:
                    sign = _SIGNS[kind]
                return f"{self.text(left, names)[0]} {sign} {self.text(right, names)[0]}", 0
            case k.Number(value):
                return _rational(value), _SUM if value < 0 else _ATOM
            case k.Add(terms):
                return self.addition(terms, names)
            case k.Multiply(_):
                return self.product(tuple(_factors(term)), names)
            case k.Power(_, _):
                return (
                    self.product((term,), names) if term.exponent < 0 else self.power(term.base, term.exponent, names)
                )
            case k.Reduce(kind, _, body):
                name = bound_name(term, names)
                mean = self.mean(term, names) if kind == "sum" else None
                if mean is not None:
                    return mean, _ATOM
                if is_measured(term.domain):
                    inner = self.within(without_weights(body), (*names, name), _PRODUCT)
                    return rf"\int {inner} \, \mathrm{{d}}{name}", _PRODUCT
                return rf"{_REDUCTIONS[kind]}_{{{name}}} {self.within(body, (*names, name), _PRODUCT)}", _PRODUCT
            case _:
                return self.atom(term, names)

    def mean(self, term: k.Reduce, names: tuple[str, ...]) -> str | None:
        """A sum over outcomes with their probabilities, as the mean that it is; None of any other."""
        factors = tuple(_factors(term.body))
        space = next((f for f in factors if isinstance(f, k.Entry) and f.indices == (k.Bound(0),)), None)
        if space is None or not space.tensor.startswith(r"\Pr"):
            return None
        rest = tuple(factor for factor in factors if factor is not space)
        inner = (*names, "")
        events = [self.event(factor) for factor in rest]
        if rest and None not in events:
            together = r" \cap ".join(filter(None, events))
            return rf"P\left({together}\right)"
        below = space.tensor.removeprefix(r"\Pr")
        return rf"E{below}\left[{self.product(rest, inner)[0] if rest else 1}\right]"

    def event(self, factor: k.Term) -> str | None:
        """What the indicator of an event, or of what is none, stands for."""
        match factor:
            case k.Delta(k.Gather(one), k.Gather(other)) if HAPPENS in (one, other):
                return (other if one == HAPPENS else one).removeprefix(event_map(""))
            case k.Add((k.Number(value), k.Multiply((k.Number(minus), inner)))) if value == 1 and minus == -1:
                opposite = self.event(inner)
                return None if opposite is None else rf"{opposite}^c"
            case _:
                return None

    def within(self, term: k.Term, names: tuple[str, ...], level: int) -> str:
        """A part, in brackets where it binds less than `level`."""
        text, own = self.text(term, names)
        return text if own >= level else rf"\left({text}\right)"

    def atom(self, term: k.Term, names: tuple[str, ...]) -> Text:
        """A name, an entry or an application."""
        match term:
            case k.Bound(position):
                return names[-1 - position] if position < len(names) else rf"\#{position}", _ATOM
            case k.Index(name, _) | k.Symbol(name):
                return with_bars(name), _ATOM
            case k.Size(domain):
                return rf"\left|{domain}\right|", _ATOM
            case k.Gather(name, _, indices):
                return f"{name}({self.listed(indices, names)})", _ATOM
            case k.Delta(left, right):
                event = self.event(term)
                if event is not None:
                    return rf"1_{{{event}}}", _ATOM
                return rf"\left[{self.text(left, names)[0]} = {self.text(right, names)[0]}\right]", _ATOM
            case k.Entry(tensor, indices):
                # An outcome is left out: a random variable is written by its name.
                shown = [text for index in indices if (text := self.text(index, names)[0])]
                return entry(tensor, shown, self.outcomes), _ATOM
            case k.Apply(function, arguments):
                return self.application(function, arguments, names)
            case _:
                return type(term).__name__, _ATOM

    def listed(self, terms: Iterable[k.Term], names: tuple[str, ...]) -> str:
        """Terms with commas between them."""
        return ", ".join(self.text(t, names)[0] for t in terms)

    def application(self, function: str, arguments: tuple[k.Term, ...], names: tuple[str, ...]) -> Text:
        """A function of numbers."""
        if function in ("log", "exp"):
            text, level = self.text(arguments[0], names)
            word = r"\ln" if function == "log" else r"\exp"
            return f"{word} {text}" if level > _POWER else rf"{word} \left({text}\right)", _PRODUCT
        if "{0}" in function:
            template = function.split("}|", maxsplit=1)[0] + "}" if "}|" in function else function.rsplit("|", 1)[0]
            return filled(template, [self.text(a, names)[0] for a in arguments]), _ATOM
        if function == "abs":
            return rf"\left|{self.listed(arguments, names)}\right|", _ATOM
        if function in ("gamma", "digamma"):
            word = r"\Gamma" if function == "gamma" else r"\psi"
            return rf"{word}\left({self.listed(arguments, names)}\right)", _ATOM
        if function == "power":
            return f"{self.within(arguments[0], names, _ATOM)}^{{{self.text(arguments[1], names)[0]}}}", _POWER
        word = rf"\{function}" if function in ("max", "min") else function
        return rf"{word}\left({self.listed(arguments, names)}\right)", _ATOM

    def addition(self, terms: tuple[k.Term, ...], names: tuple[str, ...]) -> Text:
        """A sum, with minus signs where terms are negative."""
        if len(terms) < 2:
            return self.text(terms[0], names) if terms else ("0", _ATOM)
        result = ""
        for term in terms:
            text, level = self.text(term, names)
            if text.startswith("-"):
                text = f"- {text[1:].lstrip()}"
                result += f" {text}" if result else text
            else:
                text = text if level > _SUM else rf"\left({text}\right)"
                result += f" + {text}" if result else text
        return result, _SUM

    def product(self, factors: tuple[k.Term, ...], names: tuple[str, ...]) -> Text:
        """A product, with what has negative exponents below a fraction line."""
        value = Fraction(1)
        above: list[k.Term] = []
        below: list[k.Term] = []
        for factor in factors:
            if isinstance(factor, k.Number):
                value *= factor.value
            elif isinstance(factor, k.Power) and factor.exponent < 0:
                below.append(factor.base if factor.exponent == -1 else k.Power(factor.base, -factor.exponent))
            else:
                above.append(factor)
        size = abs(value)
        if below:
            over, under = (self.row(_counted(count, part), names)[0] for count, part in _fraction(size, above, below))
            text, level = rf"\frac{{{over}}}{{{under}}}", _ATOM
        else:
            text, level = self.row(_counted(size, above), names)
        if value >= 0:
            return text, level
        return f"- {text}" if level >= _PRODUCT else rf"- \left({text}\right)", _SUM

    def row(self, factors: list[k.Term], names: tuple[str, ...]) -> Text:
        """Factors side by side; what has no closing bracket of its own gets one unless it is the last."""
        if len(factors) < 2:
            return self.text(factors[0], names) if factors else ("1", _ATOM)
        texts = [self.within(f, names, _PRODUCT if last else _POWER) for last, f in _with_last(factors)]
        joined = texts[0]
        for text in texts[1:]:
            joined += (r" \cdot " if text[0].isdigit() else r" \, ") + text
        return joined, _PRODUCT

    def power(self, base: k.Term, exponent: Fraction, names: tuple[str, ...]) -> Text:
        """A power with a positive exponent; a root where it is 1/2."""
        if exponent == Fraction(1, 2):
            return rf"\sqrt{{{self.text(base, names)[0]}}}", _ATOM
        return f"{self.within(base, names, _ATOM)}^{{{exponent}}}", _POWER

    def implication(self, term: k.Implies, names: tuple[str, ...]) -> str:
        """Premises and what follows; a premise for all values says so."""
        premises: list[str] = []
        rest: k.Term = term
        while isinstance(rest, k.Implies):
            premises.append(self.premise(rest.premise, names))
            rest = rest.conclusion
        stated = r" \wedge ".join(premises)
        return rf"{stated} \Rightarrow {self.text(rest, names)[0]}"

    def premise(self, term: k.Term, names: tuple[str, ...]) -> str:
        """A premise: the values that it is for are its own."""
        text = self.text(term, names)[0]
        own: list[str] = []
        while isinstance(term, k.Forall):
            own.append(bound_name(term, (*names, *own)))
            term = term.body
        if own:
            return rf"\left({text} \text{{ for all }} {', '.join(own)}\right)"
        return rf"\left({text}\right)" if isinstance(term, k.Implies) else text


def _counted(count: Fraction | int, factors: list[k.Term]) -> list[k.Term]:
    """A numerical factor, unless it is 1, before others."""
    return [k.number(count), *factors] if count != 1 or not factors else factors


def _fraction(size: Fraction, above: list[k.Term], below: list[k.Term]) -> Iterable[tuple[int, list[k.Term]]]:
    return ((size.numerator, above), (size.denominator, below))


def _with_last(factors: list[k.Term]) -> Iterable[tuple[bool, k.Term]]:
    return ((position == len(factors) - 1, factor) for position, factor in enumerate(factors))


def _factors(term: k.Term) -> Iterable[k.Term]:
    """The factors of nested products."""
    if not isinstance(term, k.Multiply):
        yield term
        return
    for factor in term.factors:
        yield from _factors(factor)


def _rational(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value)
    return rf"{'-' if value < 0 else ''}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
