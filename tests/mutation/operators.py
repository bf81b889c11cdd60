"""Mutants of a module: one thing in it is broken in each.

Checks are removed and negated; signs are turned, arguments swapped, conditions dropped, comparisons changed.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

CHECKS = ("check", "_expect")
NUMBERS = ("Fraction", "fmpq", "number")
RELATIONS = {"at_most": "at_least", "at_least": "at_most", "equal": "unequal", "greater": "less", "less": "greater"}
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip

Node = ast.AST
Change = Callable[[Node], None]


@dataclass(frozen=True)
class Mutant:
    """The source of a module with one change, its line, what was changed, and what stood in that line.

    `statement` is the line at which the innermost statement around the change begins.  Where the change is in the body
    of a function, `function` is the name of the outermost one and `entry` the line of its first statement; `is_nested`
    says that another function, or a lambda, lies between.
    """

    line: int
    kind: str
    inside: str
    text: str
    statement: int
    function: str | None
    entry: int
    is_nested: bool


def mutants(source: str) -> Iterator[Mutant]:
    """All mutants of a module, in the order of its lines."""
    tree = ast.parse(source)
    outside = _outside(tree)
    lines = source.splitlines()
    for place, node in enumerate(ast.walk(tree)):
        for number, (kind, _) in enumerate(changes(node)):
            copy = deepcopy(tree)
            target = next(other for n, other in enumerate(ast.walk(copy)) if n == place)
            changes(target)[number][1](target)
            text = ast.unparse(ast.fix_missing_locations(copy))
            line = node.target.lineno if isinstance(node, ast.comprehension) else node.lineno  # type: ignore[attr-defined]
            yield Mutant(line, kind, lines[line - 1].strip(), text, *_position(node, outside))


def recording(source: str, module: str) -> str:
    """A module that adds each statement of its functions to `__seen__` before it is run."""
    tree = ast.parse(source)
    for node in [node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]:
        for inner in list(ast.walk(node)):
            for field in ("body", "orelse", "finalbody"):
                block = getattr(inner, field, None)
                if isinstance(block, list) and not isinstance(inner, ast.ClassDef):
                    setattr(inner, field, [step for old in block for step in _recorded(old, module)])
    return ast.unparse(ast.fix_missing_locations(tree))


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _recorded(statement: ast.stmt, module: str) -> list[ast.stmt]:
    if isinstance(statement, ast.Expr) and (isinstance(statement.value, ast.Constant) or _is_record(statement)):
        return [statement]  # words that describe the function stay where they are
    record = ast.parse(f"__seen__.add(({module!r}, {statement.lineno}))").body[0]
    return [record, statement]


def _is_record(statement: ast.Expr) -> bool:
    return ast.unparse(statement).startswith("__seen__")


def _outside(tree: Node) -> dict[Node, Node]:
    return {inner: node for node in ast.walk(tree) for inner in ast.iter_child_nodes(node)}


def _position(node: Node, outside: dict[Node, Node]) -> tuple[int, str | None, int, bool]:
    """The statement that a node stands in, and the function whose body has it."""
    way = [node]
    while way[-1] in outside:
        way.append(outside[way[-1]])
    statement = next(step for step in way if isinstance(step, ast.stmt))
    bodies = [step for inner, step in pairwise(way) if isinstance(step, FUNCTIONS) and inner in step.body]
    if not bodies:
        return statement.lineno, None, 0, False
    function = bodies[-1]
    names = [function.name, *(step.name for step in way[way.index(function) :] if isinstance(step, ast.ClassDef))]
    body = [step for step in function.body if not (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))]
    nested = len(bodies) > 1 or any(isinstance(step, ast.Lambda) for step in way)
    return statement.lineno, ".".join(reversed(names)), body[0].lineno, nested


def changes(node: Node) -> list[tuple[str, Change]]:
    """What can be broken at a node, with how."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name), args=[_, *_])) if name in CHECKS:
            return [("check removed", _check_removed), ("check negated", _check_negated)]
        case ast.If(test=ast.Name("TYPE_CHECKING")):
            return []  # what is imported for types alone is never run
        case ast.If():
            return [("condition negated", _negated), *([("condition dropped", _dropped)] if not node.orelse else [])]
        case ast.IfExp():
            return [("branches swapped", _negated)]
        case ast.BoolOp(values=values):
            return [(f"operand {n} dropped", lambda found, n=n: found.values.pop(n)) for n in range(len(values))]
        case ast.comprehension(ifs=[_, *_]):
            return [("filter dropped", lambda found: found.ifs.clear())]
        case ast.Compare(ops=[operator]) if type(operator) in COMPARISONS:
            return [("comparison changed", _compared)]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return [("sign dropped", lambda found: _replaced(found, operand))]
        case ast.BinOp(op=ast.Add() | ast.Sub(), left=left) if not _is_text(left):
            return [("sign turned", _turned)]
        case ast.Call(func=ast.Name() | ast.Attribute()) as call:
            return _of_call(call)
    return []


def _of_call(call: ast.Call) -> list[tuple[str, Change]]:
    name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr  # type: ignore[attr-defined]
    found: list[tuple[str, Change]] = []
    plain = len(call.args) > 1 and not any(isinstance(argument, ast.Starred) for argument in call.args[:2])
    plain = plain and ast.dump(call.args[0]) != ast.dump(call.args[1])
    if plain and name not in (*CHECKS, "isinstance", "getattr", "equal", "unequal", "min", "max"):
        found.append(("arguments swapped", lambda c: c.args.insert(0, c.args.pop(1))))
    if name in ("negate", "flip") and len(call.args) == 1:
        found.append(("sign dropped", lambda c: _replaced(c, c.args[0])))
    if name in NUMBERS and call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value:
        found.append(("sign turned", lambda c: c.args.__setitem__(0, ast.UnaryOp(ast.USub(), c.args[0]))))
    if name in RELATIONS:
        found.append(("relation turned", lambda c: setattr(c.func, "id", RELATIONS[name])))
    if name == "Rule" and len(call.args) > 3 and ast.unparse(call.args[3]) != "()":
        found.append(("conditions dropped", lambda c: c.args.__setitem__(3, ast.Tuple([], ast.Load()))))
    return found


def _is_text(node: Node) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _check_removed(node: ast.Expr) -> None:
    node.value.args[0] = ast.Constant(True)  # type: ignore[attr-defined]


def _check_negated(node: ast.Expr) -> None:
    node.value.args[0] = ast.UnaryOp(ast.Not(), node.value.args[0])  # type: ignore[attr-defined]


def _negated(node: ast.If | ast.IfExp) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)


def _dropped(node: ast.If) -> None:
    node.test = ast.Constant(False)


def _compared(node: ast.Compare) -> None:
    node.ops = [COMPARISONS[type(node.ops[0])]()]


def _turned(node: ast.BinOp) -> None:
    node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()


def _replaced(node: Node, by: ast.expr) -> None:
    """Makes a node another one, in place."""
    node.__class__ = by.__class__
    vars(node).clear()
    vars(node).update(vars(by))
