"""Ridge regression of many targets, against scikit-learn, with and without some of the texts."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.linear_model import Ridge as SklearnRidge

from focus_analysis.coding import ridge
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
@pytest.mark.parametrize("block", [7, 512])
def test_the_model_is_that_of_scikit_learn(data, strength, block, monkeypatch):
    monkeypatch.setattr(ridge, "_BLOCK", block)
    features, targets = data
    model = Ridge(csr_array(features), targets, strength).model()
    weights, bias = fitted(features, targets, strength)
    assert model.weights == pytest.approx(weights, abs=1e-4)
    assert model.bias == pytest.approx(bias, abs=1e-4)


@pytest.mark.parametrize("groups", [[[0]], [[3, 4, 5], [7, 9]], [list(range(20, 45)), list(range(45, 60))]])
@pytest.mark.parametrize("block", [7, 512])
def test_leaving_texts_out_is_training_without_them(data, groups, block, monkeypatch):
    monkeypatch.setattr(ridge, "_BLOCK", block)
    features, targets = data
    asked = [csr_array(features[group]) for group in groups]
    scores = Ridge(csr_array(features), targets, 1.0).without([np.array(group) for group in groups], asked)
    for group, found in zip(groups, scores, strict=True):
        kept = np.setdiff1d(np.arange(60), group)
        weights, bias = fitted(features[kept], targets[kept], 1.0)
        assert found == pytest.approx(features[group] @ weights + bias, abs=1e-3)


def test_however_many_processors_there_are_the_result_is_the_same_to_the_last_digit(data, monkeypatch):
    features, targets = data
    for size in ("_BLOCK", "_ROWS", "_COLUMNS"):
        monkeypatch.setattr(ridge, size, 4)
    groups, asked = [np.arange(40, 50), np.arange(50, 60)], [csr_array(features[40:50]), csr_array(features[50:])]
    found = []
    for n_processors in (1, 2, 7):
        monkeypatch.setattr("os.cpu_count", lambda n=n_processors: n)
        trained = Ridge(csr_array(features), targets)
        found.append([trained.model().weights, *trained.without(groups, asked)])
    for other in found[1:]:
        assert all(np.array_equal(a, b) for a, b in zip(found[0], other, strict=True))
