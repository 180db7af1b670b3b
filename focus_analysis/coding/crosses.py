"""Two features at once: a field of meaning and a dictionary form that stand in one window, wherever in it.

Neither "old people" nor "sama" tells of loneliness; both in one sentence do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from focus_analysis.coding.arrays import Ints, stretches

if TYPE_CHECKING:
    from scipy.sparse import csr_array

KIND = "cross"
_FIRST, _SECOND, _AND = "field", "lemma", " + "
_FEWEST_TEXTS = 4


class Crosses:
    """The crosses among a set of features.

    Parameters
    ----------
    names : sequence of str
        Names of all features, "field family", "lemma sam", "cross family + sam", in the order of the columns.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._is_first, self._is_second = (
            np.array([name.startswith(f"{kind} ") for name in names], dtype=np.bool_) for kind in (_FIRST, _SECOND)
        )

    def learnt(self, counts: Sequence[csr_array]) -> tuple[list[str], Ints]:
        """Return the names of the crosses that at least four texts have, and how many texts have each.

        Parameters
        ----------
        counts : sequence of csr_array, shape (n_texts, n_features)
            Features of texts.
        """
        keys = np.concatenate([self._products(part)[1] for part in counts])
        found, n_texts = np.unique(keys, return_counts=True)
        often = np.flatnonzero(n_texts >= _FEWEST_TEXTS)
        firsts, seconds = np.divmod(found[often], len(self._names))
        said = [name.partition(" ")[2] for name in self._names]
        names = [f"{KIND} {said[a]}{_AND}{said[b]}" for a, b in zip(firsts.tolist(), seconds.tolist(), strict=True)]
        return names, n_texts[often]

    def added(self, counts: csr_array) -> csr_array:
        """Return counts of features with those of the crosses, shape (n_texts, n_features)."""
        from scipy.sparse import coo_array

        rows, keys = self._products(counts)
        known, columns = self._known
        found = known.get_indexer(pd.Index(keys))
        kept = np.flatnonzero(found >= 0)
        places = rows[kept].astype(np.int32), columns[found[kept]]
        crossed = coo_array((np.ones(len(kept), dtype=np.float32), places), shape=counts.shape).tocsr()
        result: csr_array = counts + crossed
        return result

    @cached_property
    def _known(self) -> tuple[pd.Index[int], Ints]:
        """The crosses as keys, and their columns."""
        columns = {name: column for column, name in enumerate(self._names)}
        crossed = [name for name in self._names if name.startswith(f"{KIND} ")]
        pairs = [name.removeprefix(f"{KIND} ").split(_AND) for name in crossed]
        firsts, seconds = (
            np.array([columns[f"{kind} {pair[place]}"] for pair in pairs], dtype=np.int64)
            for place, kind in enumerate((_FIRST, _SECOND))
        )
        places = np.array([columns[name] for name in crossed], dtype=np.int32)
        return pd.Index(firsts * len(self._names) + seconds), places

    def _products(self, counts: csr_array) -> tuple[Ints, Ints]:
        """Return the text and the key of every field and dictionary form that a text has both of."""
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        firsts, seconds = (np.flatnonzero(kind[counts.indices]) for kind in (self._is_first, self._is_second))
        begins = np.searchsorted(rows[seconds], np.arange(counts.shape[0] + 1))
        owners, places = stretches(begins[rows[firsts]], begins[rows[firsts] + 1])
        columns = counts.indices.astype(np.int64)
        keys: Ints = columns[firsts][owners] * len(self._names) + columns[seconds][places]
        return rows[firsts][owners], keys
