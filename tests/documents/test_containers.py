"""Containers: which formulas are displayed, what their macros say, and where they stand."""

from __future__ import annotations

import pytest

from symderiv.documents.latex_files import read_latex
from symderiv.documents.markdown_files import read_markdown
from symderiv.documents.reading import displays_of
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Source

READERS = {"latex": read_latex, "markdown": read_markdown}


def relations(text, kind="latex"):
    """The relations of a document, or the code and place of what is wrong with them."""
    found = []
    for display in displays_of(READERS[kind](Source("a", text))):
        if display.problem is not None:
            found.append(str(display.problem.diagnostic.span))
        for row in display.rows:
            if row.problem is not None or row.left is None or row.right is None:
                found.append(str(row.problem.diagnostic.span))
            else:
                found.append(f"{printed(row.left)} {row.sign} {printed(row.right)}")
    return found


LATEX = [
    (r"$$a = b$$", ["a = b"]),
    (r"\[a = b\]", ["a = b"]),
    (r"Text $a = b$ and \(c = d\).", []),
    (r"\begin{equation}\label{e} a = b \tag{3} \end{equation}", ["a = b"]),
    (r"\begin{align} a &= b \\ &= c \end{align}", ["a = b", "b = c"]),
    (r"\begin{align*} a &= b \\ &\leq c \nonumber \end{align*}", ["a = b", "b <= c"]),
    (r"\begin{align} a &= b \\[2ex] c &= d \end{align}", ["a = b", "c = d"]),
    (r"\begin{alignat}{2} a &= b &\qquad c &= d \end{alignat}", ["a = b", "c = d"]),
    (r"\begin{gather} a = b \\ c = d \end{gather}", ["a = b", "c = d"]),
    (r"\begin{multline} a = b \\ + c \end{multline}", ["a = b + c"]),
    (r"\begin{eqnarray} a & = & b \\ & = & c \end{eqnarray}", ["a = b", "b = c"]),
    (r"\begin{equation} \begin{split} a &= b \\ &= c \end{split} \end{equation}", ["a = b", "b = c"]),
    (r"$$\begin{aligned} a &= b \\ &+ c \end{aligned}$$", ["a = b + c"]),
    (r"$$\begin{array}{rcl} a & = & b \\ & = & c \end{array}$$", ["a = b", "b = c"]),
    (
        r"$$a = \begin{cases} b & c > 0 \\ d & c \le 0 \end{cases}$$",
        [r"a = \begin{cases}b & c > 0 \\ d & c \leq 0\end{cases}"],
    ),
    ("$$a = b % = c\n + d$$", ["a = b + d"]),
    ("% $$a = b$$\n$$c = d$$", ["c = d"]),
    (r"\begin{verbatim}$$a = b$$\end{verbatim} $$c = d$$", ["c = d"]),
    (r"\begin{theorem} $$a = b$$ \end{theorem}", ["a = b"]),
    (r"{\it $$a = b$$}", ["a = b"]),
    (r"\$$a$ costs \$5. $$c = d$$", ["c = d"]),
    (r"\newcommand{\A}{\mathbf{A}} $$\A = b$$", [r"\mathbf{A} = b"]),
    (r"\newcommand\half[1]{\frac{#1}{2}} $$\half{a+b} = c$$", [r"\frac{a + b}{2} = c"]),
    (r"\newcommand{\p}[2]{P(#1 \mid #2)} $$\p{x}y = c$$", [r"P\left(x \mid y\right) = c"]),
    (r"\def\q#1#2{\frac{#1}{#2}} $$\q ab = c$$", [r"\frac{a}{b} = c"]),
    (r"\DeclareMathOperator{\tr}{tr} $$\tr(A) = b$$", [r"\operatorname{tr}\left(A\right) = b"]),
    (r"\DeclareMathOperator*{\am}{argmax} $$\am_x f(x) = b$$", [r"\operatorname{argmax}_{x} f\left(x\right) = b"]),
    (r"\newcommand{\a}{\b}\newcommand{\b}{c} $$\a = d$$", ["c = d"]),
    ("$$a = \\foo b$$", ["a:1:7"]),
    ("\n\n  $$\na =\n \\foo b$$", ["a:5:2"]),
    (r"\newcommand{\m}{\foo} $$a = \m$$", ["a:1:29"]),
]
MARKDOWN = [
    ("$$a = b$$", ["a = b"]),
    ("$$\na = b\n$$\n", ["a = b"]),
    ("Text\n$$a = b$$ and so\n", ["a = b"]),
    ("Text $$a = b$$ and $$c = d$$.", ["a = b", "c = d"]),
    ("$$ \\label{eq:a}\na = b\n$$", ["a = b"]),
    ("$$a = b$$ (e1)\n", ["a = b"]),
    ("```math\na = b\n```", ["a = b"]),
    ("```python\n$$a = b$$\n```\n\n$$c = d$$", ["c = d"]),
    ("    $$a = b$$\n\n$$c = d$$", ["c = d"]),
    ("`$$a = b$$`", []),
    ("---\ntitle: $$a = b$$\n---\n\n$$c = d$$", ["c = d"]),
    ("\\begin{align}\na &= b \\\\\n&= c\n\\end{align}\n", ["a = b", "b = c"]),
    ("> $$a = b$$\n", ["a = b"]),
    ("* item\n\n  $$\n  a = b\n  $$\n", ["a = b"]),
    ("Costs \\$\\$5 and $$c = d$$", ["c = d"]),
    ("$\\newcommand{\\A}{B}$\n\n$$\\A = c$$", ["B = c"]),
    ("\r\n\r\n$$a = \\foo b$$", ["a:3:7"]),
]


@pytest.mark.parametrize(("text", "found"), LATEX)
def test_displays_of_latex(text, found):
    assert relations(text) == found


@pytest.mark.parametrize(("text", "found"), MARKDOWN)
def test_displays_of_markdown(text, found):
    assert relations(text, "markdown") == found


def test_labels_and_tags_name_a_display():
    (display,) = displays_of(read_latex(Source("a", r"\begin{equation}\label{e} a = b \tag{3} \end{equation}")))
    assert display.labels == ("e", "3")


def test_what_stands_over_a_relation_is_cited():
    (display,) = displays_of(read_latex(Source("a", r"$$a \overset{\eqref{e}}{=} b$$")))
    assert display.rows[0].cites == ("e",)
