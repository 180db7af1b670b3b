"""From the lines of a document to header and segments: where a turn starts, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from focus_analysis.io.draft import CELL, LINE_IN_CELL, Draft, Line, RosterEntry, Segment, Segments, finding
from focus_analysis.io.evidence import accepted_labels, looks_like_speaker, with_styles
from focus_analysis.io.header import Header, read_header
from focus_analysis.io.speakers import Label, find_label, label_key, seconds
from focus_analysis.language.tokens import count_words
from focus_analysis.schemas import Finding

_LONG_TITLE = 60
_NARROWEST_CUT, _FEWEST_CUTS, _MOSTLY = 60, 3, 0.9
_LONG_WORD = 5
_INLINE_LABEL = (
    r"[A-ZŁŚŻ]{1,3}\d{1,3}|SPEAKER_\d+|M|MOD|Mod\.|Moderator|Moderatorka|MODERATOR|MODERATORKA|Prowadząca|Prowadzący"
)
_STOPS = ".,;:!?"
_TIME_MARK = re.compile(r"#(?P<time>\d{1,2}:\d{2}:\d{2}-\d{1,3})#")


def draft_from_lines(
    lines: Sequence[Line], kind: str, file: str, known: Sequence[str] = (), encoding: str = ""
) -> Draft:
    """Find the turns in the lines of a document.

    An accepted label starts a turn; every other line goes on with the turn before.

    Parameters
    ----------
    lines : sequence of Line
        All lines or paragraphs, in order.
    kind, file, encoding : str
        Format, file name and encoding, for the record.
    known : sequence of str
        Labels that a speakers table names for this file.
    """
    lines = split_inline(lines, known)
    found = [find_label(line) for line in lines]
    header = read_header(lines, found)
    talk = list(lines[header.length :])
    candidates = with_styles(found[header.length :])
    roster = [*known, *header.known]
    accepted, rejected = accepted_labels([label for label in candidates if label], roster)
    starts = [label if label and (label.key, label.kind) in accepted else None for label in candidates]
    before, segments = _segments(talk, starts, roster)
    if not segments:
        segments, before = [Segment(None, _joined([Line(text, 0) for text in before], 0, ()))], []
    title = [*(line.text for line in header.title), *before]
    notes = {(label.label, label.note) for label in starts if label and label.note}
    findings = [*title_findings(title, file), *_label_findings(rejected, notes, file)]
    spoken = Segments.of(segment for segment in segments if segment.text)
    return Draft(kind, spoken, header.values, header_roster(header), tuple(findings), encoding)


def split_inline(lines: Sequence[Line], known: Sequence[str] = ()) -> list[Line]:
    """Part a line before every label inside it ("… tak. R1: …"), where the label has a form that only speakers have."""
    names = "|".join(re.escape(label) for label in known if len(label) > 1)
    labels = f"{_INLINE_LABEL}|{names}" if names else _INLINE_LABEL
    inside = re.compile(rf"(?<=[^\W\d][.?!…]) (?=(?:{labels}):\s)")
    split: list[Line] = []
    for line in lines:
        parts = inside.split(line.text)
        split += (
            [line]
            if len(parts) == 1
            else [Line(part, line.number, line.bold if not n else 0) for n, part in enumerate(parts)]
        )
    return split


def header_roster(header: Header) -> tuple[RosterEntry, ...]:
    """Return the roster of a header, one entry a label."""
    return tuple({label_key(entry.label): entry for entry in header.roster}.values())


def _segments(lines: list[Line], starts: list[Label | None], roster: list[str]) -> tuple[list[str], list[Segment]]:
    """Return the lines before the first label, and the segments."""
    spelling = {label_key(label): label for label in reversed(roster)}
    width = _cut_width(lines, starts)
    vocabulary = _vocabulary(lines, width) if width else set()
    first = next((place for place, label in enumerate(starts) if label), len(starts))
    segments = []
    spoken: list[Line] = []
    for line, label in zip(reversed(lines[first:]), reversed(starts[first:]), strict=True):
        if label is None:
            spoken.append(line)
            continue
        joined = _joined([Line(label.text, line.number), *reversed(spoken)], width, vocabulary)
        text, end_s = _without_marks(joined)
        segments.append(Segment(spelling.get(label.key, label.label), text, label.time_s, end_s))
        spoken = []
    return [line.text for line in lines[:first]], _starts_filled(segments[::-1])


def _without_marks(text: str) -> tuple[str, float | None]:
    """Return a turn without the time marks that transcription programs leave ("#00:01:02-3#"), and when it ends."""
    marks = list(_TIME_MARK.finditer(text))
    if not marks:
        return text, None
    end_s = seconds(marks[-1]["time"]) if marks[-1].end() == len(text) else None
    return " ".join(_TIME_MARK.sub(" ", text).split()), end_s


def _starts_filled(segments: list[Segment]) -> list[Segment]:
    """Let a turn without a time start where a mark at the end of the turn before it stands."""
    ends = (None, *(segment.end_s for segment in segments))
    return [
        segment if end_s is None or segment.start_s is not None else segment._replace(start_s=end_s)
        for segment, end_s in zip(segments, ends, strict=False)
    ]


def _joined(lines: list[Line], width: int, vocabulary: Container[str]) -> str:
    text: str = ""
    previous: Line | None = None
    for line in lines:
        if line.text:
            cut = previous and len(previous.text) == width and _parts_a_word(previous, line, vocabulary)
            text += line.text if cut or not text else f" {line.text}"
            previous = line
    return " ".join(text.replace(CELL, " ").replace(LINE_IN_CELL, " ").split())


def _parts_a_word(before: Line, after: Line, vocabulary: Container[str]) -> bool:
    """Return whether a cut at full width fell inside a word: by the spaces left, else by the words of the document."""
    if before.edges[1] or after.edges[0]:
        return False
    left, right = before.text.split()[-1].casefold(), after.text.split()[0].casefold().rstrip(_STOPS)
    if f"{left}{right}" in vocabulary or left not in vocabulary:
        return True
    return right not in vocabulary and len(right) < _LONG_WORD


def _vocabulary(lines: list[Line], width: int) -> set[str]:
    """Return the words of a document, without those that a line of full width may have cut."""
    words: set[str] = set()
    after_full = False
    for line in lines:
        full = len(line.text) >= width - 1
        whole = line.text.split()[after_full : -1 if full else None]
        words.update(word.casefold().rstrip(_STOPS) for word in whole)
        after_full = full
    return words


def _cut_width(lines: Sequence[Line], starts: Sequence[Label | None]) -> int:
    """Return the width at which a program cut the lines through the middle of words, or 0.

    Such lines all have the same length (one less where a space fell on the cut); lines wrapped at words do not.
    """
    spoken = ["" if label and not label.text else line.text for line, label in zip(lines, starts, strict=True)]
    following = zip(spoken, spoken[1:], starts[1:], strict=False)
    lengths = [len(text) for text, after, start in following if text and after and start is None]
    width = max(lengths, default=0)
    full = sum(length >= width - 1 for length in lengths)
    is_cut = width >= _NARROWEST_CUT and full >= _FEWEST_CUTS and full >= _MOSTLY * len(lengths)
    return width if is_cut else 0


def title_findings(title: Sequence[str], file: str) -> list[Finding]:
    """Return a finding for the lines before the first turn that say nothing of the session."""
    text = " ".join(line for line in title if line)
    if not text:
        return []
    words = count_words(text)
    severity = "warning" if words > _LONG_TITLE else "note"
    shown = text if len(text) <= 120 else text[:117] + "…"
    return [finding("title_left_out", severity, file, words=words, text=shown)]


def _label_findings(rejected: Sequence[Label], notes: set[tuple[str, str]], file: str) -> list[Finding]:
    findings = []
    for severity, look in (("warning", True), ("note", False)):
        chosen = [label for label in rejected if label.text and looks_like_speaker(label) is look]
        if chosen:
            shown = "; ".join(f"{label.label}: ({label.line})" for label in chosen)
            findings.append(finding("colon_is_text", severity, file, labels=shown))
    if notes:
        written = "; ".join(f"{label} ({note})" for label, note in sorted(notes))
        findings.append(finding("label_note", "note", file, notes=written))
    return findings
