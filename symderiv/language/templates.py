"""LaTeX with places for arguments: `{0}`, `{1}`, ..."""

from __future__ import annotations

import re
from collections.abc import Iterable


def filled(template: str, arguments: Iterable[str]) -> str:
    """A template with its arguments in their places; those that have none are left out."""
    for number, text in enumerate(arguments):
        template = template.replace(f"{{{number}}}", f"{{{text}}}" if _needs_braces(template, number) else text)
    return template


def unmarked(name: str) -> str:
    """A name without the empty braces that tell a random variable from a number, and from one of another space."""
    while name.endswith("{}"):
        name = name.removesuffix("{}")
    return name


def unfilled(template: str) -> str:
    r"""A template for people, without its arguments: `x` of `x_{{0}{1}}`, `x_{\cdot 1}` of `x_{{0}1}`."""
    if "{0}" not in template:
        return unmarked(template)
    text = re.sub(r"_\{(?:\{\d+\},?)+\}", "", template)
    return unmarked(re.sub(r"\{\d+\}", r"\\cdot ", text).replace(r"\cdot )", r"\cdot)"))


def _needs_braces(template: str, number: int) -> bool:
    place = template.find(f"{{{number}}}")
    return place > 0 and template[place - 1] in "_^"
