"""Ridge regression of many targets, with and without some of the texts.

Where all texts are centres it is held against scikit-learn, with fewer against the formula in full matrices.
"""

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


def seen_through(features, targets, centres, strength, kept):
    """What is said of all texts by the formula for pseudo-inputs, in full matrices, learnt from some of the texts."""
    middles = np.array([features[centres == centre].mean(axis=0) for centre in np.unique(centres)])
    across, between = features @ middles.T + 1, middles @ middles.T + 1
    seen = across @ np.linalg.solve(between, across.T)
    unseen = np.diag(np.diag(features @ features.T + 1 - seen))
    learnt = (seen + unseen + strength * np.eye(len(features)))[np.ix_(kept, kept)]
    return seen[:, kept] @ np.linalg.solve(learnt, targets[kept])


@pytest.mark.parametrize("strength", [0.5, 1.0, 4.0])
@pytest.mark.parametrize("stretch", [7, 512])
def test_where_every_text_is_a_centre_the_model_is_that_of_scikit_learn(data, strength, stretch, monkeypatch):
    for size in ("_ROWS", "_COLUMNS"):
        monkeypatch.setattr(ridge, size, stretch)
    features, targets = data
    model = Ridge(csr_array(features), targets, np.arange(60), strength).model()
    weights, bias = fitted(features, targets, strength)
    assert model.weights == pytest.approx(weights, abs=1e-3)
    assert model.bias == pytest.approx(bias, abs=1e-3)


@pytest.mark.parametrize("groups", [[[0]], [[3, 4, 5], [7, 9]], [list(range(20, 45)), list(range(45, 60))]])
def test_leaving_texts_out_is_training_without_them(data, groups):
    features, targets = data
    asked = [csr_array(features[group]) for group in groups]
    trained = Ridge(csr_array(features), targets, np.arange(60), 1.0)
    for group, found in zip(groups, trained.without([np.array(group) for group in groups], asked), strict=True):
        kept = np.setdiff1d(np.arange(60), group)
        weights, bias = fitted(features[kept], targets[kept], 1.0)
        assert found == pytest.approx(features[group] @ weights + bias, abs=2e-3)


CENTRES = {"means": np.arange(60) // 3, "of unlike sizes": np.minimum(np.arange(60)[::-1] // 2, 11)}


@pytest.mark.parametrize("centres", CENTRES.values(), ids=CENTRES.keys())
@pytest.mark.parametrize("strength", [0.5, 2.0])
def test_with_fewer_centres_the_model_is_that_of_the_formula(data, centres, strength, monkeypatch):
    monkeypatch.setattr(ridge, "_TWINS", 1e-6)
    features, targets = data
    model = Ridge(csr_array(features), targets, centres, strength).model()
    expected = seen_through(features, targets, centres, strength, np.arange(60))
    assert model(csr_array(features)) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("centres", CENTRES.values(), ids=CENTRES.keys())
def test_with_fewer_centres_texts_that_are_left_out_teach_nothing(data, centres, monkeypatch):
    monkeypatch.setattr(ridge, "_TWINS", 1e-6)
    features, targets = data
    groups = [np.arange(50, 60), np.array([0, 1, 31])]
    found = Ridge(csr_array(features), targets, centres, 2.0).without(groups, [csr_array(features)] * 2)
    for group, scores in zip(groups, found, strict=True):
        expected = seen_through(features, targets, centres, 2.0, np.setdiff1d(np.arange(60), group))
        assert scores == pytest.approx(expected, abs=1e-3)


def test_centres_may_say_the_same(data):
    features, targets = data
    twice = np.vstack([features, features])
    model = Ridge(csr_array(twice), np.vstack([targets, targets]), np.arange(120), 2.0).model()
    weights, bias = fitted(twice, np.vstack([targets, targets]), 2.0)
    assert model(csr_array(features)) == pytest.approx(features @ weights + bias, abs=2e-3)


def test_however_many_processors_there_are_the_result_is_the_same_to_the_last_digit(data, monkeypatch):
    features, targets = data
    for size in ("_ROWS", "_COLUMNS"):
        monkeypatch.setattr(ridge, size, 4)
    groups, asked = [np.arange(40, 50), np.arange(50, 60)], [csr_array(features[40:50]), csr_array(features[50:])]
    found = []
    for n_processors in (1, 2, 7):
        monkeypatch.setattr("os.cpu_count", lambda n=n_processors: n)
        trained = Ridge(csr_array(features), targets, np.arange(60) // 2)
        found.append([trained.model().weights, *trained.without(groups, asked)])
    for other in found[1:]:
        assert all(np.array_equal(a, b) for a, b in zip(found[0], other, strict=True))
