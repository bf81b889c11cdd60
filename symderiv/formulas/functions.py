"""The functions that a text defines by their values at names: what they are at other arguments."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Set
from dataclasses import dataclass, field, replace

from symderiv.formulas import tree as t
from symderiv.formulas.names import TRANSPOSES
from symderiv.formulas.notation import PROBABILITIES
from symderiv.formulas.printing import printed
from symderiv.formulas.usage import EVENTS, MOMENTS

CALLED_BY_NAME = frozenset({*PROBABILITIES, "f", "F"})
"""Letters that stand for different functions where their arguments have different names: p(x) and p(y)."""


_ESTIMATE = re.compile(r"\\(?:wide)?hat\{(?P<name>.*?)\}(?P<below>_.*)?|(?P<best>[^^]+)\^(?:\*|\\ast|\\star)")
_METHOD = re.compile(r"(?P<name>.+?)_\{(?:\\(?:text|mathrm|textrm|mathit)\{)?(?:MLE?|MAP|OLS|LS|ridge|opt)\}?\}")
"""The name of an estimate by the method that it is found by."""


def estimated(text: str) -> str:
    r"""The name of what a name estimates: `\beta_1` of `\hat{\beta}_1`, `\beta` of `\beta^*` and `\beta_{\text{MLE}}`.

    Empty where it estimates nothing.
    """
    by_method = _METHOD.fullmatch(text)
    plain = text if by_method is None else by_method["name"]
    match = _ESTIMATE.fullmatch(plain)
    if match is None:
        return "" if by_method is None else plain
    return match["best"] or f"{match['name']}{match['below'] or ''}"


@dataclass(frozen=True)
class FunctionDefinition:
    """`head(parameters) = body`; `place` is where it stands in the order of reading.

    One that `is_limited` to some values says nothing of the function at other arguments than its parameters, and one
    that `is_anew` says nothing of what stands before it, where the function was another one.  From the place `until` on
    the function may be another one again.
    """

    body: t.Node
    place: int
    given: bool
    parameters: tuple[t.Node, ...] = ()
    is_limited: bool = False
    is_anew: bool = False
    until: int | None = None

    def values(self, call: t.Applied) -> dict[str, t.Node]:
        """The arguments of a call, by the texts of the parameters."""
        pairs = zip(self.parameters, (*call.before, *call.after), strict=True)
        return {printed(parameter): argument for parameter, argument in pairs}


@dataclass
class FunctionTable:
    """The definitions of functions, by head and form."""

    found: dict[tuple[object, ...], list[FunctionDefinition]] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)
    """The functions that are no densities, and so the same whatever they are applied to; all that have primes."""
    derived: set[int] = field(default_factory=set)
    """The places of the definitions put in so far that the text does not give, but comes to: these may be wrong."""
    random: frozenset[str] = frozenset()
    """The names of random variables."""
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What stands in brackets behind derivatives of functions of several numbers, by the names of these."""

    def is_called_by_name(self, head: t.Name) -> bool:
        """True where a function is told from others by the names of its arguments: not f', nor the density `f_X`."""
        of_variable = bool(head.marks) and all(mark.isupper() for mark in head.marks)
        return head.base in CALLED_BY_NAME and not of_variable and head.text.rstrip("'") not in self.plain

    def learn(self, left: t.Node, definition: FunctionDefinition) -> bool:
        """Takes a definition for the function on the left, at distinct names; False where it hides the names."""
        if not isinstance(left, t.Applied):
            return False
        parameters = (*left.before, *left.after)
        texts = [printed(parameter) for parameter in parameters]
        if not all(map(_is_plain, parameters)) or len(set(texts)) != len(texts):
            return False
        body = definition.body
        if not any(_mentions(body, parameter) or _hides(body, parameter) for parameter in parameters):
            return False
        self.found.setdefault(_form(left), []).append(replace(definition, parameters=parameters))
        return True

    def of(self, name: t.Name, variable: t.Name | t.Power) -> t.Applied | None:
        """The call that a name without arguments stands for, as J does in `dJ/da` where J(a) is defined."""
        called = {printed(variable), variable.stem if isinstance(variable, t.Name) else printed(variable)}
        call = self.whole(name)
        return None if call is None or called.isdisjoint(map(printed, call.before)) else call

    def whole(self, name: t.Name) -> t.Applied | None:
        """A function that is called in one way alone, at the names that its definition has."""
        forms = [form for form in self.found if form[0] == name.text and form[2] == ""]
        known = [definition for form in forms for definition in self.found[form]]
        if len({tuple(map(printed, definition.parameters)) for definition in known}) != 1:
            return None
        commas = (",",) * (len(known[0].parameters) - 1)
        return t.Applied(name.start, name.end, name, "(", known[0].parameters, "", (), commas)

    def at(self, node: t.Applied, place: int, cited: Container[int] = ()) -> tuple[FunctionDefinition, t.Node] | None:
        """The definition that applies to a call at a place (the last before it), and its body with the arguments.

        What is cited, by its place, counts before what was given, and that before what was derived, which may be wrong.
        """
        known = self.found.get(_form(node), [])
        one = len({tuple(map(printed, d.parameters)) for d in known}) == 1
        usable = [d for d in known if (d.given or d.place < place) and self._fits(d, node, one)]
        usable = [d for d in usable if (d.place <= place or not d.is_anew) and (d.until is None or place < d.until)]
        usable = [d for d in usable if not captures(d.body, d.values(node), self.random)]
        if not usable:
            return None
        closed = [d for d in usable if self.is_closed(d.body)]
        chosen = ([d for d in among if d.place in cited] or [d for d in among if d.given] for among in (usable, closed))
        first, second = chosen
        usable = (first if not closed or any(d in closed for d in first) else second or closed) or usable
        before = (d for d in reversed(usable) if d.place <= place)
        definition = max(before, key=lambda d: d.place, default=usable[0])
        if not definition.given:
            self.derived.add(definition.place)
        return definition, replaced(definition.body, definition.values(node))

    def captured(self, node: t.Applied, place: int) -> FunctionDefinition | None:
        """The definition of a function of one number that applies but for a bound variable that the argument names."""
        fitting = [d for d in self.found.get(_form(node), []) if d.given and self._fits(d, node, one=False)]
        is_plain = (
            len(fitting) == 1 and len(fitting[0].parameters) == 1 and isinstance(fitting[0].parameters[0], t.Name)
        )
        return fitting[0] if is_plain and captures(fitting[0].body, fitting[0].values(node), self.random) else None

    def is_closed(self, body: t.Node) -> bool:
        r"""False of `\prod_i p(y_i \mid m)` where nothing says what that density is."""
        calls = (node for node in t.walk(body) if isinstance(node, t.Applied) and node.head.base in CALLED_BY_NAME)
        return all(any(self._fits(d, call, one=False) for d in self.found.get(_form(call), ())) for call in calls)

    def _fits(self, definition: FunctionDefinition, node: t.Applied, one: bool) -> bool:
        r"""True unless a letter of densities is applied to another variable: p(x) says nothing of p(y).

        Nor does a body with `\pi_\theta` in it say what a function is at another argument than `\theta`.

        Where it is `one` function in the text, its value at what is no name is meant.
        """
        arguments = (*node.before, *node.after)
        given = zip(definition.parameters, arguments, strict=True)
        others = [parameter for parameter, argument in given if printed(parameter) != printed(argument)]
        if (others and definition.is_limited) or any(_hides(definition.body, parameter) for parameter in others):
            return False
        if not self.is_called_by_name(node.head) or (one and not any(isinstance(a, t.Name) for a in arguments)):
            return True
        pairs = zip(definition.parameters, node.before, strict=False)
        return all(printed(parameter) == printed(argument) for parameter, argument in pairs)


def _form(node: t.Applied) -> tuple[object, ...]:
    return node.head.text, len(node.before), node.bar, len(node.after)


def _is_plain(node: t.Node) -> bool:
    """True of a name, or the square of one."""
    return isinstance(node, t.Name) or (
        isinstance(node, t.Power) and isinstance(node.base, t.Name) and isinstance(node.exponent, t.Numeral)
    )


def _mentions(whole: t.Node, part: t.Node) -> bool:
    text = printed(part)
    return any(printed(node) == text for node in t.walk(whole) if type(node) is type(part))


def _hides(whole: t.Node, part: t.Node) -> bool:
    r"""True where a name stands in the subscript of another one, as `\theta` does in `\pi_\theta(a)`, or of itself."""
    text = printed(part)
    if any(isinstance(node, t.Name) and node.lower and node.stem == text for node in t.walk(whole)):
        return True
    heads = [node.head for node in t.walk(whole) if isinstance(node, t.Applied)]
    heads += [node.weight for node in t.walk(whole) if isinstance(node, t.Draw) and isinstance(node.weight, t.Name)]
    return isinstance(part, t.Name) and any(text in (*head.marks, *head.lower) for head in heads)


def replaced(node: t.Node, values: dict[str, t.Node]) -> t.Node:
    r"""The tree with other trees for some names and squares of names, given by their texts.

    Bound variables with one of the names stay, but not in the ends of their range: `\int_0^x x \, dx`.
    """
    if isinstance(node, t.Name | t.Power) and (value := values.get(printed(node))) is not None:
        return value
    bound = {name.text for name in node.over} if isinstance(node, t.Total | t.Integral) else set()
    inside = {text: value for text, value in values.items() if text not in bound}
    ends = _ends_of(node)
    return t.mapped(node, lambda part: replaced(part, values if any(part is end for end in ends) else inside))


def captures(body: t.Node, values: dict[str, t.Node], random: Set[str] = frozenset()) -> bool:
    r"""True where a name in an argument would be bound in the body: at w_i, `\sum_i x w_i` is not `\sum_i w_i w_i`.

    Nor is `\mathbb{E}[x Y]` at Y the mean of Y^2: what is `random` would be averaged over.
    """
    changed = {text: value for text, value in values.items() if printed(value) != text}
    return bool(changed) and _captures(body, changed, random)


def _captures(node: t.Node, values: dict[str, t.Node], random: Set[str]) -> bool:
    if isinstance(node, t.Name | t.Power) and printed(node) in values:
        return False
    if isinstance(node, t.Derivative):
        changed = [values[text] for text in map(printed, node.over) if text in values]
        named = _names_in(node.body)
        if any(not isinstance(value, t.Name) or value.text in named for value in changed):
            return True
    bound = _bound_by(node)
    caught = bound
    if isinstance(node, t.Derivative):
        # What the body is differentiated by is no other thing inside of it, but its value at an argument is.
        caught = frozenset[str]().union(*map(_names_in, node.over))
    elif isinstance(node, t.Applied) and (node.head.stem in MOMENTS or node.head.text in EVENTS or _has_relation(node)):
        caught = frozenset(random | _names_in(node)) - values.keys()
    ends = _ends_of(node)
    inside = {text: value for text, value in values.items() if text not in bound}
    parts = [part for part in t.parts(node) if not any(part is end for end in ends)]
    for places, known in ((parts, inside), (ends, values)) if caught else ():
        written = set(map(printed, (inner for part in places for inner in t.walk(part))))
        if any(caught & _names_in(value) for text, value in known.items() if text in written):
            return True
    return any(_captures(end, values, random) for end in ends) or any(_captures(p, inside, random) for p in parts)


def _ends_of(node: t.Node) -> list[t.Node]:
    """The ends of the range of a sum or an integral, in which its variable is not bound."""
    ends = (node.lower, node.upper) if isinstance(node, t.Total | t.Integral) else ()
    return [end for end in ends if end is not None]


def _has_relation(call: t.Applied) -> bool:
    r"""True of the `P(Y \le x)` of an event."""
    return any(isinstance(part, t.Sides) for part in (*call.before, *call.after))


def _bound_by(node: t.Node) -> frozenset[str]:
    """The names that have no meaning outside of a sum, an integral, a limit or a mean."""
    match node:
        case t.Total() | t.Integral():
            return frozenset(name.text for name in node.over)
        case t.Average():
            return frozenset(name.text for draw in node.draws for name in draw.names)
        case t.Angles(weight=t.Node() as weight):
            return _names_in(weight)
        case _:
            return frozenset()


def _names_in(node: t.Node) -> frozenset[str]:
    """The names in a tree, with those in their subscripts; the mark of a transposed matrix is none."""
    parts = list(t.walk(node))
    marks = {id(part.exponent) for part in parts if isinstance(part, t.Power)}
    names = (n for n in parts if isinstance(n, t.Name) and not (id(n) in marks and n.text in TRANSPOSES))
    return frozenset(text for name in names for text in (name.text, *name.marks, *name.lower))


def with_definitions(node: t.Node, known: FunctionTable, place: int, depth: int = 3) -> t.Node:
    """The tree with what is given of functions in place of their calls; at most `depth` definitions in each other."""
    defined = known.at(node, place) if isinstance(node, t.Applied) and depth else None
    if defined is not None and defined[0].given:
        return with_definitions(defined[1], known, place, depth - 1)
    return t.mapped(node, lambda part: with_definitions(part, known, place, depth))


def calls_in(nodes: Iterable[t.Node]) -> list[t.Applied]:
    """The calls in some trees."""
    return [node for root in nodes for node in t.walk(root) if isinstance(node, t.Applied)]
