"""Readers of subtitles: srt, vtt and sbv."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Sequence

from focus_analysis.io.draft import Draft, Line, Segment, Segments, finding, in_order_of_time, normalise, refuse
from focus_analysis.io.evidence import accepted_labels
from focus_analysis.io.header import header_values
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.speakers import Label, find_label, is_form, label_key, seconds

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+(?P<name>[^>\n]{1,200})>")
_TAG = re.compile(r"</?(?:[a-z0-9:.][^<>]*|[BIUS]|FONT[^<>]*)>|\{\\[^}]*\}")
_TIMING = re.compile(r"-->")
_SBV_TIMING = re.compile(r"^\d+:\d{1,2}:\d{1,2}\.\d{3},\d+:\d{1,2}:\d{1,2}\.\d{3}\s*$", re.MULTILINE)
_HEADER_SECONDS = 5.0
_FEWEST_NAMED, _MOSTLY = 3, 0.9
_NAME_LINE = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ][\w.-]*(?: [A-ZĄĆĘŁŃÓŚŹŻ][\w.-]*){0,3}")
# A time within a cue before each word, as the captions have that YouTube makes by itself.
_ROLLING = re.compile(r"<\d{2}:\d{2}:\d{2}\.\d{3}><c>")
_CLOCK = r"(?:\d{1,2}:){1,2}\d{1,2}(?:[.,]\d{1,3})?"
_CUE_LINE = re.compile(rf"(?P<start>{_CLOCK}) ?--> ?(?P<end>{_CLOCK})")
Cue = tuple[float, float, str]
Piece = tuple[float | None, float | None, str | None, str]
_SHORT_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}:\d{2}[.,]\d{3})(?=\s*-->|\s*$)", re.MULTILINE)


def read_subtitles(file: TranscriptFile) -> Draft:
    """Return the talk of an srt, vtt or sbv file; cues of one speaker in a row are one turn.

    Speakers come from ``<v Name>`` tags, from labels ("R1: …"), or from a first line of the cue that is a name of its
    own. A file without speakers has one, nobody known.

    Raises
    ------
    ReadError
        The file is empty, no text, or holds no cue.
    """
    text, encoding = file.read_text()
    kind = "sbv" if file.suffix == ".sbv" else "vtt" if text.lstrip().startswith("WEBVTT") else "srt"
    cues, lost = _cues(text, kind, file)
    if _ROLLING.search(text):
        cues = _unrolled(cues)
    ordered = sorted(cues, key=lambda cue: cue[0])
    notes = [] if ordered == cues else [finding("cues_reordered", "note", file.name)]
    notes += [finding("cues_lost", "warning", file.name, n=lost)] if lost > 0 else []
    pieces: list[Piece] = [(start, end, voice, spoken) for start, end, raw in ordered for voice, spoken in _voices(raw)]
    top = next((place for place, piece in enumerate(pieces) if not _is_header(piece)), len(pieces))
    header = _header(text, pieces[:top])
    talk = [part for piece in pieces[top:] for part in _by_line(piece)]
    segments, continued = named_segments(talk, file.known)
    notes += [finding("cues_continued", "note", file.name, n=continued)] if continued else []
    return Draft(kind, in_order_of_time(segments), header, notes=tuple(notes), encoding=encoding)


def cued_talk(lines: Sequence[str], known: tuple[str, ...]) -> tuple[list[str], Segments] | None:
    """Return the lines before the first cue and the talk, where a document holds cues: times, a name, words.

    So meeting programs export to Word, and so do subtitles look that somebody pasted there.
    """
    times = [
        (place, match) for place, line in enumerate(lines) if "-->" in line and (match := _CUE_LINE.fullmatch(line))
    ]
    if len(times) < _FEWEST_NAMED:
        return None
    ends = [place for place, _ in times[1:]] + [len(lines)]
    pieces: list[Piece] = []
    for (place, match), end in zip(times, ends, strict=True):
        spoken = [line for line in lines[place + 1 : end] if line]
        numbered = end < len(lines) and spoken[-1:] and spoken[-1].isdecimal()
        pieces.append(
            (seconds(match["start"]), seconds(match["end"]), None, "\n".join(spoken[:-1] if numbered else spoken))
        )
    top = [line for line in lines[: times[0][0]] if line and not line.isdecimal()]
    return top, in_order_of_time(named_segments(pieces, known)[0])


def _header(text: str, pieces: list[Piece]) -> dict[str, str]:
    """Return what the notes of a vtt, or first cues such as "Dane: zmyślone", say of the session."""
    notes = [line.partition("NOTE")[2] for line in text.splitlines() if line.startswith("NOTE ")]
    cues = [spoken for _, _, _, spoken in pieces]
    pairs = [line.partition(":")[::2] for line in [*notes, *cues]]
    return header_values((key, value) for key, value in pairs)


def _by_line(piece: Piece) -> list[Piece]:
    """Part a cue in which several lines have a speaker of their own."""
    start, end, voice, spoken = piece
    if voice is not None:
        return [piece]
    lines = spoken.splitlines()
    labels = [label for label in map(find_label, (Line(normalise(line), 0) for line in lines)) if label]
    several = sum(label.kind == "colon" and is_form(label.label) for label in labels) == len(lines) > 1
    return [(start, end, voice, line) for line in lines] if several else [piece]


def _is_header(piece: Piece) -> bool:
    start, _, voice, spoken = piece
    return voice is None and (start or 0.0) < _HEADER_SECONDS and _is_header_text(spoken)


def _is_header_text(spoken: str) -> bool:
    key, _, value = spoken.partition(":")
    found = header_values([(key, value)])
    return bool(found) and "moderator" not in found


def _cues(text: str, kind: str, file: TranscriptFile) -> tuple[list[Cue], int]:
    """Return (start, end, text) of every cue in the order of the file, and how many could not be read."""
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    timings = len((_SBV_TIMING if kind == "sbv" else _TIMING).findall(text))
    if not timings:
        refuse("no_cues", file.name)
    buffer = io.StringIO(_SHORT_CLOCK.sub(r"00:\1", text) if kind == "srt" else text.lstrip())
    try:
        captions = webvtt.from_buffer(buffer, format=kind).captions
    except (MalformedCaptionError, MalformedFileError) as error:
        refuse("broken_cues", file.name, reason=str(error))
    cues = [
        (
            caption.start_in_seconds + caption.start_time.milliseconds / 1000,
            caption.end_in_seconds + caption.end_time.milliseconds / 1000,
            caption.raw_text,
        )
        for caption in captions
    ]
    if not cues:
        refuse("no_cues", file.name)
    return cues, timings - len(cues)


def _unrolled(cues: list[Cue]) -> list[Cue]:
    """Take the lines that stay on the screen from the cue before out of automatic captions, which roll up."""
    kept: list[Cue] = []
    before: list[str] = []
    for start, end, raw in cues:
        lines = [line for line in map(str.strip, raw.splitlines()) if line]
        bare = list(map(_bare, lines))
        staying = next((n for n in range(min(len(before), len(bare)), 0, -1) if before[-n:] == bare[:n]), 0)
        if len(lines) > staying:
            kept.append((start, end, "\n".join(lines[staying:])))
        before = bare or before
    return kept


def _voices(raw: str) -> list[tuple[str | None, str]]:
    """Split a cue by its voice tags: (speaker or None, text with line breaks)."""
    parts = _VOICE.split(raw)
    voices: list[tuple[str | None, str]] = [(None, _bare(parts[0]))] if _bare(parts[0]) else []
    voices += [
        (normalise(html.unescape(name)).strip("/ "), _bare(spoken))
        for name, spoken in zip(parts[1::2], parts[2::2], strict=True)
    ]
    return voices


def _bare(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).strip()


def named_segments(pieces: list[Piece], known: tuple[str, ...]) -> tuple[list[Segment], int]:
    """Return the segments of pieces (start, end, voice, text), and how many without a label go on with the one before.

    Where the first cue has a label, a cue without one goes on; else nobody knows whose it is.
    """
    named = _named_on_first_line(pieces)
    usable = [None if voice else _label_of(spoken) for _, _, voice, spoken in pieces]
    accepted, _ = accepted_labels([label for label in usable if label], known)
    spelling = {label_key(label): label for label in known}
    segments: list[Segment] = []
    continued = 0
    for (start, end, voice, spoken), label in zip(pieces, usable, strict=True):
        speaker, words = voice, spoken
        if voice is None and label and (named or (label.key, label.kind) in accepted):
            speaker = spelling.get(label.key, label.label)
            words = f"{label.text}\n{spoken.partition(chr(10))[2]}"
        elif voice is None and segments and segments[0].speaker and not any(piece[2] for piece in pieces):
            speaker = segments[-1].speaker
            continued += 1
        segments.append(Segment(speaker, normalise(words), start, end))
    return segments, continued


def _named_on_first_line(pieces: list[Piece]) -> bool:
    """Return whether nearly every cue has a name alone on its first line, as in meeting recordings."""
    names = [
        spoken.partition("\n")[0]
        for _, _, voice, spoken in pieces
        if voice is None and "\n" in spoken and _NAME_LINE.fullmatch(spoken.partition("\n")[0])
    ]
    return len(pieces) >= _FEWEST_NAMED and len(names) >= _MOSTLY * len(pieces) and len(set(names)) < len(names)


def _label_of(spoken: str) -> Label | None:
    """Return the label on the first line of a cue, unless it is one without a colon and no more lines follow it."""
    first, line_end, _ = spoken.partition("\n")
    label = find_label(Line(normalise(first), 0))
    return label if label and (label.kind != "alone" or line_end) else None
