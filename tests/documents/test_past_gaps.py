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
