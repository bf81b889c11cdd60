"""What prose says of random variables is taken for true of them, and nothing that it does not say."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

RIGHT = [
    ("Let $X$ and $Y$ be independent random variables.", r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]"),
    ("Let $X$ and $Y$ be independent random variables.", r"\mathrm{Var}(X - Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)"),
    ("Let $X$ be independent of $Y$.", r"\mathbb{E}[X^2 Y] = \mathbb{E}[X^2] \mathbb{E}[Y]"),
    ("Let $X$, $Y$ be two real random variables. In what follows, $X$ is independent of $Y$.",
     r"\mathrm{Var}(\lambda X + a Y) = \lambda^2 \mathrm{Var}(X) + a^2 \mathrm{Var}(Y)"),
    ("Let $X$ and $Y$ be random variables.", r"\mathbb{E}[\mu X + Y] = \mu \mathbb{E}[X] + \mathbb{E}[Y]"),
    (r"Let $X_1, \ldots, X_n$ be i.i.d. with mean $\mu$ and variance $v$.", r"\mathbb{E}[X_j^2] = v + \mu^2"),
    ("If $X$, $Y$ and $Z$ are mutually independent, the following holds.",
     r"\mathbb{E}[X Y Z] = \mathbb{E}[X] \mathbb{E}[Y] \mathbb{E}[Z]"),
    ("Draw $x$ and $y$ independently from $p$.", r"\mathbb{E}[x y] = \mathbb{E}[x] \mathbb{E}[y]"),
    ("Let $X$ and $Y$ be uncorrelated.", r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]"),
    ("Let $X$ have mean $m$ and variance $v$.", r"\mathbb{E}[X^2] = v + m^2"),
    (r"Let $\epsilon$ be noise with zero mean and unit variance.", r"\mathbb{E}[(a + b \epsilon)^2] = a^2 + b^2"),
    (r"Let $\epsilon$ be noise with $\mathbb{E}[\epsilon] = 0$ and $\mathrm{Var}(\epsilon) = s^2$.",
     r"\mathbb{E}[(f + \epsilon - g)^2] = (f - g)^2 + s^2"),
    (r"Let $X_1, \ldots, X_n$ be independent with mean $\mu$ and variance $\sigma^2$.",
     r"\mathrm{Var}\left(\frac1n \sum_{i=1}^n X_i\right) = \frac{\sigma^2}{n}"),
    (r"Let $q_1, \ldots, q_d$ and $k_1, \ldots, k_d$ be independent random variables with mean $0$ and variance $1$.",
     r"\mathbb{E}\left[\sum_{i=1}^d q_i k_i\right] = 0"),
    (r"Let $X_1, \ldots, X_n$ be i.i.d. with mean $\mu$.", r"\mathbb{E}\left[\sum_{i=1}^n X_i\right] = n \mu"),
    (r"Let $X_1, \ldots, X_n$ be independent random variables.",
     r"\mathrm{Var}\left(\sum_{i=1}^n a_i X_i\right) = \sum_{i=1}^n a_i^2 \mathrm{Var}(X_i)"),
    ("# Sums\n\nLet $m_1, \\ldots, m_n$ be independent Bernoulli variables with $\\mathbb{E}[m_i] = p$.",
     r"\mathrm{Var}\left(\sum_{i=1}^n m_i\right) = \sum_{i=1}^n \mathrm{Var}(m_i)"),
    (r"Let $w_1, \ldots, w_n$ and $x_1, \ldots, x_n$ be independent with mean $0$ and variance $s^2$.",
     r"\mathrm{Var}\left(\sum_{i=1}^n w_i x_i\right) = n s^4"),
    (r"Let $w_1, \ldots, w_n$ and $x_1, \ldots, x_n$ be mutually independent random variables with mean zero.",
     r"\sum_{i=1}^n \mathrm{Var}(w_i x_i) = \sum_{i=1}^n \mathrm{Var}(w_i) \mathrm{Var}(x_i)"),
]  # fmt: skip
WRONG = [
    ("Suppose that $P(a > 0) = 1$, and let $X$ be a random variable.", r"\mathbb{E}[a X] = a \mathbb{E}[X]"),
    (r"Let $X_1, \ldots, X_n$ be random variables.",
     r"\mathrm{Var}\left(\sum_{i=1}^n X_i\right) = \sum_{i=1}^n \mathrm{Var}(X_i)"),
    (r"Let $X_1, \ldots, X_n$ be independent random variables.",
     r"\mathrm{Var}\left(\sum_{i=1}^n a_i X_i\right) = \sum_{i=1}^n a_i \mathrm{Var}(X_i)"),
    (r"Let $w_1, \ldots, w_n$ and $x_1, \ldots, x_n$ be uncorrelated random variables with mean zero.",
     r"\sum_{i=1}^n \mathrm{Var}(w_i x_i) = \sum_{i=1}^n \mathrm{Var}(w_i) \mathrm{Var}(x_i)"),
    (r"Let $w_1, \ldots, w_n$ and $x_1, \ldots, x_n$ be mutually independent random variables.",
     r"\sum_{i=1}^n \mathrm{Var}(w_i x_i) = \sum_{i=1}^n \mathrm{Var}(w_i) \mathrm{Var}(x_i)"),
    ("Let $X$ and $Y$ be random variables.", r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]"),
    ("Let $X$ be a random variable and let $\\mu$ be random.", r"\mathbb{E}[\mu X] = \mu \mathbb{E}[X]"),
    ("Let $X$ be a random variable and let $v$ be a random vector.", r"\mathbb{E}[v X] = v \mathbb{E}[X]"),
    (r"Let $X$ be a random variable and let $v \in \mathbb{R}^n$ be a random vector.",
     r"\mathbb{E}[v X] = v \mathbb{E}[X]"),
    (r"Let $X$ be a random variable and $v \in \mathbb{R}^n$ be random.", r"\mathbb{E}[v X] = v \mathbb{E}[X]"),
    (r"Let $X$ be a random variable and $v$ be a random vector.", r"\mathbb{E}[v^T v X] = v^T v \mathbb{E}[X]"),
    (r"Let $x$ and $y$ be random variables.", r"\mathbb{E}[x y] = x \mathbb{E}[y]"),
    (r"Let $s \in \mathbb{R}$ and $X$ be random variables.", r"\mathbb{E}[s X] = s \mathbb{E}[X]"),
    (r"Let $X$ be a random variable and $\mu \sim \mathcal{N}(0, 1)$.", r"\mathbb{E}[\mu X] = \mu \mathbb{E}[X]"),
    ("Let $X$, $Y$, $Z$ be random variables. It is known that $Z$, $X$ is independent of $Y$.",
     r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]"),
    ("Let $X$ and $Y$ be independent random variables.", r"\mathrm{Var}(X - Y) = \mathrm{Var}(X) - \mathrm{Var}(Y)"),
    ("Let $X$ and $Y$ be independent random variables.", r"\mathbb{E}[X^2 Y] = \mathbb{E}[X]^2 \mathbb{E}[Y]"),
    ("The variables $X$ and $Y$ are not independent.", r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]"),
    ("The variables $X$ and $Y$ are dependent.", r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]"),
    ("We do not know whether $X$ and $Y$ are independent.", r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]"),
    ("Given $Z$, $X$ and $Y$ are independent.", r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]"),
    ("$X$ and $Y$ are conditionally independent.", r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]"),
    ("Let $X$ and $Y$ be independent of $Z$.", r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]"),
    ("Let $X$ and $Y$ be independent. Let $Z$ be random.", r"\mathbb{E}[X Z] = \mathbb{E}[X] \mathbb{E}[Z]"),
    ("Let $X$ and $Y$ be independent, and $U$ and $V$ be independent.",
     r"\mathbb{E}[X U] = \mathbb{E}[X] \mathbb{E}[U]"),
    ("Let $X$, $Y$ and $Z$ be pairwise independent.",
     r"\mathbb{E}[X Y Z] = \mathbb{E}[X] \mathbb{E}[Y] \mathbb{E}[Z]"),
    (r"Let $q_1, \ldots, q_d$ and $k_1, \ldots, k_d$ be random with mean $0$ and variance $1$.",
     r"\mathbb{E}\left[\sum_{i=1}^d q_i k_i\right] = 0"),
    (r"Let $q_1, \ldots, q_d$ and $k_1, \ldots, k_d$ be independent random variables with mean $0$ and variance $1$.",
     r"\mathbb{E}\left[\sum_{i=1}^d q_i^2\right] = 0"),
    ("Let $X$ and $Y$ be uncorrelated.", r"\mathbb{E}[X^2 Y] = \mathbb{E}[X^2] \mathbb{E}[Y]"),
    ("Let $X$ have mean $m$ and variance $v$.", r"\mathbb{E}[X^2] = v - m^2"),
    ("Let $X$ have mean $m$.", r"\mathbb{E}[Y] = m"),
    ("If $X$ has no mean $m$, it has another.", r"\mathbb{E}[X] = m"),
    (r"Let $X_1, \ldots, X_n$ have mean $\mu$ and variance $\sigma^2$.",
     r"\mathrm{Var}\left(\frac1n \sum_{i=1}^n X_i\right) = \frac{\sigma^2}{n}"),
    (r"Let $X_1, \ldots, X_n$ be independent with mean $\mu$ and variance $\sigma^2$.",
     r"\mathrm{Var}\left(\frac1n \sum_{i=1}^n X_i\right) = \sigma^2"),
]  # fmt: skip


def verdict(tmp_path, words, step):
    return verdicts(checked(tmp_path, f"{words} Then\n\n$$\n{step} .\n$$\n", "text.md"))[-1]


@pytest.mark.parametrize(("words", "step"), RIGHT)
def test_what_follows_from_it_is_proved(tmp_path, words, step):
    assert verdict(tmp_path, words, step) == "proved"


@pytest.mark.parametrize(("words", "step"), WRONG)
def test_what_does_not_is_not(tmp_path, words, step):
    assert verdict(tmp_path, words, step) in ("gap", "refuted", "unknown")


@pytest.mark.parametrize("words", [words for words, _ in RIGHT[:5]])
def test_what_is_made_of_independent_variables_depends_on_them(tmp_path, words):
    step = r"\mathbb{E}[X W] = \mathbb{E}[X] \mathbb{E}[W]"
    text = f"{words} Let\n\n$$\nW = X + Y\n$$\n\nThen\n\n$$\n{step} .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("gap", "refuted", "unknown")


FAR = [
    ("The sum of $X$ and $Y$ has mean $m$.", r"\mathbb{E}[X] = m"),
    ("The sum of $X$ and $Y$ has mean $m$.", r"\mathbb{E}[Y] = m"),
    ("Given $Y$, $X$ has mean $m$.", r"\mathbb{E}[X] = m"),
    ("Let $X$ be a sum of variables with mean $m$.", r"\mathbb{E}[X] = m"),
    ("Let $X$ and $Y$ be functions of independent variables.", r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]"),
    ("The variable $Z$ is independent of the variables $X$ and $Y$.", r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]"),
    ("If $X$ and $Y$ are independent, much is known. In general it is not.",
     r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]"),
    ("If $X$ has mean $m$ it is easy. In general we use an arbitrary variable.", r"\mathbb{E}[X] = m"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "step"), FAR)
def test_what_is_said_of_something_else_is_not_said_of_them(tmp_path, words, step):
    assert verdict(tmp_path, words, step) in ("gap", "refuted", "unknown")


def test_what_is_said_later_does_not_hold_before(tmp_path):
    step = "$$\n\\mathbb{E}[X Y] = \\mathbb{E}[X] \\mathbb{E}[Y] .\n$$"
    late = f"We have\n\n{step}\n\nNow let $X$ and $Y$ be independent. We get\n\n$$\n1 = 1 .\n$$\n"
    assert verdicts(checked(tmp_path, late, "text.md"))[0] in ("gap", "refuted")
    reason = f"We have\n\n{step}\n\nbecause $X$ and $Y$ are independent.\n"
    assert verdicts(checked(tmp_path, reason, "text.md"))[0] == "proved"


def test_a_mean_that_is_only_claimed_is_none_of_a_family(tmp_path):
    text = (
        "Let $X_1, \\ldots, X_n$ be independent random variables. Then\n\n$$\n"
        "\\mathbb{E}\\left[\\sum_{i=1}^n X_i\\right] = n c\n$$\n\nThus\n\n$$\n\\mathbb{E}[X_i] = c\n$$\n"
    )
    assert "proved" not in verdicts(checked(tmp_path, text, "text.md"))


HERE = """We have

$$
\\mathrm{Cov}(X, Y) = \\mathbb{E}[X Y] - \\mathbb{E}[X] \\mathbb{E}[Y] .
$$

%s

$$
\\mathbb{E}[X Y] = \\mathbb{E}[X] \\mathbb{E}[Y] .
$$

Further,

$$
\\mathrm{Var}(X + Y) = \\mathrm{Var}(X) + \\mathrm{Var}(Y) .
$$
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("If $X$ and $Y$ are independent, then", ["proved", "gap"]),
        ("If $X$ and $Y$ are uncorrelated, then", ["proved", "gap"]),
        ("Since $X$ and $Y$ are independent, we have", ["proved", "gap"]),
        ("Now let $X$ and $Y$ be independent. Then", ["proved", "proved"]),
        ("If $X$ and $Z$ are independent, then", ["gap", "gap"]),
    ],
)
def test_what_is_said_late_holds_for_its_display_or_from_there_on(tmp_path, words, expected):
    found = verdicts(checked(tmp_path, HERE % words, "text.md"))[-2:]
    assert [verdict if verdict == "proved" else "gap" for verdict in found] == expected
    assert "given" not in found


@pytest.mark.parametrize("words", ["If $X$ and $Y$ are not independent, then", "If $X$ and $Y$ are identical, then"])
def test_what_is_said_late_of_something_else_does_not_help(tmp_path, words):
    assert verdicts(checked(tmp_path, HERE % words, "text.md"))[-2] not in ("proved", "given")


def test_two_members_of_a_family_may_be_one(tmp_path):
    words = r"Let $X_1, \ldots, X_n$ be i.i.d. with mean $\mu$ and variance $v$."
    assert verdict(tmp_path, words, r"\mathbb{E}[X_j X_k] = \mu^2") != "proved"
    assert verdict(tmp_path, words, r"\mathrm{Var}(X_j - X_k) = 2 v") != "proved"


FAMILY = r"Let $X_1, \ldots, X_n$ be i.i.d. with mean $\mu$ and variance $v$."


@pytest.mark.parametrize(
    "step",
    [
        r"\mathrm{Cov}(X_1, X_2) = 0",
        r"\mathrm{Var}(X_1 - X_2) = 2 v",
        r"\mathbb{E}[X_1 X_2] = \mu^2",
        r"\mathbb{E}[X_3^2] = v + \mu^2",
    ],
)
def test_members_that_are_called_by_numbers_are_independent(tmp_path, step):
    assert verdict(tmp_path, FAMILY, step) == "proved"
    assert verdict(tmp_path, r"Let $X_1, \ldots, X_n$ be random.", step) != "proved"
    assert verdict(tmp_path, FAMILY, step.replace("X_1", "X_0").replace("X_3", "X_0")) != "proved"


@pytest.mark.parametrize(
    "step",
    [
        r"\mathrm{Var}\left(\sum_{i=1}^n X_i\right) = n^2 v",
        r"\mathbb{E}\left[\left(\sum_{i=1}^n X_i\right)^2\right] = n v + n \mu^2",
        r"\mathrm{Var}\left(\frac{1}{n} \sum_{i=1}^n X_i\right) = v",
        r"\mathbb{E}\left[\sum_{i=1}^n X_i^2\right] = n v - n \mu^2",
    ],
)
def test_what_is_false_of_all_families_with_these_moments_is_told(tmp_path, step):
    assert verdict(tmp_path, FAMILY, step) in ("gap", "refuted")


@pytest.mark.parametrize(
    "step",
    [
        r"\mathbb{E}\left[\sum_{i=1}^n X_i^3\right] = n \mu^3 + 3 n \mu v",
        r"\mathrm{Var}\left(\sum_{i=1}^n X_i\right) = n \, \mathrm{Var}(X_1)",
        r"\mathrm{Var}\left(\sum_{i=1}^n X_i^2\right) = 2 n v^2 + 4 n v \mu^2",
    ],
)
def test_what_more_moments_decide_is_not_told(tmp_path, step):
    assert verdict(tmp_path, FAMILY, step) not in ("gap", "refuted")


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("Let $X_1$ and $X_2$ be independent. Let $X_3$ be random.", r"\mathrm{Cov}(X_1, X_3) = 0"),
        (
            "Let $X_1$ and $X_2$ be independent. Let $X_3$ be random.",
            r"\mathrm{Var}(X_1 + X_3) = \mathrm{Var}(X_1) + \mathrm{Var}(X_3)",
        ),
        (r"Let $X_1$ have mean $\mu$ and let $X_2$ be random.", r"\mathbb{E}[X_1 + X_2] = 2 \mu"),
        (
            r"Let $X_1$ have mean $\mu$ and variance $v$. Let $X_2$ have mean $m$ and variance $u$.",
            r"\mathbb{E}[X_2] = \mu",
        ),
        (r"Let $X_1, \ldots, X_n$ be independent with mean $\mu / n$.", r"\mathbb{E}[X_2] = \mu / 2"),
        (r"Let $X_1, \ldots, X_9$ be independent. Let $Y_1$ and $Y_2$ be random.", r"\mathrm{Cov}(Y_1, Y_2) = 0"),
    ],
)
def test_what_is_said_of_one_by_its_number_is_said_of_no_other(tmp_path, words, step):
    assert verdict(tmp_path, words, step) not in ("proved", "given")


@pytest.mark.parametrize(
    ("words", "step"),
    [
        (
            "Let $X_1$ and $X_2$ be independent random variables.",
            r"\mathbb{E}[X_1^2 X_2] = \mathbb{E}[X_1^2] \mathbb{E}[X_2]",
        ),
        (r"Let $X_1$ have mean $\mu$ and let $X_2$ have mean $m$.", r"\mathbb{E}[X_1 + X_2] = \mu + m"),
        (r"Let $X_1, \ldots, X_9$ be independent random variables with mean $\mu$.", r"\mathbb{E}[X_1 X_2] = \mu^2"),
        (
            r"Let $X_1, \ldots, X_9$ be independent random variables.",
            r"\mathrm{Var}\left(\sum_{i=1}^9 X_i\right) = \sum_{i=1}^9 \mathrm{Var}(X_i)",
        ),
    ],
)
def test_what_is_said_of_some_by_their_numbers_is_known_of_them(tmp_path, words, step):
    assert verdict(tmp_path, words, step) == "proved"


DRAWN = """%s

$$
y_i \\sim \\mathcal{N}(\\mu, \\sigma^2), \\quad i = 1, \\ldots, n .
$$

Then

$$
\\mathrm{Var}\\left( \\frac{1}{n} \\sum_{i=1}^n y_i \\right) = \\frac{\\sigma^2}{n} .
$$
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Let there be data points where each is [independent and identically](/D) [normally distributed](/D):", True),
        ("Let $y$ be a series where each is independent and identically distributed:", True),
        ("Let the data be i.i.d.:", True),
        ("Let the data be drawn:", False),
        ("Let the data be a series that is not independent and identically distributed:", False),
        ("If the data were independent and identically distributed:", False),
        ("Let the data be identically distributed:", False),
        ("Let the data be conditionally independent and identically distributed:", False),
    ],
)  # fmt: skip
def test_what_is_drawn_behind_such_words_is_independent(tmp_path, words, expected):
    assert (verdicts(checked(tmp_path, DRAWN % words, "text.md"))[-1] == "proved") == expected


@pytest.mark.parametrize(
    ("words", "step"),
    [
        (FAMILY + r" We sort them, so that $X_1 \leq X_2$.", r"\mathrm{Cov}(X_1, X_2) = 0"),
        (FAMILY + r" Now let $X_2 = X_1$.", r"\mathrm{Var}(X_1 + X_2) = 2 v"),
        (FAMILY + r" They are put in increasing order.", r"\mathrm{Var}(X_1 + X_2) = 2 v"),
        ("Let $X_1$ and $X_2$ be uncorrelated. Let $X_3$ be random.", r"\mathrm{Cov}(X_1, X_3) = 0"),
        (FAMILY, r"\mathbb{E}[X_1^2 X_2] = v \mu"),
    ],
)
def test_members_that_are_tied_to_each_other_are_not_independent(tmp_path, words, step):
    assert verdict(tmp_path, words, step) not in ("proved", "given")


def test_what_covariances_do_not_decide_of_numbered_members_is_not_told(tmp_path):
    assert verdict(tmp_path, FAMILY, r"\mathbb{E}[X_1^2 X_2] = (v + \mu^2) \mu") not in ("gap", "refuted")
    words = "Let $X_1$ and $X_2$ be uncorrelated random variables."
    assert verdict(tmp_path, words, r"\mathrm{Var}(X_1 + X_2) = \mathrm{Var}(X_1) + \mathrm{Var}(X_2)") == "proved"


def test_what_holds_in_one_display_alone_is_not_taken_from_it(tmp_path):
    text = (HERE % "If $X$ and $Y$ are independent, then").partition("Further")[0]
    later = "Hence\n\n$$\n\\mathrm{Cov}(X, Y) + 1 = 1 .\n$$\n"
    assert verdicts(checked(tmp_path, text + later, "text.md"))[-1] not in ("proved", "given")


def test_names_with_accents_are_independent_as_well(tmp_path):
    said = r"Let $\mathbb{E}[\epsilon] = 0$ and $\mathrm{Var}(\epsilon) = s^2$."
    text = (
        said
        + r" Assume that $\hat{f}$ is independent of $\epsilon$."
        + " Then\n\n$$ \\mathbb{E}[(\\epsilon - \\hat{f})^2] = \\mathbb{E}[\\hat{f}^2] + %s $$\n"
    )
    assert verdicts(checked(tmp_path, text % "s^2", "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text % "s", "text.md"))[0] in ("gap", "refuted")


NAMED = r"Let $Y_1, \ldots, Y_n$ be {} with mean $\nu$ and variance $\tau^2$."


@pytest.mark.parametrize(
    ("how", "step"),
    [
        # The letter of the last member does not stand in the name of the mean.
        ("independent", r"\mathbb{E}[Y_1 Y_2] = \nu^2"),
        ("uncorrelated", r"\mathrm{Var}(Y_1 - Y_2) = 2 \tau^2"),
        ("independent", r"\mathbb{E}[Y_1^2 Y_2] = \tau^2 \nu + \nu^3"),
        ("independent", r"\mathbb{E}[\sum_{k=1}^n (Y_k - \nu)^2] = n \tau^2"),
        ("independent", r"\mathbb{E}[\sum_{k \neq i} Y_k Y_i] = n (n - 1) \nu^2"),
    ],
)
def test_moments_of_members_by_their_numbers_and_of_sums(tmp_path, how, step):
    assert verdict(tmp_path, NAMED.format(how), step) == "proved"


@pytest.mark.parametrize(
    ("how", "step", "said"),
    [
        ("random variables", r"\mathrm{Var}(Y_1 - Y_2) = 2 \tau^2", "gap"),
        ("random variables", r"\mathrm{Var}(\sum_{i=1}^n Y_i) = n \tau^2", "gap"),
        ("independent", r"\mathrm{Var}(\sum_{i=1}^n Y_i) = n^2 \tau^2", "gap"),
        ("independent", r"\mathbb{E}[Y_1^2 Y_2] = \tau^2 \nu + \nu", "gap"),
        ("uncorrelated", r"\mathbb{E}[Y_1^2 Y_2] = \tau^2 \nu + \nu^3", "plausible"),
    ],
)
def test_moments_of_members_that_differ_are_told(tmp_path, how, step, said):
    assert verdict(tmp_path, NAMED.format(how), step) == said


def test_a_mean_that_is_said_to_depend_on_something_random_is_no_number(tmp_path):
    words = r"Let $X$ and $Y$ be random variables. $X$ has mean $\mu$, and $\mu$ depends on $Y$."
    assert verdict(tmp_path, words, r"\mathbb{E}[\mu Y] = \mu \mathbb{E}[Y]") not in ("proved", "given")


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (r"Let $\mathbb{E}[a] = m$.", "gap"),
        (r"Let $v$ be a vector with $\mathbb{E}[a] = 0$.", "gap"),
        (r"Let $\mathbb{E}[a] = a$.", "proved"),
        (r"Let $a = m$.", "proved"),
    ],
)
def test_what_has_a_mean_is_random(tmp_path, said, verdict):
    text = f"{said} Then\n\n$$ \\mathbb{{E}}[a X] = a \\mathbb{{E}}[X] . $$"
    assert verdicts(checked(tmp_path, text))[-1] == verdict


@pytest.mark.parametrize(
    "how", ["with probability $0.9$", "with probability $p$", "with high probability", "with some chance"]
)
def test_what_is_so_with_some_probability_is_not_said(tmp_path, how):
    text = f"Suppose that $X$ and $Y$ are independent {how}. It follows that\n\n$$ \\mathrm{{Cov}}(X, Y) = 0 . $$"
    assert verdicts(checked(tmp_path, text))[-1] != "proved"


def test_what_has_a_probability_distribution_is(tmp_path):
    text = "Let $X$ and $Y$ be independent random variables with joint probability density $f$. It follows that"
    assert verdicts(checked(tmp_path, f"{text}\n\n$$ \\mathrm{{Cov}}(X, Y) = 0 . $$"))[-1] == "proved"


RENEWED = """Let $X$ and $Y$ be independent random variables.

$$ \\mathbb{E}[X Y] = \\mathbb{E}[X] \\mathbb{E}[Y] . $$

@

$$ \\mathbb{E}[X Y] = \\mathbb{E}[X] \\mathbb{E}[Y] . $$
"""


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Again, the following holds.", "proved"),
        ("Let $Z$ be a random variable.", "proved"),
        ("Let $X$ and $Y$ be two independent random variables.", "proved"),
        ("Let $X$ and $Y$ be random variables.", "gap"),
        ("Now let $Y$ be another random variable.", "gap"),
        ("Let $X$ and $Y$ be normal random variables.", "gap"),
        ("Let $X$ and $Y$ be not necessarily independent random variables.", "gap"),
    ],
)
def test_names_that_are_introduced_anew_are_no_longer_independent(tmp_path, words, verdict):
    assert verdicts(checked(tmp_path, RENEWED.replace("@", words))) == ["proved", verdict]


def test_more_may_be_said_of_independent_names(tmp_path):
    said = "Let $X$ and $Y$ be independent random variables. Let $X$ and $Y$ be normal random variables. We have "
    formula = r"$$ \mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y] . $$"
    assert verdicts(checked(tmp_path, said + formula)) == ["proved"]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("variance $v$", "proved"),
        ("$X \\geq 0$ and variance $v > 0$", "proved"),
        ("sample variance $v$", "gap"),
        ("variance $a \\leq v \\leq b$", "gap"),
        ("variance $v$ given $Y$", "gap"),
    ],
)
def test_the_variance_may_be_said_alone(tmp_path, said, verdict):
    text = f"Let $X$ be a random variable with {said}. Then we get\n\n$$ \\mathrm{{Var}}(2 X) = 4 v . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == verdict


PAIRWISE = "Let $X$, $Y$ and $Z$ be pairwise independent random variables."
OF_ALL = r"E[X Y Z] = E[X] E[Y] E[Z]"


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        (PAIRWISE, r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)", OF_ALL),
        (PAIRWISE, "E[X Z] = E[X] E[Z]", OF_ALL),
        ("Consider pairwise independent random variables $X$, $Y$ and $Z$.", "E[Y Z] = E[Y] E[Z]", OF_ALL),
        (
            r"Let $X_1, \dots, X_n$ be pairwise independent random variables with mean $\mu$ and variance $v$.",
            r"\mathrm{Var}\left(\sum_{i=1}^n X_i\right) = n v",
            r"E[X_1 X_2 X_3] = \mu^3",
        ),
    ],
)
def test_of_independent_pairs_nothing_is_known_of_three(tmp_path, said, right, wrong):
    text = f"{said} Then we get\n\n$$ {right} . $$\n\nThen we get\n\n$$ {wrong} . $$\n"
    first, second = verdicts(checked(tmp_path, text, "text.md"))
    assert first == "proved"
    assert second != "proved"


@pytest.mark.parametrize(
    "said",
    [
        "Suppose the components of $q$ and $k$ are independent random variables with mean $0$ and variance $1$.",
        "Suppose that the $q_i$ and $k_i$ are independent random variables with mean $0$ and variance $1$.",
        "Assume that the entries of $q$ and $k$ are i.i.d. and independent with mean $0$ and variance $1$.",
    ],
)
@pytest.mark.parametrize("total", ["", r" Let $s = \sum_{i=1}^d q_i k_i$."])
def test_entries_of_vectors_are_members_of_families(tmp_path, said, total):
    text = f"**Why divide?** {said}{total} Then\n\n$$ \\mathrm{{Var}}(q_i k_i) = @ $$\n"
    right = text.replace("@", r"\mathbb{E}[q_i^2] \mathbb{E}[k_i^2] = 1")
    assert verdicts(checked(tmp_path, right, "right.md")) == ["proved", "proved"]
    assert verdicts(checked(tmp_path, text.replace("@", "2"), "wrong.md"))[0] in ("gap", "refuted", "unknown")


def test_members_of_two_letters_may_be_the_same(tmp_path):
    said = "Suppose that the $q_i$ are independent with mean $0$ and variance $1$."
    text = f"{said} Then\n\n$$ \\mathbb{{E}}[q_i q_j] = 0 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[0] != "proved"


def test_what_is_said_of_entries_is_not_said_of_the_vector(tmp_path):
    said = "Suppose the entries of $x$ are independent with mean $0$ and variance $1$."
    assert verdicts(checked(tmp_path, f"{said} Then\n\n$$ \\mathbb{{E}}[x^2] = 1 $$\n", "text.md"))[0] != "proved"


def test_members_of_two_families_are_independent_whatever_their_letters(tmp_path):
    said = "Suppose the $q_i$ and $k_i$ are independent with mean $0$ and variance $1$."
    assert verdicts(checked(tmp_path, f"{said} Then\n\n$$ \\mathbb{{E}}[q_i k_j] = 0 $$\n", "right.md")) == ["proved"]
    text = f"{said} Then\n\n$$ \\mathbb{{E}}[(q_i + q_j)^2] = 2 $$\n"
    assert verdicts(checked(tmp_path, text, "wrong.md"))[0] != "proved"
