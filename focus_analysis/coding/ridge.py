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
        from scipy.linalg import cho_factor, cho_solve

        kernel = (features @ features.T).toarray().astype(np.float32) + np.float32(1)
        kernel[np.diag_indices_from(kernel)] += np.float32(strength)
        factor = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
        self._inverse = cho_solve(factor, np.eye(len(targets), dtype=np.float32), overwrite_b=True, check_finite=False)
        self._features = features
        self._duals = self._inverse @ targets.astype(np.float32)

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
        block = self._inverse[np.ix_(left_out, left_out)]
        duals = self._duals - self._inverse[:, left_out] @ np.linalg.solve(block, self._duals[left_out])
        duals[left_out] = 0
        return self._linear(duals)

    def _linear(self, duals: np.ndarray) -> Linear:
        weights = (self._features.T @ duals).astype(np.float32)
        return Linear(weights, duals.sum(axis=0))
