r"""Vectors and matrices in bold whose entries are not: `\mathbf{x}^\top \mathbf{x} = \sum_i x_i^2`.

Where the letter of a bold name has subscripts in plain type, and stands there alone nowhere, the two are one thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from symderiv.formulas import tree as t

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
        entries = {len(name.lower) for name in names if name.stem == letter and name.lower}
        others = {letter, bold.base, *(f"{font}{letter}}}" for font in _BOLD)} - {bold.text}
        if entries == {count} and others.isdisjoint(alone):
            found[bold.text] = bold.base
            if letter != bold.base:
                found[letter] = bold.base
    return found


def with_plain_names(node: t.Node, plain: Mapping[str, str]) -> t.Node:
    """A formula with the plain names."""
    if isinstance(node, t.Name) and node.stem in plain:
        new = plain[node.stem]
        return replace(node, text=new + node.text.removeprefix(node.stem), base=new, stem=new)
    return t.mapped(node, lambda part: with_plain_names(part, plain))
