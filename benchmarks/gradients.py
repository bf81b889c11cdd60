"""Gradients of loop programs: against SymPy at fixed sizes, and growth with depth and with the number of indices."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sympy

from symderiv.kernel.normal_form import forget
from symderiv.model.verdict import Proved
from symderiv.programs import examined, judged_program
from symderiv.readers.loops import program_of
from symderiv.runner import Finished

BATCH_NORM = """input x[B]
output y[B]
assume B >= 2
positive s
for b: mu += 1/B * x[b]
for b: s += 1/(B-1) * (x[b] - mu)^2
for b: y[b] += (x[b] - mu) / sqrt(s)
backward x
for b: g += y.grad[b]
for b: d += y.grad[b] * y[b]
for b: x.grad[b] += (y.grad[b] - g / B - y[b] * d / (B-1)) / sqrt(s)
"""
DEPTHS = (5, 10, 20, 40)
INDICES = (2, 3, 4, 5)


def check(text: str) -> None:
    """Proves every gradient that a program names, with nothing kept from before.

    Raises:
        RuntimeError: one was not proved, so there is nothing to measure.
    """
    forget()
    program, diagnostics = program_of(text)
    if program is None or diagnostics:
        raise RuntimeError(str(diagnostics))
    report = judged_program(program, Finished(examined((program, 0))), 0.0).report
    if not all(isinstance(step.verdict, Proved) for step in report.steps):
        raise RuntimeError("not proved")


def by_sympy(size: int) -> bool:
    """The gradient of batch normalization by the first entry of a batch, for one size."""
    x, g = sympy.symbols(f"x:{size}"), sympy.symbols(f"g:{size}")
    mean = sum(x) / sympy.Integer(size)
    variance = sum((value - mean) ** 2 for value in x) / (size - 1)
    y = [(value - mean) / sympy.sqrt(variance) for value in x]
    derived = sympy.diff(sum(a * b for a, b in zip(g, y, strict=True)), x[0])
    inner = sum(a * b for a, b in zip(g, y, strict=True)) / (size - 1)
    closed = (g[0] - sum(g) / sympy.Integer(size) - y[0] * inner) / sympy.sqrt(variance)
    return bool(sympy.simplify(derived - closed) == 0)


def pairs() -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    """For each batch: its name, our proof for every batch, SymPy's for that one."""
    for size in (2, 3, 4, 5, 6):
        yield f"B = {size}", lambda: check(BATCH_NORM), lambda size=size: by_sympy(size)


def network(depth: int) -> str:
    """A network of layers of one width, each a matrix and a hyperbolic tangent, and its backward loops."""
    weights = ", ".join(f"W{n}[J,J]" for n in range(1, depth + 1))
    lines = ["index k in J", f"input h0[B,J], {weights}", f"output h{depth}[B,J]"]
    for n in range(1, depth + 1):
        lines.append(f"for b,j: h{n}[b,j] = tanh(sum{{k}}(h{n - 1}[b,k] * W{n}[k,j]))")
    lines.append(f"backward h0, {', '.join(f'W{n}' for n in range(1, depth + 1))}")
    for n in range(depth, 0, -1):
        lines.append(f"for b,j: d{n}[b,j] = h{n}.grad[b,j] * (1 - h{n}[b,j]^2)")
        lines.append(f"for b,j,k: W{n}.grad[k,j] += h{n - 1}[b,k] * d{n}[b,j]")
        lines.append(f"for b,j,k: h{n - 1}.grad[b,k] += W{n}[k,j] * d{n}[b,j]")
    return "\n".join(lines) + "\n"


def contraction(count: int) -> str:
    """A product of tensors in a ring, summed over `count` indices, and the gradient of the first."""
    names = [f"i{n}" for n in range(count)]
    axes = [f"K{n}" for n in range(count)]
    factors = [(f"A{n}", (n, (n + 1) % count)) for n in range(count)]
    declared = ", ".join(f"{name}[{axes[a]},{axes[b]}]" for name, (a, b) in factors)
    lines = [f"index {name} in {axis}" for name, axis in zip(names, axes, strict=True)]
    entries = [f"{name}[{names[a]},{names[b]}]" for name, (a, b) in factors]
    lines += [f"input {declared}", "output s", f"for {','.join(names)}: s += {' * '.join(entries)}", "backward A0"]
    rest = " * ".join(entries[1:])
    lines.append(f"for {','.join(names)}: A0.grad[{names[0]},{names[1]}] += {rest} * s.grad")
    return "\n".join(lines) + "\n"


def depths() -> Iterator[tuple[int, Callable[[], object]]]:
    """For each depth: the proofs of all gradients of a network."""
    for depth in DEPTHS:
        yield depth, lambda depth=depth: check(network(depth))


def indices() -> Iterator[tuple[int, Callable[[], object]]]:
    """For each number of indices: the proof of one gradient of a contraction."""
    for count in INDICES:
        yield count, lambda count=count: check(contraction(count))
