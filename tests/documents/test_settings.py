"""A value that a name is given for one sentence is not its value elsewhere."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

TEXT = r"""Let $f(x) = x^2 + 1$.

%s

$$
f(x) = %s .
$$

The function also satisfies

$$
%s .
$$
"""


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Setting $x = 0$ we get", "1"),
        ("With $x = 2$, this reads", "5"),
        ("Putting $x = 1$ in it, we find", "2"),
        ("Choosing $x = 3$ gives", "10"),
        ("Letting $x = 0$ yields", "1"),
        ("Substituting $x = 2$ leads to", "5"),
    ],
)
def test_it_holds_for_its_sentence(tmp_path, words, value):
    first, second = verdicts(checked(tmp_path, TEXT % (words, value, f"x^2 + 1 = {value}"), "text.md"))
    assert first in ("given", "proved")
    assert second not in ("given", "proved")


@pytest.mark.parametrize("step", ["f(x) - x = 1", "x = 0", "2 x = x", "f(x) = 1"])
def test_nothing_follows_from_it_later(tmp_path, step):
    later = verdicts(checked(tmp_path, TEXT % ("Setting $x = 0$ we get", "1", step), "text.md"))[-1]
    assert later not in ("given", "proved")


def test_a_new_name_keeps_its_meaning(tmp_path):
    text = "Let $\\sigma > 0$. With the precision $\\tau = 1 / \\sigma^2$, we get\n\n$$\n\\tau \\sigma^2 = 1 .\n$$\n\n"
    text += "It follows that\n\n$$\n\\sigma = \\frac{1}{\\sqrt{\\tau}} .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved", "proved"]


def test_a_link_names_one_thing(tmp_path):
    text = "We use the [inverse variance or precision](/D/prec) $t = 1 / s$ and get\n\n$$\nt s = 1 .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved"]


@pytest.mark.parametrize(
    "words",
    [
        "where $l$ are the log-odds that $y = 1$",
        "where $q$ is the probability that $y = 1$",
        "where $q$ is the prior probability of $y = 1$",
        "with the evidence in favour of $y = 1$",
    ],
)
def test_what_may_happen_is_not_said_to_happen(tmp_path, words):
    text = f"Let\n\n$$\ng(y) = 3 y ,\n$$\n\n{words}. Then\n\n$$\ny^2 = 1 .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("given", "proved")


def test_what_has_no_value_says_nothing(tmp_path):
    text = "By definition, we set $0 \\cdot \\log 0 = 0$. Then\n\n$$\n1 = 2 .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("given", "proved")


def test_infinity_is_no_number(tmp_path):
    text = "Let $x > 0$. We have\n\n$$\n\\log x \\leq \\infty .\n$$\n\nThus\n\n$$\n-\\infty < x^2 .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["unknown", "unknown"]


@pytest.mark.parametrize("words", ["The advantage is", "The learning rate is", "Thus, the gap is then"])
def test_what_a_clause_says_of_a_new_name_is_known(tmp_path, words):
    text = f"{words} $A(s) = Q(s) - V(s)$. Then\n\n$$\nA(s) + V(s) = Q(s) .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


@pytest.mark.parametrize("words", ["The solution is", "The value is", "Whether the answer is", "The root of it is not"])
def test_what_it_says_of_a_known_name_is_not(tmp_path, words):
    text = f"Let $f(x) = x^2$.\n\n$$\nf(x) \\geq 0 .\n$$\n\n{words} $x = 2$. Then\n\n$$\nf(x) = 4 .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("given", "proved")


def test_a_value_in_the_same_paragraph_is_for_its_sentence_too(tmp_path):
    text = "Let $g(x) = x + 1$. With $x = 1$ we get\n\n$$\ng(x) = 2 .\n$$\n\nThus\n\n$$\ng(x)^2 = 4 .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("given", "proved")


def test_what_follows_from_prose_is_not_given(tmp_path):
    text = "Let $x_{t+1} = a x_t$ with $x_0 = 1$. Then\n\n$$\nx_t = a^{t+1} .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("given", "proved")


@pytest.mark.parametrize(
    "words",
    [
        r"Let $A$ and $B$ be $n \times n$ matrices.",
        r"Let $A$, $B$ be real square matrices.",
        "For matrices $A$ and $B$ the following holds.",
        "The matrices $A$ and $B$ are given.",
    ],
)
def test_what_is_called_a_matrix_does_not_commute(tmp_path, words):
    text = f"{words} We have\n\n$$\n(A + B)^2 = A^2 + %s + B^2 .\n$$\n"
    assert verdicts(checked(tmp_path, text % "2 A B", "text.md"))[-1] in ("gap", "refuted")
    assert verdicts(checked(tmp_path, text % "A B + B A", "text.md"))[-1] == "proved"


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("Let $X = 1$ with probability $p$.", r"\mathbb{E}[X] = 1"),
        ("where $y = 1$ with high probability.", "y^2 = 1"),
        ("Let $Y = X$ in distribution for random variables.", r"\mathrm{Var}(X - Y) = 0"),
        ("Let $y = 3$ up to a constant.", "y^2 = 9"),
        ("Let $y = 3$ almost surely.", "y^2 = 9"),
    ],
)
def test_what_holds_in_a_way_only_is_not_believed(tmp_path, words, step):
    assert verdicts(checked(tmp_path, f"{words} Then\n\n$$\n{step} .\n$$\n", "text.md"))[-1] not in ("given", "proved")


def test_a_name_can_be_arbitrary_again(tmp_path):
    text = "Let $x = 2$. Then\n\n$$\nx^2 = 4 .\n$$\n\nNow let $x$ be arbitrary. Then\n\n$$\nx^2 = 4 .\n$$\n\n"
    text += "Still\n\n$$\nx^3 = 8 .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[0] == "proved"
    assert not {"given", "proved"} & set(verdicts(checked(tmp_path, text, "text.md"))[1:])


def test_a_claim_is_no_definition_where_something_else_speaks_of_its_name(tmp_path):
    text = "**Theorem:** Let\n\n$$\na = \\frac{c}{3} .\n$$\n\nThen\n\n$$\nc = 2 a .\n$$\n\n"
    text += "**Proof:** We have\n\n$$\nb = c - a\n$$\n\nand thus\n\n$$\nb = a .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("given", "proved")


EQUAL = r"""The posterior probability of the model is

$$
p(m | y) = \frac{p(y | m) p(m)}{p(y | m) p(m) + p(y | k) p(k)}
$$

%s

$$
\frac{p(y | m) p(m)}{p(y | m) p(m) + p(y | k) p(k)} = \frac{p(y | m)}{p(y | m) + p(y | k)} .
$$
"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("With equal prior probabilities $p(m) = p(k)$, this becomes", True),
        ("With the [prior probabilities](/D/prior) $p(m) = p(k)$, we get", True),
        ("Let $H$ be the hypothesis $p(m) = p(k)$. We get", False),
        ("The event $p(m) = p(k)$ is unlikely. We get", False),
        ("With unequal prior probabilities $p(m) \\neq p(k)$, we get", False),
    ],
)
def test_what_probabilities_are_is_said(tmp_path, words, said):
    assert (verdicts(checked(tmp_path, EQUAL % words, "text.md"))[-1] == "proved") == said


STEP_SIZE = r"""We use

$$
x_{t+1} = x_t - \eta g_t
$$

with the step size $\eta = 1/L$. %s

$$
\eta L + 1 = 2 .
$$
"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("We get", True),
        ("For any other step size, we get", False),
        ("With a different step size, we get", False),
        ("Now let the step size $\\eta$ be arbitrary. We get", False),
        ("In general, we get", False),
    ],
)
def test_a_thing_with_its_value_behind_a_display_keeps_it_until_the_text_speaks_of_others(tmp_path, words, said):
    assert (verdicts(checked(tmp_path, STEP_SIZE % words, "text.md"))[-1] == "proved") == said
