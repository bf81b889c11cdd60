"""Logarithms have the base that a text says they have."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

BINARY = [
    "All logarithms are to base 2.",
    r"Here $\log$ is the logarithm to base two.",
    "We use base-2 logarithms.",
    r"We use binary logarithms, written $\log x$.",
]
NATURAL = [
    "All logarithms are natural.",
    "We do not use logarithms to base 2.",
    "All logarithms have the same base. There are 2 of them.",
]


def last(folder, said, claim):
    return verdicts(checked(folder, f"Let $x > 0$. {said} Then\n\n$$ {claim} $$\n", "text.md"))[-1]


@pytest.mark.parametrize("said", BINARY)
def test_their_base_is_said(tmp_path, said):
    assert last(tmp_path, said, r"\frac{d}{dx} \log x = \frac{1}{x \ln 2}") == "proved"
    assert last(tmp_path, said, r"\frac{d}{dx} \log x = \frac{1}{x}") in ("gap", "refuted")
    assert last(tmp_path, said, r"\log 8 = 3") == "proved"
    assert last(tmp_path, said, r"\ln(e^x) = x") == "proved"


@pytest.mark.parametrize("said", NATURAL)
def test_or_they_are_natural(tmp_path, said):
    assert last(tmp_path, said, r"\frac{d}{dx} \log x = \frac{1}{x}") == "proved"
    assert last(tmp_path, said, r"\frac{d}{dx} \log x = \frac{1}{x \ln 2}") in ("gap", "refuted")


@pytest.mark.parametrize(("sign", "word"), [(r"\ge", "proved"), ("<", "gap")])
def test_entropies_are_in_the_same_unit(tmp_path, sign, word):
    text = (
        "Logarithms have base 2. Let $p(x)$ be a distribution. Its entropy is\n\n"
        f"$$ H(X) = - \\sum_x p(x) \\log p(x) . $$\n\nThen\n\n$$ H(X) {sign} 0 $$\n"
    )
    found = verdicts(checked(tmp_path, text, "text.md"))
    assert found[0] in ("given", "proved")
    assert found[1] == word or (word == "gap" and found[1] == "refuted")
