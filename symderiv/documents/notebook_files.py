"""Notebooks: the displayed formulas of their Markdown cells, with places in the `.ipynb` file itself.

The format is JSON in which the text of a cell is one string or a row of strings.  Each string is walked as it stands in
the file, so that a place behind an escape is still the right one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nbformat.validator import iter_validate

from symderiv.documents.document import Document, Piece
from symderiv.documents.macros import macros_of
from symderiv.documents.markdown_files import pieces_of
from symderiv.formulas.source import Place, Source
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.verdict import JsonValue

DEEPEST = 60
"""How deeply the values of a notebook may stand inside each other."""
LONGEST_MESSAGE = 200
"""Characters of what is said of a notebook that is none: the schema's own words may hold all of it."""
VERSION = 4
"""The major version of the format: earlier ones have no cells of their own."""

Path = tuple[str | int, ...]
_JSON = re.compile(r'(?P<string>"(?:[^"\\]|\\.)*")|(?P<open>[{\[])|(?P<close>[}\]])|(?P<comma>,)|[^\s"{}\[\],:]+')
_CHARACTERS = re.compile(r"\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\.|[^\\]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Malformed(Exception):
    """A notebook that is none, and where that shows."""

    def __init__(self, code: str, offset: int, message: str) -> None:
        super().__init__(message)
        self.code, self.offset = code, offset


def read_notebook(source: Source) -> Document:
    """The pieces of a notebook, in a text of its Markdown cells.  It never raises for what the file holds."""
    try:
        cells = _markdown_cells(source.text)
    except _Malformed as problem:
        place = source.span(problem.offset, problem.offset + 1)
        return Document(source, (), {}, (Diagnostic(problem.code, place, str(problem)),))
    text, pieces = _Text(source), list[Piece]()
    for strings in cells:
        start = text.length
        pieces.append(Piece("open", start, start, "cell"))
        pieces += pieces_of(text.cell(strings), start)
        pieces.append(Piece("close", text.length, text.length, "cell"))
    joined = text.source()
    return Document(joined, tuple(pieces), macros_of(joined.text))


@dataclass(frozen=True)
class _Value:
    """A value in JSON, by its path from the outermost one, and where it stands."""

    path: Path
    start: int
    end: int


@dataclass
class _Level:
    """An open object or array: the key or index of the next value in it."""

    is_object: bool
    key: str | int
    named: bool = False
    keys: set[str] = field(default_factory=set)


def _values(text: str) -> Iterator[_Value]:
    """The values of a JSON text with their places.

    Raises:
        _Malformed: two values of an object have one name, or values stand too deeply inside each other.
    """
    levels: list[_Level] = []
    for found in _JSON.finditer(text):
        if found["comma"]:
            if levels and isinstance(levels[-1].key, int):
                levels[-1].key += 1
            continue
        if found["close"]:
            del levels[-1:]
            continue
        top = levels[-1] if levels else None
        if found["string"] and top and top.is_object and not top.named:
            _name(top, found)
            continue
        yield _Value(tuple(level.key for level in levels), *found.span())
        if top:
            top.named = False
        if found["open"]:
            if len(levels) == DEEPEST:
                raise _Malformed("invalid-json", found.start(), f"values inside each other, more than {DEEPEST} deep")
            is_object = found["open"] == "{"
            levels.append(_Level(is_object, "" if is_object else 0))


def _name(level: _Level, found: re.Match[str]) -> None:
    """Takes a string as the name of the next value in an object."""
    key = json.loads(found.group())
    if key in level.keys:
        raise _Malformed("invalid-json", found.start(), f"{key} stands twice in one object")
    level.keys.add(key)
    level.key, level.named = key, True


def _markdown_cells(text: str) -> list[list[tuple[int, int]]]:
    """Where the strings of each Markdown cell stand.

    Raises:
        _Malformed: the text is no JSON, or no notebook.
    """
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        raise _Malformed("invalid-json", error.pos, error.msg) from error
    except (RecursionError, ValueError) as error:  # too deep, or a number of too many digits
        raise _Malformed("invalid-json", 0, str(error)) from error
    values = list(_values(text))
    _examine(notebook, {value.path: value.start for value in values})
    found: dict[str | int, list[tuple[int, int]]] = {}
    for value in values:
        match value.path:
            case ("cells", int(index), "source", *_) if text[value.start] == '"':
                if notebook["cells"][index]["cell_type"] == "markdown":
                    found.setdefault(index, []).append((value.start, value.end))
            case _:
                pass
    return list(found.values())


def _examine(notebook: JsonValue, places: Mapping[Path, int]) -> None:
    """Holds a value against the schema of notebooks.

    Raises:
        _Malformed: it is no notebook of the version that is read.
    """
    if not isinstance(notebook, dict) or notebook.get("nbformat") != VERSION:
        message = f"no notebook of version {VERSION} of the format"
        raise _Malformed("invalid-notebook", places.get(("nbformat",), 0), message)
    if not isinstance(notebook.get("nbformat_minor"), int):
        raise _Malformed("invalid-notebook", places.get(("nbformat_minor",), 0), "nbformat_minor is no whole number")
    for problem in iter_validate(notebook, relax_add_props=True):
        message = str(problem.message).splitlines()[0][:LONGEST_MESSAGE]
        raise _Malformed("invalid-notebook", _nearest(places, tuple(problem.absolute_path)), message)


def _nearest(places: Mapping[Path, int], path: Path) -> int:
    """Where a value stands, or the one around it."""
    return next((places[path[:n]] for n in range(len(path), -1, -1) if path[:n] in places), 0)


class _Text:
    """The text of Markdown cells, with the places of its characters in the file."""

    def __init__(self, file: Source) -> None:
        self._file = file
        self._parts: list[str] = []
        self._places: list[Place] = []
        self.length = 0

    def _add(self, part: str, offset: int) -> None:
        place = self._file.span(offset, offset)
        self._places.append(Place(self.length, place.line, place.column))
        self._parts.append(part)
        self.length += len(part)

    def cell(self, strings: Sequence[tuple[int, int]]) -> str:
        """Adds a cell that stands in the file as JSON strings, quotes included, and an empty line after it.

        What points behind its last character points at its last quote.
        """
        before = len(self._parts)
        for begin, end in strings:
            for found in _CHARACTERS.finditer(self._file.text, begin + 1, end - 1):
                part = found.group()
                if part.startswith("\\"):
                    part = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", json.loads(f'"{part}"'))
                self._add(part, found.start())
            self._add("", end - 1)
        self._add("\n\n", strings[-1][1] - 1)
        return "".join(self._parts[before:])

    def source(self) -> Source:
        """The text as a source that points into the file."""
        return Source(self._file.path, "".join(self._parts), tuple(self._places))
