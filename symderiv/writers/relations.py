"""How relations are written."""

SIGNS = {"=": "=", "<=": r"\le", ">=": r"\ge", "<": "<", ">": ">", "!=": r"\ne"}
"""Each relation in LaTeX."""
