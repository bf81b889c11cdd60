"""Text as LaTeX, and long formulas over several rows."""

from __future__ import annotations

import re
import unicodedata

WIDEST = 62
"""How many signs of a formula go on one row; commands count for about as much as they show."""

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\ensuremath{<}", ">": r"\ensuremath{>}",
    "|": r"\ensuremath{|}", '"': "''", "\u00a7": r"\S{}", "\u2013": "--", "\u2014": "---", "\u2018": "`", "\u2019": "'",
    "\u201c": "``", "\u201d": "''", "\u2026": r"\dots{}", "\u00a0": "~", "\u2264": r"\ensuremath{\le}",
    "\u2265": r"\ensuremath{\ge}", "\u2260": r"\ensuremath{\ne}", "\u2192": r"\ensuremath{\to}",
    "\u2211": r"\ensuremath{\sum}", "\u221e": r"\ensuremath{\infty}", "\u00b7": r"\ensuremath{\cdot}",
    "\u00d7": r"\ensuremath{\times}", "\u00df": r"{\ss}", "\u00f8": r"{\o}", "\u00d8": r"{\O}", "\u0142": r"{\l}",
    "\u0141": r"{\L}", "\u00e6": r"{\ae}", "\u00c6": r"{\AE}", "\u00e5": r"{\aa}", "\u00c5": r"{\AA}",
}  # fmt: skip

_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030b": "H", "\u030c": "v", "\u0327": "c",
}  # fmt: skip

_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega"

_BREAK = re.compile(r" (?=[+-] )| (?=(?:=|<|>|\\le|\\ge|\\leq|\\geq|\\ne) )")

_INVISIBLE = re.compile(r"\\(?:left|right|[,;:!])|\\(?:tilde|hat|bar|operatorname|mathrm|mathbb|mathcal|text)(?![a-z])")


def escaped(text: str) -> str:
    """`text` for LaTeX's text mode: every sign stands for itself, and one that no font has by its code point."""
    return "".join(_sign(sign) for sign in unicodedata.normalize("NFC", " ".join(text.split())))


def _sign(sign: str) -> str:
    if sign in _SPECIAL:
        return _SPECIAL[sign]
    if sign.isascii():
        return sign if sign.isprintable() else ""
    base, *accents = list(unicodedata.normalize("NFD", sign))
    if len(accents) == 1 and accents[0] in _ACCENTS and base.isascii():
        return f"\\{_ACCENTS[accents[0]]}{{{base}}}"
    name = unicodedata.name(sign, "").lower()
    letter = name.rsplit(" ", 1)[-1].replace("lamda", "lambda")
    if name.startswith("greek small letter ") and letter in _GREEK.split():
        return f"\\ensuremath{{\\{letter}}}"
    return f"\\texttt{{U+{ord(sign):04X}}}"


def broken(formula: str) -> list[str]:
    """The rows of `formula`: broken before signs that stand outside all brackets, where it is too wide for one."""
    if _width(formula) <= WIDEST:
        return [formula]
    places = [match.end() for match in _BREAK.finditer(formula) if _is_outside(formula[: match.start()])]
    pieces = [formula[start:end] for start, end in zip([0, *places], [*places, len(formula)], strict=True)]
    rows = [pieces[0]]
    for piece in pieces[1:]:
        if rows[-1].strip() and _width(rows[-1] + piece) > WIDEST:
            rows.append("{} " + piece)  # an empty operand keeps the sign's spacing
        else:
            rows[-1] += piece
    return [row.strip() for row in rows]


def _is_outside(before: str) -> bool:
    """Whether no bracket or environment is open after `before`."""
    plain = before.replace(r"\{", "(").replace(r"\}", ")")
    opened = sum(plain.count(sign) for sign in "{([") + plain.count(r"\begin") + plain.count(r"\left|")
    closed = sum(plain.count(sign) for sign in "})]") + plain.count(r"\end") + plain.count(r"\right|")
    return opened == closed and plain.count(r"\left") == plain.count(r"\right")


def _width(formula: str) -> int:
    """About how many signs the formula shows."""
    shown = re.sub(_INVISIBLE, "", formula)
    shown = re.sub(r"\\(?:ln|log|exp|max|min)\b", "lll", shown)
    shown = re.sub(r"_\{[^{}]*\}", lambda match: match[0][: 2 + len(match[0]) // 2], shown)
    return len(re.sub(r"[{}\s_^]", "", re.sub(r"\\[a-zA-Z]+", "x", shown)))
