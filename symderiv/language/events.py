r"""Events: what may happen, as numbers that are 1 where it happens and else 0, and probabilities as their means.

`A \cap B` is the product of both, the complement 1 less the event, and `A \cup B` what is no complement of both.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Expr, Integer, Tuple
from sympy.core.symbol import Str

from symderiv.language import written as w
from symderiv.language.indices import Variable
from symderiv.language.probability import written_bar
from symderiv.language.random_variables import Mean
from symderiv.language.templates import filled

TRUTH, HAPPENS = "truth values", "happens"
"""The set of what may be said of an event at an outcome, and that which says that it happens there."""
_PREFIX = "event "
_BELOW, _WITHIN, _EQUALS = " < ", r" \leq ", " = "


def comparison(one: str, other: str, *, strictly: bool) -> str:
    """The name of the event that one is less than the other, or at most."""
    return rf"\{{{one}{_BELOW if strictly else _WITHIN}{other}\}}"


def is_comparison(name: str) -> bool:
    """True of names that `comparison` makes."""
    return name.startswith(r"\{") and (_BELOW in name or _WITHIN in name)


def value_taken(event: Expr) -> tuple[str, str] | None:
    r"""The two sides of `X = x`, which is `X \leq x` and not `X < x`; None of any other event."""
    match event.args:
        case (Event(name=within), Complement(args=(Event(name=below),))) if isinstance(event, Intersection):
            if weaker(below) == within:
                one, other = within.removeprefix(r"\{").removesuffix(r"\}").split(_WITHIN, 1)
                return one, other
    return None


def weaker(name: str) -> str | None:
    """The event that one is at most the other, of that it is less; None of any other event."""
    return name.replace(_BELOW, _WITHIN, 1) if is_comparison(name) and _BELOW in name else None


def event_map(name: str) -> str:
    """The function from outcomes to truth values of an event with this name."""
    return f"{_PREFIX}{name}"


def is_event_map(name: str) -> bool:
    """True of names that `event_map` makes."""
    return name.startswith(_PREFIX)


def event_of(name: str) -> str:
    """The event with this function."""
    return name.removeprefix(_PREFIX)


def taken(name: str, value: str) -> str:
    """The name of the event that a discrete variable has a value."""
    return f"{name}{_EQUALS}{value}"


def variable_taking(event: str) -> str:
    """The variable of an event that `taken` names; nothing for any other."""
    return event.partition(_EQUALS)[0] if _EQUALS in event else ""


class Happening(w.Written):
    """Base of events and of what is made of them."""

    level = 4

    def indicator(self) -> Expr:
        """The number that is 1 where it happens, in terms of its parts."""
        raise NotImplementedError


class Event(Happening):
    """An event with a name, which has places for indices; it depends on outcomes."""

    def __new__(cls, name: str, indices: Iterable[Variable], outcomes: Iterable[Variable]) -> Event:
        return Expr.__new__(cls, Str(name), Tuple(*indices), Tuple(*outcomes))  # type: ignore[no-any-return]

    @property
    def name(self) -> str:
        """The name, with places for the indices."""
        return str(self.args[0].name)

    def written(self, printer: Any) -> str:
        return filled(self.name, [str(printer._print(index)) for index in self.args[1]])


class Certain(Happening):
    r"""What always happens, `\Omega`, or never, `\emptyset`: args are how it is written, and 1 or 0."""

    def __new__(cls, name: str, value: int) -> Certain:
        return Expr.__new__(cls, Str(name), Integer(value))  # type: ignore[no-any-return]

    def indicator(self) -> Expr:
        return self.args[1]

    def written(self, printer: Any) -> str:
        return str(self.args[0].name)


class Complement(Happening):
    """What happens where an event does not."""

    def indicator(self) -> Expr:
        return w.Plus(Integer(1), w.Negative(self.args[0]))

    def written(self, printer: Any) -> str:
        return rf"{w.bracketed(printer, self.args[0], 4)}^c"


class Otherwise(Complement):
    """What happens where an event does not, under a name of its own: args are the event and how it is written."""

    def __new__(cls, event: Event, name: str) -> Otherwise:
        return Expr.__new__(cls, event, Str(name))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        return str(self.args[1].name)


class Intersection(Happening):
    """What happens where all of several events do."""

    level = 3

    def indicator(self) -> Expr:
        return w.Times(*self.args)

    def written(self, printer: Any) -> str:
        equal = value_taken(self)
        if equal is not None:
            one, other = equal
            return rf"\{{{one} = {other}\}}"
        return r" \cap ".join(w.bracketed(printer, part, 4) for part in self.args)


class Union(Happening):
    """What happens where one of several events does."""

    level = 3

    def indicator(self) -> Expr:
        none = w.Times(*(w.Plus(Integer(1), w.Negative(part)) for part in self.args))
        return w.Plus(Integer(1), w.Negative(none))

    def written(self, printer: Any) -> str:
        return r" \cup ".join(w.bracketed(printer, part, 4) for part in self.args)


class Probability(Mean):
    """The probability of an event: the mean of its indicator."""

    def written(self, printer: Any) -> str:
        return rf"P\left({written_bar(printer, self.args[3:], ())}\right)"


class Conditional(w.Written):
    """The probability of an event where another one happens: args are two probabilities, of both and of the other."""

    def formula(self) -> Expr:
        """What it is by definition."""
        return w.Quotient(*self.args)

    def written(self, printer: Any) -> str:
        if not all(isinstance(whole, Probability) for whole in self.args):
            return str(printer._print(self.formula()))  # an edit put something else in the place of one
        both, given = (whole.args[3] for whole in self.args)
        parts = both.args[: len(both.args) - len(_parts(given))] if isinstance(both, Intersection) else (both,)
        before = ",".join(str(printer._print(part)) for part in parts)
        return rf"P\left({before} \mid {','.join(str(printer._print(part)) for part in _parts(given))}\right)"


def _parts(event: Expr) -> tuple[Expr, ...]:
    return tuple(event.args) if isinstance(event, Intersection) else (event,)
