"""The sizes of matrices and vectors, as prose and comments for the checker say them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from sympy import Integer

from symderiv.documents.density_sizes import density_sizes
from symderiv.documents.displays import Display
from symderiv.documents.kinds import called_orthogonal
from symderiv.documents.names_in_use import ranges_listed
from symderiv.formulas import tree as t
from symderiv.formulas.declarations import Declared
from symderiv.formulas.general import Terms
from symderiv.formulas.indexing import range_name
from symderiv.formulas.shapes import Misfit
from symderiv.language import written as w

_SIZE = r"\$\s*(?P<rows>[a-z]|1)\s*\\times\s*(?P<columns>[a-z]|1)\s*\$"
_SIZED = (
    re.compile(_SIZE + r"(?:(?!\b(?:and|is|be|are)\b|,)[^$.]){0,60}\$(?P<name>[^$=\s]{1,20})\$"),
    re.compile(r"\$(?P<name>[^$=\s]{1,20})\$\s+(?:is|be|denotes)\s+(?:(?!\band\b|,)[^$.]){0,40}" + _SIZE),
)
"""`$n \\times p$ design matrix $X$`, and `$X$ is an $n \\times p$ matrix`."""


def take_sizes(
    terms: Terms, trees: Sequence[t.Node], displays: Sequence[Display], declared: Sequence[Declared]
) -> None:
    r"""What the prose says of sizes: `$n \times p$ design matrix $X$`; and what comments for the checker say."""
    for declaration in declared:
        for known in declaration.plain:
            _take_size(terms, known, declaration.sizes)
    for called, _ in called_orthogonal(displays):
        with suppress(Misfit):
            rows, columns = terms.shapes.named(t.Name(0, 0, called, called, (), called))
            rows.join(columns)
    for display in displays:
        around = f"{display.before}\n\n{display.after}"
        for match in (match for pattern in _SIZED for match in pattern.finditer(around)):
            name = match["name"].strip()
            if name not in terms.shapes.matrices:
                continue
            plain = t.Name(0, 0, name, name.rsplit("{", 1)[-1].rstrip("}"), (), name)
            _take_size(terms, plain, (match["rows"], match["columns"]))
    for name, size in density_sizes(trees, terms.shapes.matrices):
        _take_size(terms, name, (size, "1"))
    for low, high in (ends for found in ranges_listed(trees, displays).values() for ends in found):
        if high.isalpha():
            last = w.Scalar(high)
            count = last if low == "1" else w.Plus(last, Integer(1 - int(low)))
            terms.sizes.setdefault(range_name((low, high)), count)


def _take_size(terms: Terms, name: t.Name, sizes: tuple[str, str]) -> None:
    rows, columns = terms.shapes.named(name)
    if sizes[0] == sizes[1] and not sizes[0].isdigit():
        with suppress(Misfit):
            rows.join(columns)
    for dimension, size in zip(terms.shapes.named(name), sizes, strict=True):
        domain = terms.domain(dimension)
        if domain and size and not size.isdigit():
            terms.sizes.setdefault(domain, w.Scalar(size))
