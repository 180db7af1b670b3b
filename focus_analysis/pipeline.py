"""The whole story, from a folder of transcripts to a report. READ SECOND, after ``schemas``.

corpus   = read_corpus(paths)            # io: files to tables
codebook = read_codebook(path)           # io
codings  = code(corpus, codebook)        # coding: words to codes
salient  = salience(corpus, codings, …)  # analysis: codes to shares and ranks
figures, document, page                  # plots and report
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.analysis.salience import salience
from focus_analysis.coding.quotations import choose_quotations
from focus_analysis.coding.rules import code
from focus_analysis.corpus import Corpus
from focus_analysis.io import diagnosis
from focus_analysis.io.codebooks import read_codebook
from focus_analysis.io.corpora import read_corpus
from focus_analysis.io.files import write_whole
from focus_analysis.io.outputs import (
    MANIFEST,
    claim_folder,
    read_manifest,
    text_sha256,
    write_csv,
    write_document,
    write_manifest,
    write_text,
)
from focus_analysis.io.workbooks import Written, write_workbooks
from focus_analysis.report.build import build_document
from focus_analysis.report.figures import save_figures
from focus_analysis.report.html import render_html
from focus_analysis.report.results import Provenance, Results
from focus_analysis.resources import resource
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook

PathLike = str | Path
_PACKAGES = ("focus-analysis", "pandas", "numpy", "matplotlib", "morfeusz2")


@dataclass(frozen=True)
class Inputs:
    """What a command was given: transcripts, tables of metadata, codebook."""

    paths: Sequence[PathLike]
    sessions: PathLike | None = None
    speakers: PathLike | None = None
    codebook: PathLike | None = None

    def read(self, out: PathLike | None = None) -> Corpus:
        """Read the transcripts, leaving out the output folder."""
        return read_corpus(self.paths, self.sessions, self.speakers, [out] if out else [])

    def read_codebook(self) -> Codebook:
        """Read the codebook, or the one that comes with the package."""
        return read_codebook(self.codebook or default_codebook())


@dataclass(frozen=True)
class Outcome:
    """What a command did: the corpus that it read and the files that a person opens."""

    corpus: Corpus
    written: tuple[Path, ...]

    @property
    def complete(self) -> bool:
        """Whether every input could be used."""
        return not any(note.severity == "error" for note in self.corpus.notes)


def default_codebook() -> Path:
    """Return the path of the codebook of social problems that comes with the package."""
    return resource("codebooks/social_problems.yaml")


def analyse(corpus: Corpus, codebook: Codebook, lang: str = "pl") -> Results:
    """Code a corpus and compute what the report shows.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codebook : Codebook
        Codes and patterns; its group "problems" is ranked.
    lang : {"pl", "en"}
        Language of the findings.

    Returns
    -------
    Results
        Every table of the report.
    """
    codings, codes = code(corpus, codebook), codebook.codes
    kinds = tuple(sorted(set(codings["coder_kind"])))
    return Results(
        sessions=corpus.sessions,
        speakers=corpus.speakers,
        turns=corpus.turns,
        codes=codes,
        codings=codings,
        by_gmina=salience(corpus, codings, codes, by="gmina"),
        by_region=salience(corpus, codings, codes, by="voivodeship"),
        quotations=choose_quotations(corpus, codings),
        findings=corpus.findings_in(lang),
        provenance=Provenance(codebook.name, codebook.version, codebook.sha256, _versions(), kinds),
    )


def examine(inputs: Inputs, lang: str) -> tuple[Corpus, pd.DataFrame]:
    """Read transcripts and look at them: the corpus with all that was noticed, and its diagnosis.

    Raises
    ------
    ReadError
        Nothing could be read.
    """
    corpus = inputs.read()
    seen = Corpus(
        corpus.sessions,
        corpus.speakers,
        corpus.turns,
        (*corpus.notes, *diagnosis.observe(corpus)),
        (*corpus.history, "examine"),
    )
    return seen, diagnose(seen, lang)


def diagnose(corpus: Corpus, lang: str | None = None) -> pd.DataFrame:
    """Say file by file what was read, what looks wrong, and what would mend it.

    Parameters
    ----------
    corpus : Corpus
        The transcripts as read.
    lang : {"pl", "en"}, optional
        Language of the messages; without it, that of the locale.

    Returns
    -------
    DataFrame
        One row a file, of the schema ``DIAGNOSIS``.
    """
    return diagnosis.diagnose(corpus, lang or labels.default_language())


def write_diagnosis(files: pd.DataFrame, path: PathLike) -> None:
    """Write a diagnosis as csv."""
    write_csv(files, Path(path))


def write_codings(inputs: Inputs, out: PathLike, lang: str = "pl") -> Outcome:
    """Read, code, and write sessions, speakers, turns, codings and the manifest into a folder.

    Raises
    ------
    FocusAnalysisError
        Nothing could be read, or the codebook cannot be understood.
    """
    folder = Path(out)
    claim_folder(folder)
    codebook, corpus = inputs.read_codebook(), inputs.read(out)
    codings = code(corpus, codebook)
    _write_tables(corpus, codings, folder)
    write_manifest(_manifest(corpus, codebook, codings, read_manifest(folder).get("documents", {}), lang), folder)
    return Outcome(corpus, (folder / "codings.csv", folder / MANIFEST))


def write_report(inputs: Inputs, out: PathLike, lang: str = "pl") -> Outcome:
    """Do all that ``write_codings`` does, and write the report, its figures and its tables.

    A report that a person changed since it was written stays; the new one is written beside it.

    Raises
    ------
    FocusAnalysisError
        Nothing could be read, or the codebook cannot be understood.
    """
    folder = Path(out)
    claim_folder(folder)
    codebook, corpus = inputs.read_codebook(), inputs.read(out)
    results = analyse(corpus, codebook, lang)
    recorded = read_manifest(folder).get("documents", {})
    figures = save_figures(results, folder / "figures", lang, write_whole)
    page = render_html(build_document(results, figures, lang))
    report = write_document(page, folder / "report.html", recorded)
    _write_tables(corpus, results.codings, folder)
    for name, table in _report_tables(results).items():
        write_csv(table, folder / "tables" / f"{name}.csv")
    write_text(labels.words("output.readme", lang), folder / "README.txt")
    documents = {**recorded, report.name: text_sha256(page)}
    write_manifest(_manifest(corpus, codebook, results.codings, documents, lang), folder)
    return Outcome(corpus, (report,))


def prepare_study(folder: PathLike, lang: str = "pl") -> tuple[Corpus, list[Written]]:
    """Write the two workbooks with which a study begins, prefilled with what the transcripts tell.

    Raises
    ------
    ReadError
        The folder does not exist or no transcript in it can be read.
    """
    corpus = read_corpus(folder)
    return corpus, write_workbooks(corpus, Path(folder), lang)


def _write_tables(corpus: Corpus, codings: pd.DataFrame, folder: Path) -> None:
    for name, table in (
        ("sessions", corpus.sessions),
        ("speakers", corpus.speakers),
        ("turns", corpus.turns),
        ("codings", codings),
    ):
        write_csv(table, folder / f"{name}.csv")


def _report_tables(results: Results) -> dict[str, pd.DataFrame]:
    return {
        "salience": results.by_gmina,
        "salience_regions": results.by_region,
        "codes": results.codes,
        "quotations": results.quotations,
        "findings": results.findings,
    }


def _manifest(
    corpus: Corpus, codebook: Codebook, codings: pd.DataFrame, documents: dict[str, str], lang: str
) -> dict[str, Any]:
    sessions = corpus.sessions
    return {
        "inputs": [{"file": row.source, "session_id": row.session_id, "sha256": row.sha256} for row in rows(sessions)],
        "codebook": {"name": codebook.name, "version": codebook.version, "sha256": codebook.sha256},
        "packages": _versions(),
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
        "documents": documents,
    }


def _warnings(corpus: Corpus, lang: str) -> list[str]:
    serious: Iterable[Any] = (note for note in corpus.notes if note.severity != "note")
    return [f"{note.file}: {labels.message(note, lang).what}" for note in serious]


def _versions() -> dict[str, str]:
    versions = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "unknown"
    return versions
