r"""The sum rule for densities that are mere numbers: `p(y) = \int p(y, \mu) \, d\mu`."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

TEXT = r"""Let the data have the likelihood

$$
p(y | \mu) = \prod_{i=1}^n \mathcal{N}(y_i; \mu, \sigma^2) = \prod_{i=1}^n \sqrt{\frac{1}{2 \pi \sigma^2}} \cdot
\exp\left[ -\frac{1}{2} \left( \frac{y_i - \mu}{\sigma} \right)^2 \right]
$$

and the prior distribution

$$
p(\mu) = \mathcal{N}(\mu; \mu_0, \lambda_0^{-1})
$$

so that

$$
\begin{split}
p(y, \mu) &= p(y | \mu) \, p(\mu) \\
&= \left( \frac{1}{2 \pi \sigma^2} \right)^{\frac{n}{2}} \cdot
\exp\left[ -\frac{1}{2 \sigma^2} \sum_{i=1}^n (y_i - \mu)^2 \right] \, p(\mu)
\end{split}
$$

Now, $\mu$ can be integrated out:

$$
\begin{split}
0 &= 2 - 2 \\
&= %s
\end{split}
$$
"""
RIGHT = [
    r"p(y) - \int p(y | \mu) \, p(\mu) \, d\mu",
    r"p(y | m) - \int p(y, \mu | m) \, d\mu",
    r"p(y | m) - \int p(\mu | m) \, p(y | \mu, m) \, d\mu",
]
WRONG = [
    r"p(y) - \int p(y, \mu) \, dy",
    r"p(y) - \int p(y | \mu) \, p(y) \, d\mu",
    r"p(\mu) - \int p(y | \mu) \, p(\mu) \, d\mu",
    r"p(y | m) - \int p(\mu) \, p(y | \mu, m) \, d\mu",
    r"p(y) - \int p(\mu | m) \, p(y | \mu, m) \, d\mu",
    r"p(y) - \int_0^1 p(y, \mu) \, d\mu",
    r"p(y) - \int q(y, \mu) \, d\mu",
]


@pytest.mark.parametrize("step", RIGHT)
def test_what_follows_is_proved(tmp_path, step):
    assert verdicts(checked(tmp_path, TEXT % step, "text.md"))[-1] == "proved"


@pytest.mark.parametrize("step", WRONG)
def test_what_does_not_is_not(tmp_path, step):
    assert verdicts(checked(tmp_path, TEXT % step, "text.md"))[-1] not in ("proved", "given")


@pytest.mark.parametrize("step", RIGHT)
@pytest.mark.parametrize(
    "words",
    [
        "All integrals are over the unit interval.",
        "The integral runs over positive numbers only.",
        "We integrate over the region in which the data are likely.",
        "Densities are truncated.",
    ],
)
def test_nothing_is_known_of_integrals_over_less(tmp_path, step, words):
    text = (TEXT % step).replace("Now,", f"{words} Now,")
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("proved", "given")


@pytest.mark.parametrize("words", [r"We integrate over $\mu$.", "Integrals are over all values."])
def test_integrals_over_all_values_are_what_is_meant(tmp_path, words):
    text = (TEXT % RIGHT[0]).replace("Now,", f"{words} Now,")
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"
