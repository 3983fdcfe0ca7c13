# Two targets are all a newcomer needs: `make site` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
WEB := tests/web/node_modules/.package-lock.json

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command 'make lock' pyproject.toml requirements-dev.in

.PHONY: site test web-tools check audit lock docs quality soak fuzz bench lighthouse format clean

site: $(STAMP)  ## ingest seeds/, build content/ to site/
	$(BIN)/dateline ingest
	$(BIN)/dateline build
	@echo
	@echo "The site is in site/; begin with site/index.html."
	@echo "To look at it:  $(BIN)/dateline serve"
	@echo "and open        http://127.0.0.1:8000/"

test: check web-tools  ## everything that can be checked without a person
	$(BIN)/python tests/side_by_side.py

web-tools: $(WEB)  ## what tests look at the built pages with, where npm is there to install it

check: $(STAMP) audit  ## style, types, and what is known against the packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

audit: $(STAMP)  ## asks whether anything is known against the locked packages, where that can be asked
	$(BIN)/python .ci/advisories.py

lock: $(STAMP)  ## locks the newest versions that pyproject.toml and requirements-dev.in allow
	$(LOCK) --upgrade --output-file requirements-dev.txt

docs: $(STAMP)  ## the manual as pages, in docs/_build/
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --quiet --fresh-env --write-all docs docs/_build
	@echo "The manual is in docs/_build/; begin with docs/_build/index.html."

quality: $(STAMP)  ## scores ingest on real pages, headlines and the corpus; fails below benchmarks/floors.toml
	$(BIN)/python benchmarks/quality.py

soak: $(STAMP)  ## thousands of histories that nobody has tried before, builds killed at every event
	SOAK=3000 $(BIN)/python -m pytest tests/test_incremental.py
	TORTURE=all $(BIN)/python -m pytest tests/test_torture.py tests/test_kills.py tests/test_attacks.py tests/test_faults.py

SECONDS := 60
fuzz: $(STAMP)  ## every reader on inputs that coverage leads to, SECONDS=60 each; TARGETS="text feed" for some
	$(BIN)/python tests/fuzz.py --seconds $(SECONDS) $(TARGETS)

bench: $(STAMP)  ## Dateline and the peers that are installed, in turn; see benchmarks/README.md
	$(BIN)/python benchmarks/run.py $(BENCH)
	$(BIN)/python benchmarks/ingest.py

lighthouse: $(STAMP)  ## what Lighthouse says of the demo site; see benchmarks/README.md
	$(BIN)/dateline build
	$(BIN)/python benchmarks/lighthouse.py

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(STAMP): pyproject.toml requirements-dev.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or newer; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(WEB): tests/web/package.json tests/web/package-lock.json
	@if command -v npm >/dev/null && npm ci --prefix tests/web --ignore-scripts; then touch $@; \
	else echo "npm cannot install them here: the tests that need them are skipped."; fi

clean:  ## what make made, but for content/ and site/
	rm -rf $(VENV) docs/_build .fuzz tests/web/node_modules .dateline .mypy_cache .pytest_cache .ruff_cache .hypothesis
