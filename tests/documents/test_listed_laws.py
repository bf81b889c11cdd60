"""Discrete variables whose values and probabilities prose lists, and sums over these written out."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

TWO = "Let $X$ take the values $0$ and $1$ with probabilities $1 - p$ and $p$. Then we have"
PAIR = "Suppose that $X$ and $Y$ take the values $(x_i, y_j)$ with probability $p_{ij}$. We get"
LAWS = r"Let $P$ and $Q$ be Bernoulli distributions with parameters $p$ and $q$. Then"
FAMILY = "If the variable $X$ takes the values $x_i$ with probabilities $p_i$, we obtain"

RIGHT = [
    ("The variable $X$ takes two values with probabilities $p$ and $1-p$. Therefore",
     r"H(X) = -p \log p - (1-p) \log(1-p)"),
    (r"Let $Z$ be a binary random variable with $P(Z = 1) = \rho$. Thus",
     r"H(Z) = -\rho \log \rho - (1-\rho) \log(1-\rho)"),
    (r"Let $X \sim \mathrm{Bernoulli}(p)$. Then", r"H(X) = -p \log p - (1-p) \log(1-p)"),
    ("If $X$ is uniform on $n$ values, we get", r"H(X) = \log n"),
    (r"Let $X$ be uniformly distributed over $\{1, \ldots, n\}$. Thus", r"H(X) = \log n"),
    ("Let $X$ be the outcome of a fair die. Then we have", r"H(X) = \log 2 + \log 3"),
    (r"Let $X$ be uniform on $\{1, \ldots, 6\}$. Then we get", r"\mathbb{E}[X] = \sum_{i=1}^6 \frac{i}{6}"),
    (LAWS, r"D_{\mathrm{KL}}(P \| Q) = p \log \frac{p}{q} + (1-p) \log \frac{1-p}{1-q}"),
    (LAWS, r"\sum_x P(x) \log \frac{P(x)}{Q(x)} = p \log \frac{p}{q} + (1-p) \log \frac{1-p}{1-q}"),
    (LAWS, r"H(P, Q) = H(P) + D_{\mathrm{KL}}(P \| Q)"),
    (TWO, r"\mathbb{E}[e^{t X}] = 1 - p + p e^t"),
    (TWO, r"\mathrm{Var}(X) = p (1 - p)"),
    ("Let $X$ equal $a$ with probability $p$ and $b$ otherwise. Then", r"\mathbb{E}[X] = p a + (1 - p) b"),
    (FAMILY, r"\mathbb{E}[X] = \sum_i x_i p_i"),
    ("Let $X$ take the values $1$, $2$ and $3$ with equal probability. Then", r"\mathrm{Var}(X) = \frac23"),
    (r"$X$ takes the values $x_i$ with probability $p_i$, $i = 1, \dots, n$. Then",
     r"\mathbb{E}[X] = \sum_{i=1}^n x_i p_i"),
    (FAMILY, r"\mathrm{Var}(X) = \sum_i x_i^2 p_i - \mu_X^2"),
    (PAIR, r"\mathrm{Cov}(X, Y) = \sum_{i,j} (x_i - \mu_X) (y_j - \mu_Y) p_{ij}"),
]  # fmt: skip
WRONG = [
    ("Let $X$ take the values $1$, $2$ and $3$ with equal probability. Then", r"\mathrm{Var}(X) = 1"),
    (r"$X$ takes the values $x_i$ with probability $p_i$, $i = 1, \dots, n$. Then",
     r"\mathbb{E}[X] = \sum_{i=1}^n x_i"),
    ("The variable $X$ takes two values with probabilities $p$ and $1-p$. Therefore",
     r"H(X) = -p \log p + (1-p) \log(1-p)"),
    (r"Let $X \sim \mathrm{Bernoulli}(p)$. Then", r"H(X) = -p \log p - (1+p) \log(1-p)"),
    (r"Let $X$ be uniformly distributed over $\{1, \ldots, n\}$. Thus", r"H(X) = \log (n - 1)"),
    ("Let $X$ be the outcome of a fair die. Then we have", r"H(X) = \log 2 + \log 4"),
    (r"Let $X$ be uniform on $\{1, \ldots, 6\}$. Then we get", r"\mathbb{E}[X] = 3"),
    (LAWS, r"D_{\mathrm{KL}}(P \| Q) = p \log \frac{q}{p} + (1-p) \log \frac{1-p}{1-q}"),
    (LAWS, r"H(P, Q) = H(Q) + D_{\mathrm{KL}}(P \| Q)"),
    (TWO, r"\mathbb{E}[e^{t X}] = 1 - p + p e^{2 t}"),
    (TWO, r"\mathrm{Var}(X) = p (1 + p)"),
    (TWO, r"\mathbb{E}[X] + P(X = 0) = 1 - p"),
    (FAMILY, r"\mathbb{E}[X] = \sum_i x_i p_i^2"),
    (FAMILY, r"\mathrm{Var}(X) = \sum_i x_i^2 p_i + \mu_X^2"),
    (PAIR, r"\mathrm{Cov}(X, Y) = \sum_{i,j} (x_i - \mu_X) (y_j + \mu_Y) p_{ij}^2"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "formula"), RIGHT)
def test_what_is_listed_of_a_variable_is_put_in(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, f"{said}\n\n$${formula}.$$\n", "text.md")) == ["proved"]


@pytest.mark.parametrize(("said", "formula"), WRONG)
def test_what_differs_from_the_list_is_told(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, f"{said}\n\n$${formula}.$$\n", "text.md"))[0] in ("gap", "refuted")


@pytest.mark.parametrize(
    "said",
    [
        "The variable $X$ does not take the values $0$ and $1$ with probabilities $p$ and $1-p$. We get",
        "Some authors assume that $X$ takes the values $0$ and $1$ with probabilities $p$ and $1-p$. We get",
        "The variable $X$ takes three values with probabilities $p$ and $1-p$. We get",
        "Let $X$ take the value $1$ with probability $p$. We get",
        "Let $X$ be uniform on $[0, 1]$. We get",
    ],
)
def test_what_lists_no_law_proves_nothing(tmp_path, said):
    report = checked(tmp_path, said + "\n\n$$H(X) = -p \\log p - (1-p) \\log(1-p).$$\n", "text.md")
    assert verdicts(report)[0] not in ("proved", "refuted")


def test_an_unread_list_is_no_mistake(tmp_path):
    text = "A source emits one of two symbols, with probabilities $p$ and $1-p$, and its entropy becomes\n\n"
    assert verdicts(checked(tmp_path, text + "$$H(X) = -p \\log p - (1-p) \\log(1-p).$$\n", "text.md"))[0] in (
        "given",
        "unknown",
    )


def test_a_case_holds_for_its_display_alone(tmp_path):
    text = (
        "If $X$ takes the values $0$ and $1$ with probabilities $1-p$ and $p$, we get\n\n$$\\mathbb{E}[X] = p.$$\n\n"
        "In general, we have\n\n$$\\mathbb{E}[X^2] = p.$$\n"
    )
    first, second = verdicts(checked(tmp_path, text, "text.md"))
    assert first == "proved"
    assert second != "proved"


def test_what_variables_do_together_is_said_by_no_list_for_each(tmp_path):
    text = (
        "Let $X$ and $Y$ be uniform on $n$ values. Then\n\n$$H(X) + H(Y) = 2 \\log n, \\qquad H(X, Y) = 2 \\log n.$$\n"
    )
    first, second = verdicts(checked(tmp_path, text, "text.md"))
    assert first == "proved"
    assert second != "proved"


def test_the_number_of_values_may_be_given_for_a_display(tmp_path):
    text = (
        "The variable $X$ takes the values $1, \\ldots, n$ with probabilities $p_1, \\ldots, p_n$. Its entropy is\n\n"
        "$$H(X) = -\\sum_{i=1}^n p_i \\log p_i.$$\n\nFor $n = 2$ we get\n\n"
        "$$H(X) = -p_1 \\log p_1 %s p_2 \\log p_2.$$\n"
    )
    assert verdicts(checked(tmp_path, text % "-", "text.md")) == ["proved", "proved"]
    assert verdicts(checked(tmp_path, text % "+", "text.md"))[1] in ("gap", "refuted")


def test_an_entropy_that_was_a_sum_of_numbers_is_one(tmp_path):
    text = (
        "A coin has $P(X=1)=p_1$ and $P(X=2)=p_2$. Its entropy is\n\n"
        "$$H(X) = -\\sum_{k=1}^2 p_k \\log p_k$$\n\nhence\n\n"
        "$$H(X) = -p_1 \\log p_1 %s p_2 \\log p_2.$$\n"
    )
    assert verdicts(checked(tmp_path, text % "-", "text.md")) == ["given", "proved"]
    assert verdicts(checked(tmp_path, text % "+", "text.md"))[1] in ("gap", "refuted")


def test_the_probability_of_a_value_is_compared_with_the_list(tmp_path):
    assert verdicts(checked(tmp_path, f"{TWO}\n\n$$P(X = 0) = 1 - p.$$\n", "text.md")) == ["given"]
    assert verdicts(checked(tmp_path, f"{TWO}\n\n$$P(X = 0) = 1 + p.$$\n", "text.md"))[0] in ("gap", "refuted")


def test_the_echo_is_what_the_text_says(tmp_path):
    (step,) = steps_of(checked(tmp_path, f"{TWO}\n\n$$\\mathrm{{Var}}(X) = p - p^2.$$\n", "text.md"))
    assert "Var" in step.left


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\sum_{i=1}^2 \sum_{j=1}^i a_{ij} = a_{11} + a_{21} + a_{22}", "proved"),
        (r"\sum_{i=1}^3 \sum_{j=i+1}^3 a_{ij} = a_{12} + a_{13} + a_{23}", "proved"),
        (r"\sum_{1 \le i < j \le 3} a_{ij} = a_{12} + a_{13} + a_{23}", "proved"),
        (r"\sum_{i=1}^3 \sum_{j=1}^{i-1} a_{i,j} = a_{2,1} + a_{3,1} + a_{3,2}", "proved"),
        (r"\sum_{i=1}^2 \sum_{j=1}^i a_{ij} = a_{11} + a_{12} + a_{22}", "refuted"),
        (r"\sum_{1 \le i < j \le 3} a_{ij} = a_{12} + a_{13} + a_{33}", "refuted"),
    ],
)
def test_triangular_sums_are_written_out(tmp_path, formula, verdict):
    assert verdicts(checked(tmp_path, f"$${formula}.$$\n", "text.md")) == [verdict]


def test_a_letter_for_a_moment_may_be_said_to_be_one(tmp_path):
    text = "Let $X$ be random with mean $\\mu_X$. We get the variance\n\n$$\\sigma_X^2 = \\mathrm{Var}(X) = %s.$$\n"
    assert verdicts(checked(tmp_path, text % r"\mathbb{E}[X^2] - \mu_X^2", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % r"\mathbb{E}[X^2] + \mu_X^2", "text.md"))[-1] in ("gap", "refuted")
    assert "refuted" not in verdicts(checked(tmp_path, text % r"\mathbb{E}[X^2] - \mu_X^2", "text.md"))


@pytest.mark.parametrize("claim", [r"H(X) = \log 3", r"\mathbb{E}[X] = \frac32"])
@pytest.mark.parametrize("chances", ["equal probability", r"probabilities $\frac13$, $\frac13$ and $\frac13$"])
def test_values_that_are_listed_twice_are_no_law(tmp_path, claim, chances):
    text = f"Let $X$ take the values $1$, $1$ and $2$ with {chances}. Then\n\n$$ {claim} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[0] != "proved"


@pytest.mark.parametrize("claim", [r"\mathbb{E}[X] = 0.6", r"\mathbb{E}[X] = 0.7"])
def test_probabilities_that_do_not_sum_to_one_are_none(tmp_path, claim):
    text = f"Let $X$ take the values $0$ and $1$ with probabilities $0.3$ and $0.6$. Then\n\n$$ {claim} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[0] != "proved"


COIN = "Let $X$ take the values $0$ and $1$ with probabilities $1-p$ and $p$."


@pytest.mark.parametrize(
    ("beside", "claim"),
    [
        ("Let $Z$ be a random variable.", r"\mathbb{E}[X Z] = p Z"),
        ("Let $Z$ be a random variable.", r"\mathrm{Cov}(X, Z) = 0"),
        ("Let $Z$ be a random variable.", r"\mathrm{Var}(X + Z) = p (1 - p)"),
        ("Let $Z = X + e$ with noise $e$.", r"\mathbb{E}[X e] = p e"),
        ("Let $Z = X + e$ with noise $e$.", r"\mathbb{E}[X Z] = p Z"),
        ("Let $y = X^2$.", r"\mathbb{E}[X y] = p y"),
        ("Let $Y$ be normal with mean $m$.", r"\mathbb{E}[X Y] = p Y"),
        ("", r"\mathbb{E}[X W] = p W"),
    ],
)
def test_nothing_is_listed_of_a_variable_together_with_others(tmp_path, beside, claim):
    text = f"{COIN} {beside} Then\n\n$$ {claim} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("unknown", "gap", "refuted")


@pytest.mark.parametrize("claim", [r"\mathbb{E}[X + Z] = p + \mathbb{E}[Z]", r"\mathbb{E}[c X] = c p"])
def test_what_is_right_of_them_is_no_mistake(tmp_path, claim):
    text = f"{COIN} Let $Z$ be a random variable. Then\n\n$$ {claim} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("proved", "unknown")
