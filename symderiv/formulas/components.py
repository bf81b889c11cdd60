r"""Vectors and matrices whose entries are in another type: `\mathbf{x}^\top \mathbf{x} = \sum_i x_i^2`.

Where the letter of a bold name has subscripts in plain type, and stands there alone nowhere, the two are one thing; and
so are a matrix `A` and `a_{ij}`, where nothing else is said of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from symderiv.formulas import tree as t
from symderiv.formulas.shapes import DIAGONALS

_FORMULA = re.compile(r"\$([^$]*)\$")
_BOLD = (r"\mathbf{", r"\boldsymbol{", r"\bm{", r"\vec{")


def entries_of_bold(trees: Iterable[t.Node]) -> dict[str, str]:
    """The plain names of bold ones, and of the letters of their entries, by what they are instead of."""
    names = {node.text: node for tree in trees for node in t.walk(tree) if isinstance(node, t.Name)}.values()
    with_subscripts = {name.stem for name in names if name.lower}
    alone = {name.text for name in names if not name.lower}
    found: dict[str, str] = {}
    for bold in (name for name in names if name.text.startswith(_BOLD) and name.text == name.stem):
        if bold.stem in with_subscripts or not bold.text.endswith(f"{{{bold.base}}}"):
            continue
        letter = bold.base.lower() if bold.base.isupper() else bold.base
        count = 2 if bold.base.isupper() else 1
        entries = {_entry_of(name) for name in names if name.stem == letter and name.lower}
        others = {letter, bold.base, *(f"{font}{letter}}}" for font in _BOLD)} - {bold.text}
        if entries == {count} and others.isdisjoint(alone):
            found[bold.text] = bold.base
            if letter != bold.base:
                found[letter] = bold.base
    return found


def entries_of_capitals(trees: Iterable[t.Node], matrices: Set[str], prose: Iterable[str]) -> dict[str, str]:
    """The matrices A, by the small letters a of which a text writes nothing but `a_{ij}`, and says nothing else."""
    trees = list(trees)
    names = {node.text: node for tree in trees for node in t.walk(tree) if isinstance(node, t.Name)}.values()
    given = {
        side.stem for tree in trees if isinstance(tree, t.Sides) for side in tree.sides if isinstance(side, t.Name)
    }
    found: dict[str, str] = {}
    for capital in (name for name in matrices if len(name) == 1 and name.isupper()):
        letter = capital.lower()
        entries = {_entry_of(name) for name in names if letter in (name.stem, name.base)}
        has_subscripts = any(name.stem == capital and name.lower for name in names)
        if entries == {2} and not has_subscripts and letter not in given and not _is_spoken_of(letter, capital, prose):
            found[letter] = capital
    return found


def _entry_of(name: t.Name) -> int:
    """How many indices an entry has; none of a name with a label, which is one of several of its kind."""
    return -1 if name.labelled else len(name.lower)


def _is_spoken_of(letter: str, capital: str, prose: Iterable[str]) -> bool:
    """True where prose speaks of a letter, but for saying that it has the entries of the matrix."""
    entry, words = rf"\$\s*{letter}_(?:\w|\{{[^{{}}$]*\}})\s*\$", "(?:entries|elements|components|coefficients)"
    matrix = rf"\$\s*{capital}(?:\s*\\in[^$]*)?\$"
    between = r"(?:\s+(?!and\b)[a-z]+|\s+\$[^$]*\\times[^$]*\$)*"
    behind = rf"{entry}\s+(?:be|are)\s+the\s+{words}\s+of\s+{matrix}"
    told = re.compile(rf"{matrix}{between}\s+with\s+{words}\s+{entry}|{behind}")
    alone = re.compile(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])")
    return any(alone.search(formula) for text in prose for formula in _FORMULA.findall(told.sub(" ", text)))


def with_plain_names(node: t.Node, plain: Mapping[str, str]) -> t.Node:
    """A formula with the plain names."""
    if isinstance(node, t.Name) and node.stem in plain:
        new = plain[node.stem]
        return replace(node, text=new + node.text.removeprefix(node.stem), base=new, stem=new)
    return t.mapped(node, lambda part: with_plain_names(part, plain))


def with_plain_diagonals(trees: Mapping[int, t.Node]) -> dict[int, t.Node]:
    r"""The formulas with `\mathrm{diag}(d)` for `\mathrm{diag}(d_1, \ldots, d_n)`, where d stands for nothing else."""
    names = (node for tree in trees.values() for node in t.walk(tree) if isinstance(node, t.Name))
    alone = {name.text for name in names if not name.lower}
    return {key: _with_plain_diagonals(tree, alone) for key, tree in trees.items()}


def _with_plain_diagonals(node: t.Node, alone: Set[str]) -> t.Node:
    match node:
        case t.Applied(before=(t.Name(lower=("1",)) as first, *others, t.Ellipsis(), t.Name() as last), after=()):
            entries = [item for item in (*others, last) if not isinstance(item, t.Ellipsis)]
            own = all(isinstance(entry, t.Name) and entry.stem == first.stem for entry in entries)
            if node.head.text in DIAGONALS and own and len(last.lower) == 1 and first.stem not in alone:
                vector = replace(first, text=first.stem, lower=(), marks=())
                return replace(node, before=(vector,), separators=())
            return node
        case _:
            return t.mapped(node, lambda part: _with_plain_diagonals(part, alone))
