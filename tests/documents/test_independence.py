"""Independence that is said by an equation between probabilities."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts


@pytest.mark.parametrize(
    ("said", "equation", "formula"),
    [
        ("Let $X$ and $Y$ be independent, that is", "p(x,y) = p(x) p(y)", "H(X,Y) = H(X) + H(Y)"),
        ("Assume that", "p(x|y) = p(x)", "I(X;Y) = 0"),
        ("Assume conditional independence,", "p(x,y|z) = p(x|z) p(y|z)", "I(X;Y|Z) = 0"),
        ("Suppose that", "p(x|y,z) = p(x|z)", "I(X;Y|Z) = 0"),
    ],
)
def test_it_is_a_hypothesis(tmp_path, said, equation, formula):
    for text in (f"{said}\n\n$$ {equation} $$\n\nThen", f"{said} ${equation}$. Then"):
        report = checked(tmp_path, f"{text}\n\n$$ {formula} $$\n", "text.md")
        assert not {"gap", "refuted"} & set(verdicts(report))


def test_conditional_independence_makes_information_vanish(tmp_path):
    text = "Assume conditional independence\n\n$$ p(x,y|z) = p(x|z) p(y|z) $$\n\nThen\n\n$$ I(X;Y|Z) = 0 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "proved"]


@pytest.mark.parametrize("words", ["By the product rule,", "We have"])
def test_where_nothing_supposes_it_it_is_checked(tmp_path, words):
    assert verdicts(checked(tmp_path, f"{words}\n\n$$ p(x,y) = p(x) p(y) $$\n", "text.md"))[0] in ("gap", "refuted")


def test_the_chain_rule_is_a_law(tmp_path):
    text = "Assume\n\n$$ p(x,y,z) = p(y|x) p(x) p(z|x,y) $$\n\nThen\n\n$$ H(X,Y) = H(X) + H(Y) $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("gap", "refuted")


@pytest.mark.parametrize(
    "equation",
    [
        "p(x,y) = 2 p(x) p(y)",
        "p(x,y) = p(x) p(x)",
        "p(x,y,z) = p(x) p(y)",
        "p(x,y) = p(x) p(y) p(y)",
        "p(x,y) = p(x) p(x,y)",
        r"p(x,y) \leq p(x) p(y)",
    ],
)
def test_other_products_say_no_such_thing(tmp_path, equation):
    text = f"Assume that\n\n$$ {equation} $$\n\nThen\n\n$$ I(X;Y) = 0 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "gap"


@pytest.mark.parametrize("claim", ["H(X,Y) = H(X) + H(Y)", r"I(X;Z) \leq I(X;Y)", "H(X|Y) = 0"])
def test_a_theorem_whose_hypotheses_are_words_is_not_told(tmp_path, claim):
    text = f"**Theorem:** Let these be as in the last chapter. Then\n\n$$ {claim} $$\n\n**Proof:** By definition.\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given"]


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        ("Let $X$ and $Y$ be independent discrete random variables. Then", "H(X,Y) = H(X) + H(Y)"),
        (r"For a Markov chain $X \to Y \to Z$ we have", r"I(X;Z) \leq I(X;Y)"),
        ("If $X$ is a deterministic function of $Y$, then", "H(X|Y) = 0"),
        ("Where $X$ is uniform on a set of $n$ elements, we get", r"H(X) = \log n"),
    ],
)
def test_what_hangs_on_a_dependence_that_words_say_is_not_told(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, f"{said}\n\n$$ {formula} $$\n", "text.md"))[0] not in ("gap", "refuted")


def test_without_such_words_it_is(tmp_path):
    text = "Let $X$ and $Y$ be discrete random variables. Then\n\n$$ H(X,Y) = H(X) + H(Y) $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[0] in ("gap", "refuted")


@pytest.mark.parametrize(
    ("claim", "later"),
    [
        ("I(X;Y|Z) = 0", "Now assume that\n\n$$ p(x,y|z) = p(x|z) p(y|z) $$\n"),
        ("H(p(x)) = H(q(x))", "Now suppose that $p(x) = q(x)$ for all $x$. Then\n\n$$ KL(p(x) \\| q(x)) = 0 $$\n"),
    ],
)
def test_what_is_supposed_later_does_not_hold_before(tmp_path, claim, later):
    text = f"We have\n\n$$ {claim} $$\n\n{later}"
    found = verdicts(checked(tmp_path, text, "text.md"))
    assert found[0] != "proved"
    assert found[1] in ("given", "proved")


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        ("Let $X$ and $Y$ be independent discrete random variables. Then", "H(X,Y) = H(X) + H(Y)"),
        ("Let $X$ and $Y$ be independent random variables with joint distribution $p(x,y)$. Then", "H(X|Y) = H(X)"),
        ("Suppose that $X$ is independent of $Y$. Then", "H(X,Y) = H(X) + H(Y)"),
        ("If $X$ and $Y$ are independent, then", "H(X,Y) = H(X) + H(Y)"),
        ("Assume that $X$ and $Y$ are conditionally independent given $Z$. Then", "H(X,Y|Z) = H(X|Z) + H(Y|Z)"),
        ("Given $Z$, $X$ and $Y$ are conditionally independent. Hence", "H(X|Y,Z) = H(X|Z)"),
        (r"Since $X \to Y \to Z$ is a Markov chain, we have", r"I(X;Z) \leq I(X;Y)"),
        (r"Suppose $X \to Y \to Z$ forms a Markov chain. Then", r"H(Z|X,Y) = H(Z|Y)"),
    ],
)
def test_what_words_say_of_dependence_is_assumed(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, f"{said}\n\n$$ {formula} $$\n", "text.md")) == ["proved"]


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        ("Let $X$ and $Y$ be independent discrete random variables. Then", "H(X|Y) = H(Y)"),
        ("Assume that $X$ and $Y$ are conditionally independent given $Z$. Then", "I(X;Y) = I(X;Y|Z)"),
        (r"Suppose $X \to Y \to Z$ forms a Markov chain. Then", r"H(X,Z|Y) = H(X|Z) + H(Z|X)"),
    ],
)
def test_what_does_not_follow_from_it_is_told(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, f"{said}\n\n$$ {formula} $$\n", "text.md")) == ["gap"]


@pytest.mark.parametrize(
    "said",
    [
        "Let $X$ and $Y$ be discrete random variables that are not independent. Then",
        "Many authors assume that $X$ and $Y$ are independent. Then",
        "It is unknown whether $X$ and $Y$ are independent. Then",
        "If $X$ and $Y$ are independent, then\n\n$$ H(X|Y) = H(X). $$\n\nIn general, we have",
        "$X$ and $Y$ are not conditionally independent given $Z$. Then",
    ],
)
def test_words_that_do_not_say_it_prove_nothing(tmp_path, said):
    assert verdicts(checked(tmp_path, f"{said}\n\n$$ H(X,Y) = H(X) + H(Y) $$\n", "text.md"))[-1] != "proved"
