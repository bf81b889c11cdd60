r"""Integrals within integrals: what is integrated over inside does not depend on what is integrated over outside."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

JOINT = "Let $X$ and $Y$ have the joint density $f_{X,Y}(x, y)$. We find\n\n$$ %s . $$\n"
TWICE = r"\int_{\mathcal{X}} \int_{\mathcal{Y}} %s \, \mathrm{d}y \, \mathrm{d}x"
F = r"f_{X,Y}(x, y)"


@pytest.mark.parametrize(
    "formula",
    [
        f"{TWICE % f'(x + y) {F}'} = {TWICE % f'x {F}'} + {TWICE % f'y {F}'}",
        rf"{TWICE % f'x {F}'} = \int_{{\mathcal{{X}}}} x \int_{{\mathcal{{Y}}}} {F} \, \mathrm{{d}}y \, \mathrm{{d}}x",
        rf"{TWICE % f'y {F}'} = \int_{{\mathcal{{Y}}}} y \int_{{\mathcal{{X}}}} {F} \, \mathrm{{d}}x \, \mathrm{{d}}y",
        r"\int_0^1 \int_0^2 x y \, \mathrm{d}y \, \mathrm{d}x = 1",
    ],
)
def test_what_is_right_is_proved(tmp_path, formula):
    assert verdicts(checked(tmp_path, JOINT % formula, "text.md"))[-1] == "proved"


@pytest.mark.parametrize(
    "formula",
    [
        f"{TWICE % f'(x + y) {F}'} = {TWICE % f'x {F}'} - {TWICE % f'y {F}'}",
        rf"{TWICE % f'y {F}'} = \int_{{\mathcal{{X}}}} y \int_{{\mathcal{{Y}}}} {F} \, \mathrm{{d}}y \, \mathrm{{d}}x",
        rf"{TWICE % f'y {F}'} = y \int_{{\mathcal{{X}}}} \int_{{\mathcal{{Y}}}} {F} \, \mathrm{{d}}y \, \mathrm{{d}}x",
        r"\int_0^1 \int_0^2 x y \, \mathrm{d}y \, \mathrm{d}x = 2",
        r"\int_0^1 (y + \int_0^2 x y \, \mathrm{d}y) \, \mathrm{d}x = y + 1",
        r"\int_0^1 y \int_0^2 y \, \mathrm{d}y \, \mathrm{d}x = 2 y",
    ],
)
def test_what_is_wrong_or_may_depend_on_what_is_outside_is_not(tmp_path, formula):
    """The y that stands alone, beside an integral over x, may be a function of x."""
    assert verdicts(checked(tmp_path, JOINT % formula, "text.md"))[-1] not in ("proved", "given")
