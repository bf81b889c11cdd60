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
