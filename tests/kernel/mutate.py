"""Mutation of the kernel's checks: each is removed, and negated, one at a time; some kernel test must then fail.

    python -m tests.kernel.mutate [--jobs N] [FILE ...]

A check is an `if ...: raise`, or a call of `check` or `_expect`.  Survivors are printed with their place; the exit
status is 1 where there are any.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).parents[2]
KERNEL = ROOT / "symderiv" / "kernel"
TESTS = ("tests/kernel", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly")
CHECKS = ("check", "_expect")


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """Line, kind and text of every mutant of a module."""
    count = len([node for node in ast.walk(ast.parse(source)) if _is_check(node)])
    for number in range(count):
        for kind in ("removed", "negated"):
            tree = ast.parse(source)
            node = [node for node in ast.walk(tree) if _is_check(node)][number]
            _mutate(node, kind)
            yield node.lineno, kind, ast.unparse(ast.fix_missing_locations(tree))


def _is_check(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return len(node.body) == 1 and isinstance(node.body[0], ast.Raise) and not node.orelse
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in CHECKS


def _mutate(node: ast.AST, kind: str) -> None:
    if isinstance(node, ast.If):
        node.test = ast.Constant(False) if kind == "removed" else ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        first = node.value.args[0]
        node.value.args[0] = ast.Constant(True) if kind == "removed" else ast.UnaryOp(ast.Not(), first)


def survives(copy: Path, name: str, text: str) -> bool:
    """True where all kernel tests pass although the module `name` is mutated."""
    path = copy / "symderiv" / "kernel" / name
    original = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    try:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", *TESTS], cwd=copy, capture_output=True, check=False, timeout=120
        )
        return run.returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        path.write_text(original, encoding="utf-8")


def main() -> int:
    """Runs every mutant and prints the survivors."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    names = options.files or sorted(path.name for path in KERNEL.glob("*.py"))
    tasks = [(name, *found) for name in names for found in mutants((KERNEL / name).read_text(encoding="utf-8"))]
    copies: Queue[Path] = Queue()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.jobs):
            copy = Path(folder) / str(number)
            for part in ("symderiv", "tests", "derivations", "pyproject.toml"):
                source = ROOT / part
                ignore = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, copy / part, ignore=ignore) if source.is_dir() else shutil.copy(source, copy)
            copies.put(copy)

        def attempt(task: tuple[str, int, str, str]) -> bool:
            copy = copies.get()
            try:
                return survives(copy, task[0], task[3])
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(attempt, tasks))
    survivors = [f"{name}:{line}: {kind}" for (name, line, kind, _), alive in zip(tasks, results, strict=True) if alive]
    print(*survivors, f"{len(tasks) - len(survivors)} of {len(tasks)} mutants killed", sep="\n")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
