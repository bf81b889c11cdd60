"""Problem 4: a procedure that builds the states of a recurrent network, for every number of steps T."""

from symderiv import *

EQUATIONS = ["H[0] = CELL(Phi, X[0], ZERO)", "H[t] = CELL(Phi, X[t], H[t-1]) for 1 <= t <= T"]

appended = procedure(
    "The states of a recurrent network, one appended to the other",
    """
    H = list()
    H.append(CELL(Phi, X[0], ZERO))
    for t in range(1, T + 1):
        H.append(CELL(Phi, X[t], H[t-1]))
    """,
    equations=EQUATIONS,
    given={"X": "T + 1"},
    source="Goodfellow, Bengio and Courville, Deep Learning (2016), section 10.1",
)


def states(Phi, X, CELL, ZERO):
    H = [None] * len(X)
    H[0] = CELL(Phi, X[0], ZERO)
    for t in range(1, len(X)):
        H[t] = CELL(Phi, X[t], H[t - 1])
    return H


in_place = procedure(
    "The states of a recurrent network, in a list of the right length",
    states,
    equations=EQUATIONS,
    given={"X": "T + 1"},
    source="Goodfellow, Bengio and Courville, Deep Learning (2016), section 10.1",
)
