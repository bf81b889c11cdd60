"""An equation for `x_t` holds for `x_{t-1}` as well, where it is given for all t."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

TEXT = "The process is defined as\n\n$$\nx_t = a x_{t-1} + e_t .\n$$\n\nWe get\n\n$$\n%s .\n$$\n"


@pytest.mark.parametrize(
    "step",
    [
        "x_t = a (a x_{t-2} + e_{t-1}) + e_t",
        "x_t = a^2 x_{t-2} + a e_{t-1} + e_t",
        "x_t = a^3 x_{t-3} + a^2 e_{t-2} + a e_{t-1} + e_t",
        "x_{t+1} = a x_t + e_{t+1}",
        "x_{t+1} - e_{t+1} = a^2 x_{t-1} + a e_t",
    ],
)
def test_it_is_put_into_itself(tmp_path, step):
    assert verdicts(checked(tmp_path, TEXT % step, "text.md"))[-1] == "proved"


@pytest.mark.parametrize(
    "step",
    [
        "x_t = a (a x_{t-2} + e_{t-2}) + e_t",
        "x_t = a^2 x_{t-2} + e_{t-1} + e_t",
        "x_{t+1} = a x_t + e_t",
        "x_t = a x_t + e_t",
    ],
)
def test_what_is_wrong_is_told(tmp_path, step):
    assert verdicts(checked(tmp_path, TEXT % step, "text.md"))[-1] in ("gap", "refuted")


@pytest.mark.parametrize(
    "given", ["x_1 = 5", r"x_t = a x_{t-1} + e_t \quad \text{if } t = 7", r"x_T = a x_{T-1}", r"x_t = a x_{2t} + e_t"]
)
def test_what_is_said_of_one_index_says_nothing_of_others(tmp_path, given):
    text = TEXT.replace("x_t = a x_{t-1} + e_t", given, 1) % "x_{t-1} = a x_{t-2} + e_{t-1}"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_what_a_sum_binds_is_no_index_of_a_recurrence(tmp_path):
    text = "Let\n\n$$\ny_t = \\sum_{t=1}^n z_t .\n$$\n\nWe get\n\n$$\ny_{t-1} = \\sum_{t=1}^n z_{t-1} .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_a_definition_beside_its_name_is_one(tmp_path):
    text = r"""Let

$$
V(s) = \sum_a \pi(a | s) Q(s, a)
$$

and the advantage $A(s, a) = Q(s, a) - V(s)$ averages to zero:

$$
\sum_a \pi(a | s) A(s, a) = %s .
$$
"""
    assert verdicts(checked(tmp_path, text % "0", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % "1", "text.md"))[-1] in ("gap", "refuted")


@pytest.mark.parametrize("words", ["the equation", "the case", "it is not the advantage", "if the value"])
def test_not_every_formula_behind_a_noun_defines(tmp_path, words):
    text = f"There is {words} $a = b$ which is special.\n\nWe have\n\n$$\na^2 = a b .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("gap", "refuted")


def test_a_definition_that_fails_is_none(tmp_path):
    text = "Suppose the advantage $A = B$ fails. Then\n\n$$\nA^2 = A B .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("gap", "refuted")


@pytest.mark.parametrize(
    ("step", "proved"),
    [("x_{t+1} = V_{t+1}(x_t)", True), ("x_{t+1} = V_t(x_t)", False), ("x_{t+1} = V_t(x_{t+1})", False)],
)
def test_a_function_with_the_index_is_taken_at_the_same_place(tmp_path, step, proved):
    text = f"The process is defined as\n\n$$\nx_t = V_t(x_{{t-1}}) .\n$$\n\nWe get\n\n$$\n{step} .\n$$\n"
    assert (verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved") is proved


STEP = "The update is\n\n$$ w_{t+1} = (1 - a) w_t + g_t %s. $$\n\nThen we have\n\n$$ %s . $$\n"


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        ("w_1 = (1 - a) w_0 + g_0", "proved"),
        ("w_2 = (1 - a)^2 w_0 + (1 - a) g_0 + g_1", "proved"),
        ("w_3 = (1 - a)^2 w_1 + (1 - a) g_1 + g_2", "proved"),
        ("w_2 = (1 - a)^3 w_0 + (1 - a) g_0 + g_1", "gap"),
        ("w_2 = (1 - a)^2 w_0 + (1 - a) g_1 + g_0", "gap"),
    ],
)
def test_members_by_number_follow_from_what_holds_for_all(tmp_path, step, verdict):
    assert verdicts(checked(tmp_path, STEP % ("", step), "text.md"))[-1] == verdict


@pytest.mark.parametrize(
    ("where", "step"),
    [
        (r"\quad \text{for } t \ge 1", "w_1 = (1 - a) w_0 + g_0"),
        (r"\quad \text{for } t = 3", "w_2 = (1 - a) w_1 + g_1"),
        (r"\quad \text{for } t > 0", "w_1 = (1 - a) w_0 + g_0"),
        (r", \quad t < T", "w_9 = (1 - a) w_8 + g_8"),
    ],
)
def test_a_recurrence_says_nothing_of_members_before_it_begins(tmp_path, where, step):
    assert verdicts(checked(tmp_path, STEP % (where, step), "text.md"))[-1] != "proved"


def test_a_member_that_is_given_is_what_it_is(tmp_path):
    text = STEP.replace("The update", "Let $w_1 = b w_0$. The update") % ("", "w_1 = (1 - a) w_0 + g_0")
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_inequalities_recur_as_well(tmp_path):
    said = "Suppose that $q > 0$. Let $e_{t+1} \\le q e_t$ for all $t$. Then we have\n\n$$ e_2 \\le q^%d e_0 . $$\n"
    assert verdicts(checked(tmp_path, said % 2, "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, said % 3, "text.md")) != ["proved"]


def test_what_is_of_one_index_alone_is_no_recurrence(tmp_path):
    """The parameters of a posterior after n observations say nothing of those of the prior."""
    text = "Let\n\n$$ M_n = b + M_0 . $$\n\nThen we have\n\n$$ M_0 + b = M_0 . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("gap", "refuted")


@pytest.mark.parametrize("where", ["for even $t$", "only in the first epoch", "whenever $t$ is odd", "until $t = 1$"])
def test_a_recurrence_for_some_indices_is_not_one_for_all(tmp_path, where):
    text = f"Let $x_{{t+1}} = a x_t$ {where}. Then we have\n\n$$ x_3 = a x_2 . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    "said",
    [
        "Let $m_0 = 0$ and $m_t = b m_{t-1} + (1-b) g_t$.",
        "We set $m_t = b m_{t-1} + (1-b) g_t$ with $m_0 = 0$.",
        "The average is\n\n$$ m_t = b m_{t-1} + (1-b) g_t, \\qquad m_0 = 0. $$\n",
    ],
)
@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("m_1 = (1-b) g_1", ("proved",)),
        ("m_2 = b (1-b) g_1 + (1-b) g_2", ("proved",)),
        ("m_1 = b g_1", ("gap", "refuted")),
        ("m_2 = (1-b) g_1 + (1-b) g_2", ("gap", "refuted")),
    ],
)
def test_the_first_member_is_what_it_was_said_to_be(tmp_path, said, step, told):
    assert verdicts(checked(tmp_path, f"{said} Therefore\n\n$$ {step}. $$\n", "text.md"))[-1] in told


@pytest.mark.parametrize("said", ["with $m_0 = 0$ in one run", "with $m_0 = 0$ or $m_0 = 1$", "if $m_0 = 0$"])
def test_what_the_first_member_is_at_times_is_not_believed(tmp_path, said):
    text = f"We set $m_t = b m_{{t-1}} + (1-b) g_t$ {said}. Therefore\n\n$$ m_1 = (1-b) g_1. $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("proved", "refuted")


def test_a_wrong_row_about_the_first_member_is_not_used(tmp_path):
    text = "Let $m_t = b m_{t-1} + (1-b) g_t$. Let $m_0 = 0$. Therefore\n\n$$ m_0 = 1 $$\n\nand\n\n"
    assert verdicts(checked(tmp_path, text + "$$ m_1 = b + (1-b) g_1. $$\n", "text.md"))[-1] != "proved"


def test_a_first_member_that_is_set_anew_is_the_new_one(tmp_path):
    text = (
        "Let $m_t = b m_{t-1} + g_t$. Let $m_0 = 0$. Then\n\n$$ m_1 = g_1. $$\n\n"
        "Now let $m_0 = 1$. Then\n\n$$ m_1 = g_1. $$\n"
    )
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved", "gap"]
