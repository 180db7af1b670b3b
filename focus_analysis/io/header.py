"""The header of a transcript: metadata and roster before the first turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from focus_analysis.io.draft import Line, RosterEntry, normalise
from focus_analysis.io.institutions import institution_of
from focus_analysis.io.speakers import find_label, is_generic, label_key, matches
from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml

_KEY_VALUE = re.compile(r"^(?P<key>[^:]{2,40}?)\s*:\s*(?P<value>.*)$", re.DOTALL)
_ROSTER = re.compile(
    r"^(?:[-•*]\s+|\d{1,2}[.)]\s+)?(?P<label>[^–—:,]{1,63}?)\s*(?:\((?P<note>[^()]{1,60})\))?\s*(?:\s[-–—]\s|[–—]|:\s|,\s|\t)\s*(?P<institution>\S.*)$"
)
_INLINE = re.compile(r"\s*[;,]\s*(?=[^,;]{1,40}?\s[-–—]\s)")
_LONGEST_INSTITUTION = 90
_LONGEST_MODERATOR = 4
_SENTENCE_END = (".", "?", "!", "…")


class Header:
    """Metadata, roster, and how many lines of the file they take.

    Attributes
    ----------
    values : dict of str to str
        Column of the sessions table (or "moderator", "data") to what the header says.
    roster : list of RosterEntry
        Who took part.
    length : int
        Number of lines before the first turn.
    title : list of Line
        Lines before the first turn that are neither metadata nor roster.
    """

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.roster: list[RosterEntry] = []
        self.length = 0
        self.title: list[Line] = []

    @property
    def known(self) -> list[str]:
        """Labels that the header names."""
        moderator = re.split(r"\s*[,;]\s*", self.values.get("moderator", ""))
        return [entry.label for entry in self.roster] + [label for label in moderator if label]


def read_header(lines: Sequence[Line]) -> Header:
    """Read the lines before the first turn.

    Parameters
    ----------
    lines : sequence of Line
        The whole file: whether a line is a turn is told from how often its label comes again.
    """
    header = Header()
    labels = Counter(label.key for label in map(find_label, lines) if label)
    in_roster = False
    for position, line in enumerate(lines):
        key, value = _key_value(line.text)
        if key == "moderator" and not _is_moderator_line(line, value, labels, header):
            key = None
        if key == "participants":
            header.roster += _inline_roster(value)
            in_roster, header.length = True, position + 1
        elif key:
            if value and key != "ignored":
                header.values.setdefault(key, value)
            in_roster, header.length = False, position + 1
        elif in_roster and (entry := _roster_entry(line.text, header)):
            header.roster.append(entry)
            header.length = position + 1
        elif _starts_talk(line, labels, header):
            header.length = position
            return header
        elif line.text:
            in_roster = False
            header.title.append(line)
    header.title = [line for line in header.title if line in lines[: header.length]]
    return header


def header_values(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what keys and values outside a text's lines say of the session: top rows of a table, fields of a json."""
    named = ((_keys().get(fold(normalise(key)).rstrip(":").strip()), normalise(value)) for key, value in pairs)
    return {key: value for key, value in named if key and value and key not in ("ignored", "participants")}


def _key_value(text: str) -> tuple[str | None, str]:
    match = _KEY_VALUE.match(text)
    if not match:
        return None, ""
    return _keys().get(fold(match["key"].strip())), match["value"].strip()


@cache
def _keys() -> dict[str, str]:
    return {key: column for column, keys in toml("header.toml").items() if column != "values" for key in keys}


def _is_moderator_line(line: Line, value: str, labels: Counter[str], header: Header) -> bool:
    if label_key(value) in labels or matches(value, "moderator"):
        return True
    own = find_label(line)
    if own and labels[own.key] > 1:
        return False
    return bool(header.values) and len(value.split()) <= _LONGEST_MODERATOR and not value.endswith(_SENTENCE_END)


def _inline_roster(value: str) -> list[RosterEntry]:
    entries = [_ROSTER.match(part) for part in _INLINE.split(value)] if value else []
    return [_entry(match) for match in entries if match and _is_institution(match["institution"])]


def _roster_entry(text: str, header: Header) -> RosterEntry | None:
    match = _ROSTER.match(text)
    if not match or not _is_institution(match["institution"]):
        return None
    entry = _entry(match)
    if label_key(entry.label) in {label_key(label) for label in header.known}:
        return None
    if ":" in text and institution_of(entry.institution) is None:
        return None
    return entry


def _entry(match: re.Match[str]) -> RosterEntry:
    institution = match["institution"].strip()
    role = "moderator" if matches(institution, "moderator") else "participant"
    return RosterEntry(match["label"].strip(), institution, role, match["note"] or "")


def _is_institution(text: str) -> bool:
    return len(text) <= _LONGEST_INSTITUTION and not text.rstrip().endswith(_SENTENCE_END)


def _starts_talk(line: Line, labels: Counter[str], header: Header) -> bool:
    label = find_label(line)
    if label is None:
        return False
    if label.key in {label_key(known) for known in header.known}:
        return True
    if label.kind in ("colon", "timed", "bracket") or label.bold:
        return is_generic(label.label) or labels[label.key] > 1 or label.time_s is not None
    return is_generic(label.label) and labels[label.key] > 1 and len(label.key) > 1
