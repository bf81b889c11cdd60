"""Loop programs: forward computations written as `+=` loops, and what back-propagation makes of them."""
