"""Fixtures for every test: figures closed, language fixed, a cache of their own, the shipped material read once."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

import matplotlib
import pytest
from hypothesis import HealthCheck, settings

import focus_analysis as fa

ROOT = Path(__file__).parents[1]
CACHES = ROOT / ".pytest_cache" / "user"


def _cache() -> Path:
    """The place of the user's cache for these tests: another one whenever the code that trains a coder changes."""
    package = Path(fa.__file__).parent
    code = sorted([package / "coders.py", *(package / "coding").glob("*.py"), *(package / "language").glob("*.py")])
    return CACHES / hashlib.sha256(b"".join(path.read_bytes() for path in code)).hexdigest()[:16]


matplotlib.use("agg")
os.environ["LC_ALL"] = "pl_PL.UTF-8"
os.environ["XDG_CACHE_HOME"] = os.environ["WIN_PD_OVERRIDE_LOCAL_APPDATA"] = str(_cache())
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
    """The packaged coder is trained: once for all processes of a run, and again only when its code has changed."""
    from filelock import FileLock

    from focus_analysis import coders

    CACHES.mkdir(parents=True, exist_ok=True)
    with FileLock(CACHES / "training.lock"):
        if not coders.is_trained():
            for old in set(CACHES.iterdir()) - {_cache(), CACHES / "training.lock"}:
                shutil.rmtree(old)
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
