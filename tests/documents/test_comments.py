"""What LaTeX does not read is not read here, and a macro that changes its meaning has none."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

PAGE = "\\documentclass{article}\n%s\n\\begin{document}\n%s Then\n\\begin{equation} a^2 + c = 4 + c \\end{equation}\n"


@pytest.mark.parametrize(
    ("preamble", "words", "word"),
    [
        ("", "Let $a = 2$.", "proved"),
        ("", "% Let $a = 2$.\n", "refuted"),
        ("", "Let us begin. % Let $a = 2$.\n", "refuted"),
        ("", "Let $a = 2$, which is 5\\% more. % and $c = 1$\n", "proved"),
        ("", "% symderiv: assume a = 2\n", "proved"),
        ("% \\newcommand{\\k}{a}\n\\newcommand{\\k}{a}", "Let $\\k = 2$.", "proved"),
    ],
)
def test_comments_say_nothing(tmp_path, preamble, words, word):
    found = verdicts(checked(tmp_path, PAGE % (preamble, words) + "\\end{document}\n", "text.tex"))
    assert found == [word] or (word == "refuted" and found == ["gap"])


CHANGED = r"""\documentclass{article}
\newcommand{\k}{a}%s
\begin{document}
Let $a = 1$. Then
\begin{equation} \k + y = 1 + y \end{equation}
%s
We get
\begin{equation} \k + 2 y = 1 + 2 y \end{equation}
\end{document}
"""
RENEWED = r"\renewcommand{\k}{%s}"


@pytest.mark.parametrize(
    ("early", "late", "words"),
    [
        ("", "", ["proved", "proved"]),
        ("", RENEWED % "a", ["proved", "proved"]),
        ("", RENEWED % "b", ["unread", "unread"]),
        (f" {RENEWED % 'b'} {RENEWED % 'a'}", "", ["proved", "proved"]),
        ("", f"% {RENEWED % 'b'}", ["proved", "proved"]),
    ],
)
def test_a_macro_has_one_meaning(tmp_path, early, late, words):
    assert verdicts(checked(tmp_path, CHANGED % (early, late), "text.tex")) == words
