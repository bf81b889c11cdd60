r"""Loop programs from rows of LaTeX: `\mbox{For}\;b,j\quad x.\grad[b,j] \pluseq \frac{1}{B}\;\mu.\grad[j]`.

A row becomes the tokens of a line of a `.loops` file, each at the place of the LaTeX that it comes from, and is read
like any other line.  `\pluseq`, `\minuseq` and `\grad` are the author's `+=`, `-=` and `grad`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.program import FUNCTIONS, Program
from symderiv.model.span import Span
from symderiv.readers.loop_lines import Line, Lines
from symderiv.readers.loop_tokens import Token, fail, tokens_of
from symderiv.readers.loops import resolved

WORD = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z][A-Za-z]*'*|\d+(?:\.\d+)?|[-+]=|[<>!]=|\s+|.", re.DOTALL)
SPACES = frozenset(
    (r"\;", r"\,", r"\!", r"\:", r"\ ", r"\\", "&", "~", r"\quad", r"\qquad", r"\left", r"\right", r"\displaystyle")
)
SIGNS = {
    r"\pluseq": "+=",
    r"\minuseq": "-=",
    r"\maxeq": "max=",
    r"\cdot": "*",
    r"\times": "*",
    r"\geq": ">=",
    r"\ge": ">=",
    r"\leq": "<=",
    r"\le": "<=",
    r"\neq": "!=",
    r"\ne": "!=",
    r"\{": "(",
    r"\}": ")",
}
UPRIGHT = frozenset((r"\mbox", r"\text", r"\textrm", r"\mathrm", r"\mathit", r"\mathbf", r"\mathsf", r"\operatorname"))
CLOSED_BY = {"(": ")", "[": "]"}
FRACTIONS = frozenset((r"\frac", r"\tfrac", r"\dfrac"))


@dataclass(frozen=True)
class Row:
    """A row as it is written, without its number; `line` and `column` say where it begins, both from 1."""

    text: str
    path: str
    line: int
    column: int


def program_of_rows(
    forward: Sequence[Row], backward: Sequence[Row], assumptions: Sequence[Row] = ()
) -> tuple[Program | None, list[Diagnostic]]:
    """The program whose forward and backward parts are given by rows, and what is wrong with it.

    Shapes follow from the names of indices (`x[b,j]` is B by J).  What is read and never computed is an input.  The
    outputs are the tensors whose gradients the backward rows read and do not compute; without backward rows, what no
    row reads.  All gradients that the backward rows compute are claimed.  `assumptions` are relations, such as
    `s[j] > 0`; what a proof needs beyond them becomes a condition.  The program is None where no row can be read.
    """
    diagnostics: list[Diagnostic] = []
    parts: list[list[Line]] = []
    for rows in (forward, backward):
        lines: list[Line] = []
        for row in rows:
            try:
                tokens = _Translation(row).tokens()
            except SymderivError as error:
                diagnostics.append(error.diagnostic)
                continue
            if len(tokens) > 1:
                lines.append(Line(0, tokens))
        parts.append(lines)
    if not parts[0]:
        return None, diagnostics
    declared = list(_declarations(*parts))
    for row in assumptions:
        word = tokens_of("assume", row.path, row.line, row.column)[:-1]
        declared.append(Line(0, [*word, *_Translation(row).tokens()]))
    lines = [*declared, *parts[0], *_header(parts[1]), *parts[1]]
    return resolved(Lines(lines).read(), forward[0].path, diagnostics)


def _declarations(forward: Sequence[Line], backward: Sequence[Line]) -> Iterator[Line]:
    """Lines that declare the inputs and the outputs, at the places where they are read first."""
    computed = {_target(line) for line in forward}
    passed = {_target(line) for line in backward}
    read = {token.text: token for line in forward for token in _entries(line)}
    inputs: dict[str, Line] = {}
    for line in forward:
        for position, token in enumerate(line.tokens):
            if token.kind == "name" and token.text in read and token.text not in computed:
                sizes = _sizes(line.tokens[position + 1 :])
                inputs.setdefault(token.text, _line(f"input {token.text}{sizes}", token.span))
    yield from inputs.values()
    wanted = {t.text: t for line in backward for t in _entries(line) if t.text.endswith(".grad")}
    outputs = {n.removesuffix(".grad"): t for n, t in wanted.items() if n not in passed}
    if not backward:
        outputs = dict.fromkeys(sorted(computed - set(read)), forward[-1].tokens[0])
    for name, token in outputs.items():
        yield _line(f"output {name}", token.span)


def _header(backward: Sequence[Line]) -> list[Line]:
    names = list(dict.fromkeys(_target(line).removesuffix(".grad") for line in backward))
    return [_line(f"backward {', '.join(names)}", backward[0].tokens[0].span)] if names else []


def _line(text: str, span: Span) -> Line:
    return Line(0, [Token(t.kind, t.text, span) for t in tokens_of(text, span.path, span.line)])


def _target(line: Line) -> str:
    words = [token.text for token in line.tokens]
    return words[words.index(":") + 1] if ":" in words else words[0]


def _entries(line: Line) -> Iterator[Token]:
    """The tensors that a line reads: names with indices after them, behind the sign."""
    words = [token.text for token in line.tokens]
    start = next((n for n, word in enumerate(words) if word in ("+=", "-=", "max=", "=")), len(words))
    for position in range(start, len(words) - 1):
        if line.tokens[position].kind == "name" and words[position + 1] == "[":
            yield line.tokens[position]


def _sizes(tokens: Sequence[Token]) -> str:
    """The shape that the indices after a name say."""
    if not tokens or tokens[0].text != "[":
        return ""
    inner = []
    for token in tokens[1:]:
        if token.text == "]":
            break
        if token.kind == "name":
            inner.append(token.text.rstrip("0123456789'").upper())
    return f"[{','.join(inner)}]"


class _Translation:
    """The tokens of one row."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.words = [(m.group(), m.start()) for m in WORD.finditer(row.text) if not m.group().isspace()]
        self.position = 0
        self.found: list[Token] = []

    def tokens(self) -> list[Token]:
        """All of them, with the mark of the end."""
        if self.sees_for():
            self.loop()
        self.until(())
        end = self.span(len(self.row.text), 0)
        return [*self.found, Token("end", "", end)]

    def span(self, offset: int, length: int) -> Span:
        """The place of a part of the row."""
        before = self.row.text[:offset]
        line = self.row.line + before.count("\n")
        column = offset - before.rfind("\n") if "\n" in before else self.row.column + offset
        return Span(self.row.path, line, column, line, column + length)

    def word(self) -> str:
        """The next word; empty at the end."""
        while self.position < len(self.words) and self.words[self.position][0] in SPACES:
            self.position += 1
        return self.words[self.position][0] if self.position < len(self.words) else ""

    def next(self) -> tuple[str, Span]:
        """The next word, which is passed."""
        word = self.word()
        offset = self.words[self.position][1] if word else len(self.row.text)
        self.position += 1
        return word, self.span(offset, len(word))

    def expect(self, wanted: str) -> None:
        """Passes a word.

        Raises:
            SymderivError: another one comes next.
        """
        word, span = self.next()
        if word != wanted:
            raise fail("loop-syntax", span, f"expected {wanted!r}, found {word or 'the end of the row'!r}")

    def put(self, kind: str, text: str, span: Span) -> None:
        """Adds a token, with the `*` that is left out between two factors."""
        last = self.found[-1] if self.found else None
        is_indicator = text == "[" and last is not None and last.kind != "name"
        if last is not None and (is_indicator or self.begins_factor(kind, text)) and self.ends_factor(last):
            self.found.append(Token("sign", "*", span))
        self.found.append(Token(kind, text, span))

    def begins_factor(self, kind: str, text: str) -> bool:
        """True of a token that may stand first in a factor."""
        return kind in ("name", "number") or text == "("

    def ends_factor(self, token: Token) -> bool:
        """True of a token that may stand last in a factor."""
        if token.kind == "name":
            return token.text not in FUNCTIONS and token.text not in ("sum", "for", "log")
        return token.kind == "number" or token.text in (")", "]")

    def sees_for(self) -> bool:
        """True where the row begins with `For`."""
        self.word()
        rest = "".join(word for word, _ in self.words[self.position : self.position + 4])
        return re.match(r"(?:\\[a-z]+\{)?[Ff]or\b", rest) is not None

    def loop(self) -> None:
        """`For b,j` and the colon that may be left out after it."""
        word, span = self.next()
        if word in UPRIGHT:
            self.expect("{")
            self.next()
            self.expect("}")
        self.found.append(Token("name", "for", span))
        while True:
            name, place = self.name()
            self.found.append(Token("name", name, place))
            if self.word() != ",":
                break
            self.found.append(Token("sign", *self.next()))
        if self.word() == ":":
            self.next()
        self.found.append(Token("sign", ":", place))

    def name(self) -> tuple[str, Span]:
        r"""A name: a letter or a word, `\mu`, `\mathrm{abc}`, with subscripts and primes, and `.grad`."""
        word, span = self.next()
        if word in UPRIGHT or word in (r"\tilde", r"\hat", r"\bar"):
            self.expect("{")
            mark = {r"\tilde": "~", r"\hat": "_hat", r"\bar": "_bar"}.get(word, "")
            word = self.name()[0] + mark
            self.expect("}")
        elif word.startswith("\\") and word[1:].isalpha():
            word = word[1:]
        elif not word[:1].isalpha():
            raise fail("loop-syntax", span, f"expected a name, found {word or 'the end of the row'!r}")
        if self.word() == "_":
            self.next()
            word += "_" + self.subscript()
        while self.word() == "'":
            self.next()
            word += "'"
        if self.word() == ".":
            self.next()
            self.gradient()
            word += ".grad"
        return word, span

    def subscript(self) -> str:
        """What stands below a name."""
        word, span = self.next()
        if word != "{":
            return word.removeprefix("\\")
        inner = ""
        while self.word() not in ("}", ""):
            inner += self.next()[0].removeprefix("\\")
        self.expect("}")
        if not inner.isalnum():
            raise fail("loop-syntax", span, f"{inner!r} is no subscript")
        return inner

    def gradient(self) -> None:
        r"""`\grad`, `grad` or `\mathrm{grad}` after a dot."""
        word, span = self.next()
        if word in UPRIGHT:
            self.expect("{")
            word, span = self.next()
            self.expect("}")
        if word.removeprefix("\\") != "grad":
            raise fail("loop-syntax", span, f"expected grad after the dot, found {word!r}")

    def until(self, ends: tuple[str, ...]) -> None:
        """Everything up to one of the words, which is not passed."""
        while (word := self.word()) and word not in ends:
            self.one(word)

    def one(self, word: str) -> None:
        """One word with what belongs to it."""
        if word in FRACTIONS:
            self.fraction()
        elif word == r"\sqrt":
            _, span = self.next()
            self.put("name", "sqrt", span)
            self.group()
        elif word == r"\sum":
            self.sum()
        elif word == r"\mathrel":
            self.relation()
        elif word == "^":
            self.found.append(Token("sign", *self.next()))
            self.group()
        elif word in SIGNS:
            _, span = self.next()
            self.put("sign", SIGNS[word], span)
        elif word.startswith("\\") and word[1:] in ("exp", "ln", "log", "tanh", "sin", "cos", "max", "min"):
            _, span = self.next()
            self.put("name", word[1:], span)
        elif word[0].isalpha() or (word.startswith("\\") and len(word) > 1 and word[1:].isalpha()):
            name, span = self.name()
            is_sigmoid = name == "sigma" and self.word() in ("(", r"\left")
            self.put("name", "sigmoid" if is_sigmoid else name, span)
        elif word[0].isdigit():
            text, span = self.next()
            self.put("number", text, span)
        elif word == "{":
            self.group()
        else:
            text, span = self.next()
            self.put("sign", text, span)

    def group(self) -> None:
        """Braces, or one word, as a bracket."""
        word = self.word()
        if word != "{":
            self.one(word)
            return
        _, span = self.next()
        self.put("sign", "(", span)
        self.until(("}",))
        self.expect("}")
        self.found.append(Token("sign", ")", span))

    def fraction(self) -> None:
        """A quotient of two brackets, in a bracket of its own."""
        _, span = self.next()
        self.put("sign", "(", span)
        self.group()
        self.found.append(Token("sign", "/", span))
        self.group()
        self.found.append(Token("sign", ")", span))

    def sum(self) -> None:
        """A sum over indices, whose body runs to the end of the term."""
        _, span = self.next()
        self.put("name", "sum", span)
        self.expect("_")
        self.found.append(Token("sign", "{", span))
        if self.word() == "{":
            self.next()
            while self.word() not in ("}", ""):
                name = self.next() if self.word() == "," else self.name()
                self.found.append(Token("sign" if name[0] == "," else "name", *name))
            self.expect("}")
        else:
            self.found.append(Token("name", *self.name()))
        self.found.append(Token("sign", "}", span))
        self.found.append(Token("sign", "(", span))
        while (inner := self.word()) and inner not in ("+", "-", "}", ")", "]"):
            if inner in CLOSED_BY:
                self.bracket()
            else:
                self.one(inner)
        self.found.append(Token("sign", ")", span))

    def bracket(self) -> None:
        """A round or square bracket with its contents."""
        opening, span = self.next()
        self.put("sign", opening, span)
        while (word := self.word()) and word != CLOSED_BY[opening]:
            if word in CLOSED_BY:
                self.bracket()
            else:
                self.one(word)
        self.expect(CLOSED_BY[opening])
        self.found.append(Token("sign", CLOSED_BY[opening], span))

    def relation(self) -> None:
        r"""`\mathrel{+\!=}`."""
        _, span = self.next()
        self.expect("{")
        text = ""
        while self.word() not in ("}", ""):
            text += self.next()[0]
        self.expect("}")
        self.found.append(Token("sign", text, span))
