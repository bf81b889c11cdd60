r"""The product rule for probabilities that are mere numbers, such as `p(\theta, m_i \mid y)` for each model."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

TEXT = r"""Let $m_1, \ldots, m_M$ be models with posterior probabilities $p(m_i | y)$. We have the marginal distribution

$$
p(\theta | y) = \sum_{i=1}^M p(\theta, m_i | y)
$$

and it follows that

$$
%s
$$
"""
RIGHT = [
    r"p(\theta | y) = \sum_{i=1}^M p(\theta | y, m_i) \, p(m_i | y)",
    r"p(\theta | y) = \sum_{i=1}^M p(m_i | y) \, p(\theta | m_i, y)",
    r"p(m_i | y) p(y) = p(y | m_i) p(m_i)",
    r"\log p(m_i | y) + \log p(y) = \log p(y | m_i) + \log p(m_i)",
    r"p(y, m_i | z) - p(y | m_i, z) \, p(m_i | z) = 0",
]
WRONG = [
    r"p(\theta | y) = \sum_{i=1}^M p(\theta | y, m_i) \, p(m_i)",
    r"p(\theta | y) = \sum_{i=1}^M p(\theta | m_i) \, p(m_i | y)",
    r"p(\theta | y) = \sum_{i=1}^M p(\theta | y, m_i) \, p(y | m_i)",
    r"p(m_i | y) p(m_i) = p(y | m_i) p(y)",
    r"p(m_i | y) p(y) = p(y | m_j) p(m_j)",
    r"p(m_i | y) p(y) = q(y | m_i) p(m_i)",
    r"p(y, m_i | z) - p(y | z) \, p(m_i | z) = 0",
    r"p(y; m_i) - p(y | m_i) \, p(m_i) = 0",
]


@pytest.mark.parametrize("step", RIGHT)
def test_what_follows_is_proved(tmp_path, step):
    assert verdicts(checked(tmp_path, TEXT % step, "text.md"))[-1] == "proved"


@pytest.mark.parametrize("step", WRONG)
def test_what_does_not_is_not_proved(tmp_path, step):
    assert verdicts(checked(tmp_path, TEXT % step, "text.md"))[-1] not in ("proved", "given")


@pytest.mark.parametrize("step", RIGHT)
def test_nothing_is_known_of_what_is_not_normalised(tmp_path, step):
    text = TEXT.replace("Let", "Let $p$ be unnormalised densities. Let") % step
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"
