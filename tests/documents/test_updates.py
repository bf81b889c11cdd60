r"""`w \leftarrow w - \eta g` is no equation, and ends what was said of w."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

SAID = r"Let $w = 2$, $g = 1$ and $\eta = 1$. We update $w \leftarrow w - \eta g$."
SHOWN = "Let $w = 2$, $g = 1$ and $\\eta = 1$. We update\n\n$$ w \\leftarrow w - \\eta g . $$\n\n"


@pytest.mark.parametrize("text", [SAID, SHOWN])
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [("w + 1 = 3", "unknown"), ("w = 1", "unknown"), ("g + 1 = 2", "proved"), ("g + 1 = 3", "gap")],
)
def test_a_name_that_is_updated_has_lost_its_value(tmp_path, text, claim, verdict):
    assert verdicts(checked(tmp_path, f"{text} Then\n\n$$ {claim} $$\n", "text.md"))[-1] == verdict


@pytest.mark.parametrize(("claim", "verdict"), [("w + 1 = 2", "proved"), ("w + 1 = 3", "gap")])
def test_it_may_be_given_another_one(tmp_path, claim, verdict):
    text = f"{SAID} Then\n\n$$ g + 1 = 2 $$\n\nNow let $w = 1$. Then\n\n$$ {claim} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved", verdict]


@pytest.mark.parametrize(("slope", "verdict"), [("2 w", "proved"), ("3 w", "gap")])
def test_what_holds_for_all_its_values_holds_on(tmp_path, slope, verdict):
    text = f"Let $L(w) = w^2$. We repeat\n\n$$ w \\leftarrow w - \\eta L'(w) $$\n\nwhere\n\n$$ L'(w) = {slope} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", verdict]


@pytest.mark.parametrize("claim", ["x + 1 > 1", "x^3 > 0"])
def test_nor_does_it_keep_its_bounds(tmp_path, claim):
    text = f"Let $x > 0$. We set $x \\leftarrow -x$. Then\n\n$$ {claim} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["unknown"]
