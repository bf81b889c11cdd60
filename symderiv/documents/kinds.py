"""What a text calls its names: random variables, or constants that no expectation averages over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.displays import Display, Row, names_of
from symderiv.documents.sentences import stated_of_names
from symderiv.formulas import tree as t
from symderiv.formulas.general import Parts
from symderiv.formulas.notation import PROBABILITIES, Wording
from symderiv.formulas.usage import MOMENTS, inside_and_outside

_RANDOM = re.compile(r"random (?:variable|vector|matri)", re.IGNORECASE)
_ELSE = re.compile(r"\b(?:let|matri(?:x|ces)|constants?|scalars?)\b", re.IGNORECASE)
"""Words behind which others are named than the random variables."""
_NAMED_RANDOM = re.compile(
    r"(?P<names>\$[A-Z]\$(?:(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+)\$[A-Z]\$)*)\s+be\s[^.$]{0,40}random"
)
_CONTINUOUS = re.compile(
    r"\bcontinuous\b|\bdifferential entrop|\bdensit(?:y|ies)\b|\\int(?![a-z])|\\sim(?![a-z])", re.IGNORECASE
)
"""Words and signs of a text whose entropies may be those of densities, which can be negative."""
_DENSITIES = re.compile(
    r"\bcontinuous\b|\bdifferential entrop|\bdensit(?:y|ies)\b|\\int(?![a-z])|\\mathcal\s*\{?N|\bGaussian"
    r"|\bnormal distribution|\bnormally\b|\\mathrm\{(?:Gam|Exp|Bet|Dir|Unif)",
    re.IGNORECASE,
)
"""Words and signs by which a text speaks of densities."""
_OF_PROBABILITY = re.compile(r"densit|distribut|probab|likelihood|posterior|prior\b|random", re.IGNORECASE)
_UNNORMALISED = re.compile(
    r"\b(?:un-?normali[sz]ed|not (?:yet )?normali[sz]ed|need not (?:sum|integrate))\b", re.IGNORECASE
)
_LOWER_RANDOM = re.compile(r"\$([a-z])\$ (?:is|be) an? [^.$]{0,20}random variable|\brandom variable \$([a-z])\$")
_DENIED = re.compile(r"\b(?:not|no|never|neither|unless|if|whether|when)\b", re.IGNORECASE)
"""Words in a sentence by which a name is no constant, or not for certain."""
LIST = r"(?P<names>\$[^$]{1,40}\$(?:(?:\s*,\s*|\s+(?:and|or)\s+|\s*,\s*and\s+)\$[^$]{1,40}\$)*)"
_KIND = r"(?:constants?|scalars?|real numbers?|coefficients?|deterministic|non-?random|not random)"
_CONSTANTS = (
    re.compile(rf"\b{_KIND}\s+(?:\w+\s+)?{LIST}", re.IGNORECASE),
    re.compile(rf"{LIST}\s+(?:is|are|be|being|denotes?)\s+(?:(?:an?|any|some|two|arbitrary|real|known|fixed|positive)\s+)*"
               rf"{_KIND}\b", re.IGNORECASE),
)  # fmt: skip
_DISCRETE = (
    re.compile(rf"{LIST}\s+(?:is|are|be|being)\s+(?:(?!not\b|no\b)[a-z-]+\s+)?discrete\b", re.IGNORECASE),
    re.compile(
        rf"\bdiscrete\s+(?:random\s+)?(?:variables?|labels?|class(?:es)?|sources?|outcomes?)\s+{LIST}", re.IGNORECASE
    ),
)
_NUMBERS = re.compile(rf"{LIST}\s+(?:is|are|be|being|denotes?)\s+(?:[a-z-]+\s+){{0,3}}?numbers?\b", re.IGNORECASE)
_NAME = re.compile(r"\\?[A-Za-z]+(?:_\{?\w+\}?)?")
_SOME_E = re.compile(
    r"(?<!number )(?<!base )(?<!constant )\$(?:[^$=]*,)?\s*(?:e|\\mathrm\{e\})\s*"
    r"(?:[$,<>]|=(?!\s*(?:2\.7|\\(?:lim|sum|exp)(?![a-z])))|\\(?:leq?|geq?|neq?|in|sim)(?![a-z]))"
)
"""An e that prose speaks of, or of which it says where it lies or what it is."""
_SYMMETRIC = (
    re.compile(
        r"(?<![\w-])symmetric,?\s+(?:(?:positive|definite|semi-?definite|and|real|square|invertible|matrix|matrices"
        rf"|\$[^$]{{1,20}}\\times[^$]{{1,20}}\$)[\s,-]+)*{LIST}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{LIST}\s+(?:is|are|be|being|denotes?)\s+(?:(?:an?|the|both|real|square|also|and|assumed|to be)\s+)*"
        r"symmetric\b",
        re.IGNORECASE,
    ),
)
_REGULAR = re.compile(
    rf"{LIST}\s+(?:is|are|be)\s+(?:(?:an?|both|real|square|also|assumed|to be|symmetric|and)[\s,]+)*"
    r"(?:invertible|non-?singular|positive[\s-]definite)(?=\s*(?:[.,;:]|\Z|(?:and|with|covariance|matri(?:x|ces))\b"
    r"|\$[^$]{1,20}\\times))",
    re.IGNORECASE,
)
"""`Let $A$ be an invertible matrix`, `$K$ is positive definite`; not `the invertible matrices $A$ form a group`."""
_ORTHOGONAL = (
    re.compile(
        rf"{LIST}\s+(?:is|are|be)\s+(?:(?:an?|two|both|real|square|also)[\s,]+)*orthogonal\s+"
        r"(?:\$[^$]{1,20}\\times[^$]{1,20}\$\s+)?matri(?:x|ces)(?=\s*(?:[.,;:]|\Z|and\b|with columns\b))",
        re.IGNORECASE,
    ),
    re.compile(rf"\borthogonal\s+matri(?:x|ces)\s+{LIST}", re.IGNORECASE),
)
"""`Let $Q$ be an orthogonal matrix`; what is called orthogonal alone may be so to something else."""
_BY = re.compile(r"(?P<rows>[A-Za-z]|\d+)\s*\\times\s*(?P<columns>[A-Za-z]|\d+)")
_LETTERS = re.compile(r"(?<![A-Za-z\\])[A-Z](?![A-Za-z])")
"""The letters that may stand for matrices."""
_MATRICES = (
    re.compile(
        rf"\bmatri(?:x|ces)\s+{LIST}(?!\s*(?:\\times|is\s+the\s+(?:number|rank|trace|determinant)))", re.IGNORECASE
    ),
    re.compile(
        rf"{LIST}\s+(?:is|are|be|being|denotes?)\s+"
        r"(?:(?:(?!(?:of|in|on|to|for|by|from|with|that|which|where|such|number|set|space|entry|entries|element|row|column"
        r"|not|no)s?\b)[\w-]+|\$[^$]{1,30}\$)[\s,-]+){0,8}matri(?:x|ces)"
        r"(?!\s+(?:size|dimension|rank|norm|order|shape|index|element|entr(?:y|ies)|product|multiplication|exponential)s?\b)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{LIST}\s+(?:is|are|be)\s+(?:(?:all|both|real|also|square|and|symmetric|invertible|positive)[\s,]+)*"
        r"(?:invertible|non-?singular|orthogonal|orthonormal|unitary|diagonal|symmetric|idempotent|skew-symmetric"
        r"|(?:upper|lower)[ -]triangular|positive[\s-](?:semi-?)?definite|square|full[\s-]rank|nilpotent)"
        r"(?=\s*(?:[.,;:]|\Z|(?:and|with|then|so)\b))"
    ),
)
"""`matrices $A$ and $B$`, `$A$ and $B$ are $n \\times n$ matrices`, and `$A$ and $B$ are invertible`."""
_SPACES = re.compile(
    r"\$(?P<names>[^$]{1,60}?)\\in\s*(?:\\(?:mathbb|mathbf|mathds)\s*\{?\s*[A-Z]\s*\}?\s*\^\s*\{[^{}$]*\\times"
    r"|(?:M|\\(?:mathcal|mathbb|mathrm|mathbf)\s*\{(?:M|S|GL|SL|SO|O|U|Sym)\})\s*(?:_|\^|\())"
)
r"""`$A, B \in \mathbb{R}^{m \times n}$`, `$A \in M_n(\mathbb{R})$`, `$S \in \mathbb{S}^n_{++}$`: sets of matrices."""
_PLAIN_VECTORS = (
    re.compile(rf"\b(?:column\s+)?vectors\s+{LIST}", re.IGNORECASE),
    re.compile(
        rf"{LIST}\s+(?:is|are|be|being|denotes?)\s+(?:(?:an?|two|both|any|arbitrary|real|fixed|random|column|unit"
        r"|\$[^$]{1,30}\$)[\s,-]+){0,5}(?:column\s+)?vectors?\b(?!\s+(?:of|space))",
        re.IGNORECASE,
    ),
)
"""`vectors $x$ and $y$`, and `let $x$ be a vector`."""
_EVENTS = (re.compile(rf"\bevents?\s+{LIST}"), re.compile(rf"{LIST}\s+(?:is|are|be)\s+(?:\w+\s+){{0,3}}events?\b"))
"""`events $A$ and $B$`, and `let $A$ and $B$ be two events`."""
_VECTORS = (
    re.compile(rf"\brandom\s+(?:column\s+)?vectors?\s+{LIST}", re.IGNORECASE),
    re.compile(
        rf"{LIST}\s+(?:is|are|be|being)\s+(?:(?:\w+|\$[^$]{{1,30}}\$)[\s-]+){{0,4}}random\s+(?:column\s+)?vectors?\b",
        re.IGNORECASE,
    ),
)
"""`let $x$ be a random vector`."""
_OF_CHANCE = r"random\s+(?:column\s+)?(?:vectors?|variables?|scalars?|numbers?|quantit(?:y|ies)|matri(?:x|ces))"
_ARE_RANDOM = (
    re.compile(rf"\b{_OF_CHANCE}\s+{LIST}", re.IGNORECASE),
    re.compile(
        rf"{LIST}\s+(?:is|are|be|being)\s+(?:(?:\w+|\$[^$]{{1,30}}\$)[\s-]+){{0,4}}{_OF_CHANCE}\b", re.IGNORECASE
    ),
)
"""`let $x \\in \\mathbb{R}^n$ be a random vector`."""
_IN = re.compile(r"\\in(?![a-z])")
_IF_AT_ALL = re.compile(r"\s+(?:\w+\s+)?(?:if|only|unless|when|whenever)\b", re.IGNORECASE)
"""What may stand right behind a name for what something is only then."""
_NOT_CALLED = re.compile(r"\b(?:not|no|never|nor|neither|unless|whether|if|when|whenever|only)\b", re.IGNORECASE)
_PICKED = re.compile(
    r"\b(?:let|an?|some|one|this|that|the|fix(?:ed)?|given|choose|pick|take|point|value|particular|certain|exists?)\s+"
    r"\$\s*(?P<name>\\?[A-Za-z]+(?:_\{?\w+\}?)?'*)\s*(?:\\in\b[^$]*)?\$",
    re.IGNORECASE,
)
"""`Let $x$`, `some $x$`, `at a point $x \\in S$`: words for one thing of its kind."""
_CALLED_ONE = re.compile(
    r"\$\s*(?P<name>\\?[A-Za-z]+)\s*\$\s+(?:is|be|being|denotes?)\s+(?:(?:an?|the|some|one)\s+)?"
    r"(?:fixed|given|particular|certain|true|correct)\b",
    re.IGNORECASE,
)
"""`where $j$ is a fixed column`, `let $y$ be the true class`."""
_TILDE = re.compile(r"\$(?P<names>[^$]{1,80}?)\\(?:overset|sim)(?![a-z])[^$]*\$")
_LISTED = re.compile(
    r"(?P<names>(?:\\?[A-Za-z]+(?:_\{?\w+\}?)?\s*,\s*){1,9})\\?[A-Za-z]+(?:_\{?\w+\}?)?\s*\\sim(?![a-z])"
)
_DRAWN = re.compile(
    rf"{LIST}\s+(?:(?:is|are|be|being|randomly|independently|identically|uniformly|and)\s+){{0,4}}"
    r"(?:drawn|sampled|distributed|random|follows? (?:an?|the)|an? (?:[\w-]+ )?(?:Bernoulli|Gaussian|normal|Poisson"
    r"|binomial|exponential|uniform) (?:random )?(?:variable|vector|noise))\b",
    re.IGNORECASE,
)
"""Words by which what stands before them is random."""
_TO = (
    r"(?:(?!(?:of|that|for|in|from|by|to|on|at|between|with|whose|where|which|and|or|is|are|has|have|mean|variance|rate"
    r"|parameter|level|size|deviation|constant)s?\b)[\w-]+\s+)"
)
"""Words that do not lead to something else."""
_IN_EVENT = re.compile(
    r"\$\s*(?:P|\\Pr|\\mathbb\s*\{?P\}?|\\mathrm\{P(?:r)?\})\s*(?:\\left)?[(\[]\s*"
    r"(?P<name>\\?[A-Za-z]+(?:_\{?\w+\}?)?)\s*(?:=|<|>|\\(?:le|ge|ne|leq|geq|neq|in|leqslant|geqslant)(?![a-z]))"
)
"""`$P(a > 0) = 1$`: only what is of chance has a probability of being something."""
_BY_CHANCE = (
    re.compile(
        rf"{LIST}(?:\s+of(?:\s+[\w-]+){{1,3}})?\s+(?:is|are|be|being|denotes?)\s+{_TO}{{0,6}}"
        rf"(?:\(?(?<!-)(?:random|stochastic|noise|noisy|drawn|sampled|(?:un)?correlated|Gaussian|normal|Bernoulli)\b"
        r"(?!\s+(?:mean|variance|rate|parameter|level|size))"
        rf"|chosen\s+(?:at\s+random|randomly|uniformly)|with\s+{_TO}{{0,3}}(?:distribution|density|prior|law)\b)",
        re.IGNORECASE,
    ),
    re.compile(rf"{LIST}\s+(?:has|have|with)\s+{_TO}{{0,4}}(?:distribution|density|prior|law)\b", re.IGNORECASE),
    re.compile(rf"(?<!-)\b(?:random|stochastic)\)?\s+{_TO}{{0,2}}{LIST}", re.IGNORECASE),
    re.compile(rf"\bnoise\s+(?:(?:term|variable|vector)s?\s+)?{LIST}", re.IGNORECASE),
    re.compile(rf"\bpriors?\s+(?:on|over|for)\s+{_TO}{{0,3}}{LIST}", re.IGNORECASE),
    re.compile(
        rf"\b(?:draw|sample)\s+{_TO}{{0,4}}{LIST}(?=\s*(?:[.,;:]|\Z|(?:from|at|randomly|uniformly|independently)\b))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:pick|choose|select)\s+{_TO}{{0,4}}{LIST}\s+(?:at\s+random|randomly|uniformly|independently)\b",
        re.IGNORECASE,
    ),
)
"""Words by which a name is of chance, whatever kind of number it is besides: `a scalar with a normal distribution`."""


def wording_of(text: str, displays: Sequence[Display]) -> Wording:
    """What the words of a text, of which these are displays, say of its distributions.

    Where something may be a density, everything is taken for one that no sum runs over: what is proved of it holds of
    probabilities as well.
    """
    formulas = [text[display.piece.start : display.piece.end] for display in displays]
    prose = list(_prose(displays))
    densities = any(_CONTINUOUS.search(part) or _DENSITIES.search(part) for part in (*formulas, *prose))
    discrete = _called(displays, _DISCRETE)
    named = any(_OF_PROBABILITY.search(part) for part in prose)
    return Wording(densities, named, discrete | {name.lower() for name in discrete})


def is_unnormalised(displays: Sequence[Display]) -> bool:
    """True of displays whose prose says that what is written as a distribution is none."""
    return any(_UNNORMALISED.search(part) for part in _prose(displays))


_DEPENDENCE = re.compile(
    r"\$(?P<name>[^$]{1,20})\$\s+(?:depends?|depending)\s+(?:\w+\s+)?(?:up)?on\s+\$(?P<on>[^$]{1,20})\$"
    r"|\$(?P<other>[^$]{1,20})\$\s+(?:is|be|as)\s+(?:an?\s+)?(?:\w+\s+)?function\s+of\s+\$(?P<of>[^$]{1,20})\$"
)
_IS_SOMETHING = re.compile(r"\$(?P<name>[^$]{1,20})\$\s+(?:itself\s+)?(?:is|be|depends?|varies|changes)\b")


def dependences(displays: Iterable[Display]) -> Iterator[tuple[str, str]]:
    """What a text says to depend on what: `$y$ depends on $x$`."""
    for text in _prose(displays):
        for match in _DEPENDENCE.finditer(text):
            yield match["name"] or match["other"], match["on"] or match["of"]


def called_something(displays: Iterable[Display]) -> frozenset[str]:
    r"""The names of which a text says what they are, or do: `$\mu$ is random`."""
    return frozenset(match["name"].strip() for text in _prose(displays) for match in _IS_SOMETHING.finditer(text))


def called_random(displays: Sequence[Display]) -> set[str]:
    """The names that a text calls random variables or vectors."""
    found: set[str] = set()
    for display in displays:
        for match in _RANDOM.finditer(display.before):
            named = _ELSE.split(display.before[match.end() : match.end() + 60])[0]
            found.update(re.findall(r"\$\s*([A-Z])\b", named))
        for match in _NAMED_RANDOM.finditer(display.before):
            found.update(re.findall(r"[A-Z]", match["names"]))
        for match in _LOWER_RANDOM.finditer(display.before):
            found.update(name for name in match.groups() if name)
    # `a random vector $x$, and let $A$ be a symmetric matrix`
    return found - (called_matrices(displays) - _of_chance(displays))


def called_constant(displays: Sequence[Display]) -> frozenset[str]:
    """The names that a text calls constants, scalars or real numbers."""
    found = (pattern.finditer(text) for text in _prose(displays) for pattern in _CONSTANTS)
    return frozenset(name for matches in found for name in _named(matches)) - _of_chance(displays)


def called_numbers(displays: Sequence[Display]) -> frozenset[str]:
    """The names that a text calls numbers of any kind, be they constant or of chance."""
    found = (_NUMBERS.finditer(text) for text in _prose(displays))
    return called_constant(displays) | {name for matches in found for name in _named(matches)}


def _of_chance(displays: Iterable[Display]) -> frozenset[str]:
    """The names that words say to be of chance, which are no constants even where they are called numbers."""
    found = (pattern.finditer(text) for text in _prose(displays) for pattern in _BY_CHANCE)
    in_events = (match["name"] for text in _prose(displays) for match in _IN_EVENT.finditer(text))
    return frozenset((*in_events, *(name for matches in found for name in _named(matches))))


Called = tuple[str, frozenset[int] | None]
"""A name of which prose says something, and the numbers of the displays for which it does, None for all."""


def called_symmetric(displays: Sequence[Display]) -> list[Called]:
    """The matrices that a text calls symmetric."""
    return _stated(displays, _SYMMETRIC)


def called_regular(displays: Sequence[Display]) -> list[Called]:
    """The matrices that a text calls invertible, or by words for matrices that are; none where some may be singular."""
    said = " ".join(_prose(displays))
    return [] if re.search(r"(?<!non-)\bsingular\b", said, re.IGNORECASE) else _stated(displays, (_REGULAR,))


def called_orthogonal(displays: Sequence[Display]) -> list[Called]:
    """The matrices that a text calls orthogonal: their transposes are their inverses.

    Some call matrices so that have orthonormal columns alone: none that is spoken of beside two sizes.
    """
    sentences = [sentence for text in _prose(displays) for sentence in SENTENCE_END.split(text)]
    sized = [s for s in sentences if any(m["rows"] != m["columns"] for m in _BY.finditer(s))]
    oblong = {name for sentence in sized for name in _LETTERS.findall(sentence)}
    return [
        (name, where) for name, where in _stated(displays, _ORTHOGONAL) if oblong.isdisjoint(_LETTERS.findall(name))
    ]


def _stated(displays: Sequence[Display], patterns: Sequence[re.Pattern[str]]) -> list[Called]:
    found = stated_of_names(displays, patterns, _NOT_CALLED)
    named = [(name, stated.displays) for stated in found for name in stated.names if _NAME.fullmatch(name)]
    return named + [(braced, where) for name, where in named for braced in _own([name], displays)]


def _own(names: Iterable[str], displays: Iterable[Display]) -> frozenset[str]:
    """The letters among some names that formulas have in braces, because the text takes them for its own: `{P}`."""
    rows = (row for display in displays for row in (*display.rows, *display.inline, *display.conditions))
    return frozenset(f"{{{name}}}" for name in names) & names_of(*(side for r in rows for side in (r.left, r.right)))


def picked_out(displays: Iterable[Display]) -> frozenset[str]:
    """The names that a text gives to one of several things: what it says of them it does not say of all."""
    found = (match for text in _prose(displays) for one in (_PICKED, _CALLED_ONE) for match in one.finditer(text))
    return frozenset(match["name"] for match in found)


def calls_e_something(displays: Iterable[Display]) -> bool:
    """True of a text that speaks of an e which is not Euler's number, such as an error."""
    return any(_SOME_E.search(prose) is not None for prose in _prose(displays))


def called_matrices(displays: Sequence[Display]) -> frozenset[str]:
    """The names that a text calls matrices: their products do not commute, whatever else is said of them."""
    spaces = (match["names"].split(",") for text in _prose(displays) for match in _SPACES.finditer(text))
    members = {name.strip() for names in spaces for name in names if _NAME.fullmatch(name.strip())}
    return _called(displays, _MATRICES[:-1]) | members | {n for n in _called(displays, _MATRICES) if is_upper(n)}


def is_upper(name: str) -> bool:
    """True of a name that begins with a capital."""
    return name.lstrip("\\{")[:1].isupper()


def called_plain_vectors(displays: Sequence[Display]) -> frozenset[str]:
    """The names that a text calls vectors: products with their transposes are no numbers on both sides."""
    return _called(displays, _PLAIN_VECTORS)


def called_vectors(displays: Sequence[Display]) -> frozenset[str]:
    """The names that a text calls random vectors."""
    return _called(displays, _VECTORS)


def called_events(displays: Sequence[Display]) -> frozenset[str]:
    """The letters that a text calls events."""
    return _called(displays, _EVENTS)


def _called(displays: Sequence[Display], patterns: Iterable[re.Pattern[str]]) -> frozenset[str]:
    found = (name for names in lists_called(displays, patterns) for formula in names for name in _before_sign(formula))
    names = frozenset(name for name in found if _NAME.fullmatch(name))
    return names | _own(names, displays)


def _before_sign(formula: str) -> list[str]:
    r"""The names of `x, y \in \mathbb{R}^n`, and of `x \sim p`."""
    return [name.strip() for name in re.split(r"\\(?:in|sim)(?![a-z])", formula)[0].split(",")]


def lists_called(displays: Iterable[Display], patterns: Iterable[re.Pattern[str]]) -> Iterator[list[str]]:
    """The lists that patterns find, by their group `names`, in sentences that do not deny what they say."""
    for text in _prose(displays):
        for match in (match for pattern in patterns for match in pattern.finditer(text)):
            sentence = SENTENCE_END.split(text[: match.start()])[-1] + match.group()
            if not _NOT_CALLED.search(sentence) and not _IF_AT_ALL.match(text, match.end()):
                yield listed(match["names"])


def listed(formulas: str) -> list[str]:
    """The formulas of a list, as they are written."""
    return [name.strip() for name in re.findall(r"\$([^$]+)\$", formulas)]


def called_drawn(text: str, displays: Iterable[Display], trees: Collection[t.Node]) -> frozenset[str]:
    r"""The names that a text says to be drawn: `x \sim p`, `$z$ is sampled from $q$`."""
    nodes = [node for tree in trees for node in t.walk(tree)]
    found = {name for node in nodes for name in (*_drawn(node), *_alone(node))}
    lists = [match["names"] for d in displays for match in _LISTED.finditer(text, d.piece.start, d.piece.end)]
    for part in _prose(displays):
        lists += [match["names"] for match in _TILDE.finditer(part) if r"\sim" in match.group()]
        lists += [formula for match in _DRAWN.finditer(part) for formula in re.findall(r"\$([^$]+)\$", match["names"])]
    lists += [formula for names in lists_called(displays, _ARE_RANDOM) for formula in names]
    found |= _of_chance(displays)
    for listed in lists:
        names = {name.strip() for name in _IN.split(listed)[0].split(",")}
        found |= names | {name.split("_")[0] for name in names}
    averaged = frozenset[str]().union(*(inside_and_outside(tree)[0] for tree in trees))
    found |= {name for name, on in dependences(displays) if on in found | averaged}
    return frozenset(found)


def random_by_use(trees: Sequence[t.Node], drawn: Set[str]) -> frozenset[str]:
    """Of what is drawn, and of what is defined by it, that of which a text takes means, and no sum or integral."""
    places = [inside_and_outside(tree) for tree in trees]
    averaged = frozenset[str]().union(*(inside for inside, _ in places))
    nodes = [node for tree in trees for node in t.walk(tree)]
    values = {name for node in nodes for name in _values(node)}
    values |= {name.text for node in nodes if isinstance(node, t.Draw) for name in node.names}
    defined = [
        (left.text, inside_and_outside(node.sides[1])[1])
        for node in trees
        if isinstance(node, t.Sides) and node.signs == ("=",)
        if isinstance(left := _raised(node.sides[0]), t.Name)
    ]
    # `E[m]` is a mean of the x_i where m is made of them.
    while more := {part for name, used in defined if name in averaged for part in used} - averaged:
        averaged |= more
    random = (drawn & averaged) - values
    while more := {name for name, used in defined if used & random and name in averaged} - values - random:
        random |= more
    return frozenset(random)


def _raised(node: t.Node) -> t.Node:
    r"""What is raised to a number: the name that `s^2 = ...` speaks of."""
    return node.base if isinstance(node, t.Power) and isinstance(node.exponent, t.Numeral) else node


def _free(node: t.Node) -> set[str]:
    """The names in a part over which nothing in it runs, and the pieces of their subscripts."""
    if isinstance(node, t.Name):
        return {node.text, *node.marks}
    names = set[str]().union(*map(_free, t.parts(node)))
    return names - {name.text for name in node.over} if isinstance(node, t.Total | t.Integral) else names


def _free_outside_of_means(node: t.Node) -> set[str]:
    """Such names but for those below a mean over all that is random."""
    if isinstance(node, t.Applied) and node.head.text in MOMENTS and not (node.bar or node.after):
        return set()
    if not any(isinstance(part, t.Applied) for part in t.walk(node)):
        return _free(node)
    names = set[str]().union(*map(_free_outside_of_means, t.parts(node)))
    return names - {name.text for name in node.over} if isinstance(node, t.Total | t.Integral) else names


def made_of(trees: Iterable[t.Node]) -> dict[str, Parts]:
    """The names on the right of the equations for each name or function, but for the arguments of the function."""
    found: dict[str, Parts] = {}
    for tree in trees:
        match tree:
            case t.Sides(sides=(t.Name() | t.Applied() as left, right), signs=("=" | ":=",)):
                head = left.head if isinstance(left, t.Applied) else left
                own = {head.text, *_free(left)}
                known = found.get(head.text, Parts())
                found[head.text] = Parts(
                    known.names | _free(right) - own, known.unaveraged | _free_outside_of_means(right) - own
                )
            case _:
                pass
    return found


def averaged_over_by_none(
    displays: Sequence[Display], trees: Mapping[int, t.Node], random: Set[str], lasting: Iterable[Row] = ()
) -> dict[int, frozenset[str]]:
    """For every row, by its identity, the names that are no random variables in it.

    They are called constants, are means by what is `lasting`, or are parameters of what something is drawn from; or
    stand outside of expectations somewhere in its chain, or in a chain of its display that takes them out of one.  What
    is drawn, summed or integrated over anywhere is none of these.
    """
    constants = called_constant(displays) | {name for tree in trees.values() for name in _parameters(tree)}
    constants |= _means(trees[id(row)] for row in lasting if id(row) in trees)
    values = random | {name for tree in trees.values() for node in t.walk(tree) for name in _values(node)}
    found: dict[int, frozenset[str]] = {}
    for display in displays:
        chains = _chains(display)
        trees_of = [[trees[id(row)] for row in chain if id(row) in trees] for chain in chains]
        averaged, free = zip(*(_inside_and_outside(own) for own in trees_of), strict=True) if chains else ((), ())
        taken_out = frozenset[str]().union(*(one & other for one, other in zip(averaged, free, strict=True)))
        for chain, names in zip(chains, free, strict=True):
            found |= dict.fromkeys(map(id, chain), (constants | ((names | taken_out) - values)) - random)
    return found


def _means(trees: Iterable[t.Node]) -> set[str]:
    """The names that are said to be means, and made of nothing that is not averaged over."""
    return {name for name, parts in made_of(trees).items() if parts.names and not parts.unaveraged}


def _values(node: t.Node) -> Iterator[str]:
    r"""The names of values that a random variable takes: x in `p(x)`, under a sum or an integral."""
    match node:
        case t.Total(over=names) | t.Integral(over=names):
            yield from (name.text for name in names)
        case t.Applied(head=head, before=before, after=after) if head.base in PROBABILITIES:
            yield from (part.text for part in (*before, *after) if isinstance(part, t.Name))
        case _:
            return


def _drawn(node: t.Node) -> Iterator[str]:
    r"""The names on the left of `\sim`."""
    match node:
        case t.Sides(sides=(t.Name() as name, *_), signs=(r"\sim", *_)):
            yield from (name.text, name.stem)
        case t.Sides(sides=(t.Listing(items=items), *_), signs=(r"\sim", *_)):
            yield from (text for item in items if isinstance(item, t.Name) for text in (item.text, item.stem))
        case _:
            return


def _parameters(tree: t.Node) -> Iterator[str]:
    r"""The names on the right of `\sim`, beside those of families."""
    match tree:
        case t.Sides(sides=(_, t.Applied(before=before, after=after)), signs=(r"\sim",)):
            names = (part for argument in (*before, *after) for part in t.walk(argument))
            yield from (part.text for part in names if isinstance(part, t.Name))
        case _:
            return


def _alone(node: t.Node) -> Iterator[str]:
    """The indexed name of which a text takes the mean alone, as in `E[g_i]`: what else would have one?"""
    match node:
        case t.Applied(before=(t.Name(lower=pieces) as name,), after=()) if pieces and MOMENTS.get(node.head.text):
            yield from (name.text, name.stem)
        case _:
            return


def _chains(display: Display) -> list[list[Row]]:
    chains: list[list[Row]] = []
    for row in display.rows:
        if row.kind == "continued" and chains:
            chains[-1].append(row)
        else:
            chains.append([row])
    return chains


def _inside_and_outside(chain: Iterable[t.Node]) -> tuple[frozenset[str], frozenset[str]]:
    inside, outside = frozenset[str](), frozenset[str]()
    for tree in chain:
        averaged, free = inside_and_outside(tree)
        inside, outside = inside | averaged, outside | free
    return inside, outside


def _prose(displays: Iterable[Display]) -> Iterator[str]:
    for display in displays:
        yield from (display.before, display.after)


def _named(matches: Iterable[re.Match[str]]) -> Iterator[str]:
    for match in matches:
        sentence = SENTENCE_END.split(match.string[: match.start()])[-1] + match.group()
        if _DENIED.search(sentence):
            continue
        for formula in re.findall(r"\$([^$]+)\$", match["names"]):
            names = [part.strip() for part in formula.split(r"\in")[0].split(",")]
            if all(_NAME.fullmatch(name) for name in names):
                yield from names
