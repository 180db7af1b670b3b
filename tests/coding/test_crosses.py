"""Features that stand for a field of meaning and a dictionary form in one text."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from focus_analysis.coding.crosses import Crosses

NAMES = ["field family", "field old", "lemma pić", "lemma sam", "pair sam pić"]
cells = st.lists(st.lists(st.integers(0, 2), min_size=5, max_size=5), min_size=1, max_size=12)


def brute(row):
    """Return the crosses of one text."""
    fields, lemmas = ([name for name in NAMES if name.startswith(kind) and row[NAMES.index(name)]] for kind in "fl")
    return {f"cross {a.split()[1]} + {b.split()[1]}" for a in fields for b in lemmas}


@given(cells)
def test_crosses_are_those_that_four_texts_have(rows):
    every = [brute(row) for row in rows]
    often = {name: sum(name in found for found in every) for name in set().union(*every)}
    names, n_texts = Crosses(NAMES).learnt([csr_array(np.array(rows[:1])), csr_array(np.array(rows))])
    first = brute(rows[0])
    wanted = {name: n + (name in first) for name, n in often.items() if n + (name in first) >= 4}
    assert dict(zip(names, n_texts.tolist(), strict=True)) == wanted


@given(cells)
def test_crosses_are_added_to_what_a_text_has(rows):
    names = [*NAMES, "cross old + sam", "cross family + pić"]
    counts = csr_array(np.array([[*row, 0, 0] for row in rows], dtype=np.float32))
    found = Crosses(names).added(counts).toarray()
    assert found[:, :5].tolist() == np.array(rows).tolist()
    for row, crossed in zip(rows, found[:, 5:].tolist(), strict=True):
        assert crossed == [float(name in brute(row)) for name in names[5:]]
