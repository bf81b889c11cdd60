"""The derivatives of functions of one number, and the names of those that are not known."""

from __future__ import annotations

import re
from fractions import Fraction

from symderiv.kernel import terms as k

GAMMA, DIGAMMA = "gamma", "digamma"
WITHOUT_DERIVATIVE = frozenset({"abs", "max", "min", "power"})
_INTERPRETED = frozenset({"exp", "log", "sin", "cos", GAMMA, DIGAMMA}) | WITHOUT_DERIVATIVE
_CALL = re.compile(r"(?P<head>.*?)(?P<rest>\\left[(\[]\{0\}\\right[)\]](?:\|.*)?)", re.DOTALL)
_PLAIN = re.compile(r"[A-Za-z]+'*")
_WORD = re.compile(r"\\[A-Za-z]+")
_HALF = Fraction(1, 2)

_UNKNOWN = r"\left[\mathrm{unknown}\;"


def derivative_of_function(function: str, term: k.Term, argument: k.Term) -> k.Term | None:
    """The derivative of an elementary function or the gamma function at its argument; None of any other function."""
    square = k.Power(argument, Fraction(2))
    match function:
        case "exp":
            return term
        case "log":
            return k.Power(argument, Fraction(-1))
        case "sin":
            return k.Apply("cos", (argument,))
        case "cos":
            return k.negate(k.Apply("sin", (argument,)))
        case r"\tan":
            return k.Add((k.ONE, k.Power(term, Fraction(2))))
        case r"\arctan":
            return k.Power(k.Add((k.ONE, square)), Fraction(-1))
        case r"\arcsin":
            return k.Power(k.subtract(k.ONE, square), -_HALF)
        case r"\arccos":
            return k.negate(k.Power(k.subtract(k.ONE, square), -_HALF))
        case _ if function == GAMMA:
            return k.Multiply((term, k.Apply(DIGAMMA, (argument,))))
        case _:
            return None


def partial_name(function: str, place: int, count: int) -> str:
    """The name of the derivative of a function by one of its arguments: `f'` where it has one only."""
    if count > 1:
        return rf"\partial_{{({place + 1})}} {function}"
    call = _CALL.fullmatch(function)
    if call is not None:
        return f"{call['head']}'{call['rest']}"
    return f"{function}'" if _PLAIN.fullmatch(function) else rf"\partial_{{(1)}} {function}"


def derivative_name(name: str, by: str, sign: str) -> str:
    """The name of the derivative of a name that may depend on another one."""
    return rf"\frac{{{sign}}}{{{sign}{by}}} {name}"


def unknown_derivative(written: str) -> str:
    """The name of a derivative of which it is not known how to take it."""
    return rf"{_UNKNOWN}{written}\right]"


def is_unknown_derivative(name: str) -> bool:
    """True of names that `unknown_derivative` makes: such a derivative has a value, which is not said."""
    return name.startswith(_UNKNOWN)


def is_interpreted(function: str) -> bool:
    """True of functions that are the same everywhere: the exponential, the tangent, the gamma function."""
    return function in _INTERPRETED or _WORD.fullmatch(function) is not None


def is_derivative_name(name: str) -> bool:
    """True of names that the functions here make, of functions of several arguments and of other names."""
    return name.startswith((_UNKNOWN, r"\frac{\partial", r"\frac{\mathrm{d}", r"\partial_{("))
