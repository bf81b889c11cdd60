r"""What texts write every day, and what is true of it: no step of these is told as wrong."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

WRONG = ("refuted", "gap")

PROVED = [
    # A sum without brackets reaches as far as its index.
    (
        r"The labels are $y_i$, and $0 < \pi_i < 1$. We have",
        r"\ln \prod_{i=1}^n \pi_i^{y_i} (1 - \pi_i)^{1 - y_i} = \sum_{i=1}^n y_i \ln \pi_i + (1 - y_i) \ln (1 - \pi_i)",
    ),
    ("We have", r"\sum_{i=1}^n \sum_{j=1}^m a_{ij} + b_i c_j - e = \sum_{i=1}^n \sum_{j=1}^m (a_{ij} + b_i c_j) - e"),
    ("We have", r"- \frac{1}{n} \sum_i a_i + b_i = - \frac{1}{n} \sum_i a_i - \frac{1}{n} \sum_i b_i"),
    # Letters beside a random variable are constants.
    ("Let $X$ be a random variable. We have", r"\mathrm{Var}(a X + b) = a^2 \mathrm{Var}(X)"),
    ("Let $X$ be a random variable. We have", r"\mathrm{Cov}(X, a X + b) = a \mathrm{Var}(X)"),
    # \mu_X is the mean of X.
    ("Let $X$ be a random variable. We have", r"E[(X - \mu_X)^2] = E[X^2] - \mu_X^2"),
    ("Let $X$ and $Y$ be random variables. We have", r"\mathrm{Var}(X + Y) = \sigma_X^2 + \sigma_Y^2 + 2 \sigma_{XY}"),
    # What a variance is taken of is random.
    ("We have", (r"E[(t - \theta)^2] + \mathrm{Var}[t] + \mathrm{Var}[\theta] - \mathrm{Var}[\theta] = "
     r"E[t^2] + E[\theta^2] - 2 E[t \theta] + \mathrm{Var}[t]")),
    # A function of which nothing is known, at one place that is written in two ways.
    ("We have", r"2 f\left(\frac{x + e}{2} + \frac{x - e}{2}\right) = f(x) + f(x)"),
    # The place of a derivative.
    (r"Consider $g(x) = a x^2 + b x + c$. We find", r"\frac{dg}{dx}(x) = 2 a x + b"),
    # The product rule for events that are said by their values.
    ("The probabilities are", (r"P(D = 1, H = 0) + P(D = 1, H = 1) - P(D = 1 \mid H = 1) P(H = 1)"
     r" = P(D = 1 \mid H = 0) P(H = 0)")),
    # Facts in the words before a display.
    (r"The fact that $u = -2 v$ means that we can write", r"a u + b v = (b - 2 a) v"),
    (r"First, note $u = 2$ and $v = 1$, so we get", r"(u + 1)^v = 3"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "step"), PROVED)
def test_it_is_proved(tmp_path, before, step):
    text = f"It is known that\n\n$$\n1 + 1 = 2\n$$\n\n{before}\n\n$$\n{step}\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


NOT_TOLD = [
    # Units are no numbers.
    ("We get", r"- \log \frac{1}{2^4} = 4 \textrm{ bits}"),
    # Identities of sines and cosines are not known.
    ("We get", r"\cos u \sin v + \sin u \cos v = \sin (u + v)"),
    # Matrices with dots are not worked out.
    ("We get", r"A x = \begin{bmatrix} a_1^\top \\ \vdots \\ a_m^\top \end{bmatrix} x"),
    # Approximations are no steps.
    ("This leads to a number of approximations:", r"P(x, y, z) = P(x) P(y) P(z)"),
    # The chain rule has nothing to be checked by where nothing is said of the names in it.
    ("We get", r"\frac{dy}{dx} = \frac{dy}{du} \frac{du}{dx}"),
    ("We get", (r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial y} \frac{\partial y}{\partial w}"
     r" + \frac{\partial L}{\partial z} \frac{\partial z}{\partial w}")),
    # A condition in words.
    ("If $X$ is an invertible function of $Y$, then they share everything and", "I(X; Y) = H(Y) = H(X)"),
    # What an equation elsewhere says is not known here.
    ("Plugging :eqref:`eq_softmax` into the loss, we obtain", r"a^2 \log b - c = \log b - c"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "step"), NOT_TOLD)
def test_it_is_not_refuted(tmp_path, before, step):
    text = f"It is known that\n\n$$\n1 + 1 = 2\n$$\n\n{before}\n\n$$\n{step}\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in (WRONG if "eqref" not in before else WRONG[:1])


STILL_TOLD = [
    ("With $u = x^2$ and $y = u^3$ we get", r"\frac{dy}{dx} = \frac{dy}{du} \frac{dx}{du}"),
    (r"We have", r"\sum_{i=1}^n a_i + b_i = \sum_{i=1}^n (a_i - b_i)"),
    ("We have", r"\sum_{i=1}^n a_i + b = \sum_{i=1}^n (a_i + b)"),
    ("Let $X$ be a random variable. We have", r"\mathrm{Var}(a X + b) = a \mathrm{Var}(X)"),
    ("Let $X$ and $Y$ be random variables. We have", r"\mathrm{Var}(X + Y) = \sigma_X^2 + \sigma_Y^2"),
    ("Let $X$ be a random variable. We have", r"E[(X - \mu_X)^2] = E[X^2] + \mu_X^2"),
    (r"Consider $g(x) = a x^2 + b x + c$. We find", r"\frac{dg}{dx}(x) = 2 a x + c"),
    ("The probabilities are", r"P(D = 1, H = 0) - P(D = 1 \mid H = 0) P(D = 1) = P(D = 1, H = 0) - P(D = 1, H = 0)"),
    (r"The fact that $u = -2 v$ means that we can write", r"a u + b v = (b + 2 a) v"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "step"), STILL_TOLD)
def test_what_is_wrong_is_not_proved(tmp_path, before, step):
    text = f"It is known that\n\n$$\n1 + 1 = 2\n$$\n\n{before}\n\n$$\n{step}\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("proved", "given")


def test_noise_is_no_constant(tmp_path):
    """Only letters that stand for constants everywhere are taken for such."""
    text = "Let $X$ be a random variable. We have\n\n$$\n\\mathrm{Var}(X + e) = \\mathrm{Var}(X)\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_another_place_of_a_derivative_could_be_a_factor(tmp_path):
    text = "Consider $g(x) = a x^2$. We find\n\n$$\n\\frac{dg}{dx}(0) = 0\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["unread"]


UPDATES = r"""We rewrite the updates:

$$
\begin{bmatrix} v_{t+1} \\ x_{t+1} \end{bmatrix}
= \begin{bmatrix} b & l \\ -h & 1 \end{bmatrix} \begin{bmatrix} v_t \\ x_t \end{bmatrix}
$$
"""


def test_a_column_of_new_names_is_defined(tmp_path):
    (step,) = steps_of(checked(tmp_path, UPDATES, "text.md"))
    assert verdicts(checked(tmp_path, UPDATES, "text.md")) == ["given"]
    assert "begin{bmatrix}" in step.left


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        # f stands for f(x), of which nothing says that it is random
        (r"Let $y = f(x) + e$ with $E[e] = 0$.", r"E[(f + e)^2] = E[f^2] + E[e^2]"),
        # the entries of what an equation says as a whole
        (
            r"Let $y = b x + e$. We have data $y_i$, $i = 1, \ldots, n$.",
            r"\sum_{i=1}^n y_i = b \sum_{i=1}^n x_i + \sum_{i=1}^n e_i",
        ),
        ("Thus, we have the following expectations:", r"\langle b \rangle_{p(b|y)} = m"),
        ("As for any probability,", r"P(\bigcup_{i=1}^n A_i \cap B) \geq 0"),
        ("We get, independent of $x$,", r"f(x) = \mathrm{const.}"),
    ],
)
def test_what_is_not_read_in_full_is_not_told(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, f"{said} Then\n\n$$ {formula} $$\n", "text.md"))[-1] not in ("gap", "refuted")
