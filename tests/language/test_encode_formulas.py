"""What is read of a formula is encoded as it is meant: true ones are proved, those with one thing wrong are not."""

from __future__ import annotations

import pytest

from symderiv.answers import judged
from symderiv.documents.single import read_general
from symderiv.formulas.source import Unread
from symderiv.language.encode import encode
from symderiv.language.written import LanguageError
from symderiv.model.verdict import Proved
from symderiv.runner import Finished
from symderiv.search import Question, search


def is_proved(text, *assumptions):
    """None where it cannot be read."""
    try:
        statements, _ = read_general(text, assumptions)
        encoded = encode(statements[-1])
    except (Unread, LanguageError):
        return None
    return isinstance(judged(encoded, Finished(search(Question(encoded))), {})[0], Proved)


PAIRS = [
    (
        r"\mathbf{A} \mathbf{A}^{-1} \mathbf{B} + \mathbf{B}^{-1} \mathbf{B} \mathbf{A} = \mathbf{A} + \mathbf{B}",
        r"\mathbf{A} \mathbf{A}^{-1} \mathbf{B} + \mathbf{B}^{-1} \mathbf{B} \mathbf{A} = 2 \mathbf{A}",
        (),
    ),
    (r"\left(\frac{a}{b}\right)^x = \frac{a^x}{b^x}", r"\left(\frac{a}{b}\right)^x = a^x b^x", ("a > 0", "b > 0")),
    (r"(a b)^x = a^x b^x", r"(a b)^x = a^x b^{-x}", ("a > 0", "b > 0")),
    (r"\left(\frac{1}{b}\right)^{x} = b^{-x}", r"\left(\frac{1}{b}\right)^{x} = b^{x}", ("b > 0",)),
    (r"|a|^2 + |b| = |b| + |a| |a|", r"|a|^2 + |b| = b + |a| |a|", ()),
    (r"|c \mathbf{A}^\top| = |c \mathbf{A}|", r"|c \mathbf{A}^\top| = c |\mathbf{A}|", ("c > 0",)),
    (r"|\mathbf{A}^{-1}| |\mathbf{A}^\top| = 1", r"|\mathbf{A}^{-1}| = |\mathbf{A}^\top|", ()),
    (
        r"|\mathbf{A}^{-1} \mathbf{B}| = \frac{|\mathbf{B}|}{|\mathbf{A}|}",
        r"|\mathbf{A}^{-1} \mathbf{B}| = |\mathbf{A}| |\mathbf{B}|",
        (),
    ),
    (
        r"|\mathbf{I}_n| + |\mathbf{A}^\top| = 1 + |\mathbf{A}|",
        r"|\mathbf{I}_n| + |\mathbf{A}^\top| = |\mathbf{A}|",
        (),
    ),
    (
        r"\mathbf{A} \mathbf{I}_n \mathbf{x} = \mathbf{A} \mathbf{x}",
        r"\mathbf{A} \mathbf{I}_n \mathbf{x} = \mathbf{I}_n \mathbf{x}",
        (),
    ),
    (
        r"\mathbf{x}^\top \mathbf{I}_n \mathbf{y} = \mathbf{y}^\top \mathbf{x}",
        r"\mathbf{x}^\top \mathbf{I}_n \mathbf{y} = \mathbf{y}^\top \mathbf{y}",
        (),
    ),
    (
        r"\mathbf{1}_n^\top \mathbf{x} + \mathbf{x}^\top \mathbf{0}_n = \mathbf{x}^\top \mathbf{1}_n",
        r"\mathbf{1}_n^\top \mathbf{x} = \mathbf{x}^\top \mathbf{0}_n",
        (),
    ),
    (
        r"\frac{\mathbf{A} \mathbf{x}}{c} = \mathbf{A} \frac{\mathbf{x}}{c}",
        r"\frac{\mathbf{A} \mathbf{x}}{c} = c \mathbf{A} \mathbf{x}",
        (),
    ),
    (
        r"(2 \mathbf{A} \mathbf{B})^{-1} = \frac{1}{2} \mathbf{B}^{-1} \mathbf{A}^{-1}",
        r"(2 \mathbf{A} \mathbf{B})^{-1} = 2 \mathbf{B}^{-1} \mathbf{A}^{-1}",
        (),
    ),
    (
        r"(\mathbf{A}^{-1})^{-1} \mathbf{B} = \mathbf{A} \mathbf{B}",
        r"(\mathbf{A}^{-1})^{-1} \mathbf{B} = \mathbf{A}^{-1} \mathbf{B}",
        (),
    ),
    (
        r"(\mathbf{A}^\top)^{-1} \mathbf{B} = (\mathbf{A}^{-1})^\top \mathbf{B}",
        r"(\mathbf{A}^\top)^{-1} \mathbf{B} = \mathbf{A}^{-1} \mathbf{B}",
        (),
    ),
    (
        r"\operatorname{tr}(\mathbf{A} \mathbf{B}) - \operatorname{tr}(\mathbf{B} \mathbf{A}) = 0",
        r"\operatorname{tr}(\mathbf{A} \mathbf{B}) = - \operatorname{tr}(\mathbf{B} \mathbf{A})",
        (),
    ),
    (r"\frac{d}{dx} x^n = n x^{n-1}", r"\frac{d}{dx} x^n = n x^{n+1}", ("x > 0",)),
    (
        r"\frac{\partial}{\partial x_i} \sum_{i=1}^n x_i^2 y_i = 2 x_i y_i",
        r"\frac{\partial}{\partial x_i} \sum_{i=1}^n x_i^2 y_i = 2 x_i",
        (),
    ),
    (r"n! (n!)^{-1} = 1", r"n! (n!)^{-1} = 0", ()),
    (
        r"\sum_{i=1}^n (x_i - i) = \sum_{i=1}^n x_i - \sum_{i=1}^n i",
        r"\sum_{i=1}^n (x_i - i) = \sum_{i=1}^n x_i + \sum_{i=1}^n i",
        (),
    ),
    (r"\prod_{i=1}^n x_i^2 = \left(\prod_{i=1}^n x_i\right)^2", r"\prod_{i=1}^n x_i^2 = \prod_{i=1}^n x_i", ()),
    (r"\log_2 a = \frac{\ln a}{\ln 2}", r"\log_2 a = \frac{\ln 2}{\ln a}", ("a > 0",)),
    (r"\sin(a + b) = \sin(b + a)", r"\sin(a + b) = \cos(b + a)", ()),
]


@pytest.mark.parametrize(("right", "wrong", "assumptions"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_the_right_one_is_proved_and_the_wrong_one_is_not(right, wrong, assumptions):
    assert is_proved(right, *assumptions) is True
    assert is_proved(wrong, *assumptions) is False


@pytest.mark.parametrize(
    "text",
    [
        r"|\mathbf{x}| = 1",
        r"\operatorname{tr}(\mathbf{x}) = 1",
        r"\mathbf{x}^{-1} \mathbf{y}^\top = 1",
        r"\mathbf{x} = \mathbf{x}^\top \mathbf{A}",
    ],
)
def test_what_has_no_shape_for_it_is_not_read(text):
    assert is_proved(text) is not True
