"""Costs beside a second count of every operation, at many sizes: of the programs of the tests and of random ones."""

from __future__ import annotations

from functools import cache

import pytest

from symderiv.loops.confirmation import Standing, standing
from symderiv.loops.costs import span
from symderiv.loops.derivative import backward_of
from symderiv.loops.graphs import operations_at, span_at
from symderiv.loops.instances import free_sizes, sizes_of
from symderiv.loops.operations import Model, work
from symderiv.model.program import Loop
from symderiv.readers.loops import program_of
from tests.loops import forms, recurrences
from tests.loops.paths import work_and_span
from tests.loops.programs import FOLDER

pytestmark = pytest.mark.thorough

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.loops"))}
TEXTS |= {path.stem: path.read_text(encoding="utf-8") for path in sorted(forms.FOLDER.glob("*.loops"))}
MOST = 4_000
"""Operations that are counted one by one."""


@cache
def program_named(name):
    program, diagnostics = program_of(TEXTS[name].partition("\nbackward")[0] + "\n")
    assert not diagnostics
    return program


def some_sizes(program, nodes):
    """Sizes of several kinds that are small enough, all of them powers of two in the first."""
    names = free_sizes(program)
    bases = [dict.fromkeys(names, 2), {name: 2 + number % 3 for number, name in enumerate(names)}]
    bases.append({name: 5 - number % 4 for number, name in enumerate(names)})
    found = [sizes for base in bases if (sizes := sizes_of(program, base)) is not None]
    return [sizes for sizes in found if work(program, nodes).value(sizes) <= MOST]


@pytest.mark.parametrize("name", TEXTS)
def test_no_bound_is_exceeded_and_the_graph_is_the_same(name):
    program = program_named(name)
    for nodes in (program.forward, backward_of(program)):
        is_exact = not any(isinstance(n, Loop) for n in nodes) and set(program.sizes) == set(free_sizes(program))
        for sizes in some_sizes(program, nodes):
            for model in Model:
                operations, path = work_and_span(program, nodes, sizes, model)
                assert operations == operations_at(program, nodes, sizes)
                assert path == span_at(program, nodes, sizes, model)
                assert path <= span(program, nodes, model).value(sizes)
                limit = work(program, nodes).value(sizes)
                assert operations == limit if is_exact else operations <= limit


@pytest.mark.parametrize("seed", range(12))
def test_random_recurrences(seed):
    ((text, program),) = recurrences.programs(seed, 1)
    nodes = program.forward
    for model in Model:
        bound = span(program, nodes, model)
        for base in ({"T": 1, "J": 2, "D": 2}, {"T": 7, "J": 3, "D": 2}, {"T": 4, "J": 2, "D": 6}):
            sizes = sizes_of(program, base)
            operations, path = work_and_span(program, nodes, sizes, model)
            assert operations == operations_at(program, nodes, sizes), text
            assert path == span_at(program, nodes, sizes, model), text
            assert path <= bound.value(sizes), text
            assert operations <= work(program, nodes).value(sizes), text


@pytest.mark.parametrize("seed", range(20, 32))
def test_what_is_said_to_be_reached_grows_as_fast_at_larger_sizes(seed):
    ((text, program),) = recurrences.programs(seed, 1)
    for model in Model:
        bound = span(program, program.forward, model)
        place = standing(program, program.forward, bound, ["T"], model)
        assert place is not Standing.EXCEEDED
        points = []
        for length in (48, 96, 192):
            sizes = sizes_of(program, {"T": length, "J": 3, "D": 3})
            points.append((work_and_span(program, program.forward, sizes, model)[1], bound.value(sizes)))
        (_, _), (first, low), (second, high) = points
        grows = second > first if high > low else second >= first
        assert grows or place is Standing.NOT_REACHED, text
        if place is Standing.REACHED and high > low:
            assert (second - first) * 4 >= high - low, text


@pytest.mark.parametrize("seed", range(12))
def test_random_loops_inside_of_loops(seed):
    ((text, program),) = recurrences.nested(seed, 1)
    nodes = program.forward
    bound = span(program, nodes, Model.TREE)
    for base in ({"T": 1, "N": 3}, {"T": 8, "N": 3}, {"T": 3, "N": 9}, {"T": 7, "N": 7}):
        sizes = sizes_of(program, base)
        operations, path = work_and_span(program, nodes, sizes, Model.TREE)
        assert path == span_at(program, nodes, sizes, Model.TREE), text
        assert path <= bound.value(sizes), text
        assert operations <= work(program, nodes).value(sizes), text
    if standing(program, nodes, bound, ["T", "N"], Model.TREE) is Standing.REACHED:
        ratios = []
        for length in (10, 40):
            sizes = sizes_of(program, {"T": length, "N": length})
            ratios.append(span_at(program, nodes, sizes, Model.TREE) / bound.value(sizes))
        assert ratios[1] > 0.8 * ratios[0], text
