"""LaTeX to positioned tokens: layout is consumed here, everything else is left to the grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from symderiv.formulas.source import Ambiguous, Source, Unread


@dataclass(frozen=True)
class Macro:
    r"""What `\newcommand` says: the number of arguments, and the body with `#1`, `#2`, ... for them."""

    arity: int
    body: str


Macros = Mapping[str, Macro]
"""Macros by their commands, backslash included."""


@dataclass(frozen=True)
class Token:
    r"""A piece of a formula.

    `kind` is `letter`, `word`, `number`, `command`, `sign`, `prose` (the words of `\text`), `begin` and `close` (of an
    environment, with its name as text), `align` (`&`), `break` or `end`.  `stretched` is true of the brackets after
    `\left` and `\right` (bars and dots there carry the side in their text), `spaced` of a token after wide space.
    """

    kind: str
    text: str
    start: int
    end: int
    stretched: bool = False
    spaced: bool = False


WORDS = frozenset({"KL", "Var", "Cov"})
"""Runs of plain letters that the field writes for one thing."""
_FRAMES = frozenset({r"\boxed", r"\Aboxed"})
"""Commands that draw a frame around what they are given, which stays what it is."""
_FORGOTTEN = frozenset({"ln", "log", "exp", "sin", "cos", "tan", "sqrt", "sum", "max", "min", "prod", "frac"})

_GROUP = r"\{(?:[^{}]|\\[{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
"""A group in braces with two more inside each other."""
_LAYOUT = re.compile(
    r"\s+|~|%[^\n]*(?:\n|$)|\\[,;:!> ]"
    r"|\\(?:displaystyle|textstyle|scriptstyle|thinspace|medspace|thickspace|enspace|enskip|limits|nolimits|nonumber|notag|allowbreak)(?![A-Za-z])"
    r"|\\(?:[bB]ig[lrm]?|[bB]igg[lrm]?)(?![A-Za-z])"
    rf"|\\(?:label|tag|hphantom|vphantom|phantom|hspace|vspace|qedhere)\*?(?![A-Za-z])(?:\s*{_GROUP})?"
)
_WIDE = re.compile(r"\\(?:quad|qquad)(?![A-Za-z])")
_PIECE = re.compile(
    r"(?P<stretch>\\(?:left|right|middle)(?![A-Za-z])\s*(?:\\[|{}]|[()\[\]|./<>]|\\[A-Za-z]+)?)"
    r"|(?P<environment>\\(?:begin|end)\s*\{(?P<name>[A-Za-z]+\*?)\})"
    r"|(?P<prose>\\(?:text|textrm|textnormal|mbox|textit|textbf)(?![A-Za-z])\s*\{)"
    r"|(?P<operator>\\mathop(?![A-Za-z])\s*\{\s*(?P<word>\\[A-Za-z]+\*?\s*(?:\{[A-Za-z\s]*\})?)\s*\})"
    r"|(?P<reference>\\(?:eq|auto|[cC])?ref\s*\{[^{}]*\})"
    r"|(?P<negated>\\not\s*(?:=|\\in(?![A-Za-z])))"
    r"|(?P<break>\\\\\*?(?:\s*\[-?[\d.]+\s*(?:pt|em|ex|mm|cm)\])?)"
    r"|(?P<command>\\(?:[A-Za-z]+\*?|[^A-Za-z]))"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<align>&)"
    r"|(?P<sign><=|>=|!=|:=|\|\||[-+*/^_()\[\]{}|,;=<>'.:!])"
    r"|(?P<letters>[A-Za-z]+)"
)
_SIDES = {
    r"\left": ("(", "[", r"\{", "|", r"\|", r"\langle", r"\lfloor", r"\lceil", "."),
    r"\right": (")", "]", r"\}", "|", r"\|", r"\rangle", r"\rfloor", r"\rceil", "."),
    r"\middle": ("|", "/"),
}
_SAME = {
    r"\lbrace": r"\{", r"\rbrace": r"\}", r"\lvert": "|", r"\rvert": "|", r"\lVert": r"\|", r"\rVert": r"\|",
    r"\lbrack": "[", r"\rbrack": "]", "<": r"\langle", ">": r"\rangle", r"\prime": "'",
    r"\lparen": "(", r"\rparen": ")",
}  # fmt: skip
_NEGATED = {"=": r"\neq", r"\in": r"\notin"}
_UPRIGHT = re.compile(r"\\(?:mathrm|operatorname\*?|mathsf|mathit)\s*\{\s*(?:[A-Za-z]+\s*(?:\\[,;:! ]\s*)?)*$")
_SUBSCRIPT = re.compile(r"_\s*\{\s*$")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
DEEPEST_MACRO = 20
"""How deeply macros may stand inside each other."""
LONGEST = 20_000
"""Tokens of one formula, with macros written out."""


def tokenize(source: Source, start: int = 0, end: int | None = None, macros: Macros | None = None) -> tuple[Token, ...]:
    """The tokens of a formula that stands at `start` to `end` of a text, alignment included.

    Macros are written out; what comes from one stands where the macro is called.

    Raises:
        Unread: a character that is not LaTeX mathematics, or a word that lacks its backslash.
        Ambiguous: `n!=m`, an equation for a factorial or an inequality.
    """
    stop = len(source.text) if end is None else end
    return tuple(_reunited(list(_Tokenizer(source, macros or {}).region(_Region(source.text, start, stop)))))


def formula_tokens(source: Source) -> tuple[Token, ...]:
    """The tokens of a whole text as one formula, without its alignment; the last one is of kind `end`."""
    return closed(unaligned(tokenize(source)), len(source.text))


def unaligned(tokens: Iterable[Token]) -> list[Token]:
    """Without the marks of alignment, except those inside an environment."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.kind == "begin") - (token.kind == "close")
        if depth > 0 or token.kind != "align":
            kept.append(token)
    return kept


def closed(tokens: Iterable[Token], end: int) -> tuple[Token, ...]:
    """Tokens with the end of the formula, at `end`, after them."""
    return (*_joined(list(tokens)), Token("end", "the end", end, end))


@dataclass(frozen=True)
class _Region:
    """A part of a text: inside the body of a macro, `call` is where it is called, with what its arguments are."""

    text: str
    start: int
    end: int
    call: tuple[int, int] | None = None
    arguments: tuple[tuple[Token, ...], ...] = ()
    depth: int = 0


class _Tokenizer:
    def __init__(self, source: Source, macros: Macros) -> None:
        self.source, self.macros = source, macros
        self.count = 0

    def fail(self, place: tuple[int, int], message: str, hint: str = "") -> NoReturn:
        raise Unread(self.source.span(*place), message, hint)

    def region(self, region: _Region) -> Iterator[Token]:
        """The tokens of a region."""
        text, position, spaced = region.text, region.start, False
        while position < region.end:
            wide = _WIDE.match(text, position, region.end)
            layout = wide or _LAYOUT.match(text, position, region.end)
            if layout:
                spaced = spaced or wide is not None
                position = layout.end()
                continue
            position, tokens = self._piece(region, position)
            for token in tokens:
                self._counted(region.call or (token.start, token.end))
                yield replace(token, spaced=True) if spaced else token
                spaced = False

    def _counted(self, place: tuple[int, int]) -> None:
        self.count += 1
        if self.count > LONGEST:
            self.fail(place, f"a formula of more than {LONGEST} parts")

    def _piece(self, region: _Region, position: int) -> tuple[int, Iterable[Token]]:
        """What stands at a place, and where it ends."""
        text, call = region.text, region.call
        if call and text[position] == "#" and text[position + 1 : position + 2].isdigit():
            return position + 2, self._argument(region, int(text[position + 1]))
        piece = _PIECE.match(text, position, region.end)
        if piece is None:
            self.fail(call or (position, position + 1), f"{text[position]!r} is not read in formulas")
        if piece.group() == "!=" and not text[position - 1 : position].isspace():
            place = call or piece.span()
            raise Ambiguous(self.source.span(*place), "this could be a factorial or not", r"write n! = m or n \ne m")
        if piece.lastgroup == "command" and piece.group() in self.macros:
            return self._expanded(region, piece)
        if piece.group() in _FRAMES:
            (start, stop), end = self._argument_place(region, piece.end(), piece)
            return end, self.region(replace(region, start=start, end=stop))
        if piece.lastgroup == "reference":
            return piece.end(), (Token("prose", piece.group(), *(call or piece.span())),)
        if piece.lastgroup == "operator":
            return piece.end(), self.region(replace(region, start=piece.start("word"), end=piece.end("word")))
        if piece.lastgroup == "prose":
            end = closing_brace(text, piece.end(), region.end)
            place = call or (position, end)
            return end, (Token("prose", text[piece.end() : end - 1], *place),)
        return piece.end(), self._tokens(piece, call or piece.span())

    def _argument(self, region: _Region, number: int) -> Sequence[Token]:
        if not 1 <= number <= len(region.arguments):
            self.fail(region.call or (0, 0), f"the macro has no argument #{number}")
        return region.arguments[number - 1]

    def _expanded(self, region: _Region, piece: re.Match[str]) -> tuple[int, Iterable[Token]]:
        """The tokens of a macro's body, and where its arguments end."""
        call = region.call or piece.span()
        if region.depth >= DEEPEST_MACRO:
            self.fail(call, f"macros inside each other, more than {DEEPEST_MACRO} deep")
        macro, position = self.macros[piece.group()], piece.end()
        arguments: list[tuple[Token, ...]] = []
        for _ in range(macro.arity):
            inside, position = self._argument_place(region, position, piece)
            arguments.append(
                tuple(self.region(replace(region, start=inside[0], end=inside[1], depth=region.depth + 1)))
            )
        place = region.call or (piece.start(), position)
        body = _Region(macro.body, 0, len(macro.body), place, tuple(arguments), region.depth + 1)
        return position, self.region(body)

    def _argument_place(self, region: _Region, position: int, piece: re.Match[str]) -> tuple[tuple[int, int], int]:
        """Where the next argument of a macro stands, and where it ends with its braces."""
        text = region.text
        while position < region.end and text[position].isspace():
            position += 1
        if position >= region.end:
            self.fail(region.call or piece.span(), f"{piece.group()} lacks an argument")
        if text[position] == "{":
            end = closing_brace(text, position + 1, region.end)
            return (position + 1, end - 1), end
        single = _PIECE.match(text, position, region.end)
        end = single.end() if single and single.lastgroup == "command" else position + 1
        return (position, end), end

    def _tokens(self, piece: re.Match[str], place: tuple[int, int]) -> list[Token]:
        kind, text = str(piece.lastgroup), piece.group()
        if piece["environment"]:
            return [Token("close" if text.startswith(r"\end") else "begin", piece["name"], *place)]
        if kind == "stretch":
            return [self._stretched(text, place)]
        if kind == "letters":
            return self._letters(text, place, upright=_is_upright(piece), apart=place == piece.span())
        if kind == "negated":
            return [Token("command", _NEGATED[text.removeprefix(r"\not").strip()], *place)]
        same = _SAME.get(text) if kind == "command" else None
        return [Token("sign", same, *place) if same else Token(kind, text, *place)]

    def _stretched(self, text: str, place: tuple[int, int]) -> Token:
        side = next(side for side in _SIDES if text.startswith(side))
        bracket = text[len(side) :].strip()
        bracket = "|" if bracket in (r"\vert", r"\mid") else _SAME.get(bracket, bracket)
        if not bracket or bracket not in _SIDES[side]:
            self.fail(place, f"{side}{bracket} is not read")
        apart = side != r"\middle" and bracket in ("|", r"\|", ".")
        return Token("sign", side + bracket if apart else bracket, *place, stretched=True)

    def _letters(self, text: str, place: tuple[int, int], *, upright: bool, apart: bool) -> list[Token]:
        if text in WORDS:
            return [Token("word", text, *place)]
        if text in _FORGOTTEN and not upright:
            self.fail(place, f"{text} is not a product of letters", rf"write \{text}")
        if not apart:
            return [Token("letter", letter, *place) for letter in text]
        return [Token("letter", letter, place[0] + i, place[0] + i + 1) for i, letter in enumerate(text)]


def _is_upright(piece: re.Match[str]) -> bool:
    """True of letters in an upright font, and of a word that is all of a subscript."""
    text, start, end = piece.string, piece.start(), piece.end()
    if _UPRIGHT.search(text, max(start - 20, 0), start):
        return True
    return text[end : end + 1] == "}" and _SUBSCRIPT.search(text, max(start - 20, 0), start) is not None


def closing_brace(text: str, position: int, end: int) -> int:
    """Where the group ends whose opening brace stands before `position`; `end` where it never closes."""
    depth = 1
    for found in _BRACE.finditer(text, position, end):
        depth += (found.group() == "{") - (found.group() == "}")
        if depth == 0:
            return found.end()
    return end


def _reunited(tokens: list[Token]) -> list[Token]:
    r"""Without `\right.` and `\left.` where a bracket is interrupted by them, to go on in the next line."""
    dropped: set[int] = set()
    opened: list[int] = []
    interrupted: list[int] = []
    for position, token in enumerate(tokens):
        if token.text == r"\left." and interrupted:
            dropped |= {interrupted.pop(), position}
        elif token.text == r"\right." and opened and tokens[opened[-1]].text != r"\left.":
            interrupted.append(position)
        elif token.stretched and token.text in _OPENING:
            opened.append(position)
        elif token.stretched and opened:
            opened.pop()
    return [token for position, token in enumerate(tokens) if position not in dropped]


_OPENING = frozenset({"(", "[", r"\{", r"\left|", r"\left\|", r"\langle", r"\lfloor", r"\lceil", r"\left."})
_CONTINUES = frozenset({"+", "-", "=", "<", ">", "<=", ">=", "!=", r"\le", r"\leq", r"\ge", r"\geq", r"\ne", r"\neq"})


def _joined(tokens: list[Token]) -> list[Token]:
    """Without the line breaks next to an operator: the formula goes on there, as printed.

    In a matrix a line break begins a row, whatever the sign of its first entry.
    """
    kept: list[Token] = []
    tables: list[bool] = []
    for position, token in enumerate(tokens):
        after = tokens[position + 1].text if position + 1 < len(tokens) else ""
        before = tokens[position - 1].text if position else ""
        if token.kind == "begin":
            tables.append(token.text.endswith(("matrix", "cases")) or (token.text == "array" and before in _OPENING))
        elif token.kind == "close" and tables:
            tables.pop()
        in_table = bool(tables) and tables[-1]
        if token.kind != "break" or in_table or not ({before, after} & _CONTINUES):
            kept.append(token)
    return kept
