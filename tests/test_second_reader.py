"""The second reader: it agrees with ours on arithmetic, gets no text of the document, and would notice a misreading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symderiv import second_reader
from symderiv.check import Options, check_paths
from symderiv.formulas.grammar import read_relations
from symderiv.formulas.source import Source
from symderiv.formulas.tree import Node
from symderiv.runner import Workers
from symderiv.second_reader import agreements, available, skeleton
from symderiv.writers.verdicts import name_of
from tests.documents.checking import checked, steps_of

needed = pytest.mark.skipif(not available(), reason="latex2sympy2 is not installed: it needs Python 3.12 or older")

FORMULAS = [
    "a + bc", "a - b - c", "-a^2", "(-a)^2", "a(bc)", "(a)(bc)", "ab/c", "a/b/c", r"\frac{a}{b}c", r"\frac12x",
    r"\frac ab", r"\frac{\frac{a}{b}}{c}", r"\frac{a+b}{c-d}", r"\sqrt{a}b", r"\sqrt ab", "a^{b^c}", "a^bc",
    "a^{-1}b", "2^{-1/2}", "1.5x", r"\ln a + b", r"\ln a^2", r"\ln(a)/b", r"\ln\left(a\right)b", r"a \ln b",
    r"\ln \frac{a}{b}", r"\log a", r"\exp(-x)", r"\exp\left[-x\right]", "e^{-x^2/2}", r"\sin^2 x", r"\sin x \cos y",
    "(a+b)(c+d)", "2[a+b]^2", r"a \cdot b/c", r"a - b \times c", "x_1 - x_{1}'", r"\hat{x}\tilde{x} - x",
    "p(x|y)p(y) + 1", r"\frac{p(x)}{q(x)} \ln \frac{p(x)}{q(x)}",
    r"\frac{1}{\sqrt{2\pi}\sigma} \exp\left(-\frac{(x-\mu)^2}{2\sigma^2}\right)", "E[X^2] - E[X]^2", "|x|^2/2",
]  # fmt: skip


def read(text: str) -> tuple[Source, Node]:
    source = Source("<test>", text)
    return source, read_relations(source).sides[0]


@pytest.fixture(scope="module")
def workers():
    with Workers(1, 60, 2 << 30) as found:
        yield found


@needed
def test_both_readers_agree_on_arithmetic(workers):
    found = agreements([(node, skeleton(source, node)) for source, node in map(read, FORMULAS)], workers)
    assert [text for text, agree in zip(FORMULAS, found, strict=True) if not agree] == []


def minus_raised(node):
    """`-a^2` taken for `(-a)^2`."""
    power = node.body
    return replace(power, base=replace(node, body=power.base))


def last_factor_outside(node):
    """`a/(bc)` taken for `ab/c`."""
    first, last = node.below.factors
    return replace(node, above=replace(node.below, factors=(node.above, first)), below=last)


@needed
@pytest.mark.parametrize(("text", "misread"), [("-a^2", minus_raised), ("a/(bc)", last_factor_outside)])
def test_a_misreading_is_noticed(text, misread, workers):
    source, node = read(text)
    sent = skeleton(source, node)
    assert agreements([(node, sent), (misread(node), sent)], workers) == [True, False]


def test_no_text_of_the_document_is_sent():
    source, node = read(r"\mathrm{system}(x) + \hat{\theta}_{\text{ML}}^2 E[X]")
    sent = skeleton(source, node)
    assert sent is not None
    assert sent.text == "(z_{1} + z_{2} ^ { 2 } z_{3})"
    assert list(sent.symbols.values()) == ["z_1", "z_2", "z_3"]


@pytest.mark.parametrize("text", [r"\log_2 x", r"\sqrt[3]{x}", r"\arcsin x"])
def test_what_the_readers_do_not_share_is_not_sent(text):
    assert skeleton(*read(text)) is None


TEXT = r"""\newcommand{\half}{\frac{1}{2}}
We get \begin{align} (a + b)^2 &= a^2 + 2ab + b^2 \\ a/bc &= \half a \\ \ln a^2 &= 2 \ln a \end{align} for $a > 0$.
"""


@needed
def test_a_relation_that_is_read_otherwise_is_not_decided(tmp_path, monkeypatch):
    path = tmp_path / "a.tex"
    path.write_text(TEXT)
    options = Options(jobs=1, cache=False, second_reader=True)
    steps = steps_of(check_paths([path], options).files[0])
    assert [name_of(step.verdict) for step in steps] == [name_of(s.verdict) for s in steps_of(checked(tmp_path, TEXT))]
    assert name_of(steps[0].verdict) == "proved"
    monkeypatch.setattr(second_reader, "second_values", another_answer)
    first, *_ = steps_of(check_paths([path], options).files[0])
    assert name_of(first.verdict) == "unknown"
    assert "second reader" in first.verdict.reason


def another_answer(question):
    """What a reader would say that reads every formula otherwise."""
    return [complex(-1) for _ in question[1]]
