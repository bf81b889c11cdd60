"""symderiv: check derivations in the mathematics of machine learning, step by step."""

__version__ = "0.1.0"
