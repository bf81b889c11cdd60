"""Names as LaTeX writes them: accents, subscripts and primes are part of the name."""

from __future__ import annotations

from typing import NoReturn

from symderiv.readers.latex_tokens import Source, Token, Unread, tokenize
from symderiv.readers.latex_tree import Name

GREEK = frozenset(
    {r"\alpha", r"\beta", r"\gamma", r"\delta", r"\epsilon", r"\varepsilon", r"\zeta", r"\eta", r"\theta",
     r"\vartheta", r"\iota", r"\kappa", r"\lambda", r"\mu", r"\nu", r"\xi", r"\pi", r"\varpi", r"\rho",
     r"\varrho", r"\sigma", r"\varsigma", r"\tau", r"\upsilon", r"\phi", r"\varphi", r"\chi", r"\psi",
     r"\omega", r"\Gamma", r"\Delta", r"\Theta", r"\Lambda", r"\Xi", r"\Pi", r"\Sigma", r"\Upsilon", r"\Phi",
     r"\Psi", r"\Omega", r"\ell"}
)  # fmt: skip
ACCENTS = frozenset(
    {r"\hat", r"\tilde", r"\bar", r"\dot", r"\ddot", r"\vec", r"\check", r"\breve", r"\widehat", r"\widetilde"}
)
FONTS = frozenset(
    {r"\mathrm", r"\mathbf", r"\mathit", r"\mathsf", r"\mathtt", r"\mathcal", r"\mathbb", r"\mathfrak", r"\mathscr",
     r"\boldsymbol", r"\bm", r"\text", r"\textrm", r"\textit", r"\textbf", r"\operatorname"}
)  # fmt: skip
NAMING = GREEK | ACCENTS | FONTS


class Cursor:
    """A place in the tokens of a formula."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.position = 0
        self._tokens = list(tokenize(source))

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
        return self.token.kind != "end" and self.token.text in texts

    def take(self) -> Token:
        """The next token, which is passed."""
        self.position += 1
        return self._tokens[self.position - 1]

    def take_digit(self) -> Token:
        """The first digit of a number: all that LaTeX takes where there are no braces."""
        whole = self.token
        first = Token("number", whole.text[0], whole.start, whole.start + 1)
        if len(whole.text) > 1:
            rest = Token("number", whole.text[1:], whole.start + 1, whole.end)
            self._tokens[self.position : self.position + 1] = [first, rest]
        return self.take()

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
    return token.kind in ("letter", "word") or token.text in NAMING


def read_name(cursor: Cursor) -> Name:
    """A name with everything that belongs to it."""
    start = cursor.token.start
    text, base = read_base(cursor)
    primes, lower = "", ""
    marks: tuple[str, ...] = ()
    while cursor.at("'", "_"):
        if cursor.at("'"):
            cursor.take()
            primes += "'"
        else:
            if lower:
                cursor.fail("one subscript")
            cursor.take()
            lower, marks = _read_lower(cursor)
    return Name(start, cursor.end, text + lower + primes, base, marks)


def read_base(cursor: Cursor) -> tuple[str, str]:
    """A letter in its font and under its accents, and the letter alone."""
    if not starts_name(cursor.token):
        cursor.fail("a name")
    token = cursor.take()
    if token.text in FONTS:
        cursor.expect("{")
        letters = ""
        while cursor.token.kind in ("letter", "word", "number") or cursor.token.text in (GREEK | {"-"}):
            letters += cursor.take().text
        if not letters[:1].isalpha() and letters[:1] != "\\":
            cursor.fail("a name")
        cursor.expect("}")
        return f"{token.text}{{{letters}}}", letters
    if token.text in ACCENTS:
        braces = cursor.at("{")
        if braces:
            cursor.take()
        inner = read_name(cursor) if braces else None
        text, base = (inner.text, inner.base) if inner else read_base(cursor)
        if braces:
            cursor.expect("}")
        return f"{token.text}{{{text}}}", base
    return token.text, token.text


def _read_lower(cursor: Cursor) -> tuple[str, tuple[str, ...]]:
    """A subscript as it is kept in the name, and the names in it."""
    if cursor.token.kind == "number":
        return f"_{cursor.take_digit().text}", ()
    if not cursor.at("{"):
        name = read_base(cursor)[0]
        return (f"_{name}" if len(name) == 1 or name in GREEK else f"_{{{name}}}"), (name,)
    cursor.take()
    text, names = "", []
    while not cursor.at("}"):
        if cursor.token.kind == "number" or cursor.at(","):
            text += cursor.take().text
            continue
        if not starts_name(cursor.token):
            cursor.fail("a subscript of letters and digits")
        name = read_name(cursor).text
        text += f" {name}" if text[-1:].isalpha() and "\\" in text and name[0].isalpha() else name
        names.append(name)
    if not text:
        cursor.fail("a subscript")
    cursor.take()
    single = len(text) == 1 or text in GREEK
    return (f"_{text}" if single else f"_{{{text}}}"), tuple(names)
