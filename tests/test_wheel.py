"""A wheel installed into a fresh environment finds its codebook, transcripts and resources."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STORY = """
import focus_analysis as fa
from pathlib import Path
assert 'site-packages' in fa.__file__ or 'Lib' in fa.__file__, fa.__file__
codebook = fa.read_codebook(fa.default_codebook())
corpus = fa.read_corpus(fa.resource('transcripts') / 'krempna.txt')
assert fa.resource('transcripts').is_relative_to(Path(fa.__file__).parent)
from focus_analysis.plots.boundaries import outlines
assert len(outlines('gminas')) == 2477
import spacy
nlp = spacy.blank('pl')
nlp.add_pipe('focus_codebook')
doc = nlp('U nas jest bieda.')
assert [span.label_ for span in doc.spans['codes']] == ['poverty']
print(len(codebook.entries) > 40, len(corpus.turns) > 60, len(fa.code(corpus, codebook)) > 0)
"""


@pytest.fixture(scope="module")
def fresh_python(tmp_path_factory):
    """Return the interpreter of an environment that holds the wheel, and borrows the libraries of this one."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        site,
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    (Path(site) / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


@pytest.mark.usefixtures("default_coder")
def test_the_wheel_carries_what_the_package_needs(fresh_python, tmp_path):
    result = subprocess.run([str(fresh_python), "-I", "-c", STORY], cwd=tmp_path, capture_output=True, text=True)
    assert result.stdout.split() == ["True", "True", "True"], result.stderr


def test_the_wheel_brings_the_command(fresh_python, tmp_path):
    run = [str(fresh_python), "-I", "-m", "focus_analysis.cli", "--version"]
    assert "focus-analysis" in subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
