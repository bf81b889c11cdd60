"""The lines of a loop program: declarations, loops and statements.  A line that cannot be read stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from symderiv.loops.shapes import Declared
from symderiv.model import program as p
from symderiv.model.claims import Claim
from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.span import Span
from symderiv.readers.loop_claims import read_claim
from symderiv.readers.loop_expressions import Expressions, Scope
from symderiv.readers.loop_tokens import Cursor, Token, between, fail

DECLARATIONS = ("input", "output", "integer", "positive", "assume", "constant", "scalar", "index", "size", "tensor")
RELATIONS = {">=": ">=", ">": ">", "<=": ">=", "<": ">", "==": "==", "=": "==", "!=": "!="}
OPERATORS = ("+=", "-=", "max=", "=")


@dataclass
class Line:
    """A line that is not empty: its indentation and its tokens."""

    indent: int
    tokens: list[Token]

    @property
    def span(self) -> Span:
        """The place of the whole line."""
        return between([self.tokens[0], self.tokens[-1]])


@dataclass
class Found:
    """What was read: the declarations, both parts of the program, and what is wrong."""

    declared: Declared = field(default_factory=Declared)
    forward: list[p.Node] = field(default_factory=list)
    backward: list[p.Node] = field(default_factory=list)
    assumptions: list[p.Relation] = field(default_factory=list)
    named: list[tuple[str, Span]] = field(default_factory=list)
    averaged: dict[str, str] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


class Lines:
    """Reads the lines of one program."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.found = Found()
        self.position = 0
        self.number = 0
        self.is_backward = False
        self.later: list[Callable[[], None]] = []
        self.computed: frozenset[str] = frozenset()
        self.parallel_names: set[str] = set()
        self.scope = Scope({}, set(), set(), {}, self.note_domain)
        self.declare_all()

    def note_domain(self, index: str, source: str) -> None:
        """The index that a sum opens has the range of the name it is written with."""
        self.found.declared.sources.setdefault(index, source)

    # what may be used before it stands in the text

    def declare_all(self) -> None:
        """Enters the names of sizes and of computed tensors, so that their order is a matter of the analysis."""
        lines = [[token.text for token in line.tokens] for line in self.lines]
        declared = {w for words in lines if words[0] == "index" and "in" in words for w in words[1 : words.index("in")]}
        for words in lines:
            if words[0] == "claim" and not is_statement(words):
                continue
            if words[0] in DECLARATIONS and not is_statement(words):
                self.enter_sizes(words)
            elif words[0] == "loop":
                self.scope.sizes.update(w for w in words[3:] if w[:1].isupper())
            elif words[0] == "for":
                for index in words[1 : words.index(":")] if ":" in words else []:
                    if index[:1].isalpha() and index not in declared:
                        self.scope.sizes.add(p_default(index))
            self.parallel_names.update(bound_words(words))
            target = target_of(words)
            if target is not None:
                self.scope.ranks.setdefault(target, None)
        self.computed = frozenset(self.scope.ranks)

    def enter_sizes(self, words: list[str]) -> None:
        """The capital words of a declaration that stand in its brackets, or that it is about."""
        if words[0] in ("size", "assume"):
            self.scope.sizes.update(w for w in words[1:] if w[:1].isupper() and w != words[0])
        elif words[0] in ("index", "integer"):
            self.scope.sizes.update(w for w in words[words.index("in") :] if w[:1].isupper()) if "in" in words else None
        depth = 0
        for word in words:
            depth += (word == "[") - (word == "]")
            if depth and word[:1].isupper():
                self.scope.sizes.add(word)

    # blocks

    def read(self) -> Found:
        """Everything; what is wrong is among `diagnostics`."""
        for part in (self.read_declarations, self.read_blocks):
            part()
        return self.found

    def read_declarations(self) -> None:
        """Declarations count wherever they stand."""
        rest: list[Line] = []
        for line in self.lines:
            words = [token.text for token in line.tokens]
            if words[0] in (*DECLARATIONS, "average", "claim") and not is_statement(words):
                self.guarded(partial(self.declaration, line))
            else:
                rest.append(line)
        self.lines = rest
        for later in self.later:
            self.guarded(later)

    def guarded(self, read: Callable[[], None]) -> None:
        """Reads something; an error becomes a diagnostic."""
        try:
            read()
        except SymderivError as error:
            self.found.diagnostics.append(error.diagnostic)

    def read_blocks(self) -> None:
        """The loops and statements from the current line on."""
        while self.position < len(self.lines):
            block = self.found.backward if self.is_backward else self.found.forward
            self.guarded(partial(self.read_into, block, self.lines[self.position].indent))

    def read_into(self, block: list[p.Node], indent: int) -> None:
        """Adds what one line begins to a block."""
        block.extend(self.block_item(indent))

    def block_item(self, indent: int) -> list[p.Node]:
        """One line, with the lines that belong to it."""
        line = self.lines[self.position]
        self.position += 1
        if line.indent > indent:
            raise fail("loop-syntax", line.tokens[0].span, "this line is indented, but no loop is open")
        cursor = Cursor(line.tokens)
        if cursor.sees("backward"):
            self.backward(cursor)
            return []
        if cursor.sees("loop"):
            return [self.loop(cursor, line)]
        if cursor.sees("for"):
            return [self.parallel(cursor, line)]
        return [p.For((), (self.statement(cursor),), line.span)]

    def backward(self, cursor: Cursor) -> None:
        """`backward x, mu, s`: the loops after it compute gradients."""
        cursor.next()
        names = cursor.names("the name of a tensor")
        cursor.end()
        self.is_backward = True
        self.number = 0
        for known, rank in list(self.scope.ranks.items()):
            if not known.endswith(".grad"):
                self.scope.ranks.setdefault(f"{known}.grad", rank)
        for name in names:
            if name.text not in self.scope.ranks or name.text.endswith(".grad"):
                self.found.diagnostics.append(
                    Diagnostic("unknown-name", name.span, f"{name.text} is no tensor of this program")
                )
                continue
            self.found.named.append((name.text, name.span))

    def body(self, header: Line) -> list[Line]:
        """The indented lines after a header."""
        start = self.position
        while self.position < len(self.lines) and self.lines[self.position].indent > header.indent:
            self.position += 1
        return self.lines[start : self.position]

    def loop(self, cursor: Cursor, header: Line) -> p.Loop:
        """`loop t = a..b:` and its body."""
        cursor.next()
        index = cursor.name("an index")
        cursor.expect("=")
        reader = Expressions(cursor, self.scope)
        first = reader.index()
        cursor.expect("..")
        last = reader.index()
        cursor.expect(":")
        outside = dict(self.scope.indices)
        if index.text in outside:
            raise fail("loop-syntax", index.span, f"{index.text} is the index of a loop around this one")
        down = first.constant - last.constant > 0 if first.terms == last.terms else bool(first.terms and not last.terms)
        bounds = (first, last) if not down else (last, first)
        name = self.sequential_name(index.text, bounds)
        self.scope.indices[index.text] = name
        inner = self.body(header)
        nodes: list[p.Node] = []
        try:
            if cursor.token.kind != "end":
                nodes.append(p.For((), (self.statement(cursor),), header.span))
            elif not inner:
                raise fail("loop-syntax", header.span, "this loop has no body", "indent what is repeated")
            nodes.extend(self.nested(inner))
        finally:
            self.scope.indices = outside
        return p.Loop(name, p.Range(first, last, -1 if down else 1), tuple(nodes), header.span)

    def sequential_name(self, index: str, bounds: tuple[p.Affine, p.Affine]) -> str:
        """A name for the index of a sequential loop: one with other bounds, or of a parallel loop, is another index."""
        declared = self.found.declared
        name = index
        taken = self.parallel_names - set(declared.explicit)
        while name in taken or declared.ranges.get(name, bounds) != bounds:
            name += "'"
        declared.ranges[name] = bounds
        declared.sequential.add(name)
        declared.sources.setdefault(name, index)
        return name

    def nested(self, inner: list[Line]) -> list[p.Node]:
        """The nodes of an indented block; what is wrong in one line leaves the others."""
        lines, position = self.lines, self.position
        self.lines, self.position = inner, 0
        nodes: list[p.Node] = []
        try:
            while self.position < len(inner):
                self.guarded(partial(self.read_into, nodes, inner[0].indent))
        finally:
            self.lines, self.position = lines, position
        return nodes

    def parallel(self, cursor: Cursor, header: Line) -> p.For:
        """`for b,j:` with a statement after it, or with statements below it."""
        cursor.next()
        names = cursor.names("an index")
        cursor.expect(":")
        outside = dict(self.scope.indices)
        for number, name in enumerate(names):
            if name.text in outside or name.text in [other.text for other in names[:number]]:
                raise fail("loop-syntax", name.span, f"{name.text} is the index of two loops")
            self.scope.indices[name.text] = name.text
        inner = self.body(header)
        statements: list[p.Statement] = []
        try:
            if cursor.token.kind != "end":
                statements.append(self.statement(cursor))
            elif not inner:
                raise fail("loop-syntax", header.span, "this loop has no body", "a statement follows the colon")
            for node, line in zip(self.nested(inner), inner, strict=False):
                if isinstance(node, p.Loop) or node.indices:
                    raise fail("loop-syntax", line.span, "a loop stands inside of a parallel one")
                statements.extend(node.body)
        finally:
            self.scope.indices = outside
        return p.For(tuple(name.text for name in names), tuple(statements), header.span)

    def statement(self, cursor: Cursor) -> p.Statement:
        """`target operator value`."""
        start = cursor.token
        self.number += 1
        number = self.number
        reader = Expressions(cursor, self.scope)
        name = cursor.name("the tensor that is computed")
        if name.text in self.found.declared.inputs:
            raise fail("write-twice", name.span, f"{name.text} is an input, and is not computed")
        if cursor.sees("["):
            target = reader.entry(name)
        else:
            target = p.Read(name.text, (), name.span)
            if self.scope.ranks.get(name.text, 0) not in (0, None):
                raise fail("arity", name.span, f"{name.text} has {self.scope.ranks[name.text]} indices, used with none")
            self.scope.ranks[name.text] = 0
        operator = cursor.expect(*OPERATORS)
        value = reader.value()
        cursor.end()
        span = between([start, cursor.tokens[-1]])
        if operator.text == "-=":
            value, sign = p.Product((p.MINUS_ONE, value)), "+="
        else:
            sign = operator.text
        return p.Statement(target, sign, value, span, number)

    # declarations

    def declaration(self, line: Line) -> None:
        """One declaration."""
        cursor = Cursor(line.tokens)
        if cursor.sees("claim"):
            self.found.claims.append(read_claim(cursor))
            return
        word = cursor.next().text
        match word:
            case "input" | "output" | "tensor" | "constant" | "integer" | "scalar":
                self.tensors(word, cursor)
            case "index":
                names = cursor.names("an index")
                cursor.expect("in")
                size = cursor.name("a size").text
                cursor.end()
                for name in names:
                    self.found.declared.explicit[name.text] = size
                self.found.declared.sizes.setdefault(size, None)
            case "size":
                size = cursor.name("a size").text
                cursor.expect("=")
                value = Expressions(cursor, self.scope).index()
                cursor.end()
                self.found.declared.sizes[size] = value
            case "average":
                self.later.append(lambda: self.average(cursor))
            case _:
                self.later.append(lambda: self.hypothesis(word, cursor))

    def tensors(self, word: str, cursor: Cursor) -> None:
        """`input x[B,J], y`, and the like."""
        while True:
            name = cursor.name("the name of a tensor")
            self.tensor(word, name, self.shape(cursor))
            if word == "integer":
                cursor.expect("in")
                size = cursor.name("a size").text
                self.found.declared.integers[name.text] = size
                self.found.declared.sizes.setdefault(size, None)
                self.scope.integers.add(name.text)
            if not cursor.accept(","):
                break
        if word == "output" and cursor.accept("with"):
            cursor.expect("grad")
            if cursor.next().text != "1":
                raise fail("loop-syntax", cursor.tokens[cursor.position - 1].span, "only `with grad 1` is known")
            self.found.declared.unit.add(name.text)
        cursor.end()

    def shape(self, cursor: Cursor) -> tuple[Token, ...] | None:
        """Sizes, or indices that range over them, in square brackets; None without brackets."""
        if not cursor.accept("["):
            return None
        found: list[Token] = []
        if not cursor.sees("]"):
            found = cursor.names("a size")
        cursor.expect("]")
        return tuple(found)

    def tensor(self, word: str, name: Token, shape: tuple[Token, ...] | None) -> None:
        """Enters one tensor.  Without brackets it is a scalar, unless it is computed: then its shape is found."""
        declared = self.found.declared
        sizes: tuple[str, ...] | None = ()
        if shape is None and name.text in self.computed and word not in ("input", "integer", "scalar"):
            sizes = None
        elif shape is not None:
            sizes = tuple(self.size_named(token.text) for token in shape)
        if sizes is not None:
            known = declared.shapes.setdefault(name.text, sizes)
            if known != sizes:
                raise fail("arity", name.span, f"{name.text} is declared with shapes {shown(known)} and {shown(sizes)}")
            self.scope.ranks[name.text] = len(sizes)
            for size in sizes:
                declared.sizes.setdefault(size, None)
                self.scope.sizes.add(size)
        if word == "output":
            declared.outputs[name.text] = name.span
        elif word in ("input", "integer") or name.text not in self.computed:
            declared.inputs[name.text] = name.span
        if word == "constant":
            declared.constants.add(name.text)

    def size_named(self, name: str) -> str:
        """A size, which may be written by the index that ranges over it."""
        if name[:1].isupper():
            return name
        return self.found.declared.explicit.get(name, p_default(name))

    def average(self, cursor: Cursor) -> None:
        """`average W, U`, over B unless `over N` says otherwise."""
        names = cursor.names("the name of a tensor")
        size = cursor.name("a size").text if cursor.accept("over") else "B"
        cursor.end()
        for name in names:
            self.found.averaged[name.text] = size

    def hypothesis(self, word: str, cursor: Cursor) -> None:
        """`positive s[j]` and `assume B >= 2`: they hold for all values of their indices."""
        start = cursor.tokens[0]
        scope = Scope(self.scope.ranks, self.scope.integers, self.scope.sizes, {}, self.note_domain)
        for token in cursor.tokens:
            if token.kind == "name" and token.text[:1].islower() and token.text not in scope.ranks:
                scope.indices[token.text] = token.text
        reader = Expressions(cursor, scope)
        while True:
            left = reader.value()
            if word == "positive":
                relation = p.Relation(">", left, p.ZERO, between([start, cursor.tokens[-1]]))
            else:
                sign = cursor.expect(*RELATIONS)
                right = reader.value()
                if sign.text.startswith("<"):
                    left, right = right, left
                relation = p.Relation(RELATIONS[sign.text], left, right, between([start, cursor.tokens[-1]]))
            self.found.assumptions.append(relation)
            if not cursor.accept(","):
                break
        cursor.end()


def is_statement(words: list[str]) -> bool:
    """True of a line that assigns: `index` and the like may be names of tensors."""
    return any(word in ("+=", "-=", "max=") for word in words) or (len(words) > 1 and words[1] in ("=", "["))


def bound_words(words: list[str]) -> Iterator[str]:
    """The indices that a line binds by `for` and by sums."""
    for position, word in enumerate(words):
        opens = (word == "for" and position == 0) or (word == "sum" and words[position + 1 : position + 2] == ["{"])
        if opens:
            for inner in words[position + 1 :]:
                if inner in (":", "}"):
                    break
                if inner[:1].isalpha():
                    yield inner


def target_of(words: list[str]) -> str | None:
    """The tensor that a line computes."""
    if words[0] in ("for", "loop") and ":" in words:
        words = words[words.index(":") + 1 :]
    if not words or not any(word in OPERATORS for word in words) or words[0] in ("loop", "for", "size"):
        return None
    return words[0] if words[0][:1].isalpha() else None


def p_default(index: str) -> str:
    """The size that an index ranges over by its name: `b` over B, `i2` and `i'` over I."""
    return index.rstrip("0123456789'~_").upper() or index.upper()


def shown(sizes: tuple[str, ...]) -> str:
    """A shape as it is written."""
    return f"[{','.join(sizes)}]"
