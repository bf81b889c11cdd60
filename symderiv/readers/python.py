"""Derivation scripts in Python: runs the script, and collects the derivations at the top of its module.

The script is the user's own program: it can do whatever a program can.  It runs in a worker process.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from importlib.abc import InspectLoader
from importlib.util import decode_source
from pathlib import Path
from types import CodeType, ModuleType

from symderiv.model.derivation import Derivation
from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.page import Page, Reader
from symderiv.model.procedure import Procedure
from symderiv.model.program import Program
from symderiv.model.span import Span


def read(path: Path) -> Page:
    """The derivations that the script defines, up to the place where it fails if it does."""
    name = str(path)
    try:
        code = _compile(path)
    except SymderivError as error:
        return Page(name, (), (error.diagnostic,))
    module = ModuleType(f"symderiv_script_{path.stem}")
    module.__file__ = str(path.absolute())
    failure: tuple[Diagnostic, ...] = ()
    with _importing_from(path, module), redirect_stdout(sys.stderr):
        # The script may raise anything; what it had defined before is checked all the same.
        try:
            _Script(code).exec_module(module)
        except SymderivError as error:
            failure = (error.diagnostic,)
        except (Exception, SystemExit) as error:
            failure = (_script_error(error, path),)
    derivations = _defined_in(module, path)
    programs = tuple(_programs_in(module, path))
    procedures = tuple(_procedures_in(module, path))
    if not (derivations or programs or procedures or failure):
        failure = (Diagnostic("no-derivations", _place(name), "this file defines no derivation"),)
    return Page(name, derivations, failure, programs, procedures)


class _Script(InspectLoader):
    """Lets the import system run code that is already compiled."""

    def __init__(self, code: CodeType) -> None:
        self.code = code

    def get_code(self, fullname: str) -> CodeType:
        return self.code

    def get_source(self, fullname: str) -> None:
        return None


def _compile(path: Path) -> CodeType:
    """The script's code.  Raises: SymderivError where it cannot be opened, decoded or parsed."""
    name = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SymderivError(Diagnostic("unreadable-file", _place(name), error.strerror or str(error))) from None
    try:
        return compile(_decoded(data), name, "exec", dont_inherit=True)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = f"byte 0x{data[error.start]:02x} is not {error.encoding.upper()}"
        raise SymderivError(Diagnostic("not-decodable", _place(name, line, column), message)) from None
    except SyntaxError as error:
        place = Span(
            name,
            error.lineno or 1,
            error.offset or 1,
            error.end_lineno or error.lineno or 1,
            error.end_offset or error.offset or 1,
        )
        raise SymderivError(Diagnostic("syntax-error", place, error.msg)) from None
    except (ValueError, RecursionError, MemoryError) as error:  # null bytes; nested too deeply for the parser
        message = str(error) or "nested too deeply"
        raise SymderivError(Diagnostic("syntax-error", _place(name), message)) from None


def _decoded(data: bytes) -> str:
    """The text of a script.  Raises: UnicodeDecodeError; SyntaxError for an encoding that it names and nobody knows."""
    try:
        return decode_source(data)
    except SyntaxError:
        data.decode("utf-8")  # where this fails, it says at which byte; Python says so only from the third line on
        raise


@contextmanager
def _importing_from(path: Path, module: ModuleType) -> Iterator[None]:
    """Lets a script import its neighbours, and forgets them afterwards: the next script may have others of that name.

    The folders stand last in the search path, so that a script called `random.py` hides nothing.
    """
    folders = [str(folder) for folder in dict.fromkeys((path.absolute().parent, _project_root(path)))]
    known = set(sys.modules)
    sys.modules[module.__name__] = module
    sys.path.extend(folders)
    try:
        yield
    finally:
        for folder in folders:
            sys.path.reverse()
            sys.path.remove(folder)
            sys.path.reverse()
        for name in set(sys.modules) - known:
            if name.split(".")[0] != "symderiv" and _stands_in(sys.modules[name], folders):
                del sys.modules[name]


def _project_root(path: Path) -> Path:
    """The nearest folder above that holds a `pyproject.toml`, else the script's own."""
    own = path.absolute().parent
    return next((folder for folder in (own, *own.parents) if (folder / "pyproject.toml").is_file()), own)


def _stands_in(module: ModuleType, folders: list[str]) -> bool:
    """Whether a module belongs to the user's project, rather than to what is installed."""
    # A namespace package has no file, only a path.
    places = [module.__dict__.get("__file__") or "", *map(str, module.__dict__.get("__path__") or ())]
    return any(
        place.startswith(folder + os.sep) and "site-packages" not in place
        for place in places
        for folder in folders
        if not place.startswith(sys.prefix + os.sep)
    )


def _defined_in(module: ModuleType, path: Path) -> tuple[Derivation, ...]:
    """The derivations whose own place is in the file, in order of definition, each under its variable's name."""
    own = os.path.realpath(path)
    found: dict[int, Derivation] = {}
    for name, value in vars(module).items():
        if isinstance(value, Derivation) and os.path.realpath(value.span.path) == own:
            found.setdefault(id(value), replace(value, name=name))
    return tuple(found.values())


def _programs_in(module: ModuleType, path: Path) -> Iterator[Program]:
    """The loop programs that the file builds."""
    own = os.path.realpath(path)
    for name, value in vars(module).items():
        if isinstance(value, Program) and os.path.realpath(value.path) == own:
            yield replace(value, name=name)


def _procedures_in(module: ModuleType, path: Path) -> Iterator[Procedure]:
    """The procedures that the file states equations of."""
    own = os.path.realpath(path)
    for name, value in vars(module).items():
        if isinstance(value, Procedure) and os.path.realpath(value.span.path) == own:
            yield replace(value, name=name)


def _script_error(error: BaseException, path: Path) -> Diagnostic:
    """What the script raised, at the innermost place of the script itself."""
    own = os.path.realpath(path)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if os.path.realpath(frame.filename) == own]
    place = _frame_place(frames[-1], path) if frames else _place(str(path))
    if isinstance(error, SystemExit):
        return Diagnostic("script-exit", place, "the script ended itself here", "what stands below was not read")
    if isinstance(error, SyntaxError) and error.filename:
        return Diagnostic("script-error", place, f"SyntaxError in {error.filename}:{error.lineno}: {error.msg}")
    message = " ".join(str(error).split())
    return Diagnostic("script-error", place, f"{type(error).__name__}: {message}" if message else type(error).__name__)


def _frame_place(frame: traceback.FrameSummary, path: Path) -> Span:
    """The place of the call; Python counts its columns in bytes from 0."""
    line, end_line = frame.lineno or 1, frame.end_lineno or frame.lineno or 1
    lines = path.read_bytes().split(b"\n")

    def column(number: int, offset: int | None) -> int:
        text = lines[number - 1] if number <= len(lines) else b""
        return len(text[: offset or 0].decode("utf-8", "replace")) + 1

    return Span(str(path), line, column(line, frame.colno), end_line, column(end_line, frame.end_colno))


def _place(name: str, line: int = 1, column: int = 1) -> Span:
    return Span(name, line, column, line, column)


READER = Reader(suffixes=(".py",), read=read)
