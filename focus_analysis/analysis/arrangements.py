"""Rearrangements for permutation tests: all of them up to 20,000, else 9,999 drawn at random and the one observed.

The observed arrangement is always the first row, so that a p is the share of rows at least as extreme: exact, or
(b + 1) / (B + 1) after Phipson and Smyth (2010).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, permutations, product
from math import factorial, prod
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 20_000
DRAWS = 9_999


def labellings(sizes: tuple[int, ...], draws: int = DRAWS, seed: int = 0) -> NDArray[np.int8]:
    """Return ways to deal groups into classes of these sizes, shape (n_arrangements, sum of sizes).

    The first row is 0, 0, …, 1, 1, …
    """
    return _all_labellings(sizes) if is_exact(sizes) else _drawn_labellings(sizes, draws, seed)


def is_exact(sizes: tuple[int, ...]) -> bool:
    """Return whether all ways to deal groups into classes of these sizes are tried."""
    return factorial(sum(sizes)) // prod(factorial(size) for size in sizes) <= MOST


def sign_flips(n: int, draws: int = DRAWS, seed: int = 0) -> NDArray[np.float64]:
    """Return ways to put a sign before each of n differences, shape (n_arrangements, n); the first row is all ones."""
    if 2**n <= MOST:
        return np.array(list(product((1.0, -1.0), repeat=n)))
    drawn = np.random.default_rng(seed).choice((1.0, -1.0), size=(draws, n))
    return np.concatenate([np.ones((1, n)), drawn])


def shuffled_rows(
    table: NDArray[np.float64], draws: int = DRAWS, seed: int = 0, block: int = 500
) -> Iterator[NDArray[np.float64]]:
    """Yield blocks of tables, shape (n, rows, columns), each row shuffled by itself; the observed table comes first.

    All arrangements are counted with the first row held, which changes no statistic that treats columns alike.
    """
    n_rows, n_columns = table.shape
    yield table[None]
    if factorial(n_columns) ** (n_rows - 1) <= MOST:
        every = np.array(list(permutations(range(n_columns))))
        chosen = np.indices([len(every)] * (n_rows - 1)).reshape(n_rows - 1, -1)[:, 1:]
        shuffled = [row[every][picked] for row, picked in zip(table[1:], chosen, strict=True)]
        yield np.stack([np.broadcast_to(table[0], (chosen.shape[1], n_columns)), *shuffled], axis=1)
        return
    generator = np.random.default_rng(seed)
    for start in range(0, draws, block):
        yield generator.permuted(np.repeat(table[None], min(block, draws - start), axis=0), axis=2)


def orders(n: int, draws: int = DRAWS, seed: int = 0, most: int = MOST) -> NDArray[np.int64]:
    """Return orders of n things, shape (n_orders, n): all if they are at most ``most``, else drawn at random."""
    if factorial(n) <= most:
        return np.array(list(permutations(range(n))))
    drawn = np.random.default_rng(seed).permuted(np.tile(np.arange(n), (draws, 1)), axis=1)
    return np.concatenate([np.arange(n)[None], drawn])


@lru_cache(maxsize=32)
def _all_labellings(sizes: tuple[int, ...]) -> NDArray[np.int8]:
    found = np.array(list(_deal(tuple(range(sum(sizes))), sizes, 0)), dtype=np.int64)
    labels = np.zeros(found.shape, dtype=np.int8)
    classes = np.repeat(np.arange(len(sizes), dtype=np.int8), sizes)
    np.put_along_axis(labels, found, classes[None], axis=1)
    labels.setflags(write=False)
    return labels


def _deal(free: tuple[int, ...], sizes: tuple[int, ...], number: int) -> Iterator[tuple[int, ...]]:
    """Yield the places of the first class, then of the second, and so on."""
    if number == len(sizes) - 1:
        yield free
        return
    for taken in combinations(free, sizes[number]):
        rest = tuple(place for place in free if place not in taken)
        for others in _deal(rest, sizes, number + 1):
            yield taken + others


@lru_cache(maxsize=32)
def _drawn_labellings(sizes: tuple[int, ...], draws: int, seed: int) -> NDArray[np.int8]:
    observed = np.repeat(np.arange(len(sizes), dtype=np.int8), sizes)
    drawn = np.random.default_rng(seed).permuted(np.tile(observed, (draws, 1)), axis=1)
    labels = np.concatenate([observed[None], drawn])
    labels.setflags(write=False)
    return labels
