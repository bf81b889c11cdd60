"""Terms of some order: no two of them are the same, and what holds up to them is no equation."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts


def page(*displays):
    words = ("We have", "and also", "Hence we get")
    return "\n\n".join(f"{word}\n\n$$ {shown} $$" for word, shown in zip(words, displays, strict=True))


@pytest.mark.parametrize("order", ["O(h^2)", "o(1)", r"\mathcal{O}(h)", "o_p(1)", r"\tilde{O}(n)"])
def test_orders_do_not_cancel(tmp_path, order):
    text = page(f"a = b + {order}", f"c = d + {order}", "a - c = b - d")
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "gap"
    text = page("a = b + k(1)", "c = d + k(1)", "a - c = b - d")
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


def test_nor_do_remainders_of_expansions(tmp_path):
    taylor = "{0}(x + h) = {0}(x) + h {0}'(x) + O(h^2)"
    text = page(taylor.format("f"), taylor.format("g"), "f(x + h) - f(x) - h f'(x) = g(x + h) - g(x) - h g'(x)")
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_what_is_nearly_so_is_not_said_to_be_wrong(tmp_path):
    assert verdicts(checked(tmp_path, page(r"a \approx b", "c = d", "a + c = b + d"), "text.md"))[-1] == "gap"


def test_they_may_be_said_in_prose(tmp_path):
    text = "Let $a = b + O(h)$ and $c = d + O(h)$. Then\n\n$$ a - c = b - d $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["gap"]


def test_a_function_of_the_text_is_none(tmp_path):
    text = "Let $O(s) = s^2$ be the output. Then\n\n$$ O(3) = 9 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved"]


def test_what_stands_beside_them_is_checked(tmp_path):
    text = "The cost is $T(n) = O(n \\log n)$. Let $a = 2$. Then\n\n$$ a^2 + n = 4 + n $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved"]
