"""Derivatives as texts on machine learning write them: by entries, of functions, of what is not defined."""

from __future__ import annotations

import pytest

from symderiv.model.verdict import Proved
from tests.documents.checking import checked, steps_of, verdicts

SOFTMAX = r"Let $y_k = \frac{e^{a_k}}{\sum_j e^{a_j}}$. Then "
ENTROPY = SOFTMAX + r"with $L = -\sum_k t_k \ln y_k$ we get "
LOGISTIC = (
    r"Let $\sigma(a) = \frac{1}{1+e^{-a}}$. With $y_n = \sigma(a_n)$, "
    r"let $E = - \sum_{n=1}^N \left( t_n \ln y_n + (1-t_n) \ln (1-y_n) \right)$. Then we get "
)
CHAIN = r"Let $y = \sigma(a)$, where $\sigma(a) = \frac{1}{1+e^{-a}}$, and let $L = -t \ln y - (1-t)\ln(1-y)$. We get "

PARABOLA = "Let $g(x) = a x^2$. Then we get "
UNITS = r"Let $\sigma(x) = \frac{1}{1 + e^{-x}}$ and $z = w x + b$. Then we get "
SQUARES = r"\frac{\partial}{\partial w_j} \frac12 \sum_n (y_n - \sum_i w_i x_{ni})^2"

RIGHT = [
    (SOFTMAX, r"\frac{\partial y_k}{\partial a_j} = y_k (\delta_{kj} - y_j)"),
    (SOFTMAX, r"\frac{\partial y_k}{\partial a_j} = y_k (\mathbb{1}[k=j] - y_j)"),
    (SOFTMAX, r"\frac{\partial y_k}{\partial a_j} = y_k (\mathbb{1}_{k=j} - y_j)"),
    (SOFTMAX, r"\frac{\partial y_k}{\partial a_k} = y_k (1 - y_k)"),
    ("", r"\frac{\partial}{\partial a_j} \log \sum_k e^{a_k} = \frac{e^{a_j}}{\sum_k e^{a_k}}"),
    (ENTROPY, r"\frac{\partial L}{\partial a_j} = -\sum_k t_k (\delta_{kj} - y_j)"),
    (ENTROPY, r"\frac{\partial L}{\partial a_j} = y_j \sum_k t_k - t_j"),
    (ENTROPY + r"given $\sum_k t_k = 1$, ", r"\frac{\partial L}{\partial a_j} = y_j - t_j"),
    (LOGISTIC, r"\frac{\partial E}{\partial a_n} = y_n - t_n"),
    ("", SQUARES + r" = -\sum_n (y_n - \sum_i w_i x_{ni}) x_{nj}"),
    (CHAIN, r"\frac{\partial L}{\partial a} = \frac{\partial L}{\partial y} \frac{\partial y}{\partial a}"),
    (CHAIN, r"\frac{\partial L}{\partial a} = y - t"),
    ("", r"\frac{d}{dx} f(g(x)) = f'(g(x)) g'(x)"),
    ("", r"\frac{d (u v)}{dx} = u \frac{dv}{dx} + v \frac{du}{dx}"),
    ("", r"\frac{d}{dx} \tanh(a x) = a (1 - \tanh^2(a x))"),
    ("", r"\frac{d}{da} \ln(1 + e^a) = \frac{1}{1 + e^{-a}}"),
    ("Let $s(a) = a f(a)$. Then we get ", r"\frac{d s(a)}{da} = f(a) + a f'(a)"),
    ("", r"\frac{\partial}{\partial w} (L + \lambda w^2) = \frac{\partial L}{\partial w} + 2 \lambda w"),
    (PARABOLA, r"g'(a) = 2 a^2"),
    (PARABOLA, r"g'(0) = 0"),
    (PARABOLA, r"g''(3) = 2 a"),
    (PARABOLA, r"g'(2 x) = 4 a x"),
    (PARABOLA, r"\frac{d g(a)}{d x} = 2 a^2"),
    (UNITS, r"\sigma'(z) = \sigma(z) (1 - \sigma(z))"),
    (UNITS, r"\frac{d \sigma(z)}{d z} = \sigma(z) (1 - \sigma(z))"),
    (UNITS, r"\frac{d \sigma(z)}{d x} = w \sigma(z) (1 - \sigma(z))"),
]  # fmt: skip
WRONG = [
    (SOFTMAX, r"\frac{\partial y_k}{\partial a_j} = y_k (\delta_{kj} + y_j)"),
    (SOFTMAX, r"\frac{\partial y_k}{\partial a_j} = y_j (1 - y_k)"),
    (SOFTMAX, r"\frac{\partial y_k}{\partial a_j} = - y_k y_j"),
    (ENTROPY, r"\frac{\partial L}{\partial a_j} = y_j - t_j"),
    (ENTROPY, r"\frac{\partial L}{\partial a_j} = y_j \sum_k t_k + t_j"),
    (LOGISTIC, r"\frac{\partial E}{\partial a_n} = t_n - y_n"),
    (LOGISTIC, r"\frac{\partial E}{\partial a_n} = \sum_{n=1}^N (y_n - t_n)"),
    (r"Let $\delta_{kj} = y_k - t_j$. " + SOFTMAX, r"\frac{\partial y_k}{\partial a_j} = y_k (\delta_{kj} - y_j)"),
    ("", SQUARES + r" = \sum_n (y_n - \sum_i w_i x_{ni}) x_{nj}"),
    ("", r"\frac{\partial}{\partial x_1} (x_1 + \sum_i x_i) = 1"),
    ("", r"\frac{\partial}{\partial x_j} \sum_i (x_i - \bar{x})^2 = 2 (x_j - \bar{x})"),
    (CHAIN, r"\frac{\partial L}{\partial a} = \frac{\partial L}{\partial y}"),
    ("", r"\frac{d}{dx} f(g(x)) = f'(x) g'(x)"),
    ("", r"\frac{d (u v)}{dx} = u \frac{dv}{dx}"),
    ("", r"\frac{\partial}{\partial\theta} (\theta p_\theta(x)) = p_\theta(x)"),
    ("", r"\frac{\partial}{\partial w} (L + \lambda w^2) = 2 \lambda w"),
    ("", r"\frac{d}{dn} \sum_{i=1}^n n x_i = \sum_{i=1}^n x_i"),
    ("", r"\frac{d}{dx} \int_0^x x t \, \mathrm{d}t = \int_0^x t \, \mathrm{d}t"),
    ("Let $f = x y$ and $y = x^2$. We get ", r"\frac{df}{dx} = \frac{\partial f}{\partial x}"),
    ("Let $f = x y$ and $y = x^2$. We get ", r"\frac{df}{dx} = \frac{\partial f}{\partial x} + 2 x^2 + 1"),
    (PARABOLA, r"g'(a) = 3 a^2"),
    (PARABOLA, r"g'(2 x) = 8 a x"),
    (PARABOLA, r"\frac{d g(a)}{d x} = 3 a^2"),
    (UNITS, r"\frac{d \sigma(z)}{d x} = \sigma(z) (1 - \sigma(z))"),
    ("Let $f(x) = c x^2$ where $c = 2 a$. Then we get ", r"f'(a) = 6 a^2"),
    ("Let $f(x) = x z$ and $z = 2 x$. Then we get ", r"f'(a) = z"),
    ("Let $f(x) = h(x) + a x$. Then we get ", r"f'(a) = f'(b)"),
]  # fmt: skip


SCORE = r"\mathbb{E}_{x \sim p_\theta}[f(x) \nabla_\theta \ln p_\theta(x)]"
MEAN = r"\nabla_\theta \mathbb{E}_{x \sim p_\theta}[f(x)]"
NOISE = r"\nabla_\theta \mathbb{E}_{\epsilon \sim q}[f(g_\theta(\epsilon))]"
RIDGE = r"Let $J(w) = \|y - Xw\|^2 + \lambda \|w\|^2$. We get "
NORMAL = r"Let $f'(x) = -x e^{-x^2}$, $f''(x) = (2 x^2 - 1) e^{-x^2}$. We get "
RIGHT += [
    ("", r"\frac{\partial}{\partial X} \ln |X| = X^{-\top}"),
    ("", r"\frac{\partial}{\partial X} \mathrm{tr}(A X^{-1}) = - (X^{-1} A X^{-1})^\top"),
    ("", r"\frac{\partial}{\partial x} x^\top A x = (A + A^\top) x"),
    ("", r"\frac{\partial}{\partial X} \mathrm{tr}(A X) = A^\top"),
    ("", MEAN + r" = \sum_x \nabla_\theta p_\theta(x) f(x)"),
    ("", MEAN + r" = \sum_x p_\theta(x) \nabla_\theta \ln p_\theta(x) f(x)"),
    ("", MEAN + " = " + SCORE),
    ("", r"\mathbb{E}_{x \sim p_\theta}[\nabla_\theta \ln p_\theta(x)] = 0"),
    ("", r"\mathbb{E}_{x \sim p_\theta}[(f(x) - b) \nabla_\theta \ln p_\theta(x)] = " + SCORE),
    ("", NOISE + r" = \mathbb{E}_{\epsilon \sim q}[f'(g_\theta(\epsilon)) \nabla_\theta g_\theta(\epsilon)]"),
    (RIDGE, r"\nabla_w J(w) = -2 X^\top (y - X w) + 2 \lambda w"),
    (NORMAL, r"2 f''(\mu) = (4 \mu^2 - 2) e^{-\mu^2}"),
]
WRONG += [
    ("", r"\frac{\partial}{\partial X} \ln |X| = X^{-1}"),
    ("", r"\frac{\partial}{\partial X} \mathrm{tr}(A X^{-1}) = - X^{-1} A X^{-1}"),
    ("", r"\frac{\partial}{\partial X} \mathrm{tr}(A X^{-1}) = (X^{-1} A X^{-1})^\top"),
    ("", r"\frac{\partial}{\partial x} x^\top A x = 2 A x"),
    ("Let $M = C X$. We get ", r"\frac{\partial}{\partial X} (\mathrm{tr}(A X) + \mathrm{tr}(M^{-1})) = A^\top"),
    ("Let $M = C X$. We get ", r"\frac{\partial}{\partial X} (\mathrm{tr}(A X) + \ln |M|) = A^\top"),
    ("", MEAN + r" = \mathbb{E}_{x \sim p_\theta}[\nabla_\theta f(x)]"),
    ("", MEAN + r" = \sum_x f(x) \nabla_\theta \ln p_\theta(x)"),
    (r"Suppose \[ \nabla_\theta f(x) = c . \] We get ", MEAN + " = " + SCORE),
    ("", r"\nabla_\theta \sum_a \pi_\theta(a) Q^\pi(a) = \sum_a Q^\pi(a) \nabla_\theta \pi_\theta(a)"),
    ("", r"\mathbb{E}_{x \sim p_\theta}[f(x) \nabla_\theta \ln p_\theta(x)] = 0"),
    ("", NOISE + r" = \mathbb{E}_{\epsilon \sim q}[f'(\epsilon) \nabla_\theta g_\theta(\epsilon)]"),
    (RIDGE, r"\nabla_w J(w) = 2 X^\top (y - X w) + 2 \lambda w"),
    (NORMAL, r"2 f''(\mu) = (4 \mu^2 - 2) e^{-x^2}"),
    ("Let $p(x) = x^2$. We get ", r"2 p(y) = 2 y^2"),
]


def verdict(tmp_path, words, claim):
    text = "\n".join([r"\documentclass{article}\begin{document}", words, r"\[", claim, r"\]", r"\end{document}"])
    found = verdicts(checked(tmp_path, text))
    return found[-1]


@pytest.mark.parametrize(("words", "claim"), RIGHT, ids=[claim for _, claim in RIGHT])
def test_a_right_derivative_is_proved(tmp_path, words, claim):
    assert verdict(tmp_path, words, claim) == "proved"


@pytest.mark.parametrize(("words", "claim"), WRONG, ids=[claim for _, claim in WRONG])
def test_a_wrong_one_is_not(tmp_path, words, claim):
    assert verdict(tmp_path, words, claim) in ("gap", "refuted", "unknown", "plausible", "unread")


@pytest.mark.parametrize(
    "words",
    [
        "If $x = 1$, let $u = w^2$. We have",
        "Let $u = w^2$ if $x = 1$. We have",
        "where $u = w^2$ for $x > 1$.\nWe have",
    ],
)
def test_what_is_said_under_a_condition_makes_a_name_no_constant(tmp_path, words):
    text = f"{words}\n$$ \\frac{{\\partial}}{{\\partial w}} (w + u) = 1 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (r"\frac{d}{dw} (y - w x)^2 = 2 (y - w x) x", ("refuted",)),
        (r"\frac{d}{dw} (y - w x)^2 = -2 (y - w z) x", ("gap", "refuted")),
        (r"\frac{\partial}{\partial w} \ln(1 + e^{w x}) = \frac{x}{1 + e^{w x}}", ("refuted",)),
        (r"\frac{d}{dt} x^2 = 2 x \dot{x}", ("unknown",)),
    ],
)
def test_a_wrong_derivative_of_what_is_written_is_refuted(tmp_path, step, words):
    assert verdicts(checked(tmp_path, f"$$\n{step}\n$$\n", "text.md"))[-1] in words


@pytest.mark.parametrize("right", ["2 x (y - b x)", "-2 x (y - b)", "-x (y - b x)"])
def test_a_wrong_derivative_of_a_function_is_told(tmp_path, right):
    text = (
        "Let\n\n$$\nR(b) = (y - b x)^2 .\n$$\n\nIts derivative is\n\n$$\n\\frac{\\partial R(b)}{\\partial b} = %s\n$$\n"
    )
    assert verdicts(checked(tmp_path, text % right, "text.md"))[-1] in ("gap", "refuted")
    assert verdicts(checked(tmp_path, text % "-2 x (y - b x)", "text.md"))[-1] == "proved"


def test_a_function_is_differentiated_without_its_arguments(tmp_path):
    text = "Let\n\n$$\nJ(a, b) = (1 - a b)^2 .\n$$\n\nIts derivative is\n\n"
    text += "$$\n\\frac{\\partial J}{\\partial a} = %s .\n$$\n"
    assert verdicts(checked(tmp_path, text % "-2 b (1 - a b)", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % "2 b (1 - a b)", "text.md"))[-1] in ("gap", "refuted")


@pytest.mark.parametrize(
    ("formula", "word"),
    [
        (r"\frac{d}{da'} (a'^2 + c a') = 2 a' + c", "proved"),
        (r"\frac{d}{da'} (a'^2 + c a') = 2 a' - c", "gap"),
        (r"\frac{d}{dx} e^{a' x} = a' e^{-a' x}", "gap"),
        # Here the mark says that x depends on t.
        (r"\frac{d}{dt} x^2 = 2 x x'", "unknown"),
        (r"\frac{d}{dt} x^2 = 2 x \dot{x}", "unknown"),
    ],
)
def test_a_mark_on_a_name_whose_plain_form_is_nowhere_is_a_part_of_it(tmp_path, formula, word):
    found = verdicts(checked(tmp_path, f"It follows that\n\n$$ {formula} $$\n", "text.md"))[-1]
    assert found == word or (word == "gap" and found == "refuted")


@pytest.mark.parametrize(
    ("defined", "slope", "right", "wrong"),
    [
        ("$f(x, y) = x y$ and $y = x^2$", r"\frac{\partial f}{\partial x}", "y", "3 x^2"),
        ("$f(x, y) = x y$ and $y = x^2$", r"\frac{\partial f(x, y)}{\partial x}", "x^2", "3 x^2"),
        ("$f(x, y) = x y$ and $y = x^2$", r"\frac{df}{dx}", "3 x^2", "y"),
        ("$f(x, y) = x^2 y$, $y = 2 z$ and $z = x$", r"\frac{\partial f}{\partial x}", "2 x y", "6 x^2"),
        ("$f(x, y) = x y$ and $y = 2 z$", r"\frac{\partial f}{\partial x}", "y", "x"),
        ("$f = (y - t)^2$ and $y = w x$", r"\frac{\partial f}{\partial w}", "2 (y - t) x", "2 (y - t)"),
    ],
)
def test_a_partial_derivative_holds_the_other_arguments_fixed(tmp_path, defined, slope, right, wrong):
    text = f"Let {defined}. Then\n\n$$ {slope} = @ $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", right), "right.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text.replace("@", wrong), "wrong.md"))[0] not in ("proved", "given")


@pytest.mark.parametrize(("place", "value", "verdict"), [("2", r"\frac12", "proved"), ("-2", r"-\frac12", "unknown")])
def test_where_a_function_is_not_defined_it_has_no_slope(tmp_path, place, value, verdict):
    text = f"Let $f(x) = \\ln x$. Then\n\n$$ f'({place}) = {value} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == [verdict]


@pytest.mark.parametrize("letter", "ehlrswx")
def test_a_slope_at_a_value_is_known_whatever_its_variable_is_called(tmp_path, letter):
    text = f"Let $f({letter}) = {letter}^2$. Then\n\n$$ f'(3) = @ $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "6"), "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text.replace("@", "5"), "text.md"))[0] in ("gap", "refuted")


@pytest.mark.parametrize(
    ("function", "slope", "condition"),
    [
        (r"\ln x", r"\frac{1}{x}", "x > 0"),
        (r"\ln(x^2 - 1)", r"\frac{2 x}{x^2 - 1}", "x^{2} - 1 > 0"),
        (r"x \ln x", r"1 + \ln x", "x > 0"),
        (r"\sqrt{x}", r"\frac{1}{2 \sqrt{x}}", "x > 0"),
        (r"\frac{1}{x}", r"-\frac{1}{x^2}", r"x \neq 0"),
    ],
)
def test_a_slope_needs_its_function_to_be_defined(tmp_path, function, slope, condition):
    (step,) = steps_of(checked(tmp_path, f"We have\n\n$$ \\frac{{d}}{{dx}} {function} = {slope} $$\n", "text.md"))
    assert isinstance(step.verdict, Proved)
    assert list(step.verdict.conditions) == [condition]


def test_and_so_does_a_second_one(tmp_path):
    text = r"We have $$ \frac{d^2}{dx^2} \ln x = -\frac{1}{x^2} , $$"
    (step,) = steps_of(checked(tmp_path, text, "text.md"))
    assert list(step.verdict.conditions) == ["x > 0"]
