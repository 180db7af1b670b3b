"""A transcript's file as its reader gets it, and the limits within which files are opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from focus_analysis.io.draft import refuse
from focus_analysis.io.encoding import decode

KB, MB = 1_000, 1_000_000
_MOST_LINES_OF_A_TURN = 4


@dataclass(frozen=True)
class Limits:
    """How much a file may hold, so that none can fill the memory or hold up a whole folder.

    Parameters
    ----------
    file_mb : int
        Size of a file, in millions of bytes.
    unpacked_mb : int
        Size of all that an archive (zip, docx, xlsx, odt) holds, unpacked, in millions of bytes.
    members : int
        Files in an archive.
    elements : int
        Elements of an XML, HTML or JSON file, marks of a rich text, characters on a page of a pdf.
    line_chars : int
        Characters in one line of text.
    rows : int
        Rows of a table, lines or paragraphs of a text, cues of subtitles.
    pages : int
        Pages of a pdf.

    Examples
    --------
    >>> Limits(file_mb=500).pages
    5000
    """

    file_mb: int = 100
    unpacked_mb: int = 300
    members: int = 10_000
    elements: int = 2_000_000
    line_chars: int = 2_000_000
    rows: int = 150_000
    pages: int = 5_000

    def check(self, limit: str, found: int, file: str, place: str = "") -> None:
        """Refuse what is over a limit.

        Raises
        ------
        ReadError
            ``found`` is more than the limit of that name; the message says how to raise it.
        """
        allowed: int = getattr(self, limit)
        if found > allowed:
            refuse(f"over_{limit}", file, place, found=found, allowed=allowed)

    def check_size(self, limit: str, size: int, file: str) -> None:
        """Refuse what has more bytes than a limit in millions of bytes.

        Raises
        ------
        ReadError
            ``size`` is more than the limit of that name; the message says how to raise it.
        """
        allowed: int = getattr(self, limit)
        if size > allowed * MB:
            refuse(f"over_{limit}", file, size=in_bytes(size), found=-(-size // MB), allowed=allowed)


@dataclass(frozen=True)
class TranscriptFile:
    """What a reader is given: a file, the labels that a speakers table names for it, and the limits."""

    path: Path
    known: tuple[str, ...] = ()
    limits: Limits = Limits()

    @property
    def name(self) -> str:
        """Name of the file, for messages."""
        return self.path.name

    @property
    def suffix(self) -> str:
        """Suffix in lower case, with its dot."""
        return self.path.suffix.lower()

    def read_bytes(self, most: int = -1) -> bytes:
        """Return the content, or its first bytes.

        Raises
        ------
        ReadError
            The file is empty, too large, or cannot be opened.
        """
        if not self.path.is_file():
            refuse("no_such_path", str(self.path))
        try:
            self.limits.check_size("file_mb", self.path.stat().st_size, self.name)
            with self.path.open("rb") as file:
                data = file.read(most)
        except OSError as error:
            refuse("cannot_open", self.name, reason=error.strerror or type(error).__name__)
        if not data:
            refuse("empty_file", self.name)
        return data

    def read_text(self) -> tuple[str, str]:
        """Return the text of a file that is read line by line, and its encoding.

        Raises
        ------
        ReadError
            The file is empty, too large, no text, or has too many lines or one that is too long.
        """
        text, encoding = decode(self.read_bytes(), self.name)
        self.limits.check("rows", text.count("\n") // _MOST_LINES_OF_A_TURN, self.name)
        if len(text) > self.limits.line_chars:
            lengths = [*map(len, text.splitlines())]
            longest = max(lengths)
            self.limits.check("line_chars", longest, self.name, f"{lengths.index(longest) + 1}")
        return text, encoding


def in_bytes(size: int) -> str:
    """Return a size in the largest unit that it fills, rounded up.

    Examples
    --------
    >>> in_bytes(112), in_bytes(1_500), in_bytes(499_000_001)
    ('112 B', '2 kB', '500 MB')
    """
    unit, name = (MB, "MB") if size >= MB else (KB, "kB") if size >= KB else (1, "B")
    return f"{-(-size // unit)} {name}"
