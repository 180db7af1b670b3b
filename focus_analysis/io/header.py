"""The header of a transcript: metadata and roster before the first turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from focus_analysis.io.draft import Line, RosterEntry, normalise
from focus_analysis.io.institutions import institution_of
from focus_analysis.io.speakers import Label, is_form, label_key, matches
from focus_analysis.language.morphology import is_name
from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml

_KEY_VALUE = re.compile(r"^(?P<key>[^:]{2,40}?)\s*:\s*(?P<value>.*)$", re.DOTALL)
_ROSTER = re.compile(
    r"^(?:[-•*]\s+|\d{1,2}[.)]\s+)?(?P<label>[^–—:,]{1,63}?)\s*(?:\((?P<note>[^()]{1,60})\))?\s*(?:\s[-–—]\s|[–—]|:\s|,\s|[\t\x1f])\s*(?P<institution>\S.*)$"
)
_INLINE = re.compile(r"\s*[;,\x1e]\s*(?=[^,;]{1,40}?\s[-–—]\s)")
_PARTICIPANTS = ("uczestnicy ", "lista uczestnik", "uczestnicy/", "participants ")
_REVERSED = re.compile(r"^(?P<institution>[^()]{2,90}?)\s*\((?P<label>[^()]{1,20})\)$")
_LONGEST_INSTITUTION = 90
_LONGEST_MODERATOR = 4
_WORDS_OF_NAME = 3
_WORDS_OF_INSTITUTION = 8
_SENTENCE_END = (".", "?", "!", "…")
_ASKED = ("?", "!", "…")


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


def read_header(lines: Sequence[Line], candidates: Sequence[Label | None]) -> Header:
    """Read the lines before the first turn.

    Parameters
    ----------
    lines : sequence of Line
        The whole file: whether a line is a turn is told from how often its label comes again.
    candidates : sequence of Label or None
        What each line may have for a label.
    """
    header = Header()
    labels = Counter(label.key for label in candidates if label)
    in_roster = False
    for position, (line, own) in enumerate(zip(lines, candidates, strict=True)):
        key, value = _key_value(line.text)
        if key == "moderator" and not _is_moderator_line(own, value, labels, header):
            key = None
        if key == "participants":
            header.roster += _inline_roster(value)
            in_roster, header.length = True, position + 1
        elif key:
            if value and key != "ignored":
                header.values.setdefault(key, value)
            in_roster, header.length = False, position + 1
        elif entry := _roster_entry(line.text, header, labels, in_roster):
            header.roster.append(entry)
            header.length = position + 1
        elif _starts_talk(own, labels, header):
            header.length = position
            return header
        elif line.text:
            in_roster = False
            header.title.append(line)
    header.title = [line for line in header.title if line in lines[: header.length]]
    return header


def header_values(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what keys and values outside a text's lines say of the session: top rows of a table, fields of a json."""
    named = ((_column(key), normalise(value)) for key, value in pairs)
    return {key: value for key, value in named if key and value and key not in ("ignored", "participants")}


def is_header_key(text: str) -> bool:
    """Return whether words are a key of a header, such as "Gmina"."""
    return _column(text) is not None


def _key_value(text: str) -> tuple[str | None, str]:
    match = _KEY_VALUE.match(text)
    return (_column(match["key"]), match["value"].strip()) if match else (None, "")


def _column(key: str) -> str | None:
    folded = fold(normalise(key)).rstrip(":").strip()
    return _keys().get(folded) or ("participants" if folded.startswith(_PARTICIPANTS) else None)


@cache
def _keys() -> dict[str, str]:
    return {key: column for column, keys in toml("header.toml").items() if column != "values" for key in keys}


def _is_moderator_line(own: Label | None, value: str, labels: Counter[str], header: Header) -> bool:
    if label_key(value) in labels or matches(value, "moderator"):
        return True
    if value.endswith(_ASKED):
        return False
    words = value.split()
    if value.istitle() and 1 < len(words) <= _WORDS_OF_NAME and is_name(words[0]):
        return True
    if own and labels[own.key] > 1:
        return False
    if value.istitle() and len(words) == 1 and is_name(value):
        return True
    return bool(header.values) and len(value.split()) <= _LONGEST_MODERATOR and not value.endswith(_SENTENCE_END)


def _inline_roster(value: str) -> list[RosterEntry]:
    parts = re.split(r"\s*[;,\x1e]\s*", value)
    turned = [match for match in map(_REVERSED.match, parts) if match and is_form(match["label"])]
    if turned:
        return [RosterEntry(match["label"], match["institution"], "participant") for match in turned]
    entries = [_ROSTER.match(part) for part in _INLINE.split(value)] if value else []
    return [_entry(match) for match in entries if match and _is_institution(match["institution"])]


def _roster_entry(text: str, header: Header, labels: Counter[str], in_roster: bool) -> RosterEntry | None:
    """Return the person that a line names; outside a roster only where its label speaks later on."""
    match = _ROSTER.match(text)
    if not match or not _is_institution(match["institution"]):
        return None
    entry = _entry(match)
    if not in_roster and (":" in text or not _is_legend(entry, labels)):
        return None
    if label_key(entry.label) in {label_key(label) for label in header.known}:
        return None
    if ":" in text and institution_of(entry.institution) is None:
        return None
    return entry


def _is_legend(entry: RosterEntry, labels: Counter[str]) -> bool:
    """Return whether a line without a heading names a person who speaks later on."""
    recurs = labels[label_key(entry.label)] > 1
    return is_form(entry.label) and recurs and institution_of(entry.institution) is not None


def _entry(match: re.Match[str]) -> RosterEntry:
    institution = match["institution"].strip()
    role = "moderator" if matches(institution, "moderator") else "participant"
    return RosterEntry(match["label"].strip(), " ".join(institution.split("\x1f")), role, match["note"] or "")


def _is_institution(text: str) -> bool:
    if text.endswith(".") and len(text.split()) <= _WORDS_OF_INSTITUTION and institution_of(text):
        return True
    return len(text) <= _LONGEST_INSTITUTION and not text.rstrip().endswith(_SENTENCE_END)


def _starts_talk(label: Label | None, labels: Counter[str], header: Header) -> bool:
    if label is None:
        return False
    if label.key in {label_key(known) for known in header.known}:
        return True
    if label.kind in ("colon", "timed", "bracket", "tab", "named") or label.bold:
        return is_form(label.label) or labels[label.key] > 1 or label.time_s is not None
    return is_form(label.label) and labels[label.key] > 1
