"""Solutions as they are written step by step: under headings, in lists, with chains that go on over displays."""

from __future__ import annotations

import pytest

from symderiv.writers.verdicts import name_of
from tests.documents.checking import checked, steps_of, verdicts

TOLD = ("gap", "refuted")


def last(tmp_path, text):
    return verdicts(checked(tmp_path, text, "text.md"))[-1]


SIGMOID = r"""## The logistic loss

Let the sigmoid function be

$$ \sigma(z) = \frac{1}{1 + e^{-z}} $$

### %s

We have

$$ %s $$
"""


@pytest.mark.parametrize(
    "heading", ["Step 1: derivative of the sigmoid", "2. Solution", "Final answer", "Sanity check"]
)
def test_a_heading_of_a_step_goes_on_with_what_stands_above(tmp_path, heading):
    assert last(tmp_path, SIGMOID % (heading, r"1 - \sigma(z) = \sigma(-z)")) == "proved"
    assert last(tmp_path, SIGMOID % (heading, r"1 - \sigma(z) = -\sigma(-z)")) in TOLD


@pytest.mark.parametrize("heading", ["Another function", "Step sizes", "Stepwise regression"])
def test_other_headings_begin_anew(tmp_path, heading):
    assert last(tmp_path, SIGMOID % (heading, r"1 - \sigma(z) = \sigma(-z)")) != "proved"


def test_the_derivative_of_a_named_function_is_not_that_function(tmp_path):
    step = SIGMOID % ("Step 1: derivative of the sigmoid", r"\sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2}")
    assert last(tmp_path, step) == "proved"
    assert last(tmp_path, step.replace("= \\frac{e^", "= -\\frac{e^")) in TOLD
    named = "The %s the logistic function is\n\n$$ g(p) = \\ln \\frac{p}{1 - p}. $$\n"
    assert last(tmp_path, named % "inverse of") == "given"
    assert last(tmp_path, named % "definition of") in TOLD


@pytest.mark.parametrize("heading", ["# Hoeffding's lemma", "### The descent lemma", "## Around Bayes' theorem"])
def test_what_stands_below_the_name_of_a_lemma_is_checked(tmp_path, heading):
    text = f"{heading}\n\nLet $p = a / b$ and $b > 0$. Then we have\n\n$$ b p = %s. $$\n"
    assert last(tmp_path, text % "a") == "proved"
    assert last(tmp_path, text % "2 a") in TOLD


def test_a_lemma_with_its_proof_is_one(tmp_path):
    text = (
        "%s\n\nFor numbers it holds that\n\n$$ (a + b)^2 - 4 a b = %s. $$\n\n"
        "%s\n\n$$ (a + b)^2 - 4 a b = (a - b)^2. $$\n"
    )
    for heading, proof in (("## Lemma", "### Proof"), ("## A little lemma", "**Proof:** We expand:")):
        assert set(verdicts(checked(tmp_path, text % (heading, "(a - b)^2", proof), "text.md"))) <= {"given", "proved"}
        assert verdicts(checked(tmp_path, text % (heading, "(a - 2 b)^2", proof), "text.md"))[0] in TOLD


LIST = r"""%s

- $a_t = 1 - b_t$
- **Rate:** $c = 2 d$ (doubled)
- $s > 0$ is the scale

Then we have

$$ %s $$
"""


@pytest.mark.parametrize("words", ["We define:", "where:", "**Notation.**", "Let us define the following quantities:"])
@pytest.mark.parametrize(
    ("right", "wrong"), [("a_t + b_t = 1", "a_t + b_t = 2"), ("c + d = 3 d", "c + d = 2 d"), ("|s| = s", "|s| = - s")]
)
def test_a_list_says_what_is_meant(tmp_path, words, right, wrong):
    assert last(tmp_path, LIST % (words, right)) == "proved"
    assert last(tmp_path, LIST % (words, wrong)) in TOLD


@pytest.mark.parametrize(
    "words",
    [
        "One of the following holds:",
        "Many authors define:",
        "We do not define:",
        "Consider these cases:",
        "For example, we define:",
        "We take data where one of the following holds:",
        "> We define:",
        "They wrongly define:",
        "If we define:",
        "Does one define:",
    ],
)
def test_not_every_list_says_what_is_meant(tmp_path, words):
    assert last(tmp_path, LIST % (words, "a_t + b_t = 1")) != "proved"


@pytest.mark.parametrize("rest", ["if $d > 0$", "only then", "unless $d = 1$", "was wrong"])
def test_an_item_may_take_back_what_it_says(tmp_path, rest):
    assert last(tmp_path, LIST.replace("(doubled)", rest) % ("We define:", "c + d = 3 d")) != "proved"


def test_a_list_in_an_item_says_what_is_meant(tmp_path):
    text = "1. **Rates:** define\n   - $a = b + c$\n   - $d = 2 b$\n\n2. **Total:**\n\n   $$ a + d = %s $$\n"
    assert last(tmp_path, text % "3 b + c") == "proved"
    assert last(tmp_path, text % "2 b + c") in TOLD


@pytest.mark.parametrize("words", ["", "Now expand the second square:", "Substituting $c = 1$ into this:"])
@pytest.mark.parametrize("begins", ["(a + b)^2 - (a - b)^2", "D = (a + b)^2 - (a - b)^2"])
def test_a_chain_goes_on_over_displays(tmp_path, words, begins):
    text = f"We compute\n\n$$ {begins} $$\n\n{words}\n\n$$ = a^2 + 2 a b + b^2 - (a - b)^2 $$\n\nand\n\n$$ = %s $$\n"
    assert last(tmp_path, text % "4 a b") == "proved"
    assert last(tmp_path, text % "2 a b") in TOLD


def test_a_chain_goes_on_from_prose_that_is_not_read(tmp_path):
    text = "We have\n\n$$ y = a + b $$\n\nThe loss is $L = (y - w)^2$\n\n$$ = y^2 - 2 y w + w^2 $$\n"
    assert last(tmp_path, text) == "unread"


@pytest.mark.parametrize("last_step", ["S_t - S_{t-1} = a_t", "S_t = S_{t-1} + a_t"])
def test_a_sum_is_that_up_to_the_number_before_and_its_last_term(tmp_path, last_step):
    text = "Define\n\n$$ S_t = \\sum_{s=1}^t a_s. $$\n\nThen we have\n\n$$ %s. $$\n"
    assert last(tmp_path, text % last_step) == "proved"
    wrong = last_step.replace("a_t", "2 a_t")
    assert last(tmp_path, text % wrong) in TOLD


def test_a_product_is_that_up_to_the_number_before_times_its_last_factor(tmp_path):
    text = (
        "Let $b_t \\in (0, 1)$ and $a_t = 1 - b_t$. Define\n\n$$ \\bar a_t = \\prod_{s=1}^t a_s. $$\n\nThen we have\n\n"
        "$$ a_t (1 - \\bar a_{%s}) + b_t = 1 - \\bar a_t. $$\n"
    )
    assert last(tmp_path, text % "t-1") == "proved"
    assert last(tmp_path, text % "t") in TOLD


SOLVED = r"""The log-likelihood is

$$ \ell(q) = n \log q - q s $$

Setting the derivative to zero gives

$$ \frac{n}{q} - s = 0 %s = %s $$
"""


@pytest.mark.parametrize("arrow", [r"\implies", "$$\n\n$$ \\Rightarrow\\quad", "$$\n\nTherefore\n\n$$"])
@pytest.mark.parametrize("name", [r"\hat q", "q^*", r"q_{\text{MLE}}", r"\hat{q}_{\mathrm{ML}}"])
def test_what_solves_an_equation_has_a_name_of_its_own(tmp_path, arrow, name):
    assert last(tmp_path, SOLVED % (f"{arrow} {name}", r"\frac{n}{s}")) == "proved"
    assert last(tmp_path, SOLVED % (f"{arrow} {name}", r"\frac{s}{n}")) in TOLD


def test_a_bound_leaves_a_name_its_definition(tmp_path):
    text = (
        "Let $m = \\frac{1}{n} \\sum_{i=1}^n x_i$. Define\n\n$$ v = \\frac{1}{n} \\sum_{i=1}^n (x_i - m)^2 $$\n\n"
        "and suppose that $v > 0$. Then we have\n\n$$ \\frac{1}{n} \\sum_{i=1}^n (x_i - m)^2 = %s. $$\n"
    )
    assert last(tmp_path, text % r"\frac{v^2}{v}") == "proved"
    assert last(tmp_path, text % r"\frac{v^2}{2 v}") in TOLD


@pytest.mark.parametrize(
    "words",
    [
        "**With a constant factor.**",
        "Let's verify this:",
        "With the step size $h = 1 / b$ the factor is",
        "**Step 2: The model.** Simplifying,",
        "The cross term vanishes:",
    ],
)
def test_what_words_do_not_give_is_checked(tmp_path, words):
    text = f"Let $k = a / b$. We look at the factor.\n\n{words}\n\n$$ b k - 2 a + a = %s $$\n"
    assert last(tmp_path, text % "0") == "proved"
    assert last(tmp_path, text % "a") in TOLD


def test_what_is_said_for_a_display_holds_among_distributions(tmp_path):
    text = (
        "Let $p(x | y)$ be a distribution and $b > 0$.\n\n$$ p(x) = \\sum_y p(x | y) p(y) $$\n\n"
        "If $w = \\frac{b}{b + n}$, then\n\n$$ w (b + n) = %s. $$\n"
    )
    assert last(tmp_path, text % "b") == "proved"
    assert last(tmp_path, text % "n") in TOLD


def test_where_a_recurrence_is_initialised_it_begins(tmp_path):
    text = (
        "The average is initialized at $m_0 = 0$ and updated as\n\n$$ m_t = b m_{t-1} + (1-b) g_t. $$\n\n"
        "Then we have\n\n$$ m_1 = %s. $$\n"
    )
    assert last(tmp_path, text % "(1-b) g_1") == "proved"
    assert last(tmp_path, text % "b g_1") in TOLD


def test_what_a_label_says_to_be_given_is(tmp_path):
    text = "**Given:** data $y$ and a penalty $k > 0$.\n\nThen we have\n\n$$ y^2 + k > 0. $$\n"
    assert last(tmp_path, text) == "proved"
    assert last(tmp_path, text.replace("k > 0$.", "k$.")) in TOLD


@pytest.mark.parametrize(
    "text", ["We have\n\n\\[\na - b\n= %s\n\\]\n", "We have \\[ a - b = %s \\] for all numbers.\n"]
)
def test_brackets_display_a_formula_in_markdown(tmp_path, text):
    assert last(tmp_path, text % "- (b - a)") == "proved"
    assert last(tmp_path, text % "b - a") in TOLD


@pytest.mark.parametrize(
    "text", ["See \\[1\\] and [a](b).", "Code `\\[ a = b \\]` is none.", "Rows \\\\[2pt] a = b \\\\[2pt]"]
)
def test_not_every_bracket_displays_a_formula(tmp_path, text):
    assert verdicts(checked(tmp_path, text, "text.md")) == []


def test_words_for_what_something_is_said_of_come_before_its_definition(tmp_path):
    text = "Let $c = 2 a$. Therefore $a = c / 2$ for\n\n$$ s^2 = a + c. $$\n\nThen we have\n\n$$ s^2 = %s. $$\n"
    assert verdicts(checked(tmp_path, text % "3 a", "text.md")) == ["given", "proved"]
    assert verdicts(checked(tmp_path, text % "2 a", "text.md"))[-1] in TOLD


@pytest.mark.parametrize(
    "words", ["Up to a constant, the log-posterior is", "Ignoring constant terms, the objective reads"]
)
def test_what_is_left_of_something_but_for_a_constant_has_a_name(tmp_path, words):
    text = f"{words}\n\n$$ J(w) = a \\log w + b \\log(1 - w). $$\n\nDifferentiating,\n\n$$ J'(w) = %s. $$\n"
    assert last(tmp_path, text % r"\frac{a}{w} - \frac{b}{1 - w}") == "proved"
    assert last(tmp_path, text % r"\frac{a}{w} + \frac{b}{1 - w}") in TOLD


@pytest.mark.parametrize("left", [r"\log p(w)", "p(w)"])
def test_what_is_so_but_for_a_constant_is_not_so(tmp_path, left):
    text = (
        f"Up to a constant, the log-posterior is\n\n$$ {left} = - w^2. $$\n\nThen we have\n\n$$ {left} + w^2 = 0. $$\n"
    )
    assert last(tmp_path, text) != "proved"


@pytest.mark.parametrize(
    "between",
    ["This is not so. In general", "Suppose instead that $a = 3$. Then", "## Another one\n\nHere", "If $b = 1$, then"],
)
def test_a_chain_that_goes_on_says_nothing_wrong(tmp_path, between):
    text = f"We have\n\n$$ (a + b)^2 = a^2 + 2 a b + b^2 $$\n\n{between}\n\n$$ = a^2 + 2 a b + b $$\n"
    assert "proved" not in verdicts(checked(tmp_path, text, "text.md"))[1:] or "b = 1" in between


def test_what_solves_is_what_solves_the_equation_before(tmp_path):
    text = (
        "Let $f(x) = a x^2 - b x$. Setting the derivative to zero gives\n\n$$ 2 a x - b = 0 $$\n\n"
        "Here $a > 0$. In another problem we have\n\n$$ a x = b $$\n\nTherefore\n\n$$ x^* = \\frac{%s}{a} $$\n"
    )
    assert last(tmp_path, text % "3 b") != "proved"


def test_a_slope_that_prose_sets_to_zero_is_solved(tmp_path):
    text = r"""Let $0 < p < 1$ and $0 < q < 1$.

Let $H(p) = -p \log p - (1-p) \log(1-p)$ and $C(q) = -p \log q - (1-p) \log(1-q)$. Differentiating,

$$ C'(q) = -\frac{p}{q} + \frac{1-p}{1-q} $$

Setting $C'(q) = 0$ we get

$$ q = %s $$

The gap is the divergence:

$$ C(q) - H(p) = p \log \frac%s + (1-p) \log \frac{1-p}{1-q} $$
"""
    assert verdicts(checked(tmp_path, text % ("p", "{p}{q}"), "text.md")) == ["proved"] * 3
    assert verdicts(checked(tmp_path, text % ("2 p", "{p}{q}"), "text.md"))[1] in TOLD


def test_a_sum_has_no_last_term_where_it_is_empty(tmp_path):
    text = r"Let $t = 0$. Then" + "\n\n" + r"$$ \sum_{s=1}^{t} a_s - \sum_{s=1}^{t-1} a_s = a_t $$" + "\n"
    (step,) = steps_of(checked(tmp_path, text, "text.md"))
    assert name_of(step.verdict) != "proved" or step.verdict.conditions


VALUES = r"""The data are $x_1 = 1$, $x_2 = 2$ and $x_3 = 4$. Then

$$ \sum_{i=1}^3 x_i = @ $$
"""


@pytest.mark.parametrize(("value", "verdict"), [("7", "proved"), ("8", "gap"), (r"x_1 + x_2 + 3", "gap")])
def test_a_sum_of_numbered_terms_is_written_out(tmp_path, value, verdict):
    assert verdicts(checked(tmp_path, VALUES.replace("@", value), "text.md")) == [verdict]


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\sum_{j=1}^3 f_j = f_1 + f_2 + f_3", "proved"),
        (r"\sum_{j=1}^3 f_j = f_1 + f_2", "gap"),
        (r"\prod_{i=1}^2 \sigma(z_i) = \sigma(z_1) \sigma(z_2)", "proved"),
        (r"\prod_{i=1}^2 \sigma(z_i) = \sigma(z_1) \sigma(z_1)", "gap"),
        (r"\sum_{k=0}^2 a_k x^k = a_0 + a_1 x + a_2 x^2", "proved"),
        (r"\sum_{k=0}^2 a_k x^k = a_0 + a_1 x^2 + a_2 x", "gap"),
        (r"\sum_{i=1}^2 x_{i1} = x_{11} + x_{21}", "proved"),
        (r"\sum_{i=1}^2 x_{i1} = x_{11} + x_{12}", "refuted"),
        (r"\sum_{i=1}^2 \sum_{j=1}^2 x_{ij} = x_{11} + x_{12} + x_{21} + x_{22}", "proved"),
        (r"\sum_{i=1}^2 \sum_{j=1}^2 x_{ij} = x_{11} + x_{12} + x_{22}", "refuted"),
    ],
)
def test_so_are_its_terms_in_a_formula(tmp_path, formula, verdict):
    assert verdicts(checked(tmp_path, f"We see that\n\n$$ {formula} $$\n", "text.md")) == [verdict]


def test_a_name_has_one_value_in_a_sentence(tmp_path):
    text = "Let $x_1 = 1$, and elsewhere $x_1 = 2$.\n\n$$ 3 x_1 = 6 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) != ["proved"]


def test_a_member_with_two_values_has_none_in_a_sum(tmp_path):
    text = "Let $x_1 = 1$ and $x_2 = 2$. For the second data set, $x_1 = 3$ and $x_2 = 2$.\n\n"
    text += "$$ \\sum_{i=1}^2 x_i = @ $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "3"), "text.md")) != ["proved"]
    assert verdicts(checked(tmp_path, text.replace("@", "5"), "text.md")) != ["proved"]
