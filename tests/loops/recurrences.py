"""Random loop programs with recurrences, for tests of what they cost."""

from __future__ import annotations

from random import Random

from symderiv.loops.analysis import analysed
from symderiv.readers.loops import program_of

HEAD = """input x[S,J], W[J,J], V[D]
integer r[J] in J
size S = T + 3
index k in J
index t in S
"""


def nested(seed, count):
    """Programs with a loop inside of another one, over both axes of their tensors."""
    random = Random(seed)
    found = 0
    while found < count:
        names = random.sample(["a", "b"], random.choice([1, 1, 2]))
        lines = ["input x[T,N]", *(f"tensor {name}[T,N]" for name in names)]
        lines += [f"loop t = {random.choice(['0..T-1', '0..T-1', 'T-1..0'])}:"]
        lines += [f"  loop n = {random.choice(['0..N-1', '0..N-1', 'N-1..0'])}:"]
        lines += [f"    {name}[t,n] += {_cell(random, names)}" for name in names for _ in range(random.choice([1, 2]))]
        program, diagnostics = program_of("\n".join(lines) + "\n")
        if program is not None and not diagnostics and not analysed(program):
            found += 1
            yield "\n".join(lines) + "\n", program


def _cell(random, names):
    guards, places = [], []
    for axis, size in ("t", "T"), ("n", "N"):
        step = random.choice([-1, 0, 0, 1, 1, 2])
        places.append(axis if step == 0 else f"{axis}{-step:+d}")
        guards += [f"[{axis} >= {step}] * "] * (step > 0) + [f"[{axis} <= {size}-2] * "] * (step < 0)
    return f"x[t,n] + {''.join(guards)}tanh({random.choice(names)}[{','.join(places)}])"


def programs(seed, count):
    """Programs that may be executed, with their texts."""
    random = Random(seed)
    found = 0
    while found < count:
        text = _program(random)
        program, diagnostics = program_of(text)
        if program is not None and not diagnostics and not analysed(program):
            found += 1
            yield text, program


def _program(random):
    names = random.sample(["a", "b", "c"], random.choice([1, 2, 2, 3]))
    lines = [HEAD.rstrip()]
    lines += [f"tensor {name}[S,J]" for name in names]
    lines += [f"for j: {name}[{start},j] = x[{start},j]" for name in names for start in range(3)]
    lines.append(random.choice(["loop t = 3..T+2:"] * 4 + ["loop t = 3..T+1:"]))
    for number, name in enumerate(names):
        for _ in range(random.choice([1, 1, 2])):
            lines.append("  " + _statement(random, name, names, names[:number]))
        if random.random() < 0.2:
            lines[-1:] = [f"  for j: {name}[t,j] = {_value(random, names, names[:number])}"]
    if random.random() < 0.4:
        lines.append(f"  for j: total[j] += {random.choice(names)}[t,j]")
        lines.append("for j: final += tanh(total[j])")
    if random.random() < 0.3:
        lines.append("for d,j: spread[j] += V[d] * W[j,j]")
        lines.append("loop d = 1..D-1:\n  for j: late[j] += spread[j] * V[d]")
    if random.random() < 0.4:
        lines.append(f"for t,k,j: y[t,j] += {random.choice(names)}[t,k] * W[k,j]")
    return "\n".join(lines) + "\n"


def _statement(random, name, names, ready):
    if random.random() < 0.3:
        source = _entry(random, names, ready, "k")
        return f"for k,j: {name}[t,j] += {source} * W[k,j]"
    return f"for j: {name}[t,j] += {_value(random, names, ready)}"


def _value(random, names, ready):
    terms = [_term(random, names, ready) for _ in range(random.choice([1, 1, 2]))]
    return " + ".join(terms)


def _term(random, names, ready):
    kind = random.randrange(6)
    if kind == 0:
        return f"sum{{k}}(W[j,k] * {_entry(random, names, ready, 'k')})"
    if kind == 1:
        return f"[j >= 1] * {_entry(random, names, ready, 'j-1')}"
    if kind == 2:
        return "x[t,j]"
    if kind == 3:
        return f"W[j,r[j]] * {_entry(random, names, ready, 'r[j]')}"
    if kind == 4:
        return f"[t >= {random.choice(['5', 'D', 'T'])}] * {_entry(random, names, ready, 'j')}"
    return f"tanh({_entry(random, names, ready, 'j')})"


def _entry(random, names, ready, place):
    if ready and random.random() < 0.4:
        return f"{random.choice(ready)}[t,{place}]"
    return f"{random.choice(names)}[t-{random.choice([1, 1, 1, 2, 3])},{place}]"
