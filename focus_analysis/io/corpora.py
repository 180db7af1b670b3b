"""``read_corpus``: from files and folders to a Corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from focus_analysis import labels
from focus_analysis.corpus import Corpus
from focus_analysis.errors import ArgumentError, ReadError
from focus_analysis.io.draft import Draft, RosterEntry, finding, refuse
from focus_analysis.io.encoding import DAMAGED, MIXED, TWICE
from focus_analysis.io.files import Source, find_sources, sha256
from focus_analysis.io.metadata import SUFFIXES, Tables, is_guess, read_tables, same_file
from focus_analysis.io.opening import Limits
from focus_analysis.io.people import UNKNOWN, people_of, spelling
from focus_analysis.io.places import place_of
from focus_analysis.io.progress import tracked
from focus_analysis.io.readers import read_draft
from focus_analysis.io.speakers import label_key
from focus_analysis.language.tokens import looks_polish, word_counts
from focus_analysis.schemas import SESSIONS, SPEAKERS, TURNS, Finding

PathLike = str | Path
_TURNS_LOOKED_AT, _CHARACTERS_LOOKED_AT = 2_000, 20_000
_PLACE = {"gmina", "teryt", "powiat", "voivodeship"}


class _Rows:
    """Rows of the three tables, filled file by file."""

    def __init__(self) -> None:
        self.sessions: dict[str, dict[str, Any]] = {}
        self.speakers: list[dict[str, Any]] = []
        self.turns: dict[str, list[Any]] = {name: [] for name in TURNS.names}
        self.notes: list[Finding] = []
        self.history: list[str] = []


def read_corpus(
    paths: PathLike | Iterable[PathLike],
    sessions: PathLike | None = None,
    speakers: PathLike | None = None,
    leave_out: Iterable[PathLike] = (),
    limits: Limits | None = None,
) -> Corpus:
    """Read transcripts from files, folders and zip archives.

    Parameters
    ----------
    paths : path or iterable of path
        Files, folders that are read recursively, or archives of transcripts.
    sessions, speakers : path, optional
        Tables of metadata, csv or xlsx. Without them, ``sessions.csv``, ``sessions.xlsx``, ``speakers.csv`` and
        ``speakers.xlsx`` beside the transcripts are used.
    leave_out : iterable of path
        Folders never read, such as the output folder.
    limits : Limits, optional
        How much a file may hold; a message that names a limit says how to raise it.

    Returns
    -------
    Corpus
        Files of a folder that could not be read stand in ``corpus.findings``.

    Raises
    ------
    ReadError
        A single file, or every file, could not be read; or there is no transcript.
    ArgumentError
        Something else than paths is given.
    """
    given = _paths(paths)
    with TemporaryDirectory(prefix="focus-analysis-") as bench:
        sources, notes = find_sources(given, Path(bench), leave_out, limits)
        if not sources:
            refuse("no_transcripts", ", ".join(map(str, given)))
        whole = any(Path(path).is_dir() for path in given)
        return _read(sources, notes, _TablesBeside(sessions, speakers), limits, whole)


def _paths(given: PathLike | Iterable[PathLike]) -> list[PathLike]:
    """Return what is given as a list of paths."""
    paths = [given] if isinstance(given, str | Path) else list(given) if isinstance(given, Iterable) else [given]
    for path in paths:
        if not isinstance(path, str | Path):
            what = type(path).__name__
            raise ArgumentError(
                f"read_corpus: the path of a folder or a file is needed, or a list of paths; not a {what}"
            )
    return paths


def _read(
    sources: list[Source], notes: list[Finding], tables: _TablesBeside, limits: Limits | None, whole: bool
) -> Corpus:
    """Read every source; ``whole``: a folder was asked for, so that rows about files that are not there matter."""
    rows = _Rows()
    rows.notes += notes
    ids = _session_ids(sources)
    failures: list[ReadError] = []
    hashes: dict[str, Source] = {}
    for source in tracked(sources, labels.words("progress.reading", labels.default_language())):
        beside = tables.of(source)
        try:
            digest = _hash(source)
            if digest in hashes:
                rows.notes.append(finding("duplicate_file", "warning", source.name, other=hashes[digest].name))
                continue
            _add_file(rows, source, digest, ids[source], beside, limits)
            hashes[digest] = source
        except ReadError as error:
            failures.append(error)
            rows.notes.append(Finding(error.key, "error", source.name, error.place, tuple(error.words.items())))
    if not rows.sessions:
        raise _all_failed(failures)
    rows.notes += tables.notes
    if whole:
        rows.notes += tables.unmatched(sources, ids, rows)
    return _corpus(rows, len(sources) - len(failures))


def _all_failed(failures: list[ReadError]) -> ReadError:
    if len(failures) == 1:
        return failures[0]
    listed = "\n".join(str(failure) for failure in failures)
    return ReadError(f"none of {len(failures)} files could be read:\n{listed}", causes=tuple(failures))


def _hash(source: Source) -> str:
    try:
        return sha256(source.path)
    except OSError as error:
        refuse("cannot_open", source.name, reason=error.strerror or type(error).__name__)


class _TablesBeside:
    """The sessions and speakers tables of each folder, read once."""

    def __init__(self, sessions: PathLike | None, speakers: PathLike | None) -> None:
        self.sessions = Path(sessions) if sessions else None
        self.speakers = Path(speakers) if speakers else None
        self.failures: list[Finding] = []
        self.read: dict[tuple[Path | None, Path | None], Tables] = {}
        self.nearest: dict[Source, Tables] = {}

    def of(self, source: Source) -> Tables:
        """Return the tables nearest to a file, up to the folder that was asked for."""
        folder = replace(source, path=source.path.parent, name="")
        if folder not in self.nearest:
            self.nearest[folder] = self._nearest(source)
        return self.nearest[folder]

    def _nearest(self, source: Source) -> Tables:
        sessions = self.sessions or _beside(source, "sessions")
        speakers = self.speakers or _beside(source, "speakers")
        if (sessions, speakers) not in self.read:
            self.read[sessions, speakers] = self._read(sessions, speakers)
        return self.read[sessions, speakers]

    def _read(self, sessions: Path | None, speakers: Path | None) -> Tables:
        """Read the tables; one that was not asked for by name and cannot be read is noted, and the files go on."""
        try:
            return read_tables(sessions, speakers)
        except ReadError as error:
            if self.sessions or self.speakers:
                raise
            self.failures.append(Finding(error.key, "error", error.file, error.place, tuple(error.words.items())))
            bad_sessions = sessions is not None and error.file == sessions.name
            return self._read(None, speakers) if bad_sessions else self._read(sessions, None)

    @property
    def notes(self) -> list[Finding]:
        """What was noticed in the tables."""
        return [*self.failures, *(note for tables in self.read.values() for note in tables.notes)]

    def unmatched(self, sources: Iterable[Source], ids: dict[Source, str], rows: _Rows) -> list[Finding]:
        """Return a finding for every row about a file or session that is not there."""
        names = {name for source in sources for name in (source.name, source.path.name, source.path.stem, ids[source])}
        names |= set(rows.sessions)
        return [note for tables in self.read.values() for note in tables.unmatched(names)]


def _beside(source: Source, name: str) -> Path | None:
    tables = (folder / f"{name}{suffix}" for folder in source.folders for suffix in SUFFIXES)
    return next((table for table in tables if table.is_file()), None)


def _session_ids(sources: list[Source]) -> dict[Source, str]:
    """Return the stem of each file; its path where stems collide, with the suffix where paths collide too."""
    stems = Counter(source.path.stem for source in sources)
    paths = Counter(str(Path(source.name).with_suffix("").as_posix()) for source in sources)
    ids = {}
    for source in sources:
        path = Path(source.name).with_suffix("").as_posix()
        ids[source] = source.path.stem if stems[source.path.stem] == 1 else path if paths[path] == 1 else source.name
    return ids


def _add_file(rows: _Rows, source: Source, digest: str, default_id: str, tables: Tables, limits: Limits | None) -> None:
    table = tables.session(source.name, source.path.name, default_id, source.path.stem)
    if table.get("file") and not same_file(table["file"], source.name):
        table = {}
    names = (source.name, source.path.name, table.get("session_id", ""), default_id, source.path.stem)
    roster = tables.roster(*(name for name in names if name))
    people = tables.person_of(*(name for name in names if name))
    draft = read_draft(source.path, (*(entry.label for entry in roster), *people), limits)
    draft = _by_person(draft, people, source, rows)
    roster = _merged(roster or tables.roster(draft.header.get("session_id", "")), draft.roster)
    session_id = table.get("session_id") or draft.header.get("session_id") or default_id
    if session_id in rows.sessions:
        refuse("session_twice", source.name, session=session_id)
    known = _known(draft.header, {name: value for name, value in table.items() if value})
    place, place_notes = place_of(known, source.name, source.path.stem)
    persons, people_notes = people_of(draft, roster, source.name)
    turns = _turns(draft, session_id, spelling(persons), {person.speaker: person.role for person in persons})
    n_turns, n_words = Counter(turns["speaker"]), Counter[str]()
    for speaker, words in zip(turns["speaker"], turns["n_words"], strict=True):
        n_words[speaker] += words
    speakers = [
        {
            "session_id": session_id,
            "speaker": person.speaker,
            "role": person.role,
            "institution": person.institution,
            "in_roster": person.in_roster,
            "n_turns": n_turns[person.speaker],
            "n_words": n_words[person.speaker],
        }
        for person in persons
    ]
    present = sum(person.in_roster and person.role == "participant" for person in persons)
    origin = {"session_id": session_id, "source": source.name, "sha256": digest}
    rows.sessions[session_id] = {**place, **origin, "n_participants": present or None}
    rows.speakers += speakers
    for name, column in turns.items():
        rows.turns[name] += column
    renamed = [Finding(note.key, note.severity, source.name, note.place, note.words) for note in draft.notes]
    notes = (
        *_format_note(draft, source),
        *_encoding_note(draft, source),
        *_language_note(draft, source, place["language"]),
    )
    rows.notes += [*renamed, *place_notes, *people_notes, *notes]


def _by_person(draft: Draft, people: Mapping[str, str], source: Source, rows: _Rows) -> Draft:
    """Return a draft in which every label is its person's; what was mapped stands in the history, the source stays."""
    if not people:
        return draft
    persons = {label_key(label): person for label, person in people.items()}
    speakers = draft.segments.speakers
    heard = Counter(label_key(label) for label in speakers if label)
    for label, person in people.items():
        n = heard[label_key(label)]
        if n:
            rows.history.append(f"{source.name}: speaker {label!r} is {person!r} ({n} turns)")
        key, severity = ("label_mapped", "note") if n else ("label_absent", "warning")
        rows.notes.append(finding(key, severity, source.name, label, label=label, person=person, n=n))
    named = [persons.get(label_key(label or ""), label) for label in speakers]
    return replace(draft, segments=replace(draft.segments, speakers=named))


def _known(header: dict[str, str], table: dict[str, str]) -> dict[str, str]:
    """Return what is known of a session: the table wins; its gmina wins over the header's whole place.

    Where the table's row is still a guess, the header's place wins over the guessed one.
    """
    if is_guess(table) and header.keys() & {"gmina", "teryt"}:
        table = {name: value for name, value in table.items() if name not in _PLACE | {"remark"}}
    left_out = _PLACE if table.keys() & {"gmina", "teryt"} else set()
    left_out = left_out | ({"data"} if "invented" in table else set())
    return {name: value for name, value in header.items() if name not in left_out} | table


def _merged(table: tuple[RosterEntry, ...], header: tuple[RosterEntry, ...]) -> tuple[RosterEntry, ...]:
    """Return one roster of two: the table's rows win, the header fills what they leave empty."""
    entries = {label_key(entry.label): entry for entry in header}
    for entry in table:
        other = entries.get(label_key(entry.label), entry)
        entries[label_key(entry.label)] = RosterEntry(
            entry.label, entry.institution or other.institution, entry.role or other.role, entry.note or other.note
        )
    return tuple(entries.values())


def _turns(draft: Draft, session_id: str, names: dict[str, str], roles: dict[str, str]) -> dict[str, Sequence[Any]]:
    """Return the columns of the table of turns for one file."""
    said = draft.segments
    speaker_of = {label: names[label_key(label or UNKNOWN)] for label in set(said.speakers)}
    speakers = [speaker_of[label] for label in said.speakers]
    n = len(said)
    return {
        "session_id": [session_id] * n,
        "turn": range(1, n + 1),
        "speaker": speakers,
        "role": [roles[speaker] for speaker in speakers],
        "question": [None] * n,
        "start_s": said.starts_s,
        "end_s": said.ends_s,
        "text": said.texts,
        "n_words": word_counts(said.texts),
    }


def _language_note(draft: Draft, source: Source, language: str) -> list[Finding]:
    said = " ".join(draft.segments.texts[:_TURNS_LOOKED_AT])
    foreign = language == "pl" and not looks_polish(said[:_CHARACTERS_LOOKED_AT])
    return [finding("language_not_polish", "warning", source.name)] if foreign else []


def _encoding_note(draft: Draft, source: Source) -> list[Finding]:
    if draft.encoding == DAMAGED:
        return [finding("damaged_bytes", "warning", source.name)]
    if draft.encoding == TWICE:
        return [finding("encoded_twice", "warning", source.name)]
    if draft.encoding.startswith(MIXED):
        return [finding("mixed_encodings", "warning", source.name, encodings=draft.encoding)]
    guessed = draft.encoding and not draft.encoding.startswith("utf")
    return [finding("encoding_guessed", "note", source.name, encoding=draft.encoding)] if guessed else []


def _format_note(draft: Draft, source: Source) -> list[Finding]:
    """Note what a file was read as, where its suffix does not say so or it is in one of the rarer forms of Unicode."""
    expected = draft.format == source.path.suffix.lower().lstrip(".") and draft.encoding in ("", "utf-8", "utf-8-sig")
    if expected or (draft.encoding and not draft.encoding.startswith("utf")):
        return []
    return [finding("read_as", "note", source.name, format=draft.format, encoding=draft.encoding or "-")]


def _corpus(rows: _Rows, n_files: int) -> Corpus:
    import pandas as pd

    return Corpus(
        sessions=pd.DataFrame(list(rows.sessions.values()), columns=SESSIONS.names),
        speakers=pd.DataFrame(rows.speakers, columns=SPEAKERS.names),
        turns=pd.DataFrame(rows.turns),
        notes=rows.notes,
        history=(f"read_corpus: {n_files} files", *rows.history),
    )
