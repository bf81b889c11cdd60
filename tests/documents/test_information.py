"""A document about distributions, unchanged and with each row broken: the mistake is told at its row alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.checking import checked, steps_of, verdicts, wrong_lines

DOCUMENT = r"""
\documentclass{article}
\usepackage{amsmath}
\newcommand{\mean}[2]{E_{#1 \sim #2}\;}
\begin{document}
\section{Dependence}
A joint distribution $P(x,y)$ has the marginals and entropies
\begin{align}
  P(x) &= \sum_y P(x,y) \\
  P(y) &= \sum_x P(x,y) \\
  H(y|x) &= \mean{x}{P(x)} \mean{y}{P(y|x)} -\ln P(y|x) \\
  Q(x,y) &= P(x) P(y)
\end{align}
The dependence of the variables is
\begin{align*}
  I(x,y) &= KL(P(x,y), Q(x,y)) \\
  &= \mean{(x,y)}{P(x,y)} \ln \frac{P(x,y)}{P(x) P(y)} \\
  &= \mean{(x,y)}{P(x,y)} \ln \frac{P(y|x)}{P(y)} \\
  &= \mean{(x,y)}{P(x,y)} \left( -\ln P(y) + \ln P(y|x) \right) \\
  &= H(y) - H(y|x)
\end{align*}
\section{A bound}
A model $Q_\Phi(z,y)$ and another one $R(z|y)$ give
\begin{eqnarray}
  Q_\Phi(y) & = & \sum_z Q_\Phi(z,y) \\
  \mathrm{ELBO} & = & E_{z \sim R(z|y)}\; \ln \frac{Q_\Phi(z,y)}{R(z|y)}
\end{eqnarray}
so
\begin{eqnarray}
  \mathrm{ELBO} & = & \left( E_{z \sim R(z|y)}\; \ln Q_\Phi(y) \right)
     + \left( E_{z \sim R(z|y)}\; \ln \frac{Q_\Phi(z|y)}{R(z|y)} \right) \\
  & = & \ln Q_\Phi(y) - KL(R(z|y), Q_\Phi(z|y)) \\
  & \leq & \ln Q_\Phi(y)
\end{eqnarray}
\end{document}
"""

BROKEN = [
    (r"P(x) &= \sum_y P(x,y)", r"P(x) &= \sum_x P(x,y)"),
    (r"\mean{y}{P(y|x)} -\ln P(y|x)", r"\mean{y}{P(y|x)} \ln P(y|x)"),
    (r"\mean{y}{P(y|x)} -\ln P(y|x)", r"\mean{y}{P(y|x)} -\ln P(y)"),
    (r"I(x,y) &= KL(P(x,y), Q(x,y))", r"I(x,y) &= KL(Q(x,y), P(x,y))"),
    (r"\ln \frac{P(x,y)}{P(x) P(y)} \\", r"\ln \frac{P(x,y)}{P(x)} \\"),
    (r"\ln \frac{P(y|x)}{P(y)} \\", r"\ln \frac{P(y|x)}{P(x)} \\"),
    (r"\ln \frac{P(y|x)}{P(y)} \\", r"\ln \frac{P(y)}{P(y)} \\"),
    (r"\left( -\ln P(y) + \ln P(y|x) \right)", r"\left( \ln P(y) + \ln P(y|x) \right)"),
    (r"&= H(y) - H(y|x)", r"&= H(y) + H(y|x)"),
    (r"&= H(y) - H(y|x)", r"&= H(x) - H(y|x)"),
    (r"&= H(y) - H(y|x)", r"&= H(y) - H(y)"),
    (r"Q_\Phi(y) & = & \sum_z Q_\Phi(z,y)", r"Q_\Phi(y) & = & \sum_y Q_\Phi(z,y)"),
    (r"- KL(R(z|y), Q_\Phi(z|y)) \\", r"+ KL(R(z|y), Q_\Phi(z|y)) \\"),
    (r"- KL(R(z|y), Q_\Phi(z|y)) \\", r"- KL(Q_\Phi(z|y), R(z|y)) \\"),
    (r"& \leq & \ln Q_\Phi(y)", r"& \geq & \ln Q_\Phi(y)"),
]


def test_every_row_is_given_or_proved(tmp_path: Path) -> None:
    report = checked(tmp_path, DOCUMENT)
    assert not report.diagnostics
    assert verdicts(report) == [*["given"] * 5, *["proved"] * 4, "given", "given", *["proved"] * 3]


@pytest.mark.parametrize(("right", "wrong"), BROKEN)
def test_a_broken_row_is_told_at_its_row(tmp_path: Path, right: str, wrong: str) -> None:
    line = DOCUMENT[: DOCUMENT.index(right)].count("\n") + 1
    report = checked(tmp_path, DOCUMENT.replace(right, wrong, 1))
    assert wrong_lines(report) == {line}


def test_the_same_as_markdown(tmp_path: Path) -> None:
    displays = DOCUMENT.split(r"\begin{align}")[1].split(r"\end{align}", maxsplit=1)[0]
    displays = displays.replace(r"\mean{x}{P(x)}", r"E_{x \sim P(x)}")
    displays = displays.replace(r"\mean{y}{P(y|x)}", r"E_{y \sim P(y|x)}")
    chain = r"I(x,y) &= KL(P(x,y), Q(x,y)) \\ &= H(y) - H(y|x)"
    first, second = (f"$$\n\\begin{{split}}{rows}\\end{{split}}\n$$\n" for rows in (displays, chain))
    text = f"# Dependence\n\n{first}\nand\n\n{second}"
    report = checked(tmp_path, text, "text.md")
    assert verdicts(report) == [*["given"] * 5, "proved"]


def test_places_are_those_of_the_relation(tmp_path: Path) -> None:
    step = steps_of(checked(tmp_path, DOCUMENT))[5]
    line = DOCUMENT.split("\n")[step.span.line - 1]
    assert line[step.span.column - 1 :].startswith(r"= \mean{(x,y)}")


GAUSSIAN = r"""Let $X \in \mathbb{R}^n$ and $Y \in \mathbb{R}^m$ be random vectors with

$$ X \sim \mathcal{N}(a, \Sigma) , \quad Y \sim \mathcal{N}(b, \Omega) . $$

The entropy is

$$ \mathrm{h}(X) = \frac{n}{2} \ln(2 \pi) + \frac{1}{2} \ln|\Sigma| + \frac{1}{2} n . $$

Therefore

$$ \mathrm{I}(X, Y) = \mathrm{h}(X) + \mathrm{h}(Y) - \mathrm{h}(X, Y) . $$
"""


def test_information_of_vectors_with_densities_is_known(tmp_path: Path) -> None:
    assert verdicts(checked(tmp_path, GAUSSIAN))[-1] == "proved"
    wrong = GAUSSIAN.replace(r"- \mathrm{h}(X, Y)", r"+ \mathrm{h}(X, Y)")
    assert verdicts(checked(tmp_path, wrong))[-1] in ("refuted", "gap")
