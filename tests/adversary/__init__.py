"""An adversary: random statements whose truth is known, put to symderiv the way a user would put them."""
