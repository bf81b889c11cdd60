"""Kernel terms as the field writes them: what was proved, read back from what was encoded."""

from __future__ import annotations

from collections.abc import Sequence

from symderiv.kernel.terms import (Add, Apply, Bound, Delta, Entry, Forall, Gather, Implies, Index, Multiply, Number, Power,
    Reduce, Relation, Size, Symbol, Term)  # fmt: skip

SIGNS = {"<=": r"\leq", "!=": r"\neq"}
WORDS = {"sum": r"\sum", "max": r"\max", "min": r"\min", "product": r"\prod", "log": r"\ln"}


def latex_of(term: Term) -> str:
    """A closed kernel term or proposition as LaTeX; what is left open holds for all values."""
    return _text(term, ())


def _text(term: Term, names: tuple[str, ...]) -> str:
    match term:
        case Number(value):
            return str(value) if value.denominator == 1 else rf"\frac{{{value.numerator}}}{{{value.denominator}}}"
        case Bound(position):
            return names[-1 - position]
        case Index(name, _) | Symbol(name):
            return name
        case Size(domain):
            return f"|{domain}|"
        case Entry(tensor, indices) | Gather(tensor, _, indices):
            return _applied(tensor, [_text(i, names) for i in indices])
        case Delta(left, right):
            return f"[{_text(left, names)} = {_text(right, names)}]"
        case Apply(function, arguments):
            return rf"{WORDS.get(function, function)}\left({', '.join(_text(a, names) for a in arguments)}\right)"
        case Reduce(kind, domain, body):
            name = _fresh(domain, names)
            return rf"{WORDS.get(kind, kind)}_{{{name}}} {_text(body, (*names, name))}"
        case Forall(domain, body):
            return _text(body, (*names, _fresh(domain, names)))
        case Implies(premise, conclusion):
            return rf"{_text(premise, names)} \Rightarrow {_text(conclusion, names)}"
        case Relation(kind, left, right):
            return _relation(kind, _text(left, names), _text(right, names))
        case _:
            return _arithmetic(term, names)


def _relation(kind: str, left: str, right: str) -> str:
    """`0 < a` reads `a > 0`."""
    if left == "0" and kind in ("<", "<="):
        return f"{right} > 0" if kind == "<" else rf"{right} \geq 0"
    return f"{left} {SIGNS.get(kind, kind)} {right}"


def _arithmetic(term: Term, names: tuple[str, ...]) -> str:
    match term:
        case Add(terms):
            return r"\left(" + " + ".join(_text(t, names) for t in terms) + r"\right)"
        case Multiply(factors):
            return r" \, ".join(_text(f, names) for f in factors)
        case Power(base, exponent) if exponent == -1:
            return rf"\frac{{1}}{{{_text(base, names)}}}"
        case Power(base, exponent):
            return rf"{_text(base, names)}^{{{exponent}}}"
        case _:
            return repr(term)


def _applied(head: str, indices: Sequence[str]) -> str:
    """`P(y|x)` at indices: the variables in the name are replaced by what stands at their places."""
    opened, bracket, inside = head.partition("(")
    if bracket and inside.endswith(")") and "(" not in inside:
        before, bar, _ = inside[:-1].partition("|")
        count = len(before.split(","))
        shown = ",".join(indices[:count])
        return rf"{opened}({shown} \mid {','.join(indices[count:])})" if bar else f"{opened}({shown})"
    return f"{head}({','.join(indices)})" if indices else head


def _fresh(domain: str, names: Sequence[str]) -> str:
    """A name for an element of an index set that is not in use."""
    plain = domain[:1].lower() + domain[1:]
    while plain in names:
        plain += "'"
    return plain
