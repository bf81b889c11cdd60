r"""What `\input`, `\include` and `\subfile` name, put in place: a document is read as one text.

Only files inside the document's folder are read, each with its own places.  What is not read is said where it is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from symderiv.documents.document import LARGEST
from symderiv.documents.files import text_of
from symderiv.formulas.source import Place, Source
from symderiv.model.diagnostic import Diagnostic

DEEPEST = 10
"""How deeply files may input each other."""
MOST = 500
"""How many files a document may consist of."""
_INPUT = re.compile(
    r"\\begin\{(?P<environment>verbatim\*?|lstlisting|minted|comment)\}.*?\\end\{(?P=environment)\}"
    r"|(?<!\\)%[^\n]*"
    r"|\\(?:input|include|subfile)(?![A-Za-z@])\s*(?:\{(?P<braced>[^{}\n]*)\}|(?P<bare>[^\s{}\\%]+))",
    re.DOTALL,
)
"""A command that inputs a file, or a stretch of text in which none is obeyed."""


@dataclass
class _Whole:
    """The text so far, with its places, and the files that it comes from."""

    folder: Path
    parts: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    length: int = 0
    files: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def take(self, source: Source, start: int, end: int) -> None:
        """Goes on with a stretch of a file."""
        while start < end:
            stop = source.text.find("\n", start, end) + 1 or end
            span = source.span(start, start)
            self.places.append(Place(self.length, span.line, span.column, source.path))
            self.parts.append(source.text[start:stop])
            self.length += stop - start
            start = stop

    def add(self, source: Source, stack: tuple[Path, ...]) -> None:
        """Goes on with a file and those that it inputs; `stack` are those that lead to it."""
        start = 0
        for match in _INPUT.finditer(source.text):
            name = match["braced"] if match["braced"] is not None else match["bare"]
            if name is None:
                continue
            found = self.file(name.strip(), stack)
            if isinstance(found, str):
                place = source.span(*match.span())
                self.diagnostics.append(Diagnostic("input-skipped", place, found, "check that file too"))
                continue
            path, text = found
            self.take(source, start, match.start())
            self.files.append(str(path))
            self.add(Source(str(path), text), (*stack, path.resolve()))
            start = match.end()
        self.take(source, start, len(source.text))

    def file(self, name: str, stack: tuple[Path, ...]) -> tuple[Path, str] | str:
        """The path and text of a file that is named, or why it is not read."""
        path = self.folder / name
        if path.suffix != ".tex" and not path.is_file():
            path = path.with_name(f"{path.name}.tex")
        try:
            inside = path.resolve().is_relative_to(self.folder.resolve())
            exists = inside and path.is_file()
        except (OSError, ValueError):
            return "no such file"
        if not inside:
            return "this file is outside of the document's folder"
        if not exists:
            return "no such file"
        if path.resolve() in stack:
            return "this file inputs itself"
        if len(stack) > DEEPEST or len(self.files) >= MOST:
            return "too many files input each other"
        text = text_of(path)
        if isinstance(text, Diagnostic):
            return text.message
        if self.length + len(text) > LARGEST:
            return f"the document would have more than {LARGEST} characters"
        return path, text


def with_inputs(source: Source) -> tuple[Source, tuple[str, ...], tuple[Diagnostic, ...]]:
    """A LaTeX text with the files that it inputs in place, their paths, and what was not read."""
    if _INPUT.search(source.text) is None:
        return source, (), ()
    path = Path(source.path)
    whole = _Whole(path.parent)
    whole.add(source, (path.resolve(),))
    if not whole.files:
        return source, (), tuple(whole.diagnostics)
    return Source(source.path, "".join(whole.parts), tuple(whole.places)), tuple(whole.files), tuple(whole.diagnostics)
