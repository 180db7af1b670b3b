"""Linear models of many codes at once, and the same models without a group of texts, in closed form.

Ridge regression on the kernel of the texts: one matrix is inverted for all codes, and leaving out the texts of one
transcript costs a small system instead of a new training.

Source: R. Rifkin, R. Lippert, "Notes on Regularized Least Squares", MIT-CSAIL-TR-2007-025, section 4 (leaving out);
T. Pahikkala, J. Boberg, T. Salakoski, "Fast n-fold cross-validation for regularized least-squares", SCAI 2006.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array


_COMMON = 0.05


class Linear(NamedTuple):
    """A model: ``weights`` of shape (n_features, n_targets) and ``bias`` of shape (n_targets,)."""

    weights: np.ndarray
    bias: np.ndarray

    def __call__(self, features: csr_array) -> np.ndarray:
        """Return the scores of texts, shape (n_texts, n_targets)."""
        scores: np.ndarray = features @ self.weights + self.bias
        return scores


class Ridge:
    """A trained ridge regression that can leave out any of its texts.

    Parameters
    ----------
    features : csr_array, shape (n_texts, n_features)
        The texts.
    targets : array, shape (n_texts, n_targets)
        What each text is to be given.
    strength : float
        How strongly weights are held down.
    """

    def __init__(self, features: csr_array, targets: np.ndarray, strength: float = 2.0) -> None:
        from scipy.linalg import cho_factor

        kernel = _kernel(features)
        kernel += np.float32(1)
        kernel[np.diag_indices_from(kernel)] += np.float32(strength)
        self._factor = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
        self._features = features
        self._duals = self._solved(targets.astype(np.float32))

    def model(self) -> Linear:
        """Return the model of all texts."""
        return self._linear(self._duals)

    def without(self, left_out: np.ndarray) -> Linear:
        """Return the model as it would be without some texts.

        Parameters
        ----------
        left_out : array of int
            Rows of the texts.
        """
        inverse = np.zeros((len(self._duals), len(left_out)), dtype=np.float32)
        inverse[left_out, np.arange(len(left_out))] = 1
        inverse = self._solved(inverse)
        duals = self._duals - inverse @ np.linalg.solve(inverse[left_out], self._duals[left_out])
        duals[left_out] = 0
        return self._linear(duals)

    def _solved(self, right: np.ndarray) -> np.ndarray:
        from scipy.linalg import cho_solve

        solved: np.ndarray = cho_solve(self._factor, right, check_finite=False)
        return solved

    def _linear(self, duals: np.ndarray) -> Linear:
        weights = (self._features.T @ duals).astype(np.float32)
        return Linear(weights, duals.sum(axis=0))


def _kernel(features: csr_array) -> np.ndarray:
    """Return how alike texts are, shape (n_texts, n_texts): common features multiplied as a full matrix, rare ones not.

    A sparse product takes time with the square of how many texts share a feature.
    """
    n_texts, n_features = features.shape
    is_common = np.bincount(features.indices, minlength=n_features) > _COMMON * n_texts
    columns = features.tocsc()
    full, rare = columns[:, is_common].toarray().astype(np.float32), columns[:, ~is_common].tocsr()
    kernel: np.ndarray = full @ full.T
    kernel += (rare @ rare.T).astype(np.float32).toarray()
    return kernel
