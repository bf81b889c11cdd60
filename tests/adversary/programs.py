"""Loop programs with their backward loops: right ones by symbolic derivation of the adversary's own, and wrong ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from random import Random

from flint import arb

from tests.adversary import planted
from tests.adversary.tree import ONE, Tree, add, div, entry, exp, mul, neg, number, power, put, scalar, walk
from tests.adversary.values import Evaluation, Model, Number, Undefined, enclosure, plus, times

Tables = dict[str, dict[tuple[int, ...], Number]]


@dataclass(frozen=True)
class Loop:
    """`for indices: target[places] += value`"""

    indices: tuple[str, ...]
    target: str
    places: tuple[str, ...]
    value: Tree


@dataclass(frozen=True)
class Program:
    """Inputs with their axes (an index stands for its capital), forward loops, the output, backward loops."""

    inputs: Mapping[str, tuple[str, ...]]
    forward: tuple[Loop, ...]
    backward: tuple[Loop, ...]

    @property
    def output(self) -> str:
        return self.forward[-1].target

    def text(self) -> str:
        """The program as a `.loops` file."""
        axes = {loop.target: loop.places for loop in self.forward}
        lines = ["input " + ", ".join(f"{name}{shape(places)}" for name, places in self.inputs.items())]
        lines.append(f"output {self.output}{shape(axes[self.output])}")
        lines += map(written, self.forward)
        lines.append("backward " + ", ".join(self.inputs))
        return "\n".join((*lines, *map(written, self.backward))) + "\n"


def shape(places: tuple[str, ...]) -> str:
    return f"[{','.join(places).upper()}]" if places else ""


def written(loop: Loop) -> str:
    heading = f"for {','.join(loop.indices)}: " if loop.indices else ""
    place = f"[{','.join(loop.places)}]" if loop.places else ""
    return f"{heading}{loop.target}{place} += {expression(loop.value)}"


def expression(tree: Tree) -> str:
    """A tree in the notation of loops; brackets stand around everything that is not an atom."""
    parts = [expression(part) for part in tree.parts]
    match tree.head, tree.data:
        case "number", (value,):
            return f"({value})" if value < 0 or value.denominator != 1 else str(value)
        case "scalar", (name,):
            return str(name)
        case "entry", (name, *indices):
            return f"{name}[{','.join(indices)}]" if indices else str(name)
        case "add", _:
            return f"({' + '.join(parts)})"
        case "mul", _:
            return " * ".join(parts)
        case "neg", _:
            return f"(-{parts[0]})"
        case "div", _:
            return f"({parts[0]}) / ({parts[1]})"
        case "pow", _:
            return f"({parts[0]})^{tree.parts[1].data[0]}"
    return f"{tree.head}({parts[0]})"


def derivative(tree: Tree, by: Tree) -> Tree | None:
    """The derivative by an entry that stands in the tree; None where it is 0."""
    if tree == by:
        return ONE
    inner = [derivative(part, by) for part in tree.parts]
    if not any(inner):
        return None
    match tree.head, tree.parts:
        case "add", _:
            return add(*(part for part in inner if part))
        case "neg", _:
            return neg(inner[0])
        case "mul", parts:
            terms = [put_factor(parts, place, part) for place, part in enumerate(inner) if part]
            return add(*terms)
        case "div", (above, below):
            first = [div(inner[0], below)] if inner[0] else []
            second = [neg(div(times_of(above, inner[1]), power(below, 2)))] if inner[1] else []
            return add(*first, *second)
        case "pow", (base, exponent):
            value = exponent.data[0]
            lower = base if value == 2 else power(base, value - 1)
            return times_of(number(value), lower, inner[0])
        case "exp", _:
            return times_of(tree, inner[0])
        case "ln", (body,):
            return div(inner[0], body)
    raise AssertionError(tree.head)


def times_of(*factors: Tree) -> Tree:
    kept = [factor for factor in factors if factor != ONE]
    return mul(*kept) if kept else ONE


def put_factor(parts: Sequence[Tree], place: int, new: Tree) -> Tree:
    return times_of(*parts[:place], new, *parts[place + 1 :])


def backward(inputs: Mapping[str, tuple[str, ...]], forward: Sequence[Loop]) -> tuple[Loop, ...]:
    """The loops of reverse mode: one for each entry that a loop reads, in the reverse of the order."""
    found = []
    for loop in reversed(forward):
        given = entry(f"{loop.target}.grad", *loop.places)
        read = dict.fromkeys(node for _, node in walk(loop.value) if node.head == "entry")
        for part in read:
            name, *places = part.data
            slope = derivative(loop.value, part)
            found.append(Loop(loop.indices, f"{name}.grad", tuple(places), times_of(given, slope)))
    return tuple(found)


SIZES = ("b", "i", "j")


def program(random: Random) -> Program:
    """A chain of two to four loops."""
    inputs: dict[str, tuple[str, ...]] = {"x": ("b", "i")}
    forward: list[Loop] = []
    current, axes = "x", ("b", "i")
    for step in range(random.randint(2, 4)):
        target = ("h", "g", "p", "r")[step]
        kind = random.choice(("linear", "pointwise", "pointwise", "sum", "scaled", "centred", "normalised"))
        here = entry(current, *axes)
        if kind == "linear" and len(axes) == 2:
            new = "j" if axes[1] == "i" else "i"
            weight = f"W{step}"
            inputs[weight] = (axes[1], new)
            forward.append(Loop((*axes, new), target, (axes[0], new), mul(here, entry(weight, axes[1], new))))
            current, axes = target, (axes[0], new)
        elif kind == "sum" and len(axes) == 2:
            kept = random.choice(axes)
            factor = random.choice((ONE, div(ONE, scalar(next(a for a in axes if a != kept).upper()))))
            forward.append(Loop(axes, target, (kept,), times_of(factor, random.choice((here, power(here, 2))))))
            current, axes = target, (kept,)
        elif kind == "scaled" and axes:
            inputs[f"v{step}"] = axes[-1:]
            weight = entry(f"v{step}", axes[-1])
            body = random.choice((mul(weight, here), add(here, weight), mul(weight, power(here, 2))))
            forward.append(Loop(axes, target, axes, body))
            current = target
        elif kind in ("centred", "normalised") and len(axes) == 2:
            middle = ("m", "s", "t", "z")[step]
            if kind == "centred":
                forward.append(Loop(axes, middle, axes[1:], times_of(div(ONE, scalar(axes[0].upper())), here)))
                body = add(here, neg(entry(middle, axes[1])))
            else:
                forward.append(Loop(axes, middle, axes[:1], exp(here)))
                body = div(exp(here), entry(middle, axes[0]))
            forward.append(Loop(axes, target, axes, body))
            current = target
        else:
            forms = [power(here, 2), mul(number(3), here), power(add(here, ONE), 2), div(ONE, add(ONE, exp(neg(here))))]
            steep = any(node.head == "exp" for loop in forward for _, node in walk(loop.value))
            body = random.choice(forms if steep else [*forms, exp(here)])
            forward.append(Loop(axes, target, axes, body))
            current = target
    return Program(inputs, tuple(forward), backward(inputs, forward))


def plant(right: Program, random: Random) -> tuple[str, Program] | None:
    """One error in the backward loops."""
    kinds = {kind: weight for kind, (weight, _) in planted.ERRORS.items()} | {"missing loop": 6, "order": 4}
    for _ in range(planted.ATTEMPTS):
        (kind,) = random.choices(list(kinds), list(kinds.values()))
        loops = list(right.backward)
        place = random.randrange(len(loops))
        if kind == "missing loop":
            del loops[place]
        elif kind == "order":
            other = random.randrange(len(loops))
            loops[place], loops[other] = loops[other], loops[place]
        else:
            changed = in_loop(loops[place], kind, right, random)
            if changed is None:
                continue
            loops[place] = changed
        if tuple(loops) != right.backward:
            return kind, replace(right, backward=tuple(loops))
    return None


def in_loop(loop: Loop, kind: str, right: Program, random: Random) -> Loop | None:
    error = planted.ERRORS[kind][1]
    around = [node for other in (*right.forward, *right.backward) for _, node in walk(other.value)]
    places = list(walk(loop.value))
    random.shuffle(places)
    for path, part in places:
        new = another_index(part, loop, random) if kind == "index" else error(part, around, random)
        if new is not None and new != part:
            return replace(loop, value=put(loop.value, path, new))
    return None


def another_index(tree: Tree, loop: Loop, random: Random) -> Tree | None:
    if tree.head != "entry" or len(tree.data) < 2:
        return None
    name, *indices = tree.data
    place = random.randrange(len(indices))
    indices[place] = random.choice(loop.indices)
    return entry(name, *indices)


# what it computes


def executed(loops: Sequence[Loop], tables: Tables, sizes: Mapping[str, int]) -> Tables:
    """All tables after the loops; what is computed starts at 0.

    Raises:
        Undefined: something has no value, or stands outside of its table.
    """
    tables = {name: dict(table) for name, table in tables.items()}
    for loop in loops:
        numbers = {index.upper(): Fraction(size) for index, size in sizes.items()}
        evaluation = Evaluation(Model(numbers=numbers, tables=tables))  # type: ignore[arg-type]
        added: dict[tuple[int, ...], Number] = {}
        for place in product(*(range(sizes[index]) for index in loop.indices)):
            at = dict(zip(loop.indices, place, strict=True))
            cell = tuple(at[index] for index in loop.places)
            added[cell] = plus(added.get(cell, Fraction(0)), evaluation.number(loop.value, at))
        old = tables.setdefault(loop.target, {})
        for cell, value in added.items():
            old[cell] = plus(old.get(cell, Fraction(0)), value)
    return tables


STEP = Fraction(1, 1 << 50)


def is_right(claimed: Program, random: Random) -> bool | None:
    """Whether the claimed gradients are the derivatives, by differences of the output; None where undefined."""
    sizes = dict(zip(SIZES, random.sample((2, 3, 4), 3), strict=True))
    inputs: Tables = {}
    for name, axes in claimed.inputs.items():
        places = product(*(range(sizes[axis]) for axis in axes))
        inputs[name] = {p: Fraction(random.randint(-4, 4) or 1, random.randint(3, 5)) for p in places}
    try:
        forward = executed(claimed.forward, inputs, sizes)
        weights = {place: Fraction(random.randint(-3, 3), 2) for place in forward[claimed.output]}
        zero = {f"{name}.grad": dict.fromkeys(table, Fraction(0)) for name, table in forward.items()}
        given = {**forward, **zero, f"{claimed.output}.grad": weights}
        found = executed(claimed.backward, given, sizes)
        for name, table in inputs.items():
            for place in table:
                slope = difference(claimed, inputs, weights, sizes, (name, place))
                gap = enclosure(plus(found[f"{name}.grad"][place], -slope))
                if abs(gap) > (abs(enclosure(slope)) + 1) * arb(2) ** -40:
                    return False
    except (Undefined, KeyError):
        return None
    return True


def difference(claimed: Program, inputs: Tables, weights: Mapping, sizes: Mapping[str, int], at: tuple) -> Number:
    """The slope of the weighted output in one entry of an input."""
    name, place = at
    values = []
    for step in (STEP, -STEP):
        moved = {**inputs, name: {**inputs[name], place: inputs[name][place] + step}}
        output = executed(claimed.forward, moved, sizes)[claimed.output]
        total: Number = Fraction(0)
        for cell, weight in weights.items():
            total = plus(total, times(weight, output[cell]))
        values.append(total)
    return times(1 / (2 * STEP), plus(values[0], -values[1]))
