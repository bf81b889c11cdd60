"""Claimed gradients of loop programs: which are right, why, and by which values the others are wrong."""
