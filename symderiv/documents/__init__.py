"""Documents written for people: their displayed formulas, as chains of steps in their context."""
