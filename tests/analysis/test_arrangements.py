"""Rearrangements: all of them where they are few, repeatable draws where they are many, the observed first."""

from collections import Counter
from math import comb, factorial

import numpy as np
import pytest

from focus_analysis.analysis.arrangements import DRAWS, is_exact, labellings, orders, shuffled_rows, sign_flips


@pytest.mark.parametrize(("sizes", "count"), [((8, 8), 12_870), ((3, 2), 10), ((1, 1, 1), 6), ((2, 2, 1), 30)])
def test_all_labellings_are_there_once_and_the_observed_is_first(sizes, count):
    labels = labellings(sizes)
    assert is_exact(sizes)
    assert labels.shape == (count, sum(sizes))
    assert len(np.unique(labels, axis=0)) == count
    assert labels[0].tolist() == [number for number, size in enumerate(sizes) for _ in range(size)]
    assert all(np.bincount(row, minlength=len(sizes)).tolist() == list(sizes) for row in labels[:50])


def test_many_labellings_are_drawn_repeatably():
    sizes = (10, 10)
    assert comb(20, 10) > 20_000 and not is_exact(sizes)
    labels = labellings(sizes, seed=5)
    assert labels.shape == (DRAWS + 1, 20)
    assert labels[0].tolist() == [0] * 10 + [1] * 10
    assert (labels.sum(axis=1) == 10).all()
    assert np.array_equal(labels, labellings(sizes, seed=5)) and not np.array_equal(labels, labellings(sizes, seed=6))


def test_signs_are_all_there_up_to_fourteen():
    assert len(np.unique(sign_flips(5), axis=0)) == 32
    assert len(sign_flips(14)) == 2**14
    assert sign_flips(15).shape == (DRAWS + 1, 15)
    assert (sign_flips(15)[0] == 1).all() and (sign_flips(3)[0] == 1).all()


def test_rows_are_shuffled_in_every_way_with_the_first_held():
    table = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
    tables = np.concatenate(list(shuffled_rows(table)))
    assert np.array_equal(tables[0], table)
    assert len(np.unique(tables.reshape(len(tables), -1), axis=0)) == len(tables) == factorial(3) ** 2
    assert (np.sort(tables, axis=2) == table).all()


def test_many_rows_are_shuffled_at_random_each_by_itself():
    table = np.arange(40.0).reshape(8, 5)
    tables = np.concatenate(list(shuffled_rows(table, draws=1200)))
    assert len(tables) == 1201 and np.array_equal(tables[0], table)
    assert (np.sort(tables, axis=2) == table).all()
    first = Counter(tables[1:, 3, 0])
    assert len(first) == 5 and min(first.values()) > 180


def test_orders_are_all_there_or_drawn():
    assert sorted(map(tuple, orders(3))) == [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
    drawn = orders(9)
    assert drawn.shape == (DRAWS + 1, 9) and drawn[0].tolist() == list(range(9))
    assert (np.sort(drawn, axis=1) == np.arange(9)).all()
