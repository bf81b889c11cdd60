"""What rests on a step that does not follow says so."""

from __future__ import annotations

from symderiv.writers.verdicts import name_of
from tests.documents.checking import checked, steps_of, verdicts

LEMMA = r"Suppose that $u$ and $v$ are as in the lemma. Then"


def test_it_is_a_condition_of_what_follows_from_it_alone(tmp_path):
    text = f"{LEMMA}\n\n$$ u (u + v) = u^2 . $$\n\nTherefore\n\n$$ u v = 0 . $$\n\nHence\n\n$$ 2 u v = 0 . $$"
    report = checked(tmp_path, text)
    assert verdicts(report) == ["gap", "proved", "proved"]
    needed = (r"u \, \left(u + v\right) = u^{2}",)
    assert [step.verdict.conditions for step in steps_of(report)[1:]] == [needed, needed]


def test_it_is_none_of_what_follows_without_it(tmp_path):
    text = f"{LEMMA}\n\n$$ u (u + v) = u^2 . $$\n\nTherefore\n\n$$ (u + v)^2 = u^2 + 2 u v + v^2 . $$"
    report = checked(tmp_path, text)
    assert verdicts(report) == ["gap", "proved"]
    assert steps_of(report)[1].verdict.conditions == ()


def test_it_is_one_of_both_directions_of_an_equivalence(tmp_path):
    text = f"{LEMMA}\n\n$$ u (u + v) = u^2 . $$\n\nTherefore\n\n$$ u v = 0 \\iff 2 u v = 0 . $$"
    report = checked(tmp_path, text)
    assert steps_of(report)[-1].verdict.conditions == (r"u \, \left(u + v\right) = u^{2}",)


SQUARES = r"""Consider the model

$$ y_i = a + b x_i + \varepsilon_i, \quad \varepsilon_i \sim \mathcal{N}(0, \sigma^2), \quad i = 1, \ldots, n . $$

The residual sum of squares is

$$ \mathrm{RSS}(a, b) = \sum_{i=1}^n \varepsilon_i^2 = \sum_{i=1}^n (y_i - a @ b x_i)^2 . $$

With respect to $b$, we have

$$ \frac{\mathrm{d}\mathrm{RSS}(a, b)}{\mathrm{d}b} = % 2 \sum_{i=1}^n (y_i - a @ b x_i) x_i . $$
"""


def test_it_is_a_condition_of_what_is_put_in_for_a_function(tmp_path):
    report = checked(tmp_path, SQUARES.replace("@", "-").replace("%", "-"))
    assert verdicts(report)[-2:] == ["proved", "proved"]
    assert steps_of(report)[-1].verdict.conditions == ()
    report = checked(tmp_path, SQUARES.replace("@", "+").replace("%", ""))
    assert verdicts(report)[-2:] == ["gap", "proved"]
    assert any(r"\varepsilon" in condition for condition in steps_of(report)[-1].verdict.conditions)


SCORE = r"""Let $q(x) = \theta^x (1 - \theta)^{1 - x}$ with $0 < \theta < 1$. We have

$$ \frac{\partial}{\partial \theta} \log q(x) = \frac{x}{\theta} @ \frac{1 - x}{1 - \theta}
 = \frac{x - \theta}{\theta (1 - \theta)}. $$
"""


def test_what_is_not_decided_contradicts_nothing_unseen(tmp_path):
    """From a wrong row that no values refute everything would follow, the right end of its chain above all."""
    assert verdicts(checked(tmp_path, SCORE.replace("@", "-"), "text.md")) == ["proved", "proved"]
    assert "proved" not in verdicts(checked(tmp_path, SCORE.replace("@", "+"), "more.md"))


def test_what_is_not_decided_is_a_condition_of_what_follows_from_it_alone(tmp_path):
    text = "Consider the linear recurrence $h_t = a h_{t-1} + b x_t$ with $h_0 = 0$. Then\n\n"
    text += "$$ h_2 = a b x_1 + b x_2 $$\n\nHence\n\n$$ h_2 - b x_2 = a b x_1 $$\n"
    first, second = steps_of(checked(tmp_path, text, "text.md"))
    assert name_of(second.verdict) == "proved"
    assert name_of(first.verdict) == "proved" or second.verdict.conditions == (r"h_2 = a \, b \, x_1 + b \, x_2",)


THEOREM = r"""**Theorem:** Let $x > 0$ and $y > 0$ be numbers and let $f$ be a function with
$f(x, y) = (x + y)^2$. Then

$$ 3 f(x, y) = 3 x^2 + @ x y + 3 y^2 $$

**Proof:** By what was said

$$ 3 f(x, y) = 3 (x + y)^2 $$

and with the square multiplied out

$$ 3 (x + y)^2 = 3 (x^2 + % x y + y^2) = 3 x^2 + @ x y + 3 y^2 \; . $$
"""


def test_what_a_theorem_claims_is_no_better_than_the_rows_of_its_proof(tmp_path):
    report = checked(tmp_path, THEOREM.replace("@", "6").replace("%", "2"), "text.md")
    assert verdicts(report) == ["proved", "proved", "proved", "proved"]
    report = checked(tmp_path, THEOREM.replace("@", "3").replace("%", ""), "text.md")
    assert verdicts(report) == ["unknown", "proved", "gap", "proved"]
    assert r"in which this is not proved: $3 \, \left(x + y\right)^{2} =" in steps_of(report)[0].verdict.reason


def test_nor_than_a_row_of_it_that_is_not_decided(tmp_path):
    text = r"""**Theorem:** Let $X$ and $Y$ be random variables with a density. Then

$$ I(X, Y) = 3 a $$

**Proof:** We have

$$ I(X, Y) = h(X) + h(Y) - h(X, Y) = w_a + 2 q = 3 a \; . $$
"""
    report = checked(tmp_path, text, "text.md")
    assert verdicts(report)[0] == "unknown"


def test_a_claim_about_entropies_is_no_better_than_its_proof(tmp_path):
    text = r"""**Theorem:** Let $X$ and $Y$ be random variables with $H(Y) = 2 c$ and $H(Y|X) = c$. Then

$$ I(X; Y) = @ c $$

**Proof:** We have

$$ I(X; Y) = H(Y) - H(Y|X) = 2 c - c = @ c \; . $$
"""
    assert verdicts(checked(tmp_path, text.replace("@", ""), "text.md")) == ["proved"] * 4
    assert verdicts(checked(tmp_path, text.replace("@", "3"), "text.md"))[0] == "unknown"


CLAIM = r"""**Theorem:** Let $X \in \mathbb{R}^n$ and $Y \in \mathbb{R}^m$ be random vectors that are jointly normal:

$$ \left[ \begin{matrix} X \\ Y \end{matrix} \right] \sim \mathcal{N}\left( \left[ \begin{matrix} a \\ b \end{matrix}
\right], \left[ \begin{matrix} \Sigma_1 & \Sigma_{12} \\ \Sigma_{21} & \Sigma_2 \end{matrix} \right] \right) \; . $$

With $|\Sigma_1| > 0$, $|\Sigma_2| > 0$ and $|\Sigma| > 0$ we have

$$ \ln |\Sigma_1| + \ln |\Sigma_2| - \ln |\Sigma| = \ln \left[ \frac{|\Sigma_1| |\Sigma_2|}{@} \right] \; . $$
"""


def test_the_determinant_of_a_block_is_that_of_a_square_matrix(tmp_path):
    assert verdicts(checked(tmp_path, CLAIM.replace("@", r"|\Sigma|"), "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, CLAIM.replace("@", r"|\Sigma|^2"), "text.md"))[-1] in ("gap", "refuted")


ESTIMATE = r"""**Theorem:** Assume a linear model

$$ y = X b + e, \quad e \sim \mathcal{N}(0, V) $$

Then the weighted least squares estimate of $b$ is

$$ \hat{b} = (X^\mathrm{T} P X)^{-1} X^\mathrm{T} P y \quad \text{with} \quad P = V^{-1} . $$

**Proof:** As it is a projection of $y$, the estimate can be written as

$$ \begin{split}
\hat{b} &= A y \\
\text{where} \quad A &= (X^\mathrm{T} P X)^{-1} X^\mathrm{T} P .
\end{split} $$

With a matrix that has

$$ W W = V^{-1} \quad \Leftrightarrow \quad W = V^{-1/2} $$

it is the same.
"""


def test_what_only_words_say_of_the_name_in_a_claim_is_left_open(tmp_path):
    report = checked(tmp_path, ESTIMATE, "text.md")
    assert "gap" not in verdicts(report)
    assert "refuted" not in verdicts(report)


OPTIMUM = r"""Let $p > 0$ and $q > 0$ be numbers, $f(q) = (q - p)^2$ and $g(p) = p^2$. Setting $f'(q) = 0$ we get

$$ q = p . $$

Now

$$ f(q) + g(p) = @ . $$
"""


def test_where_a_slope_is_zero_is_a_condition_of_what_holds_there_alone(tmp_path):
    report = checked(tmp_path, OPTIMUM.replace("@", "p^2"))
    assert verdicts(report)[-1] == "proved"
    assert steps_of(report)[-1].verdict.conditions == ("q = p",)
    report = checked(tmp_path, OPTIMUM.replace("@", "q^2 - 2 q p + 2 p^2"))
    assert verdicts(report)[-1] == "proved"
    assert steps_of(report)[-1].verdict.conditions == ()


LEMMA_OF_ITS_OWN = r"""\begin{lemma}
Let $x$ and $y$ be numbers. % Then
\[ (x + y)^2 = x^2 + @ y^2 . \]
\end{lemma}
\begin{proof}
We have
\[ (x + y)^2 = x^2 + 2 x y + y^2 = x^2 + @ y^2 . \]
\end{proof}

Now
\[ (x + y)^2 + 1 = x^2 + @ y^2 + 1 . \]
"""


def test_what_a_lemma_supposes_does_not_hold_behind_it(tmp_path):
    text = LEMMA_OF_ITS_OWN.replace("@", "").replace("%", "Suppose that $x y = 0$.")
    assert verdicts(checked(tmp_path, text)) == ["proved", "proved", "proved", "gap"]
    text = LEMMA_OF_ITS_OWN.replace("@", "2 x y +").replace("%", "")
    assert verdicts(checked(tmp_path, text))[-1] == "proved"


CIRCLE = r"""\begin{lemma}
Let $X$ and $Y$ be random variables with a density. Then
\[ I(X, Y) = 3 a . \]
\end{lemma}
\begin{proof}
We have
\[ I(X, Y) = h(X) + h(Y) - h(X, Y) = w_a + 2 q = 3 a . \]
\end{proof}

Therefore
\[ I(X, Y) + 1 = 3 a + 1 . \]
"""


def test_what_a_theorem_claims_does_not_follow_from_what_is_drawn_from_it(tmp_path):
    assert verdicts(checked(tmp_path, CIRCLE))[0] == "unknown"


def test_a_later_chain_that_says_nothing_is_no_proof(tmp_path):
    text = r"""**Theorem:** Let $x$ be a number. Then

$$ x^2 = 2 x $$

**Proof:** First

$$ x^2 = x \cdot x = 2 x . $$

Second,

$$ x^2 = x^2 . $$
"""
    assert verdicts(checked(tmp_path, text, "text.md"))[0] not in ("proved", "given")
