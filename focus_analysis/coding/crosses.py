"""Two features at once: a field of meaning and a dictionary form that stand in one window, wherever in it.

Neither "old people" nor "sama" tells of loneliness; both in one sentence do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

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
        self._n_features = len(names)
        self._is_first, self._is_second = (
            np.array([name.startswith(f"{kind} ") for name in names], dtype=np.bool_) for kind in (_FIRST, _SECOND)
        )
        self._named = {name: column for column, name in enumerate(names) if name.startswith(f"{KIND} ")}
        self._names = names

    def learnt(self, counts: Sequence[csr_array]) -> tuple[list[str], Ints]:
        """Return the names of the crosses that at least four texts have, and how many texts have each.

        Parameters
        ----------
        counts : sequence of csr_array, shape (n_texts, n_features)
            Features of texts.
        """
        keys = np.concatenate([self._keys(self._products(part)) for part in counts])
        found, n_texts = np.unique(keys, return_counts=True)
        often = np.flatnonzero(n_texts >= _FEWEST_TEXTS)
        firsts, seconds = np.divmod(found[often], self._n_features)
        said = [name.partition(" ")[2] for name in self._names]
        names = [f"{KIND} {said[a]}{_AND}{said[b]}" for a, b in zip(firsts.tolist(), seconds.tolist(), strict=True)]
        return names, n_texts[often]

    def added(self, counts: csr_array) -> csr_array:
        """Return counts of features with those of the crosses, shape (n_texts, n_features)."""
        from scipy.sparse import coo_array

        products = self._products(counts)
        keys, columns = self._known
        found = keys.get_indexer(pd.Index(self._keys(products)))
        kept = np.flatnonzero(found >= 0)
        places = products.rows[kept].astype(np.int32), columns[found[kept]]
        crossed = coo_array((np.ones(len(kept), dtype=np.float32), places), shape=counts.shape).tocsr()
        result: csr_array = counts + crossed
        return result

    @cached_property
    def _known(self) -> tuple[pd.Index[int], Ints]:
        """The crosses as keys, and their columns."""
        columns = {name: column for column, name in enumerate(self._names)}
        pairs = [name.removeprefix(f"{KIND} ").split(_AND) for name in self._named]
        firsts, seconds = (
            np.array([columns[f"{kind} {pair[place]}"] for pair in pairs], dtype=np.int64)
            for place, kind in enumerate((_FIRST, _SECOND))
        )
        return pd.Index(firsts * self._n_features + seconds), np.array(list(self._named.values()), dtype=np.int32)

    def _keys(self, products: _Products) -> Ints:
        keys: Ints = products.firsts.astype(np.int64) * self._n_features + products.seconds
        return keys

    def _products(self, counts: csr_array) -> _Products:
        """Return every field and dictionary form that a text has both of."""
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        firsts, seconds = (np.flatnonzero(kind[counts.indices]) for kind in (self._is_first, self._is_second))
        begins = np.searchsorted(rows[seconds], np.arange(counts.shape[0] + 1))
        owners, places = stretches(begins[rows[firsts]], begins[rows[firsts] + 1])
        return _Products(rows[firsts][owners], counts.indices[firsts][owners], counts.indices[seconds][places])


class _Products(NamedTuple):
    """Texts, and the columns of two features that each has: shape (n_products,)."""

    rows: Ints
    firsts: Ints
    seconds: Ints
