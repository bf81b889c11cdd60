r"""Expectations under a distribution that is named below them, and what variational inference writes with them."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

SAID = "Let $p(x,z)$ be a joint density of data and latent variables, and $q(z)$ any density. Then\n\n$$ %s $$\n"
TRUE = [
    r"\mathbb{E}_{q}\left[\log \frac{p(x,z)}{q(z)}\right] = \log p(x) - D_{\mathrm{KL}}(q(z)\|p(z|x))",
    r"\langle \log p(x,z) - \log q(z) \rangle_{q} = \langle \log p(x|z) \rangle_{q} - \mathrm{KL}[q(z)||p(z)]",
    r"\left\langle \log \frac{p(x,z)}{q(z)} \right\rangle_{q(z)} = \log p(x) - \mathrm{KL}[q(z)||p(z|x)]",
    r"\int q(z) \log \frac{p(x,z)}{q(z)} dz = \mathbb{E}_{q}[\log p(x,z)] + \mathrm{H}[q]",
    r"\int q(z) \log \frac{p(x,z)}{q(z)} dz = \mathbb{E}_{q}[\log p(x,z)] + \mathrm{h}[q(z)]",
    r"\log p(x) \geq \mathbb{E}_{q}\left[\log \frac{p(x,z)}{q(z)}\right]",
    r"\log \mathbb{E}_{q}\left[\frac{p(x,z)}{q(z)}\right] \geq \mathbb{E}_q\left[\log \frac{p(x,z)}{q(z)}\right]",
    r"\mathbb{E}_q[f(z)] = \int q(z) f(z) dz",
    r"\mathbb{E}_q[f(x)] = f(x)",
]
FALSE = [
    r"\mathbb{E}_{q}\left[\log \frac{p(x,z)}{q(z)}\right] = \log p(x) + \mathrm{KL}[q(z)||p(z|x)]",
    r"\mathbb{E}_{q}\left[\log \frac{p(x,z)}{q(z)}\right] = \log p(x) - D_{\mathrm{KL}}(p(z|x)\|q(z))",
    r"\int q(z) \log \frac{p(x,z)}{q(z)} dz = \mathbb{E}_{q}[\log p(x,z)] - \mathrm{H}[q]",
    r"\log p(x) \leq \mathbb{E}_{q}\left[\log \frac{p(x,z)}{q(z)}\right]",
    r"\mathbb{E}_q[f(z)] = f(z)",
    r"\mathrm{H}[q] \geq 0",
]


@pytest.mark.parametrize("formula", TRUE)
def test_the_mean_is_over_what_the_distribution_is_one_of(tmp_path, formula):
    assert verdicts(checked(tmp_path, SAID % formula, "text.md")) == ["proved"]


@pytest.mark.parametrize("formula", FALSE)
def test_what_is_wrong_under_it_is_told(tmp_path, formula):
    assert verdicts(checked(tmp_path, SAID % formula, "text.md"))[-1] in ("gap", "refuted")


def test_of_a_joint_distribution_and_its_marginals_the_name_alone_says_too_little(tmp_path):
    text = SAID % r"\mathbb{E}_p[\log p(x|z)] = \mathbb{E}_p[\log p(x,z)] - \mathbb{E}_p[\log p(z)]"
    assert r"\mathbb{E}_{x" not in str(steps_of(checked(tmp_path, text, "text.md"))[0].left)


def test_an_entry_in_square_brackets_is_no_entropy(tmp_path):
    text = "Let $P(i,j)$ be a distribution. Then\n\n$$ \\sum_i P(i) H[i] = \\sum_{i,j} P(i,j) H[i] $$\n"
    assert "H(" not in str(steps_of(checked(tmp_path, text, "text.md"))[0].left)


def test_distributions_in_an_example_of_a_notation_do_not_count(tmp_path):
    text = r"""Here $\langle \cdot \rangle_{p(x)}$ denotes an expectation with respect to the density $p(x)$. We have

$$ \left\langle \log \frac{p(y,t)}{q(t)} \right\rangle_{q(t)} = \log p(y) - \mathrm{KL}[q(t)||p(t|y)] $$
"""
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved"]


THEOREM = r"""**Theorem:** For any density $q(t)$ the free energy can be written as

1) the difference of

$$ F[q(t)] = \log p(y) - \mathrm{KL}[q(t)||p(t|y)] $$

2) the difference between log-likelihood and divergence from the prior

$$ F[q(t)] = \langle \log p(y|t) \rangle_{q(t)} - \mathrm{KL}[q(t)||p(t)] $$

3) the sum of

$$ F[q(t)] = \langle \log p(y,t) \rangle_{q(t)} SIGN \mathrm{h}[q(t)] $$

**Proof:** The free energy is

$$ F[q(t)] = \left\langle \log \frac{p(y,t)}{q(t)} \right\rangle_{q(t)} . $$
"""


def test_what_a_theorem_claims_of_what_its_proof_defines_is_checked(tmp_path):
    assert verdicts(checked(tmp_path, THEOREM.replace("SIGN", "+"), "text.md")) == ["proved"] * 3 + ["given"]
    assert verdicts(checked(tmp_path, THEOREM.replace("SIGN", "-"), "text.md"))[2] in ("gap", "refuted")


def test_a_theorem_about_what_is_defined_nowhere_is_not_told(tmp_path):
    text = THEOREM.replace("SIGN", "+").partition("**Proof:**")[0]
    assert set(verdicts(checked(tmp_path, text, "text.md"))) == {"given"}


@pytest.mark.parametrize("variable", ["z", r"\theta", r"\mu"])
def test_greek_variables_have_densities_as_well(tmp_path, variable):
    text = (SAID % r"p(x) = \int p(x, z) dz").replace("z", variable)
    assert verdicts(checked(tmp_path, text.replace("laVARtent", "latent"), "text.md"))[-1] in ("given", "proved")
