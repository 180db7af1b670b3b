"""What is written down of a run: inputs with their hashes, versions, counts, warnings."""

from __future__ import annotations

import platform
import shlex
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook
    from focus_analysis.corpus import Corpus

_OUT, _ATTRIBUTION = "results", "region"
_PACKAGES = ("focus-analysis", "pandas", "numpy", "scikit-learn", "matplotlib", "morfeusz2", "python-docx", "typst")


def manifest_of(
    corpus: Corpus, codebook: Codebook, codings: pd.DataFrame, recorded: Mapping[str, Mapping[str, str]], lang: str
) -> dict[str, Any]:
    """Return the manifest of a run; ``recorded`` has the hashes of its documents, and of its figures and tables."""
    sessions = corpus.sessions
    return {
        "inputs": [{"file": row.source, "session_id": row.session_id, "sha256": row.sha256} for row in rows(sessions)],
        "codebook": {"name": codebook.name, "version": codebook.version, "sha256": codebook.sha256},
        "packages": package_versions(),
        "seed": None,
        "lang": lang,
        "history": list(corpus.history),
        "counts": {
            "sessions": len(sessions),
            "speakers": len(corpus.speakers),
            "turns": len(corpus.turns),
            "words": int(corpus.turns["n_words"].sum()),
            "codings": len(codings),
        },
        "warnings": _warnings(corpus, lang),
        **recorded,
    }


def _warnings(corpus: Corpus, lang: str) -> list[str]:
    serious: Iterable[Any] = (note for note in corpus.notes if note.severity != "note")
    return [f"{note.file}: {labels.message(note, lang).what}" for note in serious]


def package_versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that results depend on."""
    versions = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "unknown"
    return versions


def report_command(
    inputs: Any,
    lang: str,
    formats: Iterable[str],
    sections: object,
    templates: Iterable[object],
    attribution: str = _ATTRIBUTION,
    with_transcripts: bool = False,
) -> str:
    """Return the command that makes a report again, with names of files and folders but not the way to them.

    Parameters
    ----------
    inputs : Inputs
        What the report was made from.
    lang, formats, sections, templates, attribution, with_transcripts
        As for ``write_report``.
    """
    files = {
        "out": [_OUT],
        "codebook": [inputs.codebook],
        "codings": inputs.codings,
        "sessions": [inputs.sessions],
        "speakers": [inputs.speakers],
        "guide": inputs.guide,
        "sections": [sections],
        "template": templates,
    }
    words = ["focus-analysis", "report", *(Path(path).name for path in inputs.paths)]
    for option, paths in files.items():
        for path in paths:
            words += [] if path is None else [f"--{option}", Path(str(path)).name]
    words += ["--coder", inputs.coder, "--lang", lang, "--format", ",".join(formats)]
    words += [] if attribution == _ATTRIBUTION else ["--attribution", attribution]
    words += ["--with-transcripts"] if with_transcripts else []
    return shlex.join(words)
