"""What looks wrong in transcripts that were read, file by file, and what would mend it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.corpus import Corpus, check_corpus
from focus_analysis.io.draft import finding
from focus_analysis.io.evidence import is_person
from focus_analysis.io.people import UNKNOWN, quoted
from focus_analysis.io.speakers import clock, is_form, matches
from focus_analysis.language.condition import condition_of
from focus_analysis.language.tokens import fold
from focus_analysis.schemas import DIAGNOSIS, Finding, check, rows

if TYPE_CHECKING:
    import pandas as pd

_LONG_TURN, _LONG_BY_MEDIAN = 600, 10
_GAP_S, _JUMP_S, _WORDS_PER_S = 300.0, 1.0, 2.0
_FEW_TURNS, _MANY_TURNS = 2, 10
_TELLING_WORDS, _FEWEST_SHARED, _SHARED = 5, 5, 0.8
_SHORTEST_TYPO = 5
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_TEXT_FORMATS = {"txt", "md", "srt", "vtt", "sbv", "csv", "tsv", "json", "html", "htm", "otr", "cha", "textgrid"}
_COLUMNS = {
    "false_speakers": ("speaker_doubtful", "colon_is_text"),
    "near_duplicates": ("labels_alike",),
    "time_breaks": ("time_gap", "time_jump"),
    "place": ("gmina_missing", "gmina_unknown", "gmina_ambiguous", "teryt_conflict"),
    "duplicates": ("duplicate_file", "same_talk"),
    "long_turns": ("long_turn",),
    "condition": ("text_no_diacritics", "text_no_punctuation", "text_scanned", "language_not_polish"),
}
_DROPPED = ("cues_lost", "damaged_bytes")


def observe(corpus: Corpus) -> list[Finding]:
    """Return what the tables of a corpus show that reading one file alone does not.

    Labels that look alike or like nobody's, gaps and jumps in time, very long turns, two files with the same talk,
    text in poor condition.

    Parameters
    ----------
    corpus : Corpus
        The transcripts as read.
    """
    people, turns = _by_session(corpus.speakers), _by_session(corpus.turns)
    notes: list[Finding] = []
    for session in rows(corpus.sessions):
        present, spoken = people.get(session.session_id, []), turns.get(session.session_id, [])
        notes += _alike(present, session.source)
        notes += _doubtful(present, spoken, session.source)
        notes += _breaks(spoken, session.source)
        notes += _long(spoken, session.source)
        notes += _condition(spoken, session.source)
    return [*notes, *_same_talk(corpus, turns)]


def _by_session(table: pd.DataFrame) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows(table):
        found.setdefault(row.session_id, []).append(row)
    return found


def examined(corpus: Corpus, noticed: Iterable[Finding] = ()) -> Corpus:
    """Return the corpus with what its tables show (``observe``), and what else was noticed, among its notes."""
    check_corpus("diagnose", corpus)
    notes = dict.fromkeys((*corpus.notes, *observe(corpus), *noticed))
    return Corpus(corpus.sessions, corpus.speakers, corpus.turns, tuple(notes), (*corpus.history, "examined"))


def diagnose(corpus: Corpus, lang: str | None = None) -> pd.DataFrame:
    """Say file by file what was read, what looks wrong, and what would mend it.

    Parameters
    ----------
    corpus : Corpus
        The transcripts as read.
    lang : {"pl", "en"}, optional
        Language of the messages; without it, that of the locale.

    Returns
    -------
    DataFrame
        One row a file, those that were not used among them, of the schema ``DIAGNOSIS``.
    """
    import pandas as pd

    lang = lang or labels.default_language()

    notes: dict[str, list[Finding]] = {}
    for note in examined(corpus).notes:
        notes.setdefault(note.file, []).append(note)
    people, turns = _by_session(corpus.speakers), _by_session(corpus.turns)
    used = [
        _row(session.source, notes.get(session.source, []), lang)
        | _read(session, notes.get(session.source, []))
        | _counted(people.get(session.session_id, []), turns.get(session.session_id, []))
        for session in rows(corpus.sessions)
    ]
    sources = {row["file"] for row in used}
    unused = [
        _row(file, found, lang) | {"refused": _said(found, lang, "what")}
        for file, found in notes.items()
        if file not in sources and any(note.severity == "error" or note.key == "duplicate_file" for note in found)
    ]
    return check(pd.DataFrame([*used, *unused], columns=DIAGNOSIS.names), DIAGNOSIS)


def _read(session: Any, notes: Sequence[Finding]) -> dict[str, Any]:
    """Return what a file was read as."""
    read_as = next((dict(note.words) for note in notes if note.key == "read_as"), {})
    kind = read_as.get("format") or Path(session.source).suffix.lower().lstrip(".")
    encoding = _encoding(kind, read_as, notes)
    return {"session_id": session.session_id, "format": kind, "encoding": encoding, "gmina": session.gmina}


def _counted(people: Sequence[Any], turns: Sequence[Any]) -> dict[str, Any]:
    n_words = sum(turn.n_words for turn in turns)
    unlabelled = sum(turn.n_words for turn in turns if turn.speaker == UNKNOWN)
    return {
        "moderator": "; ".join(person.speaker for person in people if person.role == "moderator") or None,
        "speakers": "; ".join(f"{person.speaker}: {person.n_turns} ({person.n_words})" for person in people),
        "n_participants": sum(person.role == "participant" for person in people),
        "n_turns": len(turns),
        "n_words": n_words,
        "longest_turn": max((turn.n_words for turn in turns), default=None),
        "unlabelled": unlabelled / n_words if n_words else None,
    }


def _encoding(kind: str, read_as: dict[str, str], notes: Sequence[Finding]) -> str | None:
    guessed = next((dict(note.words)["encoding"] for note in notes if note.key == "encoding_guessed"), None)
    stated = read_as.get("encoding", "-")
    if guessed or stated != "-":
        return guessed or stated
    return "utf-8" if kind in _TEXT_FORMATS else None


def _row(file: str, notes: Sequence[Finding], lang: str) -> dict[str, Any]:
    cells: dict[str, Any] = {"file": file}
    for column, keys in _COLUMNS.items():
        cells[column] = _said([note for note in notes if note.key in keys], lang, "what")
    dropped = [note for note in notes if note.key.endswith("_left_out") or note.key in _DROPPED]
    cells["dropped"] = _said(dropped, lang, "what", "why")
    cells["how"] = _said([note for note in notes if note.severity != "note"], lang, "how")
    return cells


def _said(notes: Iterable[Finding], lang: str, *parts: str) -> str | None:
    """Return what the messages of findings say, each once."""
    texts = (". ".join(getattr(labels.message(note, lang), part) for part in parts) for note in notes)
    return " | ".join(dict.fromkeys(texts)) or None


def _alike(people: Sequence[Any], file: str) -> list[Finding]:
    """Return a finding for every two labels that may be one person's."""
    notes = []
    for one, other in combinations(people, 2):
        if _look_alike(one.speaker, other.speaker):
            often, rare = (person.speaker for person in sorted((one, other), key=lambda person: -person.n_turns))
            line = ",".join(map(quoted, (file, rare, often)))
            notes.append(finding("labels_alike", "warning", file, rare, label=rare, person=often, line=line))
    return notes


def _look_alike(one: str, other: str) -> bool:
    """Return whether labels differ in case, diacritics, signs and leading zeros only, or by one letter.

    Examples
    --------
    >>> [_look_alike(*pair.split("/")) for pair in ("Gosia/Gośia", "R1/R 01", "R1/R2", "Krystyna/Krystna", "Jan/Jas")]
    [True, True, False, True, False]
    """
    first, second = (
        [part.lstrip("0") or "0" if part.isdecimal() else part for part in _PARTS.findall(fold(label))]
        for label in (one, other)
    )
    if "".join(first) == "".join(second):
        return True
    digits = [[part for part in parts if part.isdecimal()] for parts in (first, second)]
    return digits[0] == digits[1] and _one_letter_apart("".join(first), "".join(second))


def _one_letter_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST_TYPO or len(long) - len(short) > 1:
        return False
    same = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    swapped = short[same : same + 2] == long[same : same + 2][::-1] and short[same + 2 :] == long[same + 2 :]
    rest = long[same + 1 :]
    return rest in (short[same:], short[same + 1 :]) or (swapped and len(short) == len(long))


def _doubtful(people: Sequence[Any], turns: Sequence[Any], file: str) -> list[Finding]:
    """Return a finding for labels that come once or twice in a long talk and look like nobody's."""
    rare = [
        person.speaker
        for person in people
        if person.n_turns <= _FEW_TURNS < len(turns) >= _MANY_TURNS
        and not (person.in_roster or person.speaker == UNKNOWN or matches(person.speaker, "several"))
        and not (is_form(person.speaker) or is_person(person.speaker))
    ]
    return [finding("speaker_doubtful", "warning", file, rare[0], labels="; ".join(rare))] if rare else []


def _breaks(turns: Sequence[Any], file: str) -> list[Finding]:
    """Return findings for time in which nobody speaks for long, and for time that runs backwards."""
    timed = [turn for turn in turns if turn.start_s is not None]
    following = [(one, other) for one, other in pairwise(turns) if one.start_s is not None is not other.start_s]
    gaps = [(after.start_s - _end(before), before) for before, after in following]
    wide = [(gap, turn) for gap, turn in gaps if gap > _GAP_S]
    back = [after for before, after in pairwise(timed) if after.start_s < before.start_s - _JUMP_S]
    back += [turn for turn in timed if turn.end_s is not None and turn.end_s < turn.start_s]
    notes = []
    if wide:
        longest, turn = max(wide, key=lambda pair: pair[0])
        shown = clock(min(longest, 359_998.0)).partition(".")[0]
        notes.append(finding("time_gap", "warning", file, f"{turn.turn}", n=len(wide), longest=shown, turn=turn.turn))
    if back:
        notes.append(finding("time_jump", "warning", file, f"{back[0].turn}", n=len(back), turn=back[0].turn))
    return notes


def _end(turn: Any) -> float:
    """Return when a turn ends; without a time, when its words would be spoken slowly."""
    return float(turn.start_s + turn.n_words / _WORDS_PER_S if turn.end_s is None else turn.end_s)


def _long(turns: Sequence[Any], file: str) -> list[Finding]:
    lengths = sorted(turn.n_words for turn in turns)
    if len(lengths) <= 1:
        return []
    fewest = max(_LONG_TURN, _LONG_BY_MEDIAN * lengths[len(lengths) // 2])
    long = [turn for turn in turns if turn.n_words >= fewest]
    if not long:
        return []
    longest = max(long, key=lambda turn: turn.n_words)
    words = {"n": len(long), "words": longest.n_words, "turn": longest.turn, "label": longest.speaker}
    return [finding("long_turn", "warning", file, f"{longest.turn}", **words)]


def _condition(turns: Sequence[Any], file: str) -> list[Finding]:
    """Return what the text of a transcript lacks, and so gets mended before it is coded."""
    lacks = condition_of([turn.text for turn in turns])._asdict()
    return [finding(f"text_{lack}", "note", file) for lack, found in lacks.items() if found]


def _same_talk(corpus: Corpus, turns: dict[str, list[Any]]) -> list[Finding]:
    """Return a finding for every session most of whose longer turns stand in another one too."""
    sources = dict(zip(corpus.sessions["session_id"], corpus.sessions["source"], strict=True))
    told = {
        session: {fold(turn.text) for turn in spoken if turn.n_words >= _TELLING_WORDS}
        for session, spoken in turns.items()
    }
    where: dict[str, list[str]] = {}
    for session, texts in told.items():
        for text in texts:
            where.setdefault(text, []).append(session)
    shared = Counter(pair for sessions in where.values() for pair in combinations(sessions, 2))
    return [
        finding("same_talk", "warning", sources[other], other=sources[one], n=n)
        for (one, other), n in sorted(shared.items())
        if n >= max(_FEWEST_SHARED, _SHARED * min(len(told[one]), len(told[other])))
    ]
