"""Comments that start with `symderiv:` say of names what a text does not, up to the end of their scope."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts


@pytest.mark.parametrize(
    ("comment", "formula", "without", "within"),
    [
        ("assume s > 0", r"\sqrt{s^2} = s", "refuted", "proved"),
        ("let m be a positive integer", r"\sqrt{m^2} = m", "refuted", "proved"),
        ("define c = a + b", r"c^2 - a^2 = 2 a b + b^2", "refuted", "proved"),
        ("let A, B be n by n matrices", r"A B + B A = 2 A B", "proved", "refuted"),
        ("let A be a symmetric n by n matrix", r"\mathrm{tr}(A^T B) = \mathrm{tr}(A B)", "refuted", "proved"),
        ("let X, Y be independent random variables", r"2 E[X Y] = 2 E[X] E[Y]", "gap", "proved"),
        ("let p be a scalar", r"p (a + b) = p a + p b", "proved", "proved"),
        ("let f be a function", r"f(a) + f(b) = f(a + b)", "gap", "gap"),
    ],
)
def test_what_a_comment_says_is_known_behind_it(comment, formula, without, within, tmp_path):
    display = f"$$ {formula} $$"
    assert verdicts(checked(tmp_path, f"{display}\n", "plain.md")) == [without]
    assert verdicts(checked(tmp_path, f"<!-- symderiv: {comment} -->\n\n{display}\n", "said.md")) == [within]
    assert verdicts(checked(tmp_path, f"% symderiv: {comment}\n\\[ {formula} \\]\n")) == [within]


def test_a_comment_is_in_force_from_where_it_stands(tmp_path):
    display = r"$$ \sqrt{s^2} = s $$"
    text = f"{display}\n\n<!-- symderiv: assume s > 0 -->\n\n{display}\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["refuted", "proved"]


def test_a_comment_in_a_proof_ends_with_the_proof(tmp_path):
    text = "\n".join(
        (
            r"% symderiv: assume t > 0",
            r"\begin{proof}",
            r"% symderiv: assume s > 0",
            r"\[ \sqrt{s^2} = s \]",
            r"\end{proof}",
            r"\[ \sqrt{s^2} = s \]",
            r"\[ \sqrt{t^2} = t \]",
        )
    )
    assert verdicts(checked(tmp_path, text)) == ["proved", "refuted", "proved"]


@pytest.mark.parametrize(
    ("comment", "column", "message"),
    [
        ("frobnicate x", 15, "frobnicate where let, assume, define or ignore[CODE] is expected"),
        ("assume x >", 23, "> lacks a side"),
        ("let x be a walrus", 25, "nothing is known of a walrus"),
        ("ignore[unread]", 15, "a reason is expected"),
    ],
)
def test_a_comment_that_is_not_understood_is_shown(comment, column, message, tmp_path):
    report = checked(tmp_path, f"<!-- symderiv: {comment} -->\n\n$$ a + b = b + a $$\n", "text.md")
    ((found,), said) = report.diagnostics, verdicts(report)
    assert (found.span.line, found.message, said) == (1, message, ["proved"])
    assert found.span.column >= column


def test_what_is_ignored_is_no_finding(tmp_path):
    comment = "<!-- symderiv: ignore[unread] a picture -->\n\n"
    wrong = "$$ \\foo = 3 $$\n"
    assert [d.code for d in checked(tmp_path, wrong, "plain.md").diagnostics] == ["unread"]
    report = checked(tmp_path, comment + wrong, "ignored.md")
    assert not report.diagnostics
    assert verdicts(report) == ["unread"]
