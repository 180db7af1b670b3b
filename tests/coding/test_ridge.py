"""Ridge regression of many targets, against scikit-learn, with and without some of the texts."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.linear_model import Ridge as SklearnRidge

from focus_analysis.coding.ridge import Ridge


@pytest.fixture
def data():
    rng = np.random.default_rng(5)
    features = rng.normal(size=(60, 25)) * (rng.random((60, 25)) < 0.4)
    return features, (rng.random((60, 3)) < 0.3).astype(float)


def fitted(features, targets, strength):
    """Scikit-learn's ridge with the bias as one more weight that is held down."""
    widened = np.hstack([features, np.ones((len(features), 1))])
    weights = SklearnRidge(alpha=strength, fit_intercept=False).fit(widened, targets).coef_.T
    return weights[:-1], weights[-1]


@pytest.mark.parametrize("strength", [0.5, 1.0, 4.0])
def test_the_model_is_that_of_scikit_learn(data, strength):
    features, targets = data
    model = Ridge(csr_array(features), targets, strength).model()
    weights, bias = fitted(features, targets, strength)
    assert model.weights == pytest.approx(weights, abs=1e-4)
    assert model.bias == pytest.approx(bias, abs=1e-4)


@pytest.mark.parametrize("left_out", [[0], [3, 4, 5], list(range(20, 45))])
def test_leaving_texts_out_is_training_without_them(data, left_out):
    features, targets = data
    model = Ridge(csr_array(features), targets, 1.0).without(np.array(left_out))
    kept = np.setdiff1d(np.arange(60), left_out)
    weights, bias = fitted(features[kept], targets[kept], 1.0)
    assert model.weights == pytest.approx(weights, abs=1e-3)
    assert model(csr_array(features[left_out])) == pytest.approx(features[left_out] @ weights + bias, abs=1e-3)
