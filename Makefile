# Everything runs in .venv, which is made here, so that a system Python that forbids global installs will do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: check test thorough lint bench peers mutate mutants oracle counterexamples proofs corpus certify fuzz adversary clean

check: $(VENV)/installed
	$(BIN)/symderiv check derivations

test: $(VENV)/installed-test
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not thorough"

# What takes too long for `make test`: random statements, Coq, wrong variants of the loops, published proofs.
thorough: $(VENV)/installed-test
	SYMDERIV_PROOFS=4 $(BIN)/python -m pytest -n 2 --dist worksteal -m thorough tests

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed-test
	$(BIN)/python -m benchmarks

# tensorgrad, beside which `make bench` measures gradients where it is installed.
peers: $(VENV)/installed-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,bench]'

# Many wrong variants of each form of the backward loops in tests/forms.
mutants: $(VENV)/installed-test
	SYMDERIV_MUTANTS=20 $(BIN)/python -m pytest -n 2 tests/loops/test_forms.py tests/gradients/test_proofs.py

# PyTorch, with which the tests compare gradients where it is installed.
oracle: $(VENV)/installed-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,oracle]'

# All counterexamples of wrong loops, confirmed by PyTorch.
counterexamples: oracle
	SYMDERIV_COUNTEREXAMPLES=1 $(BIN)/python -m pytest -n 2 tests/loops/test_oracle.py

# A quarter of the published proofs, with expectations, as in `make thorough`.
proofs: $(VENV)/installed-test
	SYMDERIV_PROOFS=4 $(BIN)/python -m pytest tests/corpus

# Published proofs, where SYMDERIV_CORPUS names the folder that they stand in.
corpus: $(VENV)/installed-test
	$(BIN)/python -m tests.corpus.measure > docs/corpus-table.md

certify: $(VENV)/installed
	$(BIN)/symderiv check derivations --format json --output $(VENV)/derivations.json
	$(BIN)/symderiv certify $(VENV)/derivations.json

mutate: $(VENV)/installed-test
	$(BIN)/python -m tests.mutation

# Random true and false statements in every language; what is said of them is kept in the documentation.
adversary: $(VENV)/installed-test
	$(BIN)/python -m tests.adversary --jobs 2 --output docs/adversary.md

fuzz: $(VENV)/installed-test
	SYMDERIV_FUZZ=33334 $(BIN)/python -m pytest -n 2 tests/documents/test_fuzz.py

clean:
	rm -rf $(VENV) .symderiv-cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "symderiv needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) \
		|| { echo "this Python cannot make virtual environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/installed: pyproject.toml | $(VENV)/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-test: pyproject.toml | $(VENV)/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-dev: pyproject.toml | $(VENV)/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,dev]'
	@touch $@ $(VENV)/installed $(VENV)/installed-test
