r"""Notation of textbooks on learning: `\partial_w`, labels in words, braces that print nothing, words over a brace."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts


def said(tmp_path, formula, before="Let $w$ be a number and $a, b > 0$. We find that"):
    return verdicts(checked(tmp_path, f"{before}\n\n$$ {formula} $$\n", "text.md"))[-1]


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\partial_w (a w^2 + b) = 2 a w", "proved"),
        (r"\partial_w (a w^2 + b) = a w", "gap"),
        (r"\partial_w^2 (a w^3) = 6 a w", "proved"),
        (r"\partial_w^2 (a w^3) = 3 a w^2", "gap"),
        (r"\partial_w \frac{1}{2} \sum_{i=1}^n (y_i - w)^2 = - \sum_{i=1}^n (y_i - w)", "proved"),
        (r"\partial_w \frac{1}{2} \sum_{i=1}^n (y_i - w)^2 = \sum_{i=1}^n (y_i - w)", "gap"),
        (r"\nabla_w \frac{1}{2} (a w)^2 = a^2 w", "proved"),
        (r"\nabla_w \frac{1}{2} (a w)^2 = a w^2", "gap"),
        (r"\partial_i w = 0", "unread"),
        (r"\partial_w a w^3 = 3 a w^2", "unread"),
        (r"\partial_w u(w) v(w) = 0", "unread"),
    ],
)
def test_the_sign_of_a_derivative_by_a_variable(tmp_path, formula, verdict):
    assert said(tmp_path, formula) == verdict


def test_a_gradient_by_a_vector(tmp_path):
    row = r"\partial_{\mathbf{v}} \|\mathbf{X} \mathbf{v} - \mathbf{y}\|^2 "
    row += r"= %s \mathbf{X}^\top (\mathbf{X} \mathbf{v} - \mathbf{y})"
    assert said(tmp_path, row % "2") == "proved"
    assert said(tmp_path, row % "") in ("gap", "refuted")


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"a (k_\textrm{in} + k_\text{out}) = a k_{\text{out}} + a k_{\text{in}}", "proved"),
        (r"a (k_\textrm{in} + k_\text{out}) = a \> k_{\text{out}} + k_{\text{in}}", "gap"),
        (r"a (k_\text{in} + b) = a k_{in} + a b", "gap"),
        (r"\sum_{i=1}^n {p_i c_i} = \sum_{i=1}^n c_i p_i", "proved"),
        (r"\sum_{i=1}^n {p_i c_i} = \sum_{i=1}^n c_i p_i^2", "gap"),
        (r"{p c}^2 = p^2 c^2", "unread"),
        (r"1 / {p c} = \frac{1}{p c}", "unread"),
        (r"{x}_1 + {x}_2 = x_2 + {x_1}", "proved"),
        (r"b \overbrace{a a a}^{\text{three times}} = a^3 b", "proved"),
        (r"b \overbrace{a a a}^{\text{three times}} = a^4 b", "gap"),
        (r"\mathop{\mathrm{max}}(a, b) \geq a", "proved"),
        (r"\mathop{\mathrm{max}}(a, b) \leq a", "gap"),
        (r"\mathop{a + b} = a + b", "unread"),
        (r"c^2 (a) = a c^2", "unread"),
    ],
)
def test_names_and_brackets(tmp_path, formula, verdict):
    found = said(tmp_path, formula)
    assert found == verdict or (verdict == "gap" and found == "refuted")


def test_two_relations_of_an_event(tmp_path):
    text = "Let $X$ and $Y$ be random variables. Then\n\n$$ P(X = 1 \\; \\textrm{and} \\; Y = 2) = P(%s) . $$\n"
    assert verdicts(checked(tmp_path, text % "Y = 2, X = 1", "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text % "Y = 2, X = 2", "text.md")) == ["unknown"]
    assert verdicts(checked(tmp_path, text.replace("and} \\; Y = 2", "and} \\; Y") % "X = 1", "text.md")) == ["unread"]


INDEXED = r"We find\n\n$$ \sum_{i=1}^n (w_i f_i(x) + f_i(y)) = \sum_{i=1}^n w_i f_i(x) + \sum_{j=1}^n %s . $$\n"


def test_functions_have_indices(tmp_path):
    text = INDEXED.replace(r"\n", "\n")
    assert verdicts(checked(tmp_path, text % "f_j(y)", "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text % "f_j(x)", "text.md")) == ["gap"]
    assert verdicts(checked(tmp_path, text % "f_i(y)", "text.md")) == ["gap"]
    assert verdicts(checked(tmp_path, text % "f_{j+1}(y)", "text.md")) == ["unread"]


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\mathbf{x_1}^\top \mathbf{x_2} = \mathbf{x_2}^\top \mathbf{x}_1", "proved"),
        (r"\mathbf{x_1}^\top \mathbf{x_2} = \mathbf{x_2}^\top \mathbf{x}_2", "refuted"),
        (r"\hat{\mathbf{A}} \hat{\mathbf{B}} = \hat{\mathbf{B}} \hat{\mathbf{A}}", "refuted"),
        (r"2 (\overrightarrow{\mathbf{h}}_t + \mathbf{b}) = 2 \overrightarrow{\mathbf{h}}_t + 2 \mathbf{b}", "proved"),
        (r"2 (\overrightarrow{\mathbf{h}}_t + \mathbf{b}) = 2 \overleftarrow{\mathbf{h}}_t + 2 \mathbf{b}", "refuted"),
        (r"2 a \sigma^2 = 2 n_\textrm{in} \sigma^2", "gap"),
    ],
)
def test_bold_names(tmp_path, formula, verdict):
    found = said(tmp_path, formula, "We find that")
    assert found == verdict or {found, verdict} == {"gap", "refuted"}


WEIGHTED = r"\sum_{i=1}^n \exp(\mathbf{q}^\top \mathbf{k}_i) \mathbf{v}_i = \sum_{i=1}^n \mathbf{v}_i \exp(%s)"


def test_no_vector_stands_in_an_exponential(tmp_path):
    assert said(tmp_path, WEIGHTED % r"\mathbf{q}^\top \mathbf{k}_i", "We find that") == "proved"
    assert said(tmp_path, WEIGHTED % r"\mathbf{q}^\top \mathbf{v}_i", "We find that") == "refuted"
    numbers = (WEIGHTED % r"q k_i").replace(r"\mathbf{q}^\top \mathbf{k}_i", "q k_i").replace(r"\mathbf{v}", "v")
    assert said(tmp_path, numbers, "We find that") == "unread"


def test_an_update_is_no_equation(tmp_path):
    text = "Then we update\n\n$$ w \\leftarrow w - a (w + b) = (1 - a) w - %s . $$\n\nThus\n\n$$ a (w + b) = a c $$\n"
    assert verdicts(checked(tmp_path, text % "a b", "text.md")) == ["given", "proved", "refuted"]
    assert verdicts(checked(tmp_path, text % "b", "text.md"))[1] == "refuted"
    text = "Then we set\n\n$$ b \\gets 2 b . $$\n\nThus\n\n$$ b + c = 2 b + c . $$\n"
    assert "proved" not in verdicts(checked(tmp_path, text, "text.md"))


FUNCTION = "Let\n\n$$ \\mathbf{h} = f(\\mathbf{w}) . $$\n\nWe find\n\n$$ %s . $$\n"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\|f(\mathbf{w})\|^2 = \mathbf{h}^\top \mathbf{h}", "proved"),
        (r"\|f(\mathbf{v})\|^2 = \mathbf{h}^\top \mathbf{h}", "unknown"),
        (r"\nabla_{\mathbf{w}} \|\mathbf{h}\|^2 = 0 \cdot \mathbf{w}", "gap"),
        (r"\nabla_{\mathbf{w}} \|f(\mathbf{w})\|^2 = 0 \cdot \mathbf{w}", "gap"),
    ],
)
def test_functions_with_vectors_for_values(tmp_path, formula, verdict):
    assert verdicts(checked(tmp_path, FUNCTION % formula, "text.md")) == ["given", verdict]


SUMMED = "For $t = 1, \\ldots, n$ we have\n\n$$ %s = %s $$\n\nand so\n\n$$ \\sum_{t=1}^n %s = n %s $$\n"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\mathbf{h}_t", r"f(\mathbf{x}_t)"),
        (r"\mathbf{h}_t", r"f(\mathbf{h}_{t-1})"),
        ("a_t", "2 x_{t-1}"),
        ("a_t", "g(x_{t-1})"),
    ],
)
def test_what_varies_with_an_index_is_no_constant(tmp_path, left, right):
    assert "proved" not in verdicts(checked(tmp_path, SUMMED % (left, right, left, right), "text.md"))


def test_what_varies_by_chance_is_no_constant(tmp_path):
    text = "Let $X$ be a random variable and\n\n$$ \\mathbf{h} = f(X) . $$\n\nThen\n\n$$ E[\\mathbf{h}] = f(X) $$\n"
    assert "proved" not in verdicts(checked(tmp_path, text, "text.md"))


def test_gradients_of_functions_with_indices(tmp_path):
    row = r"\sum_{i=1}^n (a \nabla_{\mathbf{x}} f_i(\mathbf{x}) + \mathbf{b}_i) "
    row += r"= a \sum_{i=1}^n \nabla_{\mathbf{x}} f_i(\mathbf{x})"
    assert said(tmp_path, row + r" + \sum_{i=1}^n \mathbf{b}_i", "We find that") == "proved"
    assert said(tmp_path, row, "We find that") == "gap"


def test_there_exist_so_that(tmp_path):
    text = "Vectors are dependent if there exist numbers $c_1, c_2$ so that\n\n$$ c_1 a + c_2 b = 0 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given"]
    text = "We add $c_1$ and $c_2$ so that\n\n$$ c_1 a + c_2 b = 0 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["refuted"]
