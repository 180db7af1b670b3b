"""Corpus: the transcripts of a study as three frozen tables."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import SESSIONS, SPEAKERS, TURNS, Finding, check, rows

if TYPE_CHECKING:
    import pandas as pd


class Corpus:
    """Sessions, speakers and turns of a study, checked and frozen.

    Parameters
    ----------
    sessions, speakers, turns : DataFrame
        Tables of the schemas ``SESSIONS``, ``SPEAKERS`` and ``TURNS``.
    notes : iterable of Finding
        What was noticed while reading.
    history : iterable of str
        What was done to the corpus, oldest first.

    Raises
    ------
    SchemaError
        A table breaks its schema.
    """

    __slots__ = ("__weakref__", "_frames", "history", "notes")

    notes: tuple[Finding, ...]
    history: tuple[str, ...]
    _frames: dict[str, pd.DataFrame]

    def __init__(
        self,
        sessions: pd.DataFrame,
        speakers: pd.DataFrame,
        turns: pd.DataFrame,
        notes: Iterable[Finding] = (),
        history: Iterable[str] = (),
    ) -> None:
        frames = {
            "sessions": check(sessions, SESSIONS),
            "speakers": check(speakers, SPEAKERS),
            "turns": check(turns, TURNS),
        }
        for name, value in (("_frames", frames), ("notes", tuple(notes)), ("history", tuple(history))):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Corpus is frozen; make a new one instead of setting {name!r}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a Corpus is frozen; {name!r} cannot be deleted")

    @property
    def sessions(self) -> pd.DataFrame:
        """One row a session (a copy)."""
        return self._frames["sessions"].copy()

    @property
    def speakers(self) -> pd.DataFrame:
        """One row a speaker of a session (a copy)."""
        return self._frames["speakers"].copy()

    @property
    def turns(self) -> pd.DataFrame:
        """One row a turn (a copy)."""
        return self._frames["turns"].copy()

    @property
    def findings(self) -> pd.DataFrame:
        """What was noticed while reading, in the language of the locale: one row a finding."""
        return self.findings_in(labels.default_language())

    def findings_in(self, lang: str) -> pd.DataFrame:
        """Return what was noticed while reading, in Polish or English: one row a finding."""
        return labels.findings_table(self.notes, lang)

    def session(self, session_id: str) -> Transcript:
        """Return one transcript, which shows itself in a notebook.

        Raises
        ------
        ArgumentError
            No session has this id.
        """
        sessions = self._frames["sessions"]
        if session_id not in set(sessions["session_id"]):
            known = ", ".join(sessions["session_id"])
            raise ArgumentError(f"no session {session_id!r}; there are: {known or 'none'}")
        return Transcript(self.where(session_id=session_id))

    def __reduce__(self) -> tuple[type[Corpus], tuple[Any, ...]]:
        frames = self._frames
        return Corpus, (frames["sessions"], frames["speakers"], frames["turns"], self.notes, self.history)

    def where(self, **values: Any) -> Corpus:
        """Return the corpus of the sessions whose columns have these values.

        Parameters
        ----------
        **values : value or iterable of values
            Column of the sessions table and the value, or values, to keep: ``voivodeship="podkarpackie"``.

        Raises
        ------
        ArgumentError
            The sessions table has no such column.
        """
        sessions = self._frames["sessions"]
        keep = sessions["session_id"].notna()
        for column, wanted in values.items():
            if column not in SESSIONS.names:
                raise ArgumentError(f"sessions have no column {column!r}; there are: {', '.join(SESSIONS.names)}")
            single = isinstance(wanted, str) or not isinstance(wanted, Iterable)
            keep &= sessions[column].isin([wanted] if single else list(wanted))
        kept = sessions[keep]
        ids, sources = set(kept["session_id"]), set(kept["source"])
        described = ", ".join(f"{column}={value!r}" for column, value in values.items())
        return Corpus(
            kept,
            self._of(ids, "speakers"),
            self._of(ids, "turns"),
            [note for note in self.notes if note.file in sources],
            (*self.history, f"where({described})"),
        )

    def _of(self, ids: set[str], table: str) -> pd.DataFrame:
        frame = self._frames[table]
        return frame[frame["session_id"].isin(ids)]

    def __len__(self) -> int:
        return len(self._frames["sessions"])

    def __repr__(self) -> str:
        words = int(self._frames["turns"]["n_words"].sum())
        return (
            f"Corpus({len(self)} sessions, {len(self._frames['speakers'])} speakers, "
            f"{len(self._frames['turns'])} turns, {words} words)"
        )

    def _repr_html_(self) -> str:
        lang = labels.default_language()
        parts = [f"<p><b>Corpus</b>: {html.escape(self._summary(lang))}</p>", self._by_region(lang)]
        serious = [note for note in self.notes if note.severity != "note"]
        if serious:
            items = "".join(
                f"<li><b>{html.escape(note.file)}</b> {html.escape(labels.message(note, lang).what)}"
                f" <i>{html.escape(labels.message(note, lang).how)}</i></li>"
                for note in serious[:20]
            )
            parts.append(f"<p>{html.escape(labels.words('corpus.wrong', lang))}</p><ul>{items}</ul>")
            if len(serious) > 20:
                parts.append(f"<p>{html.escape(labels.words('corpus.more', lang, n=len(serious) - 20))}</p>")
        return "".join(parts)

    def _summary(self, lang: str) -> str:
        turns = self._frames["turns"]
        counts = {
            "session": len(self),
            "speaker": len(self._frames["speakers"]),
            "turn": len(turns),
            "word": int(turns["n_words"].sum()),
        }
        return ", ".join(labels.plural(noun, n, lang) for noun, n in counts.items())

    def _by_region(self, lang: str) -> str:
        sessions = self._frames["sessions"]
        regions = sessions["voivodeship"].fillna(labels.words("term.unknown", lang))
        turns = self._frames["turns"].groupby("session_id")["n_words"].sum()
        table = sessions.assign(voivodeship=regions, n_words=sessions["session_id"].map(turns).fillna(0))
        grouped = table.groupby("voivodeship", sort=True)
        shown = grouped.agg(
            sessions=("session_id", "size"),
            participants=("n_participants", "sum"),
            n_words=("n_words", "sum"),
        ).reset_index()
        shown["n_words"] = shown["n_words"].astype(int)
        shown.columns = [
            labels.words(f"term.{name}", lang) for name in ("voivodeship", "groups", "participants", "words")
        ]
        table_html: str = shown.to_html(index=False, border=0)
        return table_html


def check_corpus(step: str, given: object) -> None:
    """Raise an ``ArgumentError`` that tells how to get a corpus where something else stands for one."""
    if not isinstance(given, Corpus):
        raise ArgumentError(
            f"{step}: a Corpus is needed, as read_corpus(folder) returns it; not a {type(given).__name__}"
        )


class Transcript:
    """One session as people read it: a label and a text for each turn."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    @property
    def turns(self) -> pd.DataFrame:
        """Turns of the session."""
        return self.corpus.turns

    @property
    def speakers(self) -> pd.DataFrame:
        """Speakers of the session."""
        return self.corpus.speakers

    def __repr__(self) -> str:
        return "\n".join(f"{row.turn:>3} {row.speaker}: {row.text}" for row in rows(self.turns))

    def _repr_html_(self) -> str:
        session = self.corpus.sessions.iloc[0]
        place = ", ".join(
            str(session[name]) for name in ("gmina", "powiat", "voivodeship", "date") if session[name] == session[name]
        )
        shown = "".join(
            f"<tr><td>{row.turn}</td><td><b>{html.escape(str(row.speaker))}</b></td>"
            f"<td style='text-align:left;white-space:pre-line'>{html.escape(str(row.text))}</td></tr>"
            for row in rows(self.turns)
        )
        title = html.escape(f"{session['session_id']} ({place})" if place else str(session["session_id"]))
        return f"<p><b>{title}</b></p><table>{shown}</table>"
