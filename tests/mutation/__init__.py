"""Mutation of the trusted code: what is broken in it on purpose must be noticed by some test."""
