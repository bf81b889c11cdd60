"""Texts on latent variables: the evidence lower bound with a prior of its own, and the steps of EM."""

from __future__ import annotations

from tests.documents.checking import checked, verdicts

BOUND = r"""Consider a latent variable model $p_\theta(x, z) = p_\theta(x|z) p(z)$ and an approximate posterior
$q_\phi(z|x)$. Then

$$
\begin{aligned}
\log p_\theta(x) &= \mathbb{E}_{q_\phi(z|x)}\left[\log p_\theta(x)\right] \\
&= \mathbb{E}_{q_\phi(z|x)}\left[\log \frac{p_\theta(x,z)}{p_\theta(z|x)}\right] \\
&= \mathbb{E}_{q_\phi(z|x)}\left[\log \frac{p_\theta(x,z)}{q_\phi(z|x)}\right] + D_{KL}(q_\phi(z|x) \| p_\theta(z|x)) \\
&\geq \mathbb{E}_{q_\phi(z|x)}\left[\log \frac{p_\theta(x,z)}{q_\phi(z|x)}\right] .
\end{aligned}
$$

We define the evidence lower bound

$$ \mathcal{L}_{\theta,\phi}(x) = \mathbb{E}_{q_\phi(z|x)}\left[\log p_\theta(x,z) - \log q_\phi(z|x)\right] $$

so that

$$ \mathcal{L}_{\theta,\phi}(x) = \mathbb{E}_{q_\phi(z|x)}[\log p_\theta(x|z)] - D_{KL}(q_\phi(z|x) \| PRIOR) $$

and

$$ \mathcal{L}_{\theta,\phi}(x) SIGN \log p_\theta(x) $$
"""

EM = r"""Let $Q(\theta, \theta') = \sum_z p(z|x, \theta') \log p(x, z|\theta)$. We have

$$ \log p(x|\theta) = \log p(x,z|\theta) - \log p(z|x,\theta) $$

and taking the expectation

$$ \log p(x|\theta) = \sum_z p(z|x,\theta') \log p(x,z|\theta) SIGN \sum_z p(z|x,\theta') \log p(z|x,\theta) $$

so that

$$ \log p(x|\theta) = Q(\theta, \theta') - \sum_z p(z|x,\theta') \log p(z|x,\theta) $$
"""


def test_the_evidence_lower_bound(tmp_path):
    text = BOUND.replace("PRIOR", "p(z)").replace("SIGN", r"\leq")
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved"] * 4 + ["given", "proved", "proved"]


def test_its_mistakes(tmp_path):
    wrong = BOUND.replace("PRIOR", "p_\\theta(z|x)").replace("SIGN", r"\geq")
    assert verdicts(checked(tmp_path, wrong, "text.md"))[-2:] == ["gap", "gap"]


def test_the_bound_of_em(tmp_path):
    assert verdicts(checked(tmp_path, EM.replace("SIGN", "-"), "text.md")) == ["proved"] * 3
    assert verdicts(checked(tmp_path, EM.replace("SIGN", "+"), "text.md"))[1] not in ("given", "proved")


def test_the_prior_of_another_model_is_another_one(tmp_path):
    text = r"Let $p_\theta(x, z)$ and $p(z)$ be distributions. Then" + "\n\n"
    text += r"$$ p_\theta(x, z) = p_\theta(x|z) p(z) $$" + "\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"
