# make report: the report on the shipped transcripts, in results/
# make test: every check, the tests on all processors; make test JOBS=0: in one process, as a debugger wants them
JOBS ?= logical
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
PYTHON ?= py -3
else
BIN := .venv/bin
PYTHON ?= python3
endif

.PHONY: report test clean

report: .venv/report-ready
	$(BIN)/focus-analysis report transcripts --out results --codebook codebooks/social_problems.yaml --lang pl

test: .venv/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

.venv/pyvenv.cfg:
	$(PYTHON) -m venv .venv

.venv/report-ready: .venv/pyvenv.cfg pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	$(BIN)/python -c "open('.venv/report-ready', 'w').close()"

.venv/test-ready: .venv/report-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	$(BIN)/python -c "open('.venv/test-ready', 'w').close()"

.PHONY: .venv
.venv: .venv/test-ready

clean:
	$(BIN)/python -c "import shutil; shutil.rmtree('results', ignore_errors=True)"
