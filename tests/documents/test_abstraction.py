"""Quantities as numbers of their own, in the counterexamples to what does not follow."""

from __future__ import annotations

from symderiv.model.verdict import Gap
from tests.documents.checking import checked, steps_of

TEXT = r"""Let $m_1, \ldots, m_M$ be models, and $\alpha_i$ numbers. We have

$$
\mathrm{BF}_{i,0} = \frac{p(y|m_i)}{p(y|m_0)}
$$

and it follows that

$$
p(y|m_i) \alpha_i + \sum_{j=1}^{M} p(y|m_j) = \alpha_i + \sum_{j=1}^{M} p(y|m_j)
$$
"""


def test_the_letters_of_a_command_are_no_index(tmp_path):
    verdict = steps_of(checked(tmp_path, TEXT, "text.md"))[-1].verdict
    assert isinstance(verdict, Gap)
    assert r"\mid m_{\#0}" in "".join(verdict.counterexample.values)
