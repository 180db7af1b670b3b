"""Fixtures for every test: figures closed, language fixed."""

import os

import matplotlib
import pytest

matplotlib.use("agg")
os.environ["LC_ALL"] = "pl_PL.UTF-8"


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    import matplotlib.pyplot as plt

    plt.close("all")
