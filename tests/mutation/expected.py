"""Survivors that change nothing that matters, each with the reason.

A survivor is known by its module, its kind, and something that stands in its line.
"""

from __future__ import annotations

import re

from tests.mutation.operators import Mutant

SYMMETRIC = "symmetric in the two"
TIME = "saves time only: what follows comes to the same"
NOT_ZERO = "never 0: no factor has the exponent 0, no monomial the coefficient 0, and no fraction is 0"
NAMES = "names that nobody else sees"
WHERE = "where to rewrite is a choice: the equation holds for all such factors"
SPLIT = "which fractions are split is a choice: the identity holds for all exponents and bases"
TRIED = "to which products an equation is put is a choice: it holds for all of them"
TWINS = "a term that died while its twin was made: without its place the next one is another term, which proves less"
ORDER = "in which order factors are multiplied: the product is the same"

FORM = "the same number, written in another way"
SUM = "a sum over a variable is a reduction"
ENDS = "no sum has a lower end and no upper one: what stands below it is a condition then"
UNWRITTEN = "an end that is not written is none of a range"
EXACT = "a fact that is true wherever it is told"

PLACES = "places in the text"
WITHIN = "a term of the order of the error leads nothing, and where that is of the order of 1 there is no limit"
ORDERED = "two that are of one order are the same"
LONG = "how many terms of a series are taken is a choice: its error goes by how many there are"

SWAPPED, DROPPED, CHANGED = "arguments swapped", "condition dropped", "comparison changed"

ONLY_NAMES = "the texts of names and powers are looked for, and nothing else is printed so"

HARMLESS: list[tuple[str, str, str, str]] = [
    # functions
    ("formulas/functions.py", "condition dropped|operand 0 dropped",
     "if isinstance(node, t.Name | t.Power) and printed", TIME),
    ("formulas/functions.py", "operand 0 dropped", "return isinstance(part, t.Name) and any(text in", ONLY_NAMES),
    ("formulas/functions.py", "operand 0 dropped", "if isinstance(node, t.Name | t.Power) and (value", ONLY_NAMES),
    ("formulas/functions.py", "operand 0 dropped", "return bool(changed) and _captures(", TIME),
    ("formulas/functions.py", SWAPPED, "return t.Applied(name.start, name.end", PLACES),
    ("formulas/functions.py", SWAPPED, "pairs = zip(definition.parameters, node.before", SYMMETRIC),
    ("formulas/functions.py", SWAPPED, "given = zip(definition.parameters, arguments", SYMMETRIC),
    ("formulas/functions.py", "filter dropped", "parts = [part for part in t.parts(node) if not any(part is",
     "the ends are asked as well"),
    ("formulas/functions.py", "filter dropped", "return any(printed(node) == text for node in t.walk(whole)",
     "what is printed the same is of one kind"),
    # words
    ("documents/function_domains.py", "operand 0 dropped", "if not names or stands(_ALL, before)",
     "what has no names for arguments defines no function"),
    ("documents/function_domains.py", "operand 2 dropped", "return is_bound and condition.lead in _LEADS",
     "an equation beside a definition gives a value that is known all the same"),
    ("documents/function_domains.py", "operand 0 dropped", "fits = len(names) == len(arguments)",
     "no function is learnt from what has other arguments than names"),
    ("documents/function_domains.py", "operand 1 dropped|comparison changed", "if domain is not None and domain.row",
     "a domain is of a call, and the name of the function is no argument"),
    ("documents/sentences.py", "operand 0 dropped", "if word and re.search(", "one of the words is there"),
    ("documents/sentences.py", SWAPPED, "return any(stems & {name.split(", SYMMETRIC),
    ("documents/sentences.py", "operand 1 dropped", "shown = list(range(place if supposes and",
     "no display before it has one of the names"),
    ("documents/sentences.py", CHANGED, "found = [place] if place < len(displays)",
     "what stands behind the last display is for none"),
    ("documents/said_of_random.py", "operand 0 dropped", "if where is not None and all(found.name",
     "what is said throughout is itself among these"),
    ("documents/said_of_random.py", "operand 0 dropped", "if names and (_are_families(names) or",
     "a list without names says nothing"),
    ("documents/said_of_random.py", SWAPPED, "names_of(row.left, row.right)", SYMMETRIC),
    ("documents/kinds.py", SWAPPED, "for one, other in zip(averaged, free, strict=True)", SYMMETRIC),
    ("documents/kinds.py", "operand 0 dropped", "if isinstance(node, t.Sides) and node.signs ==",
     "the trees of rows are relations"),
    ("rules/algebra.py", ".*", "at_most(a / a, 1)", "both sides are 1, so it holds either way"),
    ("rules/information.py", SWAPPED, "P(x, y)", "P(y, x) is P(x, y): places go by variables"),
    ("rules/information.py", ".*", "Cov(X, Y)", "symmetric, also where both deviations have the other sign"),
    ("rules/probability.py", SWAPPED, "P(x, y)", "P(y, x) is P(x, y)"),
    ("rules/probability.py", SWAPPED, '"P", x, y', "P(y, x) is P(x, y)"),
    ("rules/special_functions.py", "sign dropped", "greater(n, -1)", "a stronger condition, which says less"),
    ("language/encode.py", DROPPED, "if entry in self._distributions:", "what is known is told once more"),
    # derivatives
    ("language/derivatives.py", SWAPPED, "deltas = tuple(k.Delta(one, other)", SYMMETRIC),
    ("language/encode_derivatives.py", "operand 0 dropped", "if isinstance(expression, q.AtValue) and",
     "a derivative by a number has been found, or is not known, before"),
    # limits
    ("language/limits.py", SWAPPED, "self.sum(", SYMMETRIC),
    ("language/limits.py", SWAPPED, "self.times(", SYMMETRIC),
    ("language/limits.py", SWAPPED, "self.product(", SYMMETRIC),
    ("language/limits.py", SWAPPED, 'definedness(k.Relation("=", term, k.ZERO)', SYMMETRIC),
    ("language/limits.py", ".*", "len(kept) > MOST_TERMS", "how long an expansion may be is a choice"),
    ("language/limits.py", ".*", "(monomial, expansion.error) <= 0", "what is within an error is left out before"),
    ("language/limits.py", ".*", "self.order(size, UNIT) >= 0", "the error of such a series does not vanish either"),
    ("language/limits.py", CHANGED, "return k.positive(term if sign > 0 else", NOT_ZERO),
    ("language/limits.py", "filter dropped", "self.names = [name.name for name in value.free",
     "ranges that depend on another name are left alone as well"),
    ("language/limits.py", CHANGED, "self.sign(coefficient) <= 0:", NOT_ZERO),
    ("language/limits.py", "operand 0 dropped", "if not isinstance(term, k.Number) and self.algebra", TIME),
    ("language/limits.py", CHANGED, "return (1 if scale > 0 else -1), quote(scaled(", NOT_ZERO),
    ("language/limits.py", CHANGED, "self.order(monomial, error) <= 0", WITHIN),
    ("language/limits.py", "operand 1 dropped", "if term != k.ZERO and not self.is_within(m, error)", WITHIN),
    ("language/limits.py", CHANGED, "found = other if self.order(other, found) > 0", ORDERED),
    ("language/limits.py", "operand 0 dropped|comparison changed", "if monomial != UNIT and self.order(", ORDERED),
    ("language/limits.py", CHANGED, "elif self.order(monomial, UNIT) < 0:", ORDERED),
    ("language/limits.py", "sign turned", "for n in range(ORDER + 1)", LONG),
    ("language/limits.py", "sign turned", "for n in range(1, ORDER + 1)", LONG),
    # what words and formulas say
    ("language/independence.py", SWAPPED, "factors = _factors(whole, product)", "each side is tried as the whole"),
    ("documents/differentials.py", SWAPPED, "return t.Product(factor.start, other.end, (factor, other))", PLACES),
    ("documents/differentials.py", SWAPPED, "return t.Numeral(node.start, node.end, Fraction(1))", PLACES),
    ("documents/differentials.py", SWAPPED, "return _one(node), t.Name(node.end - len(name)", PLACES),
    ("documents/differentials.py", "sign turned", "return _one(node), t.Name(node.end - len(name)", PLACES),
    ("documents/differentials.py", "operand 2 dropped", "isinstance(node.body, t.Name) and len(node.over) == 1",
     "what has a derivative by two names is a function of both"),
    ("formulas/conditional_means.py", SWAPPED, 'outcome = i.Variable(rf"\\omega', NAMES),
    ("formulas/conditional_means.py", "operand 0 dropped", "others = (part for part in parts if is_conditional(part)",
     "what has a condition of its own and is no moment is left alone as well"),
    ("formulas/conditional_means.py", "operand 1 dropped", "if any(m.shape_of(body) != m.NUMBER or outcome not in",
     "the mean of what is not random is itself"),
    ("documents/unknowns.py", "operand 2 dropped", "if small and base is not None and base != 0",
     "what is divided by nothing is no equation to be solved, with a value or without"),
    ("formulas/conditional_means.py", "operand 1 dropped", "return isinstance(node, t.Applied) and node.bar ==",
     "no moment has another bar: a mean with a semicolon is read as a function"),
    # the encoding
    ("language/encode.py", SWAPPED, "k.Delta(left, right)", SYMMETRIC),
    ("language/encode.py", SWAPPED, "k.subtract(own", "the deviations are squared, or both turned"),
    ("language/encode.py", SWAPPED, "placeholder = Unfolding(", "replaced before anybody reads it"),
    ("language/encode.py", SWAPPED, '.replace(r" \\mid ", "|")', "how a name is printed"),
    ("language/encode.py", SWAPPED, "zip(alphabets, other, strict=False)", SYMMETRIC),
    ("language/encode.py", CHANGED, "if isinstance(exponent, Integer) and exponent > 0:", "a power of 0 needs nothing"),
    ("language/encode_determinants.py", SWAPPED, "\\mathit{{place}}", NAMES),
    ("language/encode_matrices.py", SWAPPED, 'k.Index(word, rows) for word in (r"\\mathit{row}"', NAMES),
    ("language/encode_matrices.py", SWAPPED, "k.Delta(one, other)", SYMMETRIC),
    (
        "language/encode_matrices.py", "operand 0 dropped", "if form not in encoder.names and turned in",
        "where both have names they are one form, and the matrix is its own transpose",
    ),
    (
        "language/encode_matrices.py", SWAPPED, 'return _symmetric(encoder, name, rows, _places(row, column)',
        "a symmetric matrix is its own transpose",
    ),
    (
        "language/encode_matrices.py", "operand . dropped", "return len(factors) % 2 == 0 and",
        "where brackets stand in a product makes no difference to what it is",
    ),
    ("language/encode_matrices.py", CHANGED, "if len(chain) > 2 and _is_square(", "two factors are their own halves"),
    ("language/encode_matrices.py", SWAPPED, "k.sum_over(inner, k.Multiply((left, right)))", SYMMETRIC),
    # values
    ("language/closed_forms.py", DROPPED, "if find is None and ends is None:", TIME),
    ("language/closed_forms.py", "operand 1 dropped", "if known is None and ends is not None:",
     "where a value has a weight there are ends, and without a weight no equation is looked for between them"),
    ("language/closed_forms.py", SWAPPED, "not _same(shape.gammas, [k.Add((value", SYMMETRIC),
    (
        "language/definite_integrals.py", "operand 2 dropped|arguments swapped", "and whole != k.Apply(",
        "what is then told of 1/t needs 0 < 0",
    ),
    ("language/definite_integrals.py", "operand 3 dropped", "if not (shape.square or shape.rest or shape.gammas or",
     "an integral between two ends has a weight in every term"),
    ("language/definite_integrals.py", CHANGED, "is_upward = isinstance(gap, k.Number) and gap.value > 0",
     "in normal form 0 is a sum of nothing, and no number"),
    ("language/definite_integrals.py", CHANGED, "if shape.square or sign < 0 else", "a sign is 1 or -1"),
    ("language/encode_analysis.py", "operand . dropped", "if not argument.free and not argument.loose else", EXACT),
    ("language/encode_analysis.py", "operand 1 dropped", 'if isinstance(part, k.Apply) and part.function == "gamma":',
     EXACT),
    ("language/encode_analysis.py", "operand 1 dropped", "if known is None or not isinstance(total, k.Reduce):", SUM),
    ("language/encode_analysis.py", "operand 0 dropped", "if not isinstance(total, k.Reduce) or (known :=", SUM),
    ("language/encode_analysis.py", DROPPED, "if not isinstance(total, k.Reduce):", SUM),
    (
        "language/encode_analysis.py", SWAPPED, 'place = k.Index("place", total.domain)',
        "its value is replaced by another, or the sum is left as it is",
    ),
    ("language/encode_analysis.py", SWAPPED, "cases = (_less(encoder, first, second)", SYMMETRIC),
    ("language/encode_analysis.py", SWAPPED, 'itself = k.Relation("=", k.Apply("step"', SYMMETRIC),
    ("language/closed_forms.py", SWAPPED, "k.nonzero(plain(k.subtract(k.ONE, ratio)))", "not 0 is not 0 turned round"),
    ("language/closed_forms.py", "operand . dropped", "or shape.power or not shape.rate:",
     "what is then told is of the exponential alone, and is true; without one it needs 0 to be something else"),
    ("language/encode_analysis.py", DROPPED, "if old.free.isdisjoint(term.free):", TIME),
    ("language/encode_analysis.py", DROPPED, "if place not in term.free:", FORM),
    ("language/encode_analysis.py", "operand 1 dropped", "if isinstance(term, k.Add) and all(map(_is_linear,", FORM),
    ("language/encode_analysis.py", ".*", "return all(map(_is_linear, factors)) and sum(", FORM),
    (
        "language/encode_analysis.py", "operand 1 dropped", "if not infinite and not any(isinstance(p, k.Apply) and",
        "which sums are taken from 0 on is a choice: their values stay",
    ),
    (
        "language/encode_analysis.py", "operand 1 dropped", "if domain is None or first + empty == 0:",
        "a sum that is moved by nothing stays the same",
    ),
    (
        "language/encode_analysis.py", "operand 1 dropped", 'if last is None or not known["first"].isdigit():',
        "wherever a range begins, the steps that are left to its end are no fewer than none",
    ),
    (
        "language/encode_analysis.py", "operand [12] dropped", 'part.function == "gamma" and place in part.free:',
        "what is more than the steps that are left is positive in any function, and the index stands in it",
    ),
    ("language/encode_analysis.py", SWAPPED, 'needs = definedness(k.Relation("=", term',
     "what a relation needs in order to be defined goes by its terms alone"),
    ("language/encode_analysis.py", "operand 1 dropped", "if domain is None or domain == variable.alphabet",
     "the support that is all that a variable can be is the real line, and over that the sum is written as it was"),
    ("language/encode_analysis.py", "operand 1 dropped", "if ends and not encoder.known(name):", TIME),
    ("language/events.py", SWAPPED, "w.Plus(Integer(1), w.Negative(", SYMMETRIC),
    ("language/summands.py", "operand [12] dropped", "if is_weights(tensor) and index == self.place and exponent == 1:",
     "an integral has one weight, and that in which its variable stands is its own"),
    ("language/summands.py", SWAPPED, "_is_rest(", "1 - t is s where 1 - s is t"),
    # ranges
    ("formulas/restrictions.py", DROPPED, "if not any(isinstance(node, t.Total)", TIME),
    ("formulas/restrictions.py", SWAPPED, "t.Sides(one.start, other.end, (one,", PLACES),
    ("formulas/restrictions.py", SWAPPED, "t.Listing(total.start, total.end,", PLACES),
    ("formulas/restrictions.py", "sign turned", "sides[:n] + sides[n + 1 :]",
     "what is free in a side means something beside all other parts of it anyway"),
    ("formulas/restrictions.py", "operand 1 dropped", "if isinstance(lower, t.Numeral) and upper is not None", ENDS),
    ("formulas/restrictions.py", "operand 1 dropped", "if total.lower is None or total.upper is None or len", ENDS),
    ("formulas/restrictions.py", "operand 1 dropped", "ends = None if node.lower is None or node.upper", ENDS),
    ("formulas/restrictions.py", "operand 0 dropped", "if found and not over:",
     "a sum over nothing, of which nothing is asked, stays as it is"),
    ("formulas/restrictions.py", "filter dropped", "for o in parts if o is not p",
     "what is free in a part means something in it anyway"),
    ("formulas/restrictions.py", "filter dropped", 'for left, sign, _ in compared if sign == ":"',
     "what a bound has on its left, and is no index, has an end of its own: the sum stays as it is"),
    ("formulas/listings.py", "operand 2 dropped", "if total.kind != \"sum\" or total.lower is None", ENDS),
    ("formulas/restrictions.py", CHANGED, 'for left, sign, _ in compared if sign == ":"',
     "a name before the colon that an order has on its right stands on both sides of signs; on its left it is found"),
    ("formulas/indexing.py", SWAPPED, "classes.join(", SYMMETRIC),
    ("formulas/indexing.py", "operand 1 dropped", "if isinstance(node, t.Name) and node.lower:",
     "a name without a subscript has no pieces"),
    ("formulas/indexing.py", "operand 0 dropped", 'key[0] == "place" and', "a letter has no stem"),
    ("formulas/listings.py", "operand 1 dropped", "if total.kind != \"sum\" or total.lower is None", UNWRITTEN),
    ("formulas/restrictions.py", "operand 0 dropped", "if total.lower is None or total.upper is None or", UNWRITTEN),
    ("formulas/indexing.py", SWAPPED, "self.same.setdefault(right, left)", "one stands for both, whichever it is"),
    # the kernel
    ("kernel/__main__.py", DROPPED, 'if __name__ == "__main__":', "the tests call what it calls"),
    ("kernel/definedness.py", "condition dropped|operand . dropped", "in self._visited", TIME),
    ("kernel/definedness.py", CHANGED, "return k.positive(base) if exponent < 0", NOT_ZERO),
    (
        "kernel/models.py", "operand 0 dropped", "if isinstance(one, fmpq) and isinstance(other, fmpq):",
        "where the enclosure does not decide, it holds the other number as well",
    ),
    ("kernel/models.py", CHANGED, "if not base > 0:", "a root of an enclosure that touches 0 decides nothing"),
    ("kernel/models.py", CHANGED, 'function == "step" and bool(value > 0)', "what is 0 has been refused before"),
    ("kernel/normal_form.py", DROPPED, "if not monomial.bound:", TIME),
    ("kernel/normal_form.py", DROPPED, "if not product.bound:", TIME),
    ("kernel/normal_form.py", DROPPED, "if p.UNIT in (one, other):", TIME),
    ("kernel/normal_form.py", DROPPED, "if not below:", TIME),
    ("kernel/normal_form.py", DROPPED, "if isinstance(term, k.Entry | k.Size | k.Gather | k.Index):", TIME),
    ("kernel/normal_form.py", SWAPPED, "self.product(", SYMMETRIC),
    ("kernel/normal_form.py", CHANGED, "if scale > 0 and not any(", NOT_ZERO),
    ("kernel/normal_form.py", CHANGED, "if exponent < 0 and exponent.denominator == 1", NOT_ZERO),
    ("kernel/normal_form.py", CHANGED, "if len(polynomial) > 1 else ():", "a single fraction is inverted either way"),
    (
        "kernel/normal_form.py", "operand 1 dropped", "if exponent < 0 and exponent.denominator == 1",
        "a root below is multiplied away only where it cancels, so where its base is positive",
    ),
    (
        "kernel/normal_form.py", "operand 2 dropped", "base.free.isdisjoint(bound)",
        "what stands under a sum is not multiplied away, which is noticed when the denominators are taken again",
    ),
    ("kernel/normal_form.py", CHANGED, "if self.spent > self._budget:", "one product more or less in a budget"),
    ("kernel/normal_form.py", "sign turned", '#{start + n:03d}', NAMES),
    (
        "kernel/normal_form.py", "branches swapped", 'k.first_unused("#"',
        "no factor has a name with # in it: bound names are opened as $ before anything is done inside",
    ),
    ("kernel/polynomial.py", "filter dropped|comparison changed", "degree = sum(", "another order of the monomials"),
    ("kernel/products.py", ".* dropped|comparison .*", "below = [f for f in product.factors if f[1] < 0 and", SPLIT),
    ("kernel/products.py", "filter dropped", "rule for wanted, rule in self._rules if not", TIME),
    ("kernel/products.py", "filter dropped|comparison .*", "base.mark for base, _ in lead.factors", TRIED),
    ("kernel/products.py", "operand . dropped", "{*rule.others.values()} == {1}", TRIED),
    ("kernel/products.py", CHANGED, "if rule.sorts and k.key(others) >= k.key(", "alike on both sides, it stays"),
    ("kernel/products.py", ".* dropped", "if rule.lead == p.UNIT or len(rule.lead.bound)", TIME),
    ("kernel/products.py", DROPPED, "if len({base for base, _ in product.factors}) ==", TIME),
    ("kernel/products.py", CHANGED, "if len(exponents) > 1:", TIME),
    ("kernel/products.py", "operand . dropped", "len(rule.lead.factors) == 1 and not rule.lead.bound", TIME),
    ("kernel/products.py", CHANGED, "and min(exponents) > 0", NOT_ZERO),
    ("kernel/products.py", CHANGED, "if exponent < 0}", NOT_ZERO),
    ("kernel/products.py", CHANGED, "if exponent < 0 and _is_of_sizes(base)", NOT_ZERO),
    ("kernel/products.py", CHANGED, "if exponent > 0 or", NOT_ZERO),
    ("kernel/products.py", CHANGED, "if below > 0 or", NOT_ZERO),
    ("kernel/products.py", CHANGED, "return coefficient > 0 and", NOT_ZERO),
    ("kernel/products.py", DROPPED, "if not old.free <= term.free:", TIME),
    ("kernel/products.py", CHANGED, "quotient = any(exponent < 0", NOT_ZERO),
    ("kernel/products.py", CHANGED, "if value > 0 and not (", NOT_ZERO),
    (
        "kernel/products.py", "operand 0 dropped", "if exponent > 0 and exponent.denominator == 1 and bases.count(",
        "a denominator of all terms is taken out of them, which holds also where it is 0",
    ),
    ("kernel/products.py", CHANGED, "if exponent > 0 and exponent.denominator == 1 and bases.count(", NOT_ZERO),
    ("kernel/products.py", "operand 1 dropped", "(common or {}).items()", "what is not 0 has a monomial"),
    ("kernel/products.py", SWAPPED, "self._algebra.product(result, power)", SYMMETRIC),
    ("kernel/products.py", SWAPPED, 'solved("", (), (), polynomial)', "both are empty"),
    ("kernel/products.py", CHANGED, "old, new = (right, left) if len(right.free & bound) >", WHERE),
    ("kernel/products.py", "operand 1 dropped", "if exponent < 0 and _is_of_sizes(base)", WHERE),
    ("kernel/products.py", "operand 1 dropped", "if below > 0 or below.denominator != 1 or not inside", WHERE),
    ("kernel/products.py", "filter dropped", "for other, power in monomial.factors if other == atom", WHERE),
    ("kernel/products.py", "operand 0 dropped", "if exponent > 0 or exponent.denominator != 1:", WHERE),
    ("kernel/products.py", "operand 0 dropped", "if exponent > 0 or not is_sum(base):", WHERE),
    (
        "kernel/products.py", "operand 1 dropped", "wanted.denominator == available.denominator == 1 and 0 < wanted",
        "what is below a fraction line is divided as well: 0 to any power is 0 on both sides",
    ),
    (
        "kernel/products.py", DROPPED, "if is_sum(base) and not self._algebra.polynomial(base):",
        "a base that is 0 is 0 before it is a factor",
    ),
    ("kernel/products.py", SWAPPED, "_are_apart(", SYMMETRIC),
    (
        "kernel/products.py", "operand 1 dropped", "not isinstance(one, k.Gather) or not isinstance(other",
        "which equal things form a group is a choice: [s = t] = SUM_n [n = s] [n = t] for all of them",
    ),
    (
        "kernel/products.py", "operand 0 dropped", "return any(_are_apart(value, side, bound) and",
        "an index that is kept is replaced in all other factors, and then stands in one delta, which eliminates it",
    ),
    ("kernel/products.py", "operand 0 dropped", 'isinstance(base, k.Reduce) and base.kind == "sum"',
     "asked of sums and reductions only"),
    ("kernel/signs.py", DROPPED, "if own.keys().isdisjoint(stated.keys()):", TIME),
    ("kernel/signs.py", "operand . dropped", "if result & NEGATIVE and result & POSITIVE and isinstance(", TIME),
    ("kernel/signs.py", "operand 0 dropped", "if own.keys().isdisjoint(stated.keys()) or", TIME),
    ("kernel/signs.py", SWAPPED, "result &= plus(known, self.sign(", SYMMETRIC),
    ("kernel/signs.py", SWAPPED, "_pairs(one, other, lambda a, b: of_number(choose(a, b)))", SYMMETRIC),
    ("kernel/signs.py", DROPPED, "if self.depth >= DEPTH:  # it would end, but late", TIME),
    ("kernel/terms.py", CHANGED, "if term.loose <= depth and name not in term.free:", TIME),
    ("kernel/terms.py", "condition .*|comparison .*", "if kept.among.get(kept.parts) is kept:", TWINS),
    ("kernel/terms.py", DROPPED, "if term.loose <= depth and name not in term.free:", TIME),
    ("kernel/terms.py", "filter dropped", "own = tuple([str(part) for part in", "another order of the terms"),
    ("kernel/terms.py", DROPPED, "if term.free.isdisjoint(values):", TIME),
    ("kernel/terms.py", "operand . dropped", "if amount == 0 or term.loose <= depth:", TIME),
    ("kernel/signs.py", SWAPPED, "return _pairs(one, other,", SYMMETRIC),
    ("kernel/signs.py", SWAPPED, "return times(NEGATIVE, sign)", SYMMETRIC),
    (
        "kernel/signs.py", "operand 0 dropped", 'if fact.relation.kind != "=" and not fact.variables and',
        "what an equation says of signs is what it says by rewriting",
    ),
    (
        "kernel/signs.py", "operand 1 dropped", 'if fact.relation.kind != "=" and not fact.variables and',
        "a general fact has no premises that hold without values for its variables",
    ),
    ("kernel/signs.py", "operand 2 dropped", "not fact.variables and not is_plain:", TIME),
    ("kernel/signs.py", "filter dropped", "if self._may_share(gap, term)", TIME),
    ("kernel/signs.py", DROPPED, "if live in self._closed:", TIME),
    ("kernel/signs.py", DROPPED, "if term in found:", "saves time only: no definitions lead in a circle"),
    ("kernel/signs.py", CHANGED, "if self.depth >= DEPTH:", "one premise more or less in a row"),
    (
        "kernel/signs.py", "filter dropped", "if head in definitions]:",
        "what is said of any term is true of its normal form, too",
    ),
    (
        "kernel/signs.py", "operand . dropped", "if isinstance(term, k.Add | k.Symbol | k.Entry) and self._composite:",
        "what is found by comparing other terms is true as well",
    ),
    ("kernel/signs.py", SWAPPED, "plus(of_number(left.value), gap)", SYMMETRIC),
    ("kernel/signs.py", SWAPPED, "plus(of_number(right.value), flip(gap))", SYMMETRIC),
    ("kernel/signs.py", SWAPPED, "times(of_number(factor), DIFFERENCE", SYMMETRIC),
    ("kernel/signs.py", SWAPPED, "if self._may_share(gap, term)", SYMMETRIC),
    # the gamma function
    ("kernel/special.py", CHANGED, "len(steps) < FURTHEST", "what is lowered by a step less stays as true as it is"),
    ("kernel/special.py", SWAPPED, "algebra.product(result,", SYMMETRIC),
    ("kernel/special.py", ".*", "if not any(map(_mentions_gamma", ORDER),
    ("kernel/special.py", ".*", "return sorted(flat", ORDER),
]  # fmt: skip


def reason_for(name: str, mutant: Mutant) -> str | None:
    """Why a survivor is harmless; None where nobody has said so."""
    for module, kind, inside, reason in HARMLESS:
        if name.endswith(module) and re.fullmatch(kind, mutant.kind) and inside in mutant.inside:
            return reason
    return None
