"""Trees in full brackets: two trees with one text are one reading."""

from __future__ import annotations

from symderiv.formulas import tree as t


def shown(node: t.Node | None) -> str:
    match node:
        case None:
            return ""
        case t.Numeral(value=value):
            return str(value)
        case t.Name(text=text):
            return text
        case t.Applied():
            return _call(node)
        case t.Negation(body=body):
            return f"-({shown(body)})"
        case t.Addition(terms=terms):
            return f"({' + '.join(map(shown, terms))})"
        case t.Product(factors=factors):
            return f"[{' '.join(map(shown, factors))}]"
        case t.Division(above=above, below=below):
            return f"({shown(above)} / {shown(below)})"
        case t.Power(base=base, exponent=exponent):
            raised = shown(base)
            loose = isinstance(base, t.Power | t.Negation | t.Function | t.Root | t.Total)
            return f"{f'({raised})' if loose else raised}^({shown(exponent)})"
        case t.Root(body=body, degree=degree):
            return f"root{_lower(degree)}({shown(body)})"
        case t.Function(word=word, body=body, base=base):
            return f"{word}{_lower(base)}({shown(body)})"
        case t.Sides(sides=sides, signs=signs):
            return " ".join(part for pair in zip(map(shown, sides), (*signs, ""), strict=True) for part in pair if part)
        case t.Total() | t.Integral() | t.Derivative() | t.Average():
            return _reaching(node)
        case _:
            return _enclosed(node)


def _lower(node: t.Node | None) -> str:
    return f"_{shown(node)}" if node is not None else ""


def _listed(nodes: tuple[t.Node, ...]) -> str:
    return ",".join(map(shown, nodes))


def _call(node: t.Applied) -> str:
    separators = iter(node.separators)
    text = ""
    for number, argument in enumerate((*node.before, *node.after)):
        text += node.bar if number == len(node.before) and node.bar else next(separators) if number else ""
        text += shown(argument)
    return f"{node.head.text}({text})"


def _reaching(node: t.Node) -> str:
    match node:
        case t.Total(kind=kind, over=over, body=body):
            lower = f"={shown(node.lower)}" if node.lower else ""
            upper = f"..{shown(node.upper)}" if node.upper else ""
            within = f" in {shown(node.within)}" if node.within else ""
            condition = f" : {shown(node.condition)}" if node.condition else ""
            return f"{kind} {_listed(over)}{lower}{upper}{within}{condition} ({shown(body)})"
        case t.Integral(over=over, body=body, lower=lower, upper=upper):
            limits = f" {shown(lower)}..{shown(upper)}" if lower or upper else ""
            return f"int{limits} ({shown(body)}) d {_listed(over)}"
        case t.Derivative(sign=sign, over=over, order=order, body=body):
            return f"{sign} {_listed(over)}{f'^{shown(order)}' if order else ''} ({shown(body)})"
        case t.Average(draws=draws, body=body):
            drawn = "; ".join(f"{_listed(d.names)} ~ {shown(d.weight)}" for d in draws)
            return f"E {drawn} ({shown(body)})"
    raise TypeError(node)


def _enclosed(node: t.Node) -> str:
    match node:
        case t.Bars(kind=kind, body=body, lower=lower):
            return f"{kind} {shown(body)} {kind}{_lower(lower)}"
        case t.Angles(body=body, weight=weight):
            return f"<{shown(body)}>{_lower(weight)}"
        case t.Factorial(body=body):
            return f"{shown(body)}!"
        case t.Binomial(above=above, below=below):
            return f"C({shown(above)},{shown(below)})"
        case t.Between(body=body, lower=lower, upper=upper):
            return f"({shown(body)})@{shown(lower)}{f'..{shown(upper)}' if upper else ''}"
        case t.Listing(opening=opening, items=items):
            return f"list{opening}({_listed(items)})"
        case t.Operation(sign=sign, operands=operands):
            return f"({f' {sign} '.join(map(shown, operands))})"
        case t.Ellipsis():
            return "..."
        case t.Array(kind=kind, rows=rows):
            return f"{kind}({'; '.join(map(_listed, rows))})"
        case t.Prose(text=text):
            return f'"{text}"'
    raise TypeError(node)
