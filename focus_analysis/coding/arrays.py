"""Small tools for arrays: order, values in groups, stretches of places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[Any]


def order_of(keys: Ints) -> Ints:
    """Return the places of keys (0 or more) in rising order; of equal keys the earlier comes first.

    Each key is sorted together with its place, in one number: far faster than a stable sort of places.

    Examples
    --------
    >>> order_of(np.array([5, 2, 5, 0])).tolist()
    [3, 1, 0, 2]
    """
    bits = len(keys).bit_length()
    packed = (keys.astype(np.int64) << bits) | np.arange(len(keys))
    packed.sort()
    return packed & ((1 << bits) - 1)


@dataclass(frozen=True)
class Groups:
    """Values in groups: those of group ``g`` are ``values[begins[g]:begins[g + 1]]``."""

    begins: Ints
    values: Ints

    @classmethod
    def gather(cls, groups: Ints, values: Ints, n_groups: int) -> Groups:
        """Put each value into its group; within a group they keep their order."""
        begins = np.zeros(n_groups + 1, dtype=np.intp)
        np.cumsum(np.bincount(groups, minlength=n_groups), out=begins[1:])
        return cls(begins, values.take(order_of(groups)))

    def of(self, groups: Ints) -> tuple[Ints, Ints]:
        """Return the values of these groups, each with the index of its group in ``groups``.

        Examples
        --------
        >>> owners, values = Groups(np.array([0, 2, 2, 3]), np.array([7, 8, 9])).of(np.array([2, 0]))
        >>> owners.tolist(), values.tolist()
        ([0, 1, 1], [9, 7, 8])
        """
        owners, places = stretches(self.begins.take(groups), self.begins.take(groups + 1))
        return owners, self.values.take(places)

    def sizes(self) -> Ints:
        """Return how many values each group has."""
        return np.diff(self.begins)


def stretches(begins: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Return every place from each begin up to its end, each with the index of its stretch.

    Examples
    --------
    >>> owners, places = stretches(np.array([4, 0]), np.array([6, 1]))
    >>> owners.tolist(), places.tolist()
    ([0, 0, 1], [4, 5, 0])
    """
    lengths = np.maximum(ends - begins, 0)
    owners = np.repeat(np.arange(len(lengths)), lengths)
    return owners, np.arange(len(owners)) + (begins - np.cumsum(lengths) + lengths).take(owners)


def running(flags: Ints) -> Ints:
    """Return how many flags are set before each place, and before the end: ``running[b] - running[a]`` in a stretch."""
    counts = np.zeros(len(flags) + 1, dtype=np.int32)
    np.cumsum(flags, out=counts[1:])
    return counts


def marked(places: Ints, n_places: int) -> Bools:
    """Return flags for so many places, set at these."""
    flags = np.zeros(n_places, dtype=np.bool_)
    flags[places] = True
    return flags
