"""What a reader hands over: the lines or segments of one file, before they become tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple, NoReturn

from focus_analysis import labels
from focus_analysis.errors import ReadError
from focus_analysis.schemas import Finding

_SURROGATE = re.compile("[\ud800-\udfff]")
_DROPPED = {"Cc", "Cf"}
# ASCII, Latin letters, dashes and quotation marks: visible, and no sign of them changes another.
_PLAIN = ((0x20, 0x7E), (0xC0, 0x2FF), (0x2010, 0x2027))
_LONGEST_TABBED = 63
_BATCH = 500
# Marks within a line that came from a table's row: between cells, and between the lines of a cell.
CELL, LINE_IN_CELL = "\x1f", "\x1e"


class Line(NamedTuple):
    """A line or paragraph of a document.

    Parameters
    ----------
    text : str
        Normalised text; a tab after a short first part is kept, for it may part a speaker from the words.
    number : int
        Its place in the file, from 1.
    bold : int
        How many characters at its start are bold.
    edges : tuple of bool
        Whether white space stood at its start and at its end.
    style : str
        Name of its style, where the document has styles.
    """

    text: str
    number: int
    bold: int = 0
    edges: tuple[bool, bool] = (False, False)
    style: str = ""

    @classmethod
    def of(cls, raw: str, number: int, bold: int = 0, style: str = "") -> Line:
        """Return the line for a stretch of a file."""
        label, tab, rest = raw.strip().partition("\t")
        tabbed = tab and len(label) <= _LONGEST_TABBED and rest.strip()
        text = f"{normalise(label)}\t{normalise(rest)}" if tabbed else normalise(raw)
        return cls(text, number, bold, (raw[:1].isspace(), raw.rstrip("\r\n")[-1:].isspace()), style)


class Cells(tuple[str, ...]):
    """A row of a table: the normalised text of each cell, a line for each paragraph in it."""

    __slots__ = ()


class Segment(NamedTuple):
    """A stretch of talk by one speaker (None where the file does not say whose); times in seconds."""

    speaker: str | None
    text: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True)
class Segments:
    """The segments of a file in columns of one length, for there may be very many; one by one they are ``Segment``s."""

    speakers: Sequence[str | None] = ()
    texts: Sequence[str] = ()
    starts_s: Sequence[float | None] = ()
    ends_s: Sequence[float | None] = ()

    @classmethod
    def of(cls, segments: Iterable[Segment]) -> Segments:
        """Return the columns of segments."""
        return cls(*zip(*segments, strict=True))

    def __iter__(self) -> Iterator[Segment]:
        return map(Segment, self.speakers, self.texts, self.starts_s, self.ends_s)

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class RosterEntry:
    """A person of the roster: label, institution as written, role if stated, and what stood in brackets."""

    label: str
    institution: str = ""
    role: str = ""
    note: str = ""


@dataclass(frozen=True)
class Draft:
    """A transcript as read from one file."""

    format: str
    segments: Segments
    header: dict[str, str] = field(default_factory=dict)
    roster: tuple[RosterEntry, ...] = ()
    notes: tuple[Finding, ...] = ()
    encoding: str = ""


def normalise(text: str) -> str:
    r"""Return the text in NFC with every run of white space as one space and no invisible characters.

    Examples
    --------
    >>> normalise("Wójt\u00a0gminy,\r\n  tak.")
    'Wójt gminy, tak.'
    """
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable() and "  " not in composed:  # then a single space is all the white space there is
        return composed.strip()
    spaced = " ".join(composed.split())
    if spaced.isprintable():
        return spaced
    if _SURROGATE.search(spaced):
        return normalise(spaced.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    seen = "".join(char for char in spaced if unicodedata.category(char) not in _DROPPED)
    return " ".join(unicodedata.normalize("NFC", seen).split())


def normalised(texts: Sequence[str]) -> list[str]:
    r"""Return every text as ``normalise`` does; texts are looked at one by one only beside one that needs care.

    Examples
    --------
    >>> normalised(["Tak. ", "No\u00a0nie."])
    ['Tak.', 'No nie.']
    """
    batches = (texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH))
    return [*chain.from_iterable(map(str.strip if _is_plain("".join(one)) else normalise, one) for one in batches)]


def _is_plain(text: str) -> bool:
    """Return whether a text has nothing but visible signs that no sign beside them changes, and single spaces."""
    import numpy as np

    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    plain, blank = np.zeros(len(units), bool), units == ord(" ")
    for first, last in _PLAIN:
        plain |= units - np.uint16(first) <= last - first  # what is below the first wraps round
    return bool(plain.all() and not (blank[1:] & blank[:-1]).any())


class Paragraph(NamedTuple):
    """The lines of a paragraph, each with the number of bold characters at its start, and the paragraph's style."""

    lines: list[tuple[str, int]]
    style: str = ""

    def numbered(self, number: int) -> list[Line]:
        """Return its lines, all with the paragraph's number."""
        return [Line.of(text, number, bold, self.style) for text, bold in self.lines]


class MarkedStyles(NamedTuple):
    """The names of a document's styles that are bold, and of those that are hidden."""

    bold: set[str]
    hidden: set[str]


def inheriting(stated: dict[str, bool], parents: dict[str, str]) -> set[str]:
    """Return the styles that have a property, by themselves or by a style that they are made from.

    Examples
    --------
    >>> sorted(inheriting({"Strong": True, "Plain": False}, {"Strong": "", "Name": "Strong", "Plain": "Strong"}))
    ['Name', 'Strong']
    """
    having = set()
    for name in parents:
        seen: set[str] = set()
        above = name
        while above in parents and above not in stated and above not in seen:
            seen.add(above)
            above = parents[above]
        if stated.get(above, False):
            having.add(name)
    return having


def lines_of_pieces(pieces: Iterable[tuple[str, bool]]) -> list[tuple[str, int]]:
    r"""Return the lines of a paragraph that comes in pieces, and how many characters at the start of each are bold.

    Examples
    --------
    >>> lines_of_pieces([("R1:", True), (" Tak.\n", False), ("Nie.", False)])
    [('R1: Tak.\n', 3), ('Nie.', 0)]
    """
    lines: list[tuple[str, int]] = []
    texts: list[str] = []
    length = bold = 0
    for piece, strong in pieces:
        for part in piece.splitlines(keepends=True) or [piece]:
            bold += len(part) if strong and length == bold else 0
            length += len(part)
            texts.append(part)
            if part.endswith("\n"):
                lines.append(("".join(texts), bold))
                texts, length, bold = [], 0, 0
    return [*lines, ("".join(texts), bold)]


def merge_runs(segments: Iterable[Segment]) -> Segments:
    """Join segments of one speaker in a row, as subtitles and speech recognisers cut them."""
    spoken = (segment for segment in segments if segment.text)
    return Segments.of(joined(list(run)) for _, run in groupby(spoken, key=attrgetter("speaker")))


def joined(run: Sequence[Segment]) -> Segment:
    """Return one segment of several: the speaker and the start of the first, the last end of all."""
    if len(run) == 1:
        return run[0]
    ends = [segment.end_s for segment in run if segment.end_s is not None]
    text = " ".join(segment.text for segment in run)
    return Segment(run[0].speaker, text, run[0].start_s, max(ends, default=None))


def in_order_of_time(segments: Iterable[Segment]) -> Segments:
    """Return the turns of several people's segments: by start, one without a time after the one before it.

    Of people who speak in exactly the same span, the one who spoke before goes on first, whatever order a file has.
    """
    placed: list[tuple[float, Segment]] = []
    for segment in filter(lambda segment: segment.text, segments):
        before = placed[-1][0] if placed else 0.0
        placed.append((before if segment.start_s is None else segment.start_s, segment))
    ordered = [segment for _, segment in sorted(placed, key=lambda pair: pair[0])]
    for place in range(1, len(ordered) - 1):
        floor, one, other = ordered[place - 1 : place + 2]
        together = one.end_s is not None and (one.start_s, one.end_s) == (other.start_s, other.end_s)
        if together and one.start_s != one.end_s and other.speaker == floor.speaker != one.speaker:
            ordered[place : place + 2] = other, one
    return merge_runs(ordered)


def finding(key: str, severity: str, file: str = "", place: str = "", **gaps: object) -> Finding:
    """Return a finding of the message catalogue."""
    return Finding(key, severity, file, place, tuple((name, str(value)) for name, value in gaps.items()))


def hidden_finding(texts: Iterable[str], file: str) -> list[Finding]:
    """Return the finding for words of a document that its readers do not see, if there are any."""
    found = [*filter(None, texts)]
    return [finding("hidden_left_out", "warning", file, n=len(found), text=" | ".join(found)[:300])] if found else []


def refuse(key: str, file: str, place: str = "", **gaps: object) -> NoReturn:
    """Raise the error for a file that cannot be read, worded by the message catalogue.

    Raises
    ------
    ReadError
        Always.
    """
    said = labels.message(finding(key, "error", file, place, **gaps), "en")
    where = f"{file}, {place}" if place else file
    filled = {name: str(value) for name, value in gaps.items()}
    raise ReadError(f"{where}: {said.what}. {said.why} {said.how}", file=file, place=place, key=key, words=filled)
