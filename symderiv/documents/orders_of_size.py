r"""Relations up to terms of some order: `f(x + h) = f(x) + h f'(x) + O(h^2)`, `a_n = b_n + o(1)`.

What `O(h)` stands for is another thing in every place, so that no two of them cancel, and the sign before it is no
equality: such a relation says what one with `\approx` says.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from symderiv.documents.displays import Display, Row
from symderiv.formulas import tree as t
from symderiv.formulas.grammar import RELATIONS

_LETTERS = frozenset("Oo")
_FONTS = ("O", "o", r"\mathcal{", r"\mathrm{", r"\mathbf{", r"\tilde{", r"\widetilde{", r"\operatorname{", r"\text{")
NEARLY = r"\approx"


def tell_orders_of_size(displays: Sequence[Display]) -> None:
    """Makes relations of a section that hold up to terms of some order approximate."""
    listed = [rows for display in displays for rows in display.all_rows]
    # `h_t = o_t c_t` says that `o_t (1 - c_t)` is a product.
    nodes = [node for rows in listed for row in rows for side in row.sides for node in t.walk(side)]
    heads = {id(node.head) for node in nodes if isinstance(node, t.Applied)}
    plain = {node.text for node in nodes if isinstance(node, t.Name) and id(node) not in heads}
    for rows in listed:
        rows[:] = [_told(row, plain) for row in rows]


def _told(row: Row, plain: Set[str]) -> Row:
    # `O(s) = ...` defines a function of the text.
    is_defined = isinstance(row.left, t.Applied) and row.kind != "continued"
    looked_at = row.sides[1:] if is_defined else row.sides
    named = any(_is_order(node, plain) for side in looked_at for node in t.walk(side))
    return replace(row, sign=NEARLY) if named and row.sign in RELATIONS.values() else row


def _is_order(node: t.Node, plain: Set[str]) -> bool:
    r"""True of `O(h^2)`, `o(1)` and `\mathcal{O}(n \log n)`; not of a name that stands alone elsewhere."""
    if not isinstance(node, t.Applied) or node.opening != "(" or len(node.before) != 1 or node.bar:
        return False
    if node.head.text in plain:
        return False
    return node.head.base in _LETTERS and node.head.text.startswith(_FONTS)
