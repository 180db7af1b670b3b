"""Zip archives: documents that are one inside, and archives of transcripts."""

from __future__ import annotations

import lzma
import re
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from focus_analysis.io.draft import finding, normalise, refuse
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.schemas import Finding

_ENCRYPTED, _UTF8 = 0x1, 0x800
# What zipfile and its decompressors raise on archives that are damaged, encrypted or packed in a way unknown to them.
_BREAKS = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError),
    *(RuntimeError, EOFError, OSError, ValueError, KeyError),
)
_UNFIT = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_LONGEST_NAME = 150
_SHORTEST_ELEMENT, _CHUNK = 4, 1 << 20
_NOT_OURS = "__MACOSX"


@contextmanager
def open_archive(file: TranscriptFile, broken: str = "broken_archive") -> Iterator[zipfile.ZipFile]:
    """Open an archive after a look at its sizes and passwords.

    Parameters
    ----------
    file : TranscriptFile
        The archive.
    broken : str
        Key of the message for one that cannot be opened.

    Raises
    ------
    ReadError
        The file is empty, too large when unpacked, encrypted, or no archive; or breaks while it is being read.
    """
    file.read_bytes(1)
    try:
        with zipfile.ZipFile(file.path) as archive:
            members = archive.infolist()
            file.limits.check("members", len(members), file.name)
            file.limits.check_size("unpacked_mb", sum(member.file_size for member in members), file.name)
            if any(member.flag_bits & _ENCRYPTED for member in members):
                refuse("password", file.name)
            yield archive
    except _BREAKS as error:
        refuse(broken, file.name, reason=type(error).__name__)


def check_parts(archive: zipfile.ZipFile, file: TranscriptFile) -> None:
    """Look at the number of elements in the larger parts of a document, before a library builds them.

    Raises
    ------
    ReadError
        A part has too many elements, or is broken.
    """
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")) and member.file_size > _SHORTEST_ELEMENT * file.limits.elements:
            with archive.open(member) as part:
                found = sum(chunk.count(b"<") for chunk in iter(lambda: part.read(_CHUNK), b""))
            file.limits.check("elements", found, file.name, member.filename)


def read_part(archive: zipfile.ZipFile, part: str, file: TranscriptFile) -> bytes:
    """Return a part of a document.

    Raises
    ------
    ReadError
        The document has no such part, or it is broken.
    """
    try:
        return archive.read(part)
    except Exception as error:  # whatever a broken archive does to the library
        refuse("broken_archive", file.name, part, reason=type(error).__name__)


def unpack(file: TranscriptFile, folder: Path) -> list[Finding]:
    """Unpack an archive of transcripts into a folder of its own, and return what was left out.

    Links are left out; names that file systems do not take are mended. Archives inside the archive stay as they are.

    Raises
    ------
    ReadError
        The archive is broken, encrypted or too large, or a path in it leads out of the folder.
    """
    notes = []
    with open_archive(file) as archive:
        for member in archive.infolist():
            name = _name(member)
            if member.is_dir() or PurePosixPath(name).parts[:1] == (_NOT_OURS,):
                continue
            if stat.S_ISLNK(member.external_attr >> 16):
                notes.append(finding("link_left_out", "warning", f"{file.name}/{name}"))
                continue
            target = _target(name, folder, file)
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
    return notes


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's path; one that is not marked as UTF-8 is UTF-8 all the same, or of an old Polish Windows."""
    if member.flag_bits & _UTF8:
        return member.filename
    raw = member.filename.encode("cp437", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp852", errors="replace")


def _target(name: str, folder: Path, file: TranscriptFile) -> Path:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name):
        refuse("path_leads_out", file.name, normalise(name))
    parts = [_UNFIT.sub("_", normalise(part)).strip(". ") or "_" for part in path.parts]
    *folders, last = [Path(part).stem[:_LONGEST_NAME] + Path(part).suffix[:10] for part in parts]
    target = folder.joinpath(*folders, last)
    number = 1
    while target.exists():
        number += 1
        target = folder.joinpath(*folders, last).with_stem(f"{Path(last).stem}-{number}")
    return target
