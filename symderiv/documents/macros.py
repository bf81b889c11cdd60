r"""The macros of a document: `\newcommand`, `\renewcommand`, `\def` and `\DeclareMathOperator`."""

from __future__ import annotations

import re

from symderiv.formulas.tokens import Macro, closing_brace

_COMMAND = re.compile(
    r"\\(?:re|provide)?newcommand\*?\s*(?:\{\s*(?P<braced>\\[A-Za-z]+)\s*\}|(?P<bare>\\[A-Za-z]+))\s*"
    r"(?:\[(?P<arity>\d)\])?\s*\{"
)
_PROVIDED = re.compile(
    r"\\providecommand\*?\s*(?:\{\s*(?P<braced>\\[A-Za-z]+)\s*\}|(?P<bare>\\[A-Za-z]+))\s*(?:\[(?P<arity>\d)\])?\s*\{"
)
_DEFINITION = re.compile(r"\\def\s*(?P<bare>\\[A-Za-z]+)(?P<parameters>(?:#\d)*)\s*\{")
_OPERATOR = re.compile(r"\\DeclareMathOperator(?P<star>\*?)\s*\{?\s*(?P<bare>\\[A-Za-z]+)\s*\}?\s*\{")


def macros_of(text: str) -> dict[str, Macro]:
    """The macros that a text defines; of several definitions before it begins, the last one counts.

    What is defined otherwise later on is another thing in each part of the text: it is left as an unknown command.
    What takes an argument with a default, or one that is not a group, is left as an unknown command.
    """
    found: dict[str, Macro] = {}
    unclear: set[str] = set()
    begins = text.find(r"\begin{document}")
    for pattern in (_COMMAND, _PROVIDED, _DEFINITION, _OPERATOR):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            name = parts.get("braced") or parts["bare"]
            body = text[match.end() : closing_brace(text, match.end(), len(text)) - 1]
            arity = parts.get("arity") or str(len(parts.get("parameters") or "") // 2)
            macro = Macro(int(arity), body)
            if pattern is _OPERATOR:
                macro = Macro(0, rf"\operatorname{parts['star']}{{{body}}}")
            if match.start() > begins and found.get(name, macro) != macro:
                unclear.add(name)
            found[name] = macro
    return {name: macro for name, macro in found.items() if name not in unclear}
