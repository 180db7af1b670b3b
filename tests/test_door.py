"""The lazy door: what importing the package loads, and what it offers."""

import subprocess
import sys

import pytest

import focus_analysis

HEAVY = (
    "pandas",
    "numpy",
    "scipy",
    "spacy",
    "sklearn",
    "matplotlib",
    "pydantic",
    "ruamel",
    "docx",
    "openpyxl",
    "morfeusz2",
)


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_importing_the_package_loads_nothing_heavy():
    loaded = run("import sys, focus_analysis; print(*sys.modules)").split()
    assert "focus_analysis" in loaded
    assert not set(HEAVY) & {name.split(".")[0] for name in loaded}


@pytest.mark.parametrize("name", focus_analysis.__all__)
def test_every_public_name_is_there_and_documented(name):
    assert getattr(focus_analysis, name).__doc__


def test_dir_offers_the_public_names():
    assert set(focus_analysis.__all__) <= set(dir(focus_analysis))


def test_an_unknown_name_says_what_there_is():
    with pytest.raises(AttributeError, match="read_corpus"):
        focus_analysis.read_corpuss  # noqa: B018


def test_the_version_is_the_installed_one():
    from importlib.metadata import version

    assert focus_analysis.__version__ == version("focus-analysis")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (
            lambda: focus_analysis.read_corpus(None),
            "read_corpus: the path of a folder or a file is needed, .*not a NoneType",
        ),
        (lambda: focus_analysis.read_corpus(["a.txt", 5]), "read_corpus: .*not a int"),
        (lambda: focus_analysis.read_codebook(3), "read_codebook: the path of a YAML file is needed; not a int"),
        (
            lambda: focus_analysis.rank_problems("x"),
            "rank_problems: a table of rows sessions and columns codes .*not a str",
        ),
    ],
)
def test_what_stands_for_something_else_is_refused(call, says):
    with pytest.raises(focus_analysis.ArgumentError, match=says):
        call()
