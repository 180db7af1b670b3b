"""Which files of a folder are transcripts; hashes; files that appear whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from focus_analysis.errors import ReadError
from focus_analysis.io.archives import unpack
from focus_analysis.io.draft import finding, refuse
from focus_analysis.io.opening import Limits, TranscriptFile
from focus_analysis.io.readers import KNOWN_SUFFIXES
from focus_analysis.schemas import Finding

_NEVER = re.compile(r"^(?:readme.*|(?:sessions|speakers|guide)(?:-\d+)?\..*|\..*|~\$.*)$", re.IGNORECASE)

ARCHIVE = ".zip"
_OUT_FOLDERS = ("figures", "tables", "texts")
_OUT_FILES = re.compile(r"^(?:manifest\.json|turns\.csv|codings\.csv|quotations\.csv|report(?:-\d+)?\.\w+)$")


@dataclass(frozen=True)
class Source:
    """A transcript's file: where it is, the folder that was asked for, and its path within that folder.

    A file that was unpacked has the folder that it was unpacked to, and the archive that it came from.
    """

    path: Path
    folder: Path
    name: str
    archive: Source | None = None

    @property
    def folders(self) -> list[Path]:
        """The folders around the file, from its own up to the one that was asked for."""
        here = self.path.parent
        inner = [here, *(one for one in here.parents if one == self.folder or self.folder in one.parents)]
        return [*inner, *(self.archive.folders if self.archive else ())]


def find_sources(
    paths: Iterable[str | Path], bench: Path, leave_out: Iterable[str | Path] = (), limits: Limits | None = None
) -> tuple[list[Source], list[Finding]]:
    """Return the transcripts among files, folders (read recursively) and archives, and what cannot be used.

    Parameters
    ----------
    paths : iterable of path
        Files and folders.
    bench : Path
        An empty folder to which archives are unpacked.
    leave_out : iterable of path
        Folders never read, such as the output folder.
    limits : Limits, optional
        How much an archive may hold.

    Raises
    ------
    ReadError
        None of the paths exists or has a suffix that is read.
    """
    closed = [Path(folder).resolve() for folder in leave_out]
    found: dict[Path, Source] = {}
    notes: list[Finding] = []
    for path in map(Path, paths):
        for source in _files(path, closed):
            note = _unusable(source, path)
            if note:
                notes.append(note)
            elif source.path.suffix.lower() == ARCHIVE:
                unpacked, left = _unpacked(source, bench, limits or Limits())
                found |= {one.path: one for one in unpacked}
                notes += left
            else:
                found.setdefault(source.path.resolve(), source)
    if not found and notes and notes[0].severity == "error":
        refuse(notes[0].key, notes[0].file, notes[0].place, **dict(notes[0].words))
    return _named_apart(list(found.values())), notes


def _files(path: Path, closed: list[Path]) -> list[Source]:
    if not path.is_dir():
        return [Source(path, path.parent, path.name)]
    return [Source(file, path, file.relative_to(path).as_posix()) for file in _walk(path, closed)]


def _unusable(source: Source, given: Path) -> Finding | None:
    """Return why a file is no transcript, or None."""
    suffix = source.path.suffix.lower()
    if not given.exists():
        return finding("no_such_path", "error", str(given))
    if given.is_file() and _NEVER.match(source.name):
        return finding("never_transcript", "note", source.name)
    if suffix not in (*KNOWN_SUFFIXES, ARCHIVE):
        severity = "note" if given.is_dir() else "error"
        return finding("suffix_unknown", severity, source.name, suffix=source.path.suffix or "-")
    if not source.path.exists():
        return finding("no_such_path", "error", source.name)
    if not source.path.is_file():
        return finding("not_a_file", "error", source.name)
    leads_out = source.path.is_symlink() and not source.path.resolve().is_relative_to(source.folder.resolve())
    return finding("link_left_out", "warning", source.name) if leads_out and given.is_dir() else None


def _unpacked(archive: Source, bench: Path, limits: Limits) -> tuple[list[Source], list[Finding]]:
    """Return the transcripts of an archive, unpacked to a folder of their own, and what cannot be used."""
    folder = bench / str(sum(1 for _ in bench.iterdir())) / archive.path.stem
    folder.mkdir(parents=True)
    try:
        notes = unpack(TranscriptFile(archive.path, limits=limits), folder)
    except ReadError as error:
        return [], [Finding(error.key, "error", archive.name, error.place, tuple(error.words.items()))]
    sources = []
    for source in _files(folder, []):
        note = _unusable(source, folder)
        inside = f"{archive.name}/{source.name}"
        if note:
            notes.append(replace(note, file=inside))
        elif source.path.suffix.lower() == ARCHIVE:
            notes.append(finding("archive_in_archive", "warning", inside))
        else:
            sources.append(Source(source.path, folder, inside, archive))
    if not sources and not notes:
        notes.append(finding("no_transcripts", "warning", archive.name))
    return sources, notes


def _named_apart(sources: list[Source]) -> list[Source]:
    """Give files of several folders that share a name the name of their folder before it."""
    counts = Counter(source.name for source in sources)
    return [
        source if counts[source.name] == 1 else replace(source, name=f"{source.folder.name}/{source.name}")
        for source in sources
    ]


def _walk(folder: Path, closed: list[Path]) -> list[Path]:
    found = []
    for root, folders, names in os.walk(folder):
        here = Path(root)
        ours = "manifest.json" in names and is_output(here)
        entered = (name for name in sorted(folders) if (here / name).resolve() not in closed)
        folders[:] = [name for name in entered if not (name.startswith(".") or (ours and name in _OUT_FOLDERS))]
        read = (name for name in sorted(names) if not _NEVER.match(name))
        found += [here / name for name in read if not (ours and _OUT_FILES.match(name))]
    return found


def is_output(folder: Path) -> bool:
    """Return whether a folder holds results that the toolkit wrote: its manifest says so."""
    try:
        content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and {"inputs", "codebook", "documents"} <= set(content)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` fill a file beside the target and move it there once it is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{secrets.token_hex(8)}{path.suffix}")
    try:
        write(unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
