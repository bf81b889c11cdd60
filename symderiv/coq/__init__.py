"""Certificates checked a second time, by Coq: statements, proofs, witnesses, and what coqc says of them."""
