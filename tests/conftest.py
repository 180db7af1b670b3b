"""Fixtures for every test: figures closed, language fixed, a cache of their own, the shipped material read once."""

import os
import shutil
import sys
from pathlib import Path

import matplotlib
import pytest
from hypothesis import HealthCheck, settings

import focus_analysis as fa

CACHE = Path(__file__).parents[1] / ".pytest_cache" / "user"

matplotlib.use("agg")
os.environ["LC_ALL"] = "pl_PL.UTF-8"
os.environ["XDG_CACHE_HOME"] = os.environ["WIN_PD_OVERRIDE_LOCAL_APPDATA"] = str(CACHE)
settings.register_profile("busy processors", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy processors")


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture
def empty_figures(monkeypatch):
    """Save every figure as an empty page of its size, for tests of reports that look at no figure."""
    from tests.sketches import save_empty_figures

    save_empty_figures(monkeypatch.setattr)


@pytest.fixture(scope="session")
def default_coder():
    """The packaged coder is trained, once for all processes, and kept for the next run."""
    from filelock import FileLock

    from focus_analysis import coders

    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(CACHE / "training.lock"):
        if not coders.is_trained():
            shutil.rmtree(CACHE / "focus-analysis", ignore_errors=True)  # coders of other code
            coders.default_coder()


@pytest.fixture(scope="session")
def shipped():
    """The shipped transcripts."""
    return fa.read_corpus(fa.resource("transcripts"))


@pytest.fixture(scope="session")
def packaged():
    """The packaged codebook."""
    return fa.read_codebook(fa.default_codebook())


@pytest.fixture(scope="session")
def shipped_codings(shipped, packaged):
    """The shipped transcripts coded by rules with the packaged codebook."""
    return fa.code(shipped, packaged, coder="rules")
