"""Krippendorff's alpha against published examples, exact fractions and another library."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from focus_analysis.analysis.krippendorff import krippendorff_alpha
from focus_analysis.errors import ArgumentError

N = None
# Krippendorff (2011), section C: four observers, twelve units. His results: nominal .743, ordinal .815,
# interval .849, ratio .797.
KRIPPENDORFF_2011 = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
        [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
    ],
    dtype=object,
).T
# The worked example of three coders and fifteen units: nominal .691, interval .811.
THREE_CODERS = np.array(
    [
        [N, N, N, N, N, 3, 4, 1, 2, 1, 1, 3, 3, N, 3],
        [1, N, 2, 1, 3, 3, 4, 3, N, N, N, N, N, N, N],
        [N, N, 2, 1, 3, 4, 4, N, 2, 1, 1, 3, 3, N, 4],
    ],
    dtype=object,
).T
# Twelve segments, two coders; the fractions were worked out by hand from the definition.
SEGMENTS = ["E E", "DE E", "- -", "A A", "AV V", "U AU", "- E", "AE AE", "V V", "E E", "- -", "DE DE"]
SETS = [[frozenset(cell.strip("-")) for cell in row.split()] for row in SEGMENTS]

sets = st.frozensets(st.sampled_from("abcd"), max_size=3)


@pytest.mark.parametrize(
    ("table", "distance", "published"),
    [
        (KRIPPENDORFF_2011, "nominal", 0.743),
        (KRIPPENDORFF_2011, "ordinal", 0.815),
        (KRIPPENDORFF_2011, "interval", 0.849),
        (KRIPPENDORFF_2011, "ratio", 0.797),
        (THREE_CODERS, "nominal", 0.691),
        (THREE_CODERS, "interval", 0.811),
    ],
)
def test_the_published_examples(table, distance, published):
    assert krippendorff_alpha(table, distance) == pytest.approx(published, abs=5e-4)


@pytest.mark.parametrize(
    ("table", "distance", "fraction"),
    [
        (KRIPPENDORFF_2011, "nominal", Fraction(113, 152)),
        (THREE_CODERS, "nominal", Fraction(56, 81)),
        (SETS, "nominal", Fraction(151, 243)),
        (SETS, "jaccard", Fraction(193, 262)),
        (SETS, "masi", Fraction(1429, 2050)),
    ],
)
def test_the_exact_fractions(table, distance, fraction):
    assert krippendorff_alpha(table, distance) == pytest.approx(float(fraction), abs=1e-12)


def test_a_frame_an_array_and_lists_are_one_table():
    frame = pd.DataFrame(KRIPPENDORFF_2011, columns=list("ABCD"))
    numbers = frame.astype(float)
    for distance in ("nominal", "ordinal", "ratio"):
        results = {krippendorff_alpha(t, distance) for t in (frame, numbers, numbers.to_numpy(), frame.values.tolist())}
        assert max(results) - min(results) < 1e-12
    assert krippendorff_alpha(pd.DataFrame(SETS), "masi") == krippendorff_alpha(SETS, "masi")


@pytest.mark.parametrize("table", [[], [["a", None], [None, "b"]], [["a", "a"], ["a", "a"]], [[None, None]]])
def test_alpha_is_undefined_without_pairs_or_without_variation(table):
    assert math.isnan(krippendorff_alpha(table))


def test_empty_sets_alone_are_undefined_and_against_others_are_far():
    nothing, one = frozenset(), frozenset("a")
    assert math.isnan(krippendorff_alpha([[nothing, nothing]], "masi"))
    assert krippendorff_alpha([[nothing, nothing], [one, one]], "jaccard") == 1
    assert krippendorff_alpha([[nothing, one], [one, nothing]], "masi") == krippendorff_alpha([[0, 1], [1, 0]])


def test_a_unit_that_one_coder_saw_changes_nothing():
    assert krippendorff_alpha([*SETS, [frozenset("A"), None]], "masi") == krippendorff_alpha(SETS, "masi")


def masi(a, b):
    shape = 1 if a == b else 2 / 3 if a <= b or b <= a else 1 / 3 if a & b else 0
    return 1 - shape * len(a & b) / len(a | b) if a | b else 0


def jaccard(a, b):
    return 1 - len(a & b) / len(a | b) if a | b else 0


@given(st.lists(st.lists(sets, min_size=2, max_size=3), min_size=2, max_size=8), st.sampled_from([masi, jaccard]))
def test_set_distances_agree_with_the_definition_pair_by_pair(rows, distance):
    values = [value for row in rows for value in row]
    n = len(values)
    observed = sum(distance(a, b) / (len(row) - 1) for row in rows for a in row for b in row) / n
    expected = sum(distance(a, b) for a in values for b in values) / (n * (n - 1))
    right = 1 - observed / expected if expected else math.nan
    assert krippendorff_alpha(rows, distance.__name__) == pytest.approx(right, nan_ok=True)


@pytest.mark.parametrize("distance", ["masi", "jaccard"])
def test_another_library_finds_the_same(distance):
    nltk = pytest.importorskip("nltk.metrics")
    # nltk divides by zero for two empty sets, so nothing is a code of its own here
    data = [
        (c, str(u), value or frozenset("-")) for u, row in enumerate(SETS) for c, value in zip("ab", row, strict=True)
    ]
    task = nltk.agreement.AnnotationTask(data=data, distance=getattr(nltk, f"{distance}_distance"))
    assert krippendorff_alpha(SETS, distance) == pytest.approx(task.alpha())


@given(st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=2, max_size=8))
def test_ordinal_is_blind_to_the_size_of_steps(rows):
    stretched = [[10**value for value in row] for row in rows]
    before, after = krippendorff_alpha(rows, "ordinal"), krippendorff_alpha(stretched, "ordinal")
    assert before == pytest.approx(after, nan_ok=True)


@pytest.mark.parametrize(
    ("table", "distance", "said"),
    [
        ([["a", "b"]], "cosine", "nominal, ordinal, interval, ratio, masi, jaccard"),
        ([["a", "b"]], "interval", "needs numbers; not 'a'"),
        ([[-1, 2]], "ratio", "from 0; not -1"),
        ([["a", "b"]], "masi", "needs sets of codes"),
        (7, "nominal", "rows of units"),
    ],
)
def test_what_does_not_suit_is_said(table, distance, said):
    with pytest.raises(ArgumentError, match=said):
        krippendorff_alpha(table, distance)
