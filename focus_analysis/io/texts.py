"""The researchers' own paragraphs: one text file a section, made empty once and theirs from then on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from focus_analysis.io.encoding import decode

FOLDER = "texts"
_SUFFIXES = (".md", ".txt")


def read_texts(folder: Path, sections: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the paragraphs written for each section: what empty lines part; lines of a paragraph are joined.

    Parameters
    ----------
    folder : Path
        The output folder; the files stand in its folder ``texts``, named for the section, as .md or .txt.
    sections : iterable of str
        Names of the sections.
    """
    found: dict[str, tuple[str, ...]] = {}
    for section in sections:
        for path in _files(folder, section):
            data = path.read_bytes()
            text = decode(data, path.name)[0] if data.strip() else ""
            parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
            found[section] = found.get(section, ()) + tuple(part for part in parts if part)
    return {section: paragraphs for section, paragraphs in found.items() if paragraphs}


def make_texts(folder: Path, sections: Iterable[str]) -> None:
    """Make an empty text file for each section that has none."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for section in sections:
        if not _files(folder, section):
            (folder / FOLDER / f"{section}.txt").touch()


def _files(folder: Path, section: str) -> list[Path]:
    paths = [(folder / FOLDER / section).with_suffix(suffix) for suffix in _SUFFIXES]
    return [path for path in paths if path.is_file()]
