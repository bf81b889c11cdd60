"""`python -m symderiv` is `symderiv`."""

from symderiv.cli import run

run()
