"""Nothing rests on a step that is refuted, and a chain that ends right in spite of one is said to."""

from __future__ import annotations

from tests.documents.checking import checked, verdicts

WRONG = r"(a+b)^2 - 4 a b &= a^2 + 2 a b + b^2 + 4 a b"


def rows(*lines):
    return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}\n"


def test_a_refuted_step_is_no_assumption_of_a_later_one(tmp_path):
    report = checked(tmp_path, rows(WRONG, "&= a^2 + 6 a b + b^2") + "\n" + rows(WRONG, "&= b^2 + 6 a b + a^2"))
    assert verdicts(report) == ["refuted", "proved", "refuted", "proved"]
    report = checked(tmp_path, rows(WRONG, "&= a^2 - 3 a b + b^2"))
    assert verdicts(report) == ["refuted", "refuted"]


def test_what_follows_from_a_refuted_step_alone_is_not_proved(tmp_path):
    report = checked(
        tmp_path, rows("2 a + c &= 2 a + d", "&= d + 2 a") + "\n" + rows("3 c + a &= 3 d + a", "&= a + 3 d")
    )
    assert verdicts(report) == ["refuted", "proved", "refuted", "proved"]


def test_a_right_result_of_a_wrong_chain_is_told(tmp_path):
    report = checked(tmp_path, rows(WRONG, "&= a^2 - 2 a b + b^2", "&= (a - b)^2"))
    assert verdicts(report) == ["refuted", "proved", "proved"]
    (found,) = report.diagnostics
    assert (found.code, found.span.line) == ("right-result", 2)
    assert found.message.endswith(r"= \left(a - b\right)^{2}")


def test_a_wrong_result_is_not(tmp_path):
    report = checked(tmp_path, rows(WRONG, "&= a^2 + 6 a b + b^2"))
    assert not report.diagnostics


def test_a_name_that_depends_on_the_variable_is_not_constant(tmp_path):
    text = "Let\n\n$$ y = x $$\n\nbe given. Then it follows that\n\n$$ \\frac{d}{dx} (x y) + 1 = y + 1 $$\n"
    assert "proved" not in verdicts(checked(tmp_path, text, "text.md"))
