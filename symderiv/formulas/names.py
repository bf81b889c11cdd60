"""Names as LaTeX writes them: accents, subscripts and primes are part of the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NoReturn

from symderiv.formulas.source import Source, Unread
from symderiv.formulas.tokens import Token, formula_tokens
from symderiv.formulas.tree import Name

TRANSPOSES = frozenset({"T", r"\mathrm{T}", r"\top", r"\intercal", r"\mathsf{T}", r"\text{T}", r"\prime"})
"""Exponents that stand for a transpose."""
GREEK = frozenset(
    {r"\alpha", r"\beta", r"\gamma", r"\delta", r"\epsilon", r"\varepsilon", r"\zeta", r"\eta", r"\theta",
     r"\vartheta", r"\iota", r"\kappa", r"\lambda", r"\mu", r"\nu", r"\xi", r"\pi", r"\varpi", r"\rho",
     r"\varrho", r"\sigma", r"\varsigma", r"\tau", r"\upsilon", r"\phi", r"\varphi", r"\chi", r"\psi",
     r"\omega", r"\Gamma", r"\Delta", r"\Theta", r"\Lambda", r"\Xi", r"\Pi", r"\Sigma", r"\Upsilon", r"\Phi",
     r"\Psi", r"\Omega", r"\ell"}
)  # fmt: skip
SYMBOLS = frozenset({r"\infty", r"\emptyset", r"\Pr", r"\top", r"\bot"})
ACCENTS = frozenset(
    {r"\hat", r"\tilde", r"\bar", r"\dot", r"\ddot", r"\vec", r"\check", r"\breve", r"\widehat", r"\widetilde",
     r"\overline", r"\underline",
     r"\overrightarrow", r"\overleftarrow"}
)  # fmt: skip
FONTS = frozenset(
    {r"\mathrm", r"\mathbf", r"\mathit", r"\mathsf", r"\mathtt", r"\mathcal", r"\mathbb", r"\mathfrak", r"\mathscr",
     r"\boldsymbol", r"\bm", r"\mathbbm", r"\operatorname", r"\operatorname*"}
)  # fmt: skip
NAMING = GREEK | ACCENTS | FONTS | SYMBOLS
PROSE = frozenset(
    {"a", "all", "and", "any", "as", "at", "but", "by", "case", "constant", "else", "every", "for", "from", "given",
     "has", "have", "if", "iff", "in", "is", "it", "let", "means", "not", "of", "on", "or", "otherwise", "over",
     "since", "so", "some", "such", "that", "the", "then", "therefore", "thus", "to", "under", "unless", "we", "when",
     "where", "which", "with"}
)  # fmt: skip
"""Words in upright letters that are not names."""
_CONSTANT = re.compile(r"\\pi|(?:I|\\math(?:bf|bb|bbm)\{[01I]\}|\\mathbb\{1\})(?:_.*)?")
_RAISED_MARKS = ("*", r"\ast", r"\star", r"\dagger", "+", r"\circ")


DEEPEST = 20
"""How many names may stand inside each other, in subscripts and under accents."""

PATIENCE = 100_000
"""How many tokens may be passed in one formula: attempts inside attempts would take time without bound."""


def is_constant(name: str) -> bool:
    """True of a name by which the field means a constant: pi, a unit matrix, a vector of ones or zeros."""
    return _CONSTANT.fullmatch(name) is not None


class Cursor:
    """A place in the tokens of a formula."""

    def __init__(self, source: Source, tokens: Sequence[Token] | None = None) -> None:
        self.source = source
        self.position = 0
        self.names = 0
        """Names around the next token."""
        self.taken = 0
        """Tokens that were passed, again after each attempt that was given up."""
        self._tokens = list(formula_tokens(source) if tokens is None else tokens)
        self.labelled = source.labelled
        """The names of which a bracket above is a label, as in `x^{(i)}`."""

    @property
    def token(self) -> Token:
        """The next token."""
        return self._tokens[self.position]

    @property
    def end(self) -> int:
        """Where the last token taken ends."""
        return self._tokens[self.position - 1].end if self.position else 0

    def peek(self, distance: int) -> Token:
        """The token `distance` after the next one; the last one where there are no more."""
        return self._tokens[min(self.position + distance, len(self._tokens) - 1)]

    def start_of(self, position: int) -> int:
        """Where the token at `position` starts."""
        return self._tokens[position].start

    def at(self, *texts: str) -> bool:
        """True where the next token is one of these."""
        token = self._tokens[self.position]
        return token.text in texts and token.kind not in ("end", "prose", "begin", "close")

    def follows(self, *texts: str) -> bool:
        """True where the next tokens are these."""
        return all(self.peek(n).text == text for n, text in enumerate(texts))

    def take(self) -> Token:
        """The next token, which is passed."""
        if self.taken == PATIENCE:
            self.fail("a formula with fewer ways to read it")
        self.taken += 1
        self.position += 1
        return self._tokens[self.position - 1]

    def enter_name(self) -> None:
        """Counts a name inside others."""
        if self.names == DEEPEST:
            self.fail("a name that is not nested so deeply")
        self.names += 1

    def take_digit(self) -> Token:
        """The first digit of a number: all that LaTeX takes where there are no braces."""
        whole = self.token
        if whole.text.startswith("."):
            self.fail("a digit")
        first = Token("number", whole.text[0], whole.start, whole.start + 1)
        if len(whole.text) > 1:
            rest = Token("number", whole.text[1:], whole.start + 1, whole.end)
            self._tokens[self.position : self.position + 1] = [first, rest]
        return self.take()

    def split_bars(self) -> None:
        """Takes two bars in a row for one bar and another one."""
        both = self.token
        halves = [Token("sign", "|", both.start, both.start + 1), Token("sign", "|", both.end - 1, both.end)]
        self._tokens[self.position : self.position + 1] = halves

    def reopen(self) -> None:
        r"""Begins a superscript anew with what is left of one: the `\top` of `W^{(l)\top}`."""
        place = self.token.start
        self._tokens[self.position : self.position] = [Token("sign", mark, place, place) for mark in ("^", "{")]

    def leave_group(self) -> None:
        r"""Has a subscript at the end of a group in braces follow it: `\mathbf{x_i}` is `\mathbf{x}_i`."""
        depth, distance = 0, 1
        while depth or distance == 1:
            text = self.peek(distance).text
            if self.peek(distance).kind == "end":
                return
            depth += (text == "{") - (text == "}")
            distance += 1
        if self.peek(distance).text == "}":
            place = self.position
            self._tokens.insert(place, self._tokens.pop(place + distance))

    def expect(self, text: str, stretched: bool = False) -> Token:
        r"""The next token, which must be `text`; brackets after `\left` close after `\right`."""
        if not self.at(text) or self.token.stretched is not stretched:
            self.fail(rf"\right{text}" if stretched else text)
        return self.take()

    def ahead(self, text: str) -> bool:
        """True where `text` occurs in the group in braces that begins after the next token."""
        depth = 0
        for token in self._tokens[self.position + 1 :]:
            depth += (token.text == "{") - (token.text == "}")
            if depth == 0:
                return False
            if token.text == text:
                return True
        return False

    def is_bracketed(self) -> bool:
        """True where a group in braces begins that holds one round or square bracket and nothing beside it."""
        if not self.at("{") or self.peek(1).text not in ("(", "["):
            return False
        depth, distance = 0, 1
        while depth or distance == 1:
            token = self.peek(distance)
            if token.kind == "end":
                return False
            depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
            distance += 1
        return self.peek(distance).text == "}"

    def fail(self, expected: str) -> NoReturn:
        """Stops at the next token."""
        token = self.token
        hint = ""
        if token.kind == "end":
            message = f"the formula ends where {expected} is expected"
        elif token.text in "'!|":
            message = f"{token.text} is not read here: {expected} is expected"
        else:
            message = f"{token.text} where {expected} is expected"
        raise Unread(self.source.span(token.start, max(token.end, token.start + 1)), message, hint)


def starts_name(token: Token) -> bool:
    """True of a token with which a name begins."""
    if token.kind == "prose":
        word = token.text.strip()
        return word.replace("-", "").isalnum() and word.lower() not in PROSE
    return token.kind in ("letter", "word") or (token.kind == "command" and token.text in NAMING)


def read_name(cursor: Cursor) -> Name:
    """A name with everything that belongs to it."""
    start = cursor.token.start
    cursor.enter_name()
    text, base = read_base(cursor)
    found = with_marks(cursor, start, text, base)
    cursor.names -= 1
    return found


_LABEL = ("^", "{", "(")


def _at_label(cursor: Cursor) -> bool:
    """True before a raised word in round brackets, which is no exponent: `m^{(new)}`, `m^{(Y)}`."""
    raised = cursor.peek(2)
    if cursor.follows("^", "{") and raised.kind == "prose" and cursor.peek(3).text == "}":
        return True
    word = cursor.peek(3)
    if not cursor.follows(*_LABEL) or cursor.peek(4).text != ")" or cursor.peek(5).text != "}":
        return False
    return (word.kind == "letter" and word.text.isupper()) or (word.kind == "prose" and word.text.strip().isalpha())


def _label(cursor: Cursor) -> str:
    """A raised word as it is kept in the name."""
    bare = cursor.peek(2).kind == "prose"
    word = cursor.peek(2 if bare else 3).text.strip()
    cursor.position += 4 if bare else 6
    return rf"^{{\text{{{word}}}}}" if bare else f"^{{({word})}}"


def with_marks(cursor: Cursor, start: int, text: str, base: str) -> Name:
    """A name whose letter was read already, with its subscript, primes and raised marks."""
    primes, lower = "", ""
    marks: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    label: Lower | None = None
    while cursor.at("'", "_") or _at_raised_mark(cursor) or _at_label(cursor) or at_index(cursor, text):
        if cursor.at("'"):
            cursor.take()
            primes += "'"
        elif label is None and at_index(cursor, text):
            label = _raised_index(cursor)
        elif _at_label(cursor):
            primes += _label(cursor)
        elif cursor.at("^"):
            primes += _raised_mark(cursor)
        else:
            if lower:
                cursor.fail("one subscript")
            cursor.take()
            lower, marks, pieces = _read_lower(cursor)
    is_labelled = label is not None
    if label is not None:
        pieces = (*pieces, *label[2]) if label[2] and (pieces or not lower) else ()
        inner = lower.removeprefix("_").removeprefix("{").removesuffix("}") if lower else ""
        lower, marks = _below(f"{inner},{label[0]}" if inner else label[0]), (*marks, *label[1])
    return Name(start, cursor.end, text + lower + primes, base, marks, text + primes, pieces, is_labelled)


Lower = tuple[str, tuple[str, ...], tuple[str, ...]]
"""What stands in a subscript: its text, the names in it, and its pieces where it is a row of names and numbers."""


def at_index(cursor: Cursor, text: str) -> bool:
    r"""True before the bracket above a name that is a label, in `x^{(i)}` and in `W^{(l)\top}`."""
    if text not in cursor.labelled or not cursor.follows("^", "{") or cursor.peek(2).text not in ("(", "["):
        return False
    distance = 2
    while cursor.peek(distance).text in ("(", "["):
        distance += 1
        begins = distance
        if cursor.peek(distance).kind == "sign":
            return False
        while cursor.peek(distance).text not in (")", "]"):
            if not _is_of_index(cursor.peek(distance)):
                return False
            distance += 1
        if distance == begins:
            return False
        distance += 1
    return cursor.peek(distance).text in ("}", *TRANSPOSES)


def _is_of_index(token: Token) -> bool:
    is_sign = token.kind == "sign" and token.text in ("+", "-", ",", "_", "{", "}")
    return is_sign or token.kind in ("number", "letter", "word", "prose") or token.text in GREEK


def _raised_index(cursor: Cursor) -> Lower:
    """The label above a name, which is passed; what stands behind it is a superscript of its own."""
    cursor.position += 2
    rows: list[Lower] = []
    while cursor.at("(", "["):
        cursor.take()
        rows.append(_row(cursor, (")", "]")))
        cursor.take()
    if cursor.at("}"):
        cursor.take()
    else:
        cursor.reopen()
    texts, names, pieces = zip(*rows, strict=True)
    row = tuple(piece for found in pieces for piece in found) if all(pieces) else ()
    return ",".join(texts), tuple(name for found in names for name in found), row


def _at_raised_mark(cursor: Cursor) -> bool:
    if not cursor.at("^"):
        return False
    if cursor.follows("^", "'") or cursor.follows("^", "{", "'"):
        return True
    if cursor.peek(1).text in _RAISED_MARKS:
        return True
    return cursor.peek(1).text == "{" and cursor.peek(2).text in _RAISED_MARKS and cursor.peek(3).text == "}"


def _raised_mark(cursor: Cursor) -> str:
    cursor.take()
    if not cursor.at("{"):
        mark = cursor.take().text
        return mark if mark == "'" else f"^{mark}"
    cursor.take()
    mark = "" if cursor.at("'") else f"^{cursor.take().text}"
    while cursor.at("'"):
        mark += cursor.take().text
    cursor.expect("}")
    return mark


def read_base(cursor: Cursor) -> tuple[str, str]:
    """A letter in its font and under its accents, and the letter alone."""
    if not starts_name(cursor.token):
        cursor.fail("a name")
    token = cursor.take()
    if token.kind == "prose":
        word = token.text.strip()
        return rf"\text{{{word}}}", word
    if token.text in FONTS:
        return _in_font(cursor, token.text)
    if token.text in ACCENTS:
        return _under_accent(cursor, token.text)
    return token.text, token.text


def _under_accent(cursor: Cursor, accent: str) -> tuple[str, str]:
    """What stands under an accent: without braces one letter."""
    cursor.enter_name()
    braces = cursor.at("{")
    if braces:
        cursor.take()
    inner = read_name(cursor) if braces else None
    text, base = (inner.text, inner.base) if inner else read_base(cursor)
    if braces:
        cursor.expect("}")
    cursor.names -= 1
    return f"{accent}{{{text}}}", base


def _in_font(cursor: Cursor, font: str) -> tuple[str, str]:
    """Letters in a font; without braces it takes one letter."""
    if not cursor.at("{"):
        token = cursor.take()
        if token.kind not in ("letter", "number") and token.text not in GREEK:
            cursor.position -= 1
            cursor.fail("a letter")
        return f"{font}{{{token.text}}}", token.text
    cursor.take()
    letters = ""
    while cursor.token.kind in ("letter", "word", "number") or cursor.at(*GREEK, "-", "."):
        letters += cursor.take().text
    if cursor.at("_"):
        cursor.leave_group()
    if not letters[:1].isalnum() and letters[:1] != "\\":
        cursor.fail("a name")
    cursor.expect("}")
    return f"{font}{{{letters}}}", letters


def _label_in_words(cursor: Cursor) -> str:
    r"""The `\text{in}` of `n_\text{in}`, which is no name by itself, where it stands next; else nothing is passed."""
    word = cursor.token.text.strip()
    if cursor.token.kind != "prose" or not word.replace("-", "").isalnum():
        return ""
    cursor.take()
    return rf"\text{{{word}}}"


def _read_lower(cursor: Cursor) -> Lower:
    """A subscript as it is kept in the name, the names in it, and its pieces where it is a row of them."""
    if cursor.token.kind == "number":
        digit = cursor.take_digit().text
        return f"_{digit}", (), (digit,)
    if not cursor.at("{"):
        name = _label_in_words(cursor) or read_base(cursor)[0]
        return (f"_{name}" if len(name) == 1 or name in GREEK else f"_{{{name}}}"), (name,), (name,)
    cursor.take()
    text, names, pieces = _row(cursor, ("}",))
    if not text:
        cursor.fail("a subscript")
    cursor.take()
    return _below(text), names, pieces


def _below(text: str) -> str:
    """A subscript as it is kept in a name."""
    return f"_{text}" if len(text) == 1 or text in GREEK else f"_{{{text}}}"


def _row(cursor: Cursor, closing: tuple[str, ...]) -> Lower:
    """What stands in a subscript or a label, up to the bracket that closes it."""
    text, names, pieces, plain, depth = "", list[str](), list[str](), True, 0
    while depth or not cursor.at(*closing):
        if starts_name(cursor.token):
            piece = read_name(cursor).text
            names.append(piece)
            pieces.append(piece)
        elif piece := _label_in_words(cursor):
            names.append(piece)
            pieces.append(piece)
        elif cursor.token.kind == "end":
            cursor.fail("the end of a subscript")
        else:
            token = cursor.take()
            piece = token.text
            depth += (piece == "{") - (piece == "}")
            plain = plain and (token.kind == "number" or piece == ",")
            pieces += [piece] if token.kind == "number" else []
        gap = " " if text[-1:].isalpha() and "\\" in text and piece[0].isalpha() else ""
        text += gap + piece
    return text, tuple(names), tuple(pieces) if plain else ()
