"""The command line.  What takes long to import is imported by the command that needs it."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from symderiv import __version__, writers
from symderiv.collect import collect
from symderiv.exit_status import INTERRUPTED, RIGHT, UNUSABLE, WRONG, status_of
from symderiv.model.diagnostic import SymderivError
from symderiv.model.report import Report
from symderiv.model.writer import Writer

if TYPE_CHECKING:
    from symderiv.check import Options

Command = Callable[..., int]


def _writers(module: str = "") -> dict[str, Writer]:
    """All writers by their names, or those in one module: most have the name of theirs."""
    names = [found.name for found in iter_modules(writers.__path__) if module in ("", found.name)]
    return {writer.name: writer for name in names for writer in collect(f"symderiv.writers.{name}", Writer)}


class Format(click.ParamType[Writer]):
    """The name of a writer.  Writers are imported only when a name is looked up or listed."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Writer:
        known = _writers(value) or _writers()
        if value in known:
            return known[value]
        return self.fail(f"{value!r} is none of {', '.join(known)}", param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "|".join(_writers())


def _run_options(command: Command) -> Command:
    """The options of every command that searches."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for option in (
        click.option("--no-cache", is_flag=True, help="Neither read nor write .symderiv-cache."),
        click.option("--seed", type=int, default=0, show_default=True, help="For random instances."),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0, min_open=True),
            default=10.0,
            show_default=True,
            metavar="SECONDS",
            help="Of processor time, for each step and for reading each file.",
        ),
        click.option("--jobs", type=click.IntRange(min=1), default=processors, metavar="N", help="Default: all cores."),
        click.option("--idle", is_flag=True, help="Tell which hypotheses no proof needs."),
        click.option("--strict", is_flag=True, help="Whatever is not given or proved counts as wrong."),
    ):
        command = option(command)
    return command


def _options(jobs: int, timeout: float, seed: int, no_cache: bool, idle: bool, second_reader: bool = False) -> Options:
    from symderiv.check import Options

    return Options(jobs=jobs, timeout=timeout, seed=seed, cache=not no_cache, idle=idle, second_reader=second_reader)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="symderiv", message="%(prog)s %(version)s")
def symderiv() -> None:
    """Checks derivations in the mathematics of machine learning, step by step.

    Exit status: 0 nothing wrong, 1 something refuted, 2 bad usage or a file that could not be read.
    """


_MODELS = ("tree", "fan-in", "serial")
_PATH = click.Path(path_type=Path)
_OUTPUT = click.option("--output", "-o", type=_PATH, metavar="FILE", help="Write to FILE, not to standard output.")


@symderiv.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--format", "writer", type=Format(), default="text", show_default=True, help="How to report.")
@_OUTPUT
@click.option("--explain", is_flag=True, help="Show how a row was read: PATHS are FILE:LINE.")
@click.option("--second-reader", is_flag=True, help="Have formulas of documents read by latex2sympy2 as well.")
@_run_options
def check(paths: tuple[Path, ...], writer: Writer, output: Path | None, explain: bool, strict: bool, **run: Any) -> int:
    """Check every step of the derivations in files and folders."""
    if run["second_reader"] and find_spec("latex2sympy2") is None:
        raise click.ClickException("the second reader, latex2sympy2, is not installed: it needs Python 3.12 or older")
    if explain:
        return _explain_rows(paths, _options(**run))
    return _check(paths, writer, output, strict, _options(**run))


@symderiv.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--to", "writer", type=Format(), required=True, help="The format.")
@_OUTPUT
@_run_options
def export(paths: tuple[Path, ...], writer: Writer, output: Path | None, strict: bool, **run: Any) -> int:
    """Check derivations and write them out as whole proofs."""
    return _check(paths, writer, output, strict, _options(**run))


def _check(paths: Sequence[Path], writer: Writer, output: Path | None, strict: bool, options: Options) -> int:
    from symderiv.check import check_paths
    from symderiv.reading import suffixes
    from symderiv.sources import find_sources

    status = RIGHT
    files: list[Path] = []
    for path in paths:
        found = find_sources([path], suffixes())
        if not found:
            _complain(f"{path}: {'holds nothing to check' if path.exists() else 'no such file or folder'}")
            status = UNUSABLE
        files.extend(found)
    with _notice(f"checking {len(files)} file{'s' * (len(files) != 1)} ..."):
        report = check_paths(find_sources(files, ()), options)
    with _opened(output) as stream:
        writer.write(report, stream)
    return max(status, status_of(report, strict))


def _explain_rows(places: Sequence[Path], options: Options) -> int:
    from symderiv.rows import explain_row

    for place in places:
        name, _, line = str(place).rpartition(":")
        if not line.isdigit() or not Path(name).is_file():
            raise click.ClickException(f"{place}: FILE:LINE is expected")
        text = explain_row(Path(name), int(line), options)
        if text is None:
            raise click.ClickException(f"{place}: no relation stands there")
        click.echo(text)
    return RIGHT


class _StatementCommand(click.Command):
    """A command whose argument may begin with a minus sign, as statements do."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--" in args:
            return super().parse_args(ctx, args)
        flags = {name: getattr(p, "is_flag", False) for p in self.get_params(ctx) for name in p.opts}
        kept: list[str] = []
        statements: list[str] = []
        waiting = list(args)
        while waiting:
            arg = waiting.pop(0)
            (kept if arg in flags or arg[:1] != "-" or arg[:2] == "--" else statements).append(arg)
            if arg in flags and not flags[arg]:
                # Joined, because the value may begin with a minus sign too.
                kept[-1:] = [f"{arg}={waiting.pop(0)}"] if waiting and arg[:2] == "--" else [arg]
        return super().parse_args(ctx, [*kept, *(["--", *statements] if statements else [])])


@symderiv.command(cls=_StatementCommand)
@click.argument("statement")
@click.option("--assume", multiple=True, metavar="STATEMENT", help="A hypothesis, in LaTeX; may be repeated.")
@click.option("--format", "writer", type=Format(), help="A report in place of the text.")
@_run_options
def prove(statement: str, assume: tuple[str, ...], writer: Writer | None, strict: bool, **run: Any) -> int:
    """Prove or refute one STATEMENT, in LaTeX."""
    from symderiv.check import prove_statement
    from symderiv.writers.terminal import write_statement

    with _notice("searching ..."):
        report: Report = prove_statement(statement, assume, _options(**run))
    (writer.write if writer else write_statement)(report, sys.stdout)
    return status_of(report, strict)


@symderiv.command()
@click.argument("file", type=_PATH, metavar="FILE.loops")
@click.option("--to", "form", type=click.Choice(["loops", "python", "latex"]), default="loops", show_default=True)
@click.option("--costs", is_flag=True, help="Print work and span in place of the loops.")
@click.option("--model", type=click.Choice(_MODELS), help="How sums are made, for the span; default: each of these.")
@_OUTPUT
def derive(file: Path, form: str, costs: bool, model: str | None, output: Path | None) -> int:
    """Derive the backward loops of a loop program, or what it costs."""
    from symderiv.derive import derived_costs, derived_loops

    if model is not None and not costs:
        raise click.UsageError("--model is about --costs")
    with _notice("deriving ..."):
        text, findings = derived_costs(file, [model] if model else _MODELS) if costs else derived_loops(file, form)
    for finding in findings:
        click.echo(f"{finding.span}: {finding.code}: {finding.message}", err=True)
    if text is None:
        return UNUSABLE
    with _opened(output) as stream:
        stream.write(text)
    return WRONG if findings else RIGHT


def _malformed(report: Path) -> click.ClickException:
    return click.ClickException(f"{report}: not a report of symderiv")


def _loaded(report: Path) -> dict[str, Any]:
    """The report in a JSON file."""
    try:
        document = json.loads(report.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise _malformed(report) from None
    if not isinstance(document, dict) or not isinstance(document.get("certificates"), dict):
        raise _malformed(report)
    return document


@symderiv.command()
@click.argument("report", type=_PATH)
def replay(report: Path) -> int:
    """Replay the certificates of a JSON report in the kernel, without any search."""
    from symderiv.check import replay_report

    document = _loaded(report)
    try:
        outcomes = replay_report(document)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise _malformed(report) from None
    rejected = [outcome for outcome in outcomes if not outcome.ok]
    for outcome in rejected:
        click.echo(f"{outcome.step}: rejected: {outcome.message}")
    click.echo(f"{len(outcomes) - len(rejected)} replayed, {len(rejected)} rejected")
    return WRONG if rejected else RIGHT


@symderiv.command()
@click.argument("report", type=_PATH)
@click.option("--output", "-o", type=_PATH, metavar="FOLDER", help="Keep the files that Coq checks in FOLDER.")
@click.option("--timeout", type=click.IntRange(min=1), default=20, show_default=True, help="Seconds for each sentence.")
def certify(report: Path, output: Path | None, timeout: int) -> int:
    """Have the proved steps of a JSON report checked a second time, by Coq."""
    from symderiv.coq.errors import CoqMissing, LibraryRejected
    from symderiv.coq.reports import certify_report

    try:
        with _notice("certifying ..."):
            certified = certify_report(_loaded(report), output, timeout)
    except (CoqMissing, LibraryRejected) as error:
        raise click.ClickException(str(error)) from None
    for step in certified.steps:
        if step.reason:
            click.echo(f"{step.place}: not certified: {step.reason}")
    done = sum(not step.reason for step in certified.steps)
    click.echo(f"{done} of {len(certified.steps)} proved steps certified by Coq {certified.version}")
    return RIGHT if done == len(certified.steps) else WRONG


@symderiv.command()
@click.argument("subject", metavar="RULE_OR_CODE")
def explain(subject: str) -> int:
    """Explain a rule, a diagnostic code, or `axioms`."""
    from symderiv.check import explain as explanation

    text = explanation(subject)
    if text is None:
        raise click.ClickException(f"{subject}: no rule and no diagnostic code")
    click.echo(text)
    return RIGHT


def _complain(message: str) -> None:
    click.echo(f"symderiv: {' '.join(message.split())}", err=True)


@contextmanager
def _notice(message: str) -> Iterator[None]:
    """Shows what takes its time, on a terminal only, and wipes it out afterwards."""
    shown = sys.stderr.isatty()
    if shown:
        click.echo(message, err=True, nl=False)
    try:
        yield
    finally:
        if shown:
            click.echo("\r\x1b[2K", err=True, nl=False)


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    with output.open("w", encoding="utf-8") as stream:
        yield stream


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and gives its exit status.  What a user can do wrong ends in one line."""
    gc.disable()  # next to nothing of what is imported is garbage; `check` looks for some again
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy's threads wait busily, and these arrays are small
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = symderiv.main(arguments, prog_name="symderiv", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return UNUSABLE
    except click.ClickException as error:
        _complain(error.format_message())
        return UNUSABLE
    except SymderivError as error:
        hint = error.diagnostic.hint
        _complain(f"{error} ({hint})" if hint else str(error))
        return UNUSABLE
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WRONG
    except OSError as error:
        _complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        return UNUSABLE
    except (KeyboardInterrupt, click.Abort):
        _complain("interrupted")
        return INTERRUPTED
    finally:
        gc.enable()
    return status if isinstance(status, int) else RIGHT


def run() -> NoReturn:
    """The program: it ends at once, for to take apart what was imported takes as long as many steps do."""
    status = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # the reader is gone
            stream.flush()
    os._exit(status)
