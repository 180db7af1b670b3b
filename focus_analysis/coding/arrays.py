"""Small tools for arrays: values in groups, and stretches of places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[Any]


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
        return cls(begins, values[np.argsort(groups, kind="stable")])

    def of(self, groups: Ints) -> tuple[Ints, Ints]:
        """Return the values of these groups, each with the index of its group in ``groups``.

        Examples
        --------
        >>> owners, values = Groups(np.array([0, 2, 2, 3]), np.array([7, 8, 9])).of(np.array([2, 0]))
        >>> owners.tolist(), values.tolist()
        ([0, 1, 1], [9, 7, 8])
        """
        owners, places = stretches(self.begins[groups], self.begins[groups + 1])
        return owners, self.values[places]

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
    return owners, np.arange(len(owners)) + np.repeat(begins - np.cumsum(lengths) + lengths, lengths)


def running(flags: Ints) -> Ints:
    """Return how many flags are set before each place, and before the end: ``running[b] - running[a]`` in a stretch."""
    return np.concatenate([np.zeros(1, dtype=np.int32), np.cumsum(flags, dtype=np.int32)])


def marked(places: Ints, n_places: int) -> Bools:
    """Return flags for so many places, set at these."""
    flags = np.zeros(n_places, dtype=np.bool_)
    flags[places] = True
    return flags
