"""The command line in a process of its own: a new interpreter, or the fork of one that has loaded the libraries."""

import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

import focus_analysis
from tests.sketches import save_empty_figures

ROOT = Path(focus_analysis.__file__).parents[1]
POLISH = "pl_PL.UTF-8"
LIBRARIES = ["docx", "jinja2", "lxml.html", "matplotlib.pyplot", "networkx", "numpy", "openpyxl", "pandas", "pydantic"]
LIBRARIES += ["ruamel.yaml", "scipy.optimize", "scipy.sparse", "scipy.stats", "sklearn.linear_model", "typst"]
PROCESSES = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
PROCESSES.set_forkserver_preload(LIBRARIES)


def flat(text: str) -> str:
    """Return what was printed as one line."""
    return " ".join(text.split())


def environment(locale: str) -> dict[str, str]:
    return {"LC_ALL": locale, "PYTHONIOENCODING": "utf-8", "COLUMNS": "160"}


def run_anew(*arguments: object, locale: str = POLISH, cwd: Path | None = None, path: object = ROOT):
    """Run the command in a new interpreter, as a researcher does."""
    command = [sys.executable, "-m", "focus_analysis.cli", *map(str, arguments)]
    env = {**os.environ, **environment(locale), "PYTHONPATH": str(path)}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=env, cwd=cwd, check=False)


def run(*arguments: object, locale: str = POLISH, cwd: Path | None = None, figures: bool = False):
    """Run the command where the libraries are loaded already; figures are saved only where a test looks at them."""
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("out", "err")]
        process = PROCESSES.Process(target=_command, args=([*map(str, arguments)], locale, cwd, figures, streams))
        process.start()
        process.join()
        said = [stream.read_text(encoding="utf-8") for stream in streams]
    return subprocess.CompletedProcess(arguments, process.exitcode, *said)


def _command(arguments: list[str], locale: str, cwd: Path | None, figures: bool, streams: list[Path]) -> None:
    sys.stdout, sys.stderr = (stream.open("w", encoding="utf-8") for stream in streams)
    os.environ |= environment(locale)
    os.chdir(cwd or ROOT)
    if not figures:
        save_empty_figures()
    sys.argv = ["focus-analysis", *arguments]
    runpy.run_module("focus_analysis.cli", run_name="__main__")
