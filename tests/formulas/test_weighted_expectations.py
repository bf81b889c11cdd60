r"""`E_{q(z \mid x)}[f]`: the distribution below says what is drawn."""

from __future__ import annotations

import pytest

from symderiv.check import Options, prove_statement
from symderiv.writers.verdicts import name_of

CASES = [
    (r"\mathbb{E}_{q(z)}[\ln q(z)] = -H(q(z))", "proved"),
    (r"\mathbb{E}_{q(z \mid x)}[\ln p(x, z) - \ln p(x)] = \mathbb{E}_{q(z \mid x)}[\ln p(z \mid x)]", "proved"),
    (r"\mathrm{E}_{p(x)}[f(x) + g(x)] = \sum_x p(x) f(x) + \mathrm{E}_{x \sim p}[g(x)]", "proved"),
    (r"\mathbb{E}_{q(x)}\left[\frac{p(x)}{q(x)} f(x)\right] = \mathbb{E}_{p(x)}[f(x)]", "proved"),
    (r"\mathbb{E}_{q(z)}[\ln q(z)] = H(q(z))", "refuted"),
    (r"\mathbb{E}_{q(z)}[\ln p(z)] = \mathbb{E}_{p(z)}[\ln p(z)]", "refuted"),
    (r"\mathbb{E}_{q(z \mid x)}[\ln p(x, z)] = \mathbb{E}_{q(z \mid x)}[\ln p(z \mid x)]", "refuted"),
]


@pytest.mark.parametrize(("statement", "verdict"), CASES)
def test_statements(statement: str, verdict: str) -> None:
    report = prove_statement(statement, (), Options(jobs=1, cache=False))
    assert name_of(report.files[0].derivations[0].steps[-1].verdict) == verdict
