"""A second way to the same gradients: derivatives are carried forward, with a delta for each cell of an input, and
the outputs are summed with their given gradients.  Both must have one normal form.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from symderiv.gradients.examination import examine
from symderiv.gradients.proofs import Proved
from symderiv.loops.derivative import number, parts, product
from symderiv.model import program as p
from symderiv.readers.loops import program_of
from tests.loops.cases import cases, text_of
from tests.loops.programs import FOLDER

pytestmark = pytest.mark.thorough

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.loops"))}
TEXTS |= {f"case {case['name']}": text_of(case, case["backward"]) for case in cases() if case["valid"]}


def carried_forward(program: p.Program, tensor: str) -> p.Program:
    """The program with loops that compute the gradient of an input by derivatives of all tensors, none by reverse mode.

    The derivative of `t` by a cell of the input is the tensor `t.by`, with the indices of the cell after its own.
    """
    shape = program.shapes[tensor]
    names = tuple(f"cell{n}" for n in range(len(shape)))
    cell = tuple(p.of_atom(p.Variable(name)) for name in names)
    shapes = {**program.shapes, **{f"{t}.by": (*s, *shape) for t, s in program.shapes.items() if ".grad" not in t}}
    nodes: list[p.Node] = []
    dependent: set[str] = set()
    for place in p.places(program.forward):
        statement = place.statement
        if statement.target.tensor in program.constants:
            continue
        for entry, factors, sums in parts(statement.value):
            if entry.tensor == tensor:
                change = [p.IndexComparison("==", i, c) for i, c in zip(entry.indices, cell, strict=True)]
            elif entry.tensor in dependent:
                change = [p.Read(f"{entry.tensor}.by", (*entry.indices, *cell))]
            else:
                continue
            if statement.operator == "max=":
                change.append(p.Comparison("==", statement.value, statement.target))
            dependent.add(statement.target.tensor)
            target = p.Read(f"{statement.target.tensor}.by", (*statement.target.indices, *cell))
            value = product((*factors, *change))
            nodes.append(p.For((*place.indices, *sums, *names), (p.Statement(target, "+=", value),)))
    domains = {**program.domains, **dict(zip(names, shape, strict=True))}
    for output in (name for name in program.outputs if name in dependent):
        own = tuple(f"out{n}" for n in range(len(program.shapes[output])))
        domains |= dict(zip(own, program.shapes[output], strict=True))
        at = tuple(p.of_atom(p.Variable(name)) for name in own)
        value = p.Product((p.Read(f"{output}.grad", at), p.Read(f"{output}.by", (*at, *cell))))
        nodes.append(p.For((*own, *names), (p.Statement(p.Read(f"{tensor}.grad", cell), "+=", value),)))
    named = ((tensor, p.NOWHERE),)
    backward = number(tuple(nodes))
    return replace(program, backward=backward, named=named, shapes=shapes, domains=domains, averaged={})


def straight_line() -> dict[str, tuple[p.Program, str]]:
    """Each input of each program without recurrences."""
    found = {}
    for name, text in TEXTS.items():
        program, _ = program_of(text)
        if any(place.loops for place in p.places(program.forward)):
            continue
        for tensor in program.inputs:
            if tensor not in program.integers and tensor not in program.constants:
                found[f"{name} {tensor}"] = (program, tensor)
    return found


QUESTIONS = straight_line()
OPEN = (
    "[reverse ",
    "[causal_softmax",
    "[circulant K",
    "[case batchnorm ",
    "[case batchnorm_without_zero_loop",
    "[case batchnorm_fused",
    *(f"[batch_norm_fixed {name}]" for name in "xWgmv"),
    "[group_norm_two_moments x",
    "[group_norm_two_moments w",
    "[memory_by_similarity k'",
    "[memory_by_similarity beta",
    "[pairs_in_order s",
)
"""Where the two agree on numbers only: relations that are symmetric in two indices, and roots of what is not assumed to
be positive.
"""


@pytest.mark.parametrize(("program", "tensor"), QUESTIONS.values(), ids=QUESTIONS.keys())
def test_both_ways_have_one_normal_form(program, tensor, request):
    (found,) = examine(carried_forward(program, tensor), 0)
    if any(name in request.node.name for name in OPEN):
        assert found.outcome is None
        assert found.agreeing
    else:
        assert isinstance(found.outcome, Proved), found
