"""Which files of a folder are transcripts; hashes; files that appear whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from focus_analysis.io.draft import finding, refuse
from focus_analysis.io.readers import KNOWN_SUFFIXES
from focus_analysis.schemas import Finding

_NEVER = re.compile(r"^(?:readme.*|(?:sessions|speakers|guide)(?:-\d+)?\..*|\..*|~\$.*)$", re.IGNORECASE)

_OUT_FOLDERS = ("figures", "tables")
_OUT_FILES = re.compile(r"^(?:manifest\.json|turns\.csv|codings\.csv|report(?:-\d+)?\.\w+)$")


@dataclass(frozen=True)
class Source:
    """A transcript's file: where it is, the folder that was asked for, and its path within that folder."""

    path: Path
    folder: Path
    name: str


def find_sources(
    paths: Iterable[str | Path], leave_out: Iterable[str | Path] = ()
) -> tuple[list[Source], list[Finding]]:
    """Return the transcripts among files and folders (read recursively), and the files that cannot be used.

    Parameters
    ----------
    paths : iterable of path
        Files and folders.
    leave_out : iterable of path
        Folders never read, such as the output folder.

    Raises
    ------
    ReadError
        None of the paths exists or has a suffix that is read.
    """
    closed = [Path(folder).resolve() for folder in leave_out]
    sources: dict[Path, Source] = {}
    notes: list[Finding] = []
    given = [Path(path) for path in paths]
    for path in given:
        folder = path if path.is_dir() else path.parent
        for file in _walk(path, closed) if path.is_dir() else [path]:
            name = file.relative_to(folder).as_posix()
            if not path.exists():
                notes.append(finding("no_such_path", "error", str(path)))
            elif path.is_file() and _NEVER.match(name):
                notes.append(finding("never_transcript", "note", name))
            elif file.suffix.lower() in KNOWN_SUFFIXES:
                sources.setdefault(file.resolve(), Source(file, folder, name))
            else:
                severity = "note" if path.is_dir() else "error"
                notes.append(finding("suffix_unknown", severity, name, suffix=file.suffix or "-"))
    if not sources and notes and notes[0].severity == "error":
        refuse(notes[0].key, notes[0].file, **dict(notes[0].words))
    return _named_apart(list(sources.values())), notes


def _named_apart(sources: list[Source]) -> list[Source]:
    """Give files of several folders that share a name the name of their folder before it."""
    counts = Counter(source.name for source in sources)
    return [
        source
        if counts[source.name] == 1
        else Source(source.path, source.folder, f"{source.folder.name}/{source.name}")
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
    handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        write(unfinished)
        unfinished.chmod(0o644)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
