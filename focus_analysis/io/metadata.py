"""The tables that a researcher keeps beside the transcripts: sessions and speakers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from focus_analysis import labels
from focus_analysis.io.draft import RosterEntry, finding, normalise, refuse
from focus_analysis.io.sheets import columns_of, read_rows
from focus_analysis.io.speakers import label_key
from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml
from focus_analysis.schemas import Finding

SUFFIXES = (".xlsx", ".csv")
_GUESSES = tuple(labels.words("workbook.guess", lang) for lang in labels.LANGUAGES)
_NUMERIC_DATE = re.compile(r"^(?:(\d{1,2})[./-])?(\d{1,2})[./-](\d{4})$")
_ISO_DATE = re.compile(r"^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:[ T].*)?$")


@dataclass(frozen=True)
class Tables:
    """Rows of sessions and speakers tables, by the file or session that they are about."""

    sessions: Mapping[str, dict[str, str]] = field(default_factory=dict)
    rosters: Mapping[str, tuple[RosterEntry, ...]] = field(default_factory=dict)
    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: tuple[Finding, ...] = ()
    named: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def session(self, *names: str) -> dict[str, str]:
        """Return the row of the first of these names that has one, or nothing."""
        return next((self.sessions[key] for key in map(_key, names) if key in self.sessions), {})

    def roster(self, *names: str) -> tuple[RosterEntry, ...]:
        """Return the roster of the first of these names that has one, or nothing."""
        return next((self.rosters[key] for key in map(_key, names) if key in self.rosters), ())

    def person_of(self, *names: str) -> Mapping[str, str]:
        """Return, for the first of these names that has any, whose each other label is: label to person."""
        return next((self.people[key] for key in map(_key, names) if key in self.people), {})

    def unmatched(self, names: Iterable[str]) -> list[Finding]:
        """Return a finding for every file or session that the tables name and nobody has."""
        there = set(map(_key, names))
        return [
            finding("row_unmatched", "warning", table, name, name=name)
            for name, (table, aliases) in self.named.items()
            if not there & set(map(_key, aliases))
        ]


def read_tables(sessions: Path | None, speakers: Path | None) -> Tables:
    """Read a sessions and a speakers table.

    Raises
    ------
    ReadError
        A table cannot be read or lacks a column that it needs.
    """
    notes: list[Finding] = []
    named: dict[str, tuple[str, tuple[str, ...]]] = {}
    held = _sessions(sessions, named, notes) if sessions else {}
    rosters, people = _rosters(speakers, named, notes) if speakers else ({}, {})
    return Tables(held, rosters, people, tuple(notes), named)


def _sessions(
    path: Path, named: dict[str, tuple[str, tuple[str, ...]]], notes: list[Finding]
) -> dict[str, dict[str, str]]:
    """Return the rows of a sessions table by file and by session id; who is named and what was noticed is added."""
    rows = _rows(path, "sessions")
    for number, row in enumerate(rows, 2):
        aliases = tuple(row[column] for column in ("file", "session_id") if row.get(column))
        if not aliases:
            notes.append(finding("row_without_file", "warning", path.name, f"{number}"))
        elif aliases[0] in named:
            notes.append(finding("row_twice", "warning", path.name, f"{number}", name=aliases[0]))
        else:
            named[aliases[0]] = (path.name, aliases)
    return {_key(name): row for row in rows for name in (row.get("session_id", ""), row.get("file", "")) if name}


def _rosters(
    path: Path, named: dict[str, tuple[str, tuple[str, ...]]], notes: list[Finding]
) -> tuple[dict[str, tuple[RosterEntry, ...]], dict[str, dict[str, str]]]:
    """Return rosters, and whose other labels are, by file or session id; rows that are still guesses are left out.

    A row whose person is another label is no person of its own; what it says of role and institution is the person's.
    """
    numbered = list(enumerate(_rows(path, "speakers"), 2))
    stated = [(number, row) for number, row in numbered if not is_guess(row)]
    rosters: dict[str, dict[str, RosterEntry]] = {}
    people: dict[str, dict[str, str]] = {}
    for number, row in stated:
        name, label = row.get("file") or row.get("session_id", ""), row["speaker"]
        if not name or not label:
            notes.append(finding("row_without_file", "warning", path.name, f"{number}"))
            continue
        named.setdefault(name, (path.name, (name, row.get("session_id", ""))))
        entries = rosters.setdefault(_key(name), {})
        person = row.get("person", "")
        if person and label_key(person) != label_key(label):
            people.setdefault(_key(name), {})[label] = person
            if not (row.get("role") or row.get("institution")) or label_key(person) in entries:
                continue
            row, label = row | {"speaker": person}, person
        if label_key(label) in entries:
            notes.append(finding("speaker_twice", "warning", path.name, f"{number}", label=label, session=name))
        entries.setdefault(label_key(label), _entry(row, number, path, notes))
    if len(stated) < len(numbered):
        notes.append(finding("still_guesses", "warning", path.name, n=len(numbered) - len(stated)))
    return {key: tuple(entries.values()) for key, entries in rosters.items() if entries}, people


def _rows(path: Path, kind: str) -> list[dict[str, str]]:
    if not path.is_file():
        refuse("no_such_path", str(path))
    rows, _ = read_rows(path)
    places = columns_of(rows[0], kind) if rows else {}
    needed = ({"file", "session_id"},) if kind == "sessions" else ({"file", "session_id"}, {"speaker"})
    for names in needed:
        if not names & set(places):
            allowed = ", ".join(toml("columns.toml")[kind])
            refuse("table_lacks_column", path.name, "1", needed=" / ".join(sorted(names)), allowed=allowed)
    return [
        {column: normalise(row[place]) if place < len(row) else "" for column, place in places.items()}
        for row in rows[1:]
    ]


def _entry(row: dict[str, str], number: int, path: Path, notes: list[Finding]) -> RosterEntry:
    written, label = fold(row.get("role", "")), row["speaker"]
    roles = {word: role for role, words in toml("columns.toml")["roles"].items() for word in words}
    if written and written not in roles:
        notes.append(finding("role_unknown", "warning", path.name, f"{number}", role=row["role"], label=label))
    return RosterEntry(label, row.get("institution", ""), roles.get(written, ""))


def is_guess(row: Mapping[str, str]) -> bool:
    """Return whether a row still has the remark that it is a guess of the program."""
    return row.get("remark", "").startswith(_GUESSES)


def same_file(written: str, name: str) -> bool:
    """Return whether a table's cell names a file, by its path, its name, or its name without the suffix."""
    path = Path(_key(name))
    return _key(written) in {path.as_posix(), path.name, path.with_suffix("").as_posix(), path.stem}


def _key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).replace("\\", "/").casefold().split())


def iso_date(text: str) -> str | None:
    """Return a date as YYYY-MM-DD, YYYY-MM or YYYY, or None where it is none.

    Examples
    --------
    >>> iso_date("12.09.2018"), iso_date("2018-06"), iso_date("12 września 2018 r."), iso_date("wczoraj")
    ('2018-09-12', '2018-06', '2018-09-12', None)
    """
    from datetime import date

    bare = re.sub(r"\s*(?:r\.?|roku)$", "", text.strip())
    numeric, iso = _NUMERIC_DATE.match(bare), _ISO_DATE.match(bare)
    parts = (numeric[3], numeric[2], numeric[1]) if numeric else iso.groups() if iso else _spoken_date(bare)
    if parts is None:
        return None
    year, month, day = parts
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def _spoken_date(text: str) -> tuple[str, str, str | None] | None:
    match = re.match(r"^(?:(\d{1,2})\s+)?([^\W\d]+)\s+(\d{4})$", text)
    if not match:
        return None
    months = [name for forms in toml("words.toml")["months"].values() for names in forms.values() for name in names]
    found = [position % 12 + 1 for position, name in enumerate(months) if fold(name) == fold(match[2])]
    return (match[3], str(found[0]), match[1]) if found else None
