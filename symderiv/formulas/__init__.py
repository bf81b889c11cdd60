"""Formulas in LaTeX: tokens, trees, and what they mean."""
