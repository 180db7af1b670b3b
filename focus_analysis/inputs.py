"""What a command was given: files to be read, and what people did by hand; what it came to."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.coders import Coder, is_trained, learnable, noticed_in
from focus_analysis.guide import with_questions
from focus_analysis.io.codebooks import read_codebook
from focus_analysis.io.coding_sheet_reader import read_human_codes, said_of_rows
from focus_analysis.io.corpora import read_corpus
from focus_analysis.io.guides import read_guide
from focus_analysis.io.networks import network_sheet, read_links, read_relations
from focus_analysis.io.plans import is_plan, read_plan
from focus_analysis.resources import resource

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook
    from focus_analysis.corpus import Corpus
    from focus_analysis.schemas import Finding

PathLike = str | Path
_SINGLE = ("plan", "relations", "links")  # of these --codings takes one file each


@dataclass(frozen=True)
class Inputs:
    """What a command was given: transcripts, metadata, codebook, human codes and the plan of a sample, topic guide."""

    paths: Sequence[PathLike]
    sessions: PathLike | None = None
    speakers: PathLike | None = None
    codebook: PathLike | None = None
    coder: Coder = "combined"
    codings: Sequence[PathLike] = ()
    guide: Sequence[PathLike] = ()

    def read(self, out: PathLike | None = None) -> Corpus:
        """Read the transcripts, leaving out the output folder."""
        return read_corpus(self.paths, self.sessions, self.speakers, [out] if out else [])

    def read_asked(self, out: PathLike | None = None) -> Corpus:
        """Read the transcripts and fill in the questions of the topic guide, or of the one of the package."""
        guide, corrections = read_guide(self.guide, default_guide())
        return with_questions(self.read(out), guide, corrections)

    def read_codebook(self) -> Codebook:
        """Read the codebook, or the one that comes with the package."""
        return read_codebook(self.codebook or default_codebook())

    def noticed_in_codebook(self, lang: str) -> list[Finding]:
        """Return what is noticed in the codebook that was given; nothing where none was."""
        return noticed_in(self.read_codebook(), Path(self.codebook).name, lang) if self.codebook else []

    def read_human(self, corpus: Corpus, codebook: Codebook, lang: str) -> HumanCodes:
        """Read what people coded and mended, and the plan of their sample where there is one among the files.

        What cannot be used is said in a warning, in the language ``lang``.
        """
        files = {Path(path): _kind(Path(path)) for path in self.codings}
        of = {kind: [path for path, its in files.items() if its == kind] for kind in (*_SINGLE, "codings")}
        for kind in _SINGLE:
            if len(of[kind]) > 1:
                raise labels.refused("codings_twice", kind=kind, files=", ".join(map(str, of[kind])))
        if of["plan"] and not of["codings"]:
            raise labels.refused("plan_alone", file=of["plan"][0])
        read = [_coded(path, corpus, codebook, lang) for path in of["codings"]]
        return HumanCodes(
            tuple(codings for codings, _ in read),
            next(map(read_plan, of["plan"]), None),
            next((read_relations(path, corpus, codebook.codes, lang) for path in of["relations"]), None),
            next((read_links(path, corpus, codebook.codes, lang) for path in of["links"]), None),
            tuple(note for _, notes in read for note in notes),
        )


@dataclass(frozen=True)
class HumanCodes:
    """What people coded and mended.

    Parameters
    ----------
    tables : tuple of DataFrame, schema ``CODINGS``
        What they coded, one table a file.
    plan : DataFrame, schema ``PLAN``, optional
        The sample that they coded, if it was one.
    relations, links : DataFrame, optional
        Sheets that they went through: these take the place of all that the rules find.
    notes : tuple of Finding
        What was noticed about the rows of their files.
    """

    tables: tuple[pd.DataFrame, ...] = ()
    plan: pd.DataFrame | None = None
    relations: pd.DataFrame | None = None
    links: pd.DataFrame | None = None
    notes: tuple[Finding, ...] = ()


def default_guide() -> Path:
    """Return the path of the topic guide of the study that comes with the package."""
    return resource("codebooks/topic_guide.yaml")


def default_codebook() -> Path:
    """Return the path of the codebook of social problems that comes with the package."""
    return resource("codebooks/social_problems.yaml")


def _coded(path: Path, corpus: Corpus, codebook: Codebook, lang: str) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the codes of a file, and what a warning says of its rows; one without codes of use is refused after it."""
    codings, notes = read_human_codes(path, corpus, codebook)
    if notes:
        warnings.warn(said_of_rows(notes, lang), stacklevel=2)
    if codings.empty:
        raise labels.refused("codings_none", file=path)
    return codings, notes


def _kind(path: Path) -> str:
    """Return what a file of human work is: a plan, relations, links, or codings."""
    return "plan" if is_plan(path) else network_sheet(path) or "codings"


@dataclass(frozen=True)
class Outcome:
    """What a command did: the corpus that it read, the files that a person opens, what was noticed of other inputs."""

    corpus: Corpus
    written: tuple[Path, ...]
    noticed: tuple[Finding, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every input could be used."""
        return not any(note.severity == "error" for note in (*self.corpus.notes, *self.noticed))


def needs_training(inputs: Inputs) -> bool:
    """Return whether coding will first train the default coder, which takes less than a minute."""
    return inputs.coder != "rules" and not is_trained() and bool(learnable(inputs.read_codebook()))
