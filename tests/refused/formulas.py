"""Wrong statements in LaTeX.  What is not read of them keeps some from being refuted; none may be proved."""

from __future__ import annotations

CASES = [
    ("a product of negatives of negatives", r"1 < \prod_{i=1}^n (-(-y_i))", ()),
    ("a product below itself", r"\prod_{i=1}^n (b u_i) < b^n \prod_{i=1}^n (-(-u_i))", ("b > 0",)),
    ("a square of a product above itself", r"(\prod_{i=1}^n v_i)^2 > (\prod_{i=1}^n (-(-v_i)))^2", ()),
    ("a logarithm of a negative", r"\ln(-a) = \ln(a)", ()),
    ("a sum to a bound index", r"\sum_{i=1}^n \sum_{j=1}^i a_j = n \sum_{j=1}^i a_j", ()),
    ("a sum from a bound index", r"\sum_{i=1}^n \sum_{j=i}^n a_j = n \sum_{j=i}^n a_j", ()),
    ("a product to a bound index", r"\sum_{i=1}^n \prod_{j=1}^i a_j = n \prod_{j=1}^i a_j", ()),
    ("an integral to a bound number", r"\sum_{i=1}^n \int_0^{a_i} f(t) \, dt = n \int_0^{a_i} f(t) \, dt", ()),
    ("an integral from a bound number", r"\sum_{i=1}^n \int_{a_i}^\infty t \, dt = n \int_{a_i}^\infty t \, dt", ()),
    ("a subscript in a subscript", r"\sum_{i=1}^n a_{b_i} = n a_{b_i}", ()),
    ("a subscript under a bar", r"\sum_{i=1}^n \overline{a_i} = n \overline{a_i}", ()),
    ("a product keeps an order of either sign", r"x \ge y \Rightarrow a x \ge a y", ()),
    ("a root of a square of either sign", r"\sqrt{a^2} = -a", ("a > 0",)),
    ("a sum of a product with another range", r"\sum_{i=1}^n x_i = \sum_{i=1}^m x_i", ()),
    ("a shifted range", r"\sum_{i=1}^n x_i = \sum_{i=0}^n x_i", ()),
    ("a transposed table", r"\sum_{i=1}^n \sum_{j=1}^n w_{ij} x_i = \sum_{i=1}^n \sum_{j=1}^n w_{ji} x_i", ()),
    (
        "a square of a number between vectors",
        r"\mathbf{x}^T \mathbf{v} \mathbf{v}^T \mathbf{x} = 2 (\mathbf{x}^T \mathbf{v})^2",
        (),
    ),
]
