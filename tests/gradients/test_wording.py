"""Relations between indices are printed as a reader says them."""

from __future__ import annotations

import pytest

from symderiv.gradients.wording import in_words
from symderiv.kernel import terms as k
from symderiv.language.readback import latex_of
from symderiv.loops.relations import Shape
from symderiv.model.program import Affine, SizeOf

S, T = k.Index("s", "T"), k.Index("t", "T")
NEXT = Shape("==", ("T", "T"), (-1, 1), Affine((), -1))
FIRST = Shape("==", ("T",), (-1,), Affine())
LAST = Shape("==", ("T",), (1,), Affine(((SizeOf("T"), -1),), 1))
BEFORE = Shape(">=", ("T",), (-1,), Affine(((SizeOf("T"), 1),), -3))
SHAPES = {shape.name: shape for shape in (NEXT, FIRST, LAST, BEFORE)}

SAID = {
    "one after the other": (k.positive(NEXT.at([S, T])), "t = s + 1"),
    "the first": (k.positive(FIRST.at([T])), "t = 0"),
    "not the first": (k.nonzero(k.subtract(k.ONE, FIRST.at([T]))), r"t \neq 0"),
    "the last": (k.positive(LAST.at([T])), r"t + 1 = \left|T\right|"),
    "at most": (k.positive(BEFORE.at([T])), r"t + 3 \leq \left|T\right|"),
    "beyond": (k.nonzero(k.subtract(k.ONE, BEFORE.at([T]))), r"\left|T\right| < t + 3"),
    "in a sum": (k.positive(k.sum_over([S], NEXT.at([S, T]))), r"\sum_{t'} \left[t = t' + 1\right] > 0"),
    "no relation": (k.positive(k.Entry("w", (T,))), "w[t] > 0"),
}


@pytest.mark.parametrize(("condition", "text"), SAID.values(), ids=SAID.keys())
def test_a_condition_is_said_in_words(condition, text):
    assert latex_of(in_words(condition, SHAPES), {}) == text
