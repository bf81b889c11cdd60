"""Edits of a wrong statement, one kind of error to a file, in the order in which people make them."""
