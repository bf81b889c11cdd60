"""What the readers of documents have in common: a container that is taken apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from symderiv.model.page import Reader

if TYPE_CHECKING:
    from symderiv.documents.document import Document
    from symderiv.formulas.source import Source


IMPORTS = ("symderiv.documents.files", "symderiv.documents.page")
"""What reads the prose and the formulas of any document."""


@dataclass(frozen=True, kw_only=True)
class DocumentReader(Reader):
    """A reader of documents; `container` gives the pieces of the text of one."""

    container: Callable[[Source], Document]
