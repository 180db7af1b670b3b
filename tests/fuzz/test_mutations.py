"""A short round of changed files; the long one is ``python -m tests.fuzz.mutations``."""

import warnings

import pytest

from tests.fuzz.mutations import cases, outcome, seeds

ROUNDS_OF_EACH = 12


@pytest.mark.parametrize("name", sorted(seeds([])))
def test_changed_files_are_read_or_refused_and_none_takes_long(name, tmp_path):
    files = seeds([])
    for changed, content in cases(ROUNDS_OF_EACH, {name: files[name]}, seed=7):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert outcome(changed, content, tmp_path) in ("read", "refused")
