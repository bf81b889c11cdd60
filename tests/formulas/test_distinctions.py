"""Texts that differ in one sign only are not taken for one another: neither side of such a pair equals the other."""

from __future__ import annotations

import pytest

from symderiv.formulas.grammar import read_relations
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Source
from symderiv.writers.verdicts import name_of
from tests.documents.checking import checked, steps_of

PAIRS = [
    (r"\langle x \rangle_{\tau|y}", r"\langle x \rangle_{\tau,y}"),
    (r"h(\{x : y\})", r"h(\{x , y\})"),
    (r"h(\{x | y\})", r"h(\{x , y\})"),
    (r"h([a,b))", r"h((a,b])"),
    (r"h([a,b))", r"h([a,b])"),
    (r"h((a;b))", r"h((a,b))"),
    (r"\sum_{x|y} x y", r"\sum_{x,y} x y"),
    (r"\sum_{x|y} x y", r"\sum_{y} x y"),
    (r"\sum_{i,j : i < j} a_{ij}", r"\sum_{j : i < j} a_{ij}"),
    (r"\max_{x : y > 0} x", r"\max_{x, y} x"),
    (r"\sum_{x : x > 0} x", r"\sum_{x} x"),
    (r"\int_{[0,1)} x dx", r"\int_{[0,1]} x dx"),
    ("g(x;y)", "g(x,y)"),
    ("g(x|y)", "g(x,y)"),
    ("a_{i|j}", "a_{i,j}"),
    ("a_{i;j}", "a_{i,j}"),
    ("x_{1:t}", "x_{1,t}"),
    ("x_{<t}", "x_{t}"),
    (r"E_{x|y}[z]", r"E_{x,y}[z]"),
    (r"\mathrm{Cov}(x,y|z)", r"\mathrm{Cov}(x,y,z)"),
    (r"\mathcal{N}(x; a, b)", r"\mathcal{N}(x, a, b)"),
    (r"\binom{a}{b}", r"\frac{a}{b}"),
    (r"\left. h \right|_{x=1}", "h"),
    (r"\lfloor a \rfloor", r"\lceil a \rceil"),
    (r"\bar{x}", r"\hat{x}"),
    (r"\vec{x}", "x"),
    (r"\dot{x}", "x"),
    ("x^*", "x"),
    (r"\nabla_x f", r"\nabla_y f"),
    (r"A^\dagger", "A"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_what_is_written_otherwise_is_not_proved_equal(tmp_path, one, other):
    (step,) = steps_of(checked(tmp_path, f"We get\n\n$$ z + {one} = z + {other} $$\n", "text.md"))
    assert name_of(step.verdict) not in ("proved", "given")


@pytest.mark.parametrize("text", sorted({text for pair in PAIRS for text in pair}))
def test_what_is_printed_keeps_the_difference(text):
    echo = printed(read_relations(Source("<test>", text)).sides[0])
    assert printed(read_relations(Source("<test>", echo)).sides[0]) == echo
    for other in {other for pair in PAIRS if text in pair for other in pair} - {text}:
        assert printed(read_relations(Source("<test>", other)).sides[0]) != echo


def test_signs_that_mean_the_same_are_one(tmp_path):
    text = r"We get $$ z + h(\{x \mid y\}) = z + h(\{x | y\}) $$"
    assert [name_of(step.verdict) for step in steps_of(checked(tmp_path, text))] == ["proved"]
