"""Trees as LaTeX, in one of many styles: spaces, brackets and signs of multiplication vary as authors vary them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.adversary.tree import Claim, Relation, Tree, free, walk

SIGNS = {
    "=": ("=",),
    "<=": (r"\le", r"\leq"),
    ">=": (r"\ge", r"\geq"),
    "<": ("<",),
    ">": (">",),
    "!=": (r"\neq", r"\ne"),
}
SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4
"""How tightly what is written binds."""

OPEN = ("ln", "exp", "sum", "prod", "ordered", "total", "expect")
"""What reaches as far to the right as it can."""


@dataclass
class Writer:
    """Writes in one style.  `matrices` are written with capitals, or bold."""

    random: Random
    brackets: tuple[str, str] = (r"\left(", r"\right)")
    bold: bool = False
    exponential: bool = False
    transpose: str = r"^\top"
    times: tuple[str, ...] = (" ", r" \, ", r" \cdot ")
    trace: str = r"\operatorname{tr}"
    single: frozenset[str] = field(default_factory=frozenset)

    def claim(self, claim: Claim) -> tuple[str, list[str]]:
        """The statement, and what is assumed."""
        return self.relation(claim.relation), self.assumptions(claim)

    def assumptions(self, claim: Claim) -> list[str]:
        """What is declared and assumed."""
        return [*claim.words, *(self.relation(h) for h in claim.hypotheses)]

    def relation(self, relation: Relation) -> str:
        return " ".join(self.row(relation))

    def row(self, relation: Relation) -> tuple[str, str, str]:
        """The left side, the sign and the right side."""
        sign = self.random.choice(SIGNS[relation.sign])
        return self.written(relation.left), sign, self.written(relation.right)

    def bracketed(self, text: str) -> str:
        return f"{self.brackets[0]}{text}{self.brackets[1]}"

    def at(self, tree: Tree, level: int) -> str:
        """The text, in brackets where it binds less tightly than `level`."""
        text = self.written(tree)
        return text if level_of(tree) >= level else self.bracketed(text)

    def written(self, tree: Tree) -> str:
        match tree.head, tree.parts, tree.data:
            case "number", _, (value,):
                sign, above = "-" if value < 0 else "", abs(value.numerator)
                return f"{sign}{above}" if value.denominator == 1 else rf"{sign}\frac{{{above}}}{{{value.denominator}}}"
            case "scalar" | "rv", _, (name,):
                return str(name)
            case "entry", _, (name, *indices):
                return f"{name}_{{{''.join(indices)}}}" if len(indices) > 1 else f"{name}_{indices[0]}"
            case "add", parts, _:
                return self._sum(parts)
            case "neg", (part,), _:
                return f"-{self.at(part, PRODUCT)}" if part.head != "neg" else f"-{self.bracketed(self.written(part))}"
            case "mul", parts, _:
                return self._product(parts)
            case "div", (above, below), _:
                return rf"\frac{{{self.written(above)}}}{{{self.written(below)}}}"
            case "pow", (base, exponent), _:
                return self._power(base, exponent)
            case "sqrt", (part,), _:
                return rf"\sqrt{{{self.written(part)}}}"
            case "abs", (part,), _:
                return rf"\left|{self.written(part)}\right|"
            case "ln" | "exp", (part,), _:
                return self._function(tree.head, part)
            case "sum" | "prod", (part,), (index, first, last):
                body = self.bracketed(self.written(part)) if ends_early(tree) else self.at(part, PRODUCT)
                return rf"\{tree.head}_{{{index}={first}}}^{{{self.written(last)}}} {body}"
        return self._of_chance(tree) or self._of_matrices(tree)

    def _sum(self, parts: tuple[Tree, ...]) -> str:
        text = self.at(parts[0], PRODUCT) if parts[0].head != "neg" else self.written(parts[0])
        for part in parts[1:]:
            if part.head == "neg":
                text += f" - {self.at(part.parts[0], PRODUCT)}"
            else:
                text += f" + {self.at(part, PRODUCT)}"
        return text

    def _product(self, parts: tuple[Tree, ...]) -> str:
        text = ""
        for place, part in enumerate(parts):
            is_open = part.head in OPEN and place < len(parts) - 1 and not (part.head == "exp" and self.exponential)
            inner = self.written(part)
            loose = level_of(part) < PRODUCT or (place and inner[:1] == "-") or part.head == "mul"
            inner = self.bracketed(inner) if is_open or loose else inner
            if not place:
                text = inner
                continue
            between = self.random.choice(self.times)
            if inner[0].isdigit() or inner.startswith(r"\frac") or self._may_be_called(text, inner):
                between = r" \cdot "
            text += between + inner
        return text

    def _may_be_called(self, before: str, after: str) -> bool:
        return after.startswith(("(", r"\left(", r"\big(", "[")) and not before.endswith((")", "]"))

    def _power(self, base: Tree, exponent: Tree) -> str:
        text = self.at(base, ATOM)
        if base.head in ("div", "sqrt", "exp", "prob", "transpose", "number", "inverse") or "^" in text[-8:]:
            text = self.bracketed(self.written(base))
        if base.head == "number" and base.data[0] >= 0 and base.data[0].denominator == 1:
            text = self.written(base)
        inner = self.written(exponent)
        plain = len(inner) == 1 and self.random.random() < 0.5
        return f"{text}^{inner}" if plain else f"{text}^{{{inner}}}"

    def _function(self, head: str, part: Tree) -> str:
        inner = self.written(part)
        if head == "exp" and self.exponential:
            return f"e^{{{inner}}}"
        if part.head in ("scalar", "entry", "div", "prob") and self.random.random() < 0.7:
            return rf"\{head} {inner}"
        return rf"\{head}{self.bracketed(inner)}"

    def _of_chance(self, tree: Tree) -> str:
        match tree.head, tree.parts, tree.data:
            case "prob", _, (name, outcomes, given):
                return f"{name}({','.join(outcomes)}{self._given(given)})"
            case "total", (body,), variables:
                return rf"\sum_{{{','.join(variables)}}} {self.at(body, PRODUCT)}"
            case "expect", (weight, body), variables:
                below = variables[0] if len(variables) == 1 else f"({','.join(variables)})"
                return rf"E_{{{below} \sim {self.written(weight)}}} {self.bracketed(self.written(body))}"
            case "entropy", _, (_, before, after):
                return f"H({','.join(before)}{self._given(after)})"
            case "info", _, (_, one, other, given):
                return f"I({','.join(one)};{','.join(other)}{self._given(given)})"
            case "kl", (one, other), _:
                return f"KL({self.written(one)}, {self.written(other)})"
            case "cross", (one, other), _:
                both = "" if one == other else f", {self.written(other)}"
                return f"H({self.written(one)}{both})"
            case "mean", (body,), _:
                return f"E[{self.written(body)}]"
            case "var", (body,), _:
                return rf"\operatorname{{Var}}({self.written(body)})"
            case "cov", (one, other), _:
                return rf"\operatorname{{Cov}}({self.written(one)}, {self.written(other)})"
        return ""

    def _given(self, names: tuple[str, ...]) -> str:
        return self.random.choice(("|", r" \mid ")) + ",".join(names) if names else ""

    def _of_matrices(self, tree: Tree) -> str:
        match tree.head, tree.parts, tree.data:
            case "matrix", _, (name, _):
                return rf"\mathbf{{{name}}}" if self.bold else str(name)
            case "transpose" | "inverse", (part,), _:
                text = self.at(part, ATOM)
                if part.head in ("transpose", "inverse"):
                    text = self.bracketed(text)
                return text + (self.transpose if tree.head == "transpose" else "^{-1}")
            case "trace", (part,), _:
                return f"{self.trace}{self.bracketed(self.written(part))}"
            case "det", (part,), _:
                return rf"\left|{self.written(part)}\right|"
        raise AssertionError(tree.head)


def ends_early(tree: Tree) -> bool:
    """True of a product over an index whose last factors could stand outside of it: the difference is a power."""
    body = tree.parts[0]
    return (
        tree.head == "prod"
        and body.head in ("mul", "prod", "sum")
        and any(tree.data[0] not in free(part) for part in body.parts)
    )


def level_of(tree: Tree) -> int:
    match tree.head:
        case "add" | "neg":
            return SUM
        case "number" if tree.data[0] < 0:
            return SUM
        case "mul" | "ln" | "sum" | "prod" | "ordered" | "total" | "expect" | "exp":
            return PRODUCT
        case "pow":
            return POWER
    return ATOM


def writer(claim: Claim, random: Random) -> Writer:
    """A style.  Matrices are bold where nothing else shows that they are no numbers."""
    nodes = [node for tree in claim.trees() for _, node in walk(tree)]
    vectors = any(node.head == "matrix" and node.data[1] == "column" for node in nodes)
    shown = not vectors and any(node.head in ("transpose", "trace") for node in nodes)
    return Writer(
        random,
        random.choice(((r"\left(", r"\right)"), ("(", ")"), (r"\big(", r"\big)"))),
        random.random() < 0.5 or not shown,
        random.random() < 0.5,
        random.choice((r"^\top", "^T", r"^{\top}", r"^\mathrm{T}")),
        random.choice(((" ",), (r" \, ",), (r" \cdot ",), (" ", r" \, ", r" \cdot "))),
        random.choice((r"\operatorname{tr}", r"\mathrm{tr}")),
    )
