"""Claims about the costs of a loop program: `claim span = Theta(T * log(J)) on tree`, `claim backward work = O(B*J)`,
`claim scan h`.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.model.claims import Claim, CostClaim, ScanClaim
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.program import Program, places
from symderiv.readers.loop_tokens import Cursor, between

ORDERS = ("O", "Omega", "Theta")
MODELS = ("tree", "fan-in", "serial")


def read_claim(cursor: Cursor) -> Claim:
    """The claim of one line, whose first word is `claim`.

    Raises:
        SymderivError: a token does not fit.
    """
    cursor.next()
    start = cursor.token
    if cursor.accept("scan"):
        name = cursor.name("the name of a tensor")
        cursor.end()
        return ScanClaim(name.text, between([start, name]))
    is_backward = cursor.accept("backward") is not None
    quantity = cursor.expect("work", "span").text
    cursor.expect("=")
    begun = cursor.position
    order = cursor.expect(*ORDERS).text
    bound = _bound(cursor)
    written = "".join(token.text for token in cursor.tokens[begun : cursor.position]).replace("+", " + ")
    growing = tuple(name.text for name in cursor.names("a size")) if cursor.accept("in") else ()
    model = _model(cursor) if quantity == "span" else ""
    cursor.end()
    tokens = cursor.tokens[cursor.tokens.index(start) : -1]
    return CostClaim(quantity, order, bound, growing, model, is_backward, written, between(tokens))


def _model(cursor: Cursor) -> str:
    """The reduction model, which the span depends on."""
    if not cursor.sees("on"):
        raise cursor.unexpected(f"'on' and the model of a sum, {' or '.join(MODELS)},")
    cursor.next()
    if cursor.accept("fan"):
        cursor.expect("-")
        cursor.expect("in")
        return "fan-in"
    return cursor.expect("tree", "serial", "fan-in").text


def _bound(cursor: Cursor) -> tuple[tuple[tuple[str, int], ...], ...]:
    """A sum of products in brackets."""
    cursor.expect("(")
    found = [_product(cursor)]
    while cursor.accept("+"):
        found.append(_product(cursor))
    cursor.expect(")")
    return tuple(found)


def _product(cursor: Cursor) -> tuple[tuple[str, int], ...]:
    powers: dict[str, int] = {}
    while True:
        name, power = _factor(cursor)
        if name:
            powers[name] = powers.get(name, 0) + power
        if not cursor.accept("*"):
            return tuple(sorted(powers.items()))


def _factor(cursor: Cursor) -> tuple[str, int]:
    """A size or its logarithm with its power; a number, which does not matter, has no name."""
    if cursor.token.kind == "number":
        _whole(cursor)
        return "", 0
    name = cursor.name("a size, log(SIZE) or a number").text
    if name == "log":
        cursor.expect("(")
        name = f"log {cursor.name('a size').text}"
        cursor.expect(")")
    return name, _whole(cursor) if cursor.accept("^") else 1


def _whole(cursor: Cursor) -> int:
    if not cursor.token.text.isdecimal() or not 0 < int(cursor.token.text) < 100:
        raise cursor.unexpected("a whole number from 1 to 99")
    return int(cursor.next().text)


def strange_names(program: Program) -> Iterator[Diagnostic]:
    """What claims are about that the program does not have."""
    computed = {place.statement.target.tensor for place in places(program.forward)}
    for claim in program.claims:
        if isinstance(claim, ScanClaim):
            if claim.tensor not in computed:
                yield Diagnostic("unknown-name", claim.span, f"{claim.tensor} is no tensor that this program computes")
            continue
        names = [name.removeprefix("log ") for monomial in claim.bound for name, _ in monomial]
        for name in dict.fromkeys([*names, *claim.growing]):
            if name not in program.sizes:
                yield Diagnostic("unknown-name", claim.span, f"{name} is no size of this program")
