"""Every table of a study: its columns, types, units and key, and the check that a frame keeps them.

Comparisons of codes, groups and regions: ``schemas_results``.
Session: one focus group meeting. Turn: one speaker's contribution. Offsets are code points of the turn's text,
half-open; times are seconds. The key of a gmina is the first six digits of ``teryt``.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal, Protocol

from focus_analysis.errors import SchemaError

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["text", "integer", "number", "truth"]

ROLES = ("moderator", "participant", "unknown")
STATUSES = ("affirmed", "denied", "hypothetical")
CODER_KINDS = ("rule", "model", "human", "adjudicated")
LEVELS = ("leaf", "top")
SEVERITIES = ("error", "warning", "note")
DENOMINATORS = ("roster", "spoke")
UNITS = ("turn", "speaker")
NO_CODE = "none"  # stands for a code where a coder read a turn and gave it none
INTERVAL_KINDS = ("confidence", "sensitivity", "none")


@dataclass(frozen=True)
class Column:
    """One column: its name, kind, meaning, whether it may be missing, and the values allowed if they are few."""

    name: str
    kind: Kind
    doc: str
    nullable: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: its name, the columns that make a row unique, and all columns in order."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.columns]


@dataclass(frozen=True)
class Finding:
    """Something noticed while reading: a message key of the catalogue and what its gaps are filled with."""

    key: str
    severity: str
    file: str = ""
    place: str = ""
    words: tuple[tuple[str, str], ...] = ()


class StudyTables(Protocol):
    """What an analysis asks of a study: its three tables. ``Corpus`` satisfies it."""

    @property
    def sessions(self) -> pd.DataFrame:
        """One row a session."""

    @property
    def speakers(self) -> pd.DataFrame:
        """One row a speaker of a session."""

    @property
    def turns(self) -> pd.DataFrame:
        """One row a turn."""


CODES = Table(
    "codes",
    ("code",),
    (
        Column("code", "text", "id of the code"),
        Column("group", "text", "group of the code: problems, difficulty, cooperation, solutions, institutions"),
        Column("parent", "text", "id of the code that gathers it", nullable=True),
        Column("order", "integer", "place in the codebook, from 1"),
        Column("label_pl", "text", "name in Polish"),
        Column("label_en", "text", "name in English"),
        Column("in_charge", "text", "institutions whose own business it is, joined by ';'", nullable=True),
    ),
)

SESSIONS = Table(
    "sessions",
    ("session_id",),
    (
        Column("session_id", "text", "id of the session"),
        Column("gmina", "text", "name of the gmina", nullable=True),
        Column("teryt", "text", "seven digits of the TERYT register", nullable=True),
        Column("powiat", "text", "name of the powiat", nullable=True),
        Column("voivodeship", "text", "name of the voivodeship: the region", nullable=True),
        Column("date", "text", "YYYY-MM-DD, YYYY-MM or YYYY", nullable=True),
        Column("language", "text", "language code of the talk"),
        Column("source", "text", "name of the file"),
        Column("sha256", "text", "hash of the file"),
        Column("invented", "truth", "whether the transcript says that it is invented"),
        Column("anonymised", "truth", "whether the transcript says that it is anonymised"),
        Column("n_participants", "integer", "participants present by the roster", nullable=True),
    ),
)

SPEAKERS = Table(
    "speakers",
    ("session_id", "speaker"),
    (
        Column("session_id", "text", "id of the session"),
        Column("speaker", "text", "label of the speaker in the transcript"),
        Column("role", "text", "moderator, participant or unknown", values=ROLES),
        Column("institution", "text", "id of the institution's code", nullable=True),
        Column("in_roster", "truth", "whether a roster names the speaker"),
        Column("n_turns", "integer", "turns spoken"),
        Column("n_words", "integer", "words spoken"),
    ),
)

TURNS = Table(
    "turns",
    ("session_id", "turn"),
    (
        Column("session_id", "text", "id of the session"),
        Column("turn", "integer", "number of the turn in the session, from 1"),
        Column("speaker", "text", "label of the speaker"),
        Column("role", "text", "role of the speaker", values=ROLES),
        Column("question", "text", "block of the topic guide", nullable=True),
        Column("start_s", "number", "start in seconds, NaN without times", nullable=True),
        Column("end_s", "number", "end in seconds, NaN without times", nullable=True),
        Column("text", "text", "what was said, NFC"),
        Column("n_words", "integer", "words in the text"),
    ),
)

CODINGS = Table(
    "codings",
    ("session_id", "turn", "code", "start", "end", "coder"),
    (
        Column("session_id", "text", "id of the session"),
        Column("turn", "integer", "number of the turn"),
        Column("code", "text", "id of the code, or none: the coder read the turn and gave it no code"),
        Column("start", "integer", "first character in the turn's text"),
        Column("end", "integer", "character after the last"),
        Column("status", "text", "how the code stands", values=STATUSES),
        Column("coder", "text", "who coded"),
        Column("coder_kind", "text", "what kind of coder", values=CODER_KINDS),
        Column("confidence", "number", "0 to 1, NaN where there is none", nullable=True),
        Column("evidence", "text", "pattern, words and cue behind the coding", nullable=True),
        Column("codebook_version", "text", "version of the codebook", nullable=True),
    ),
)
LABELS = Table("codings", (), tuple(c for c in CODINGS.columns if c.name in ("session_id", "turn", "code", "status")))

PLACE_AND_CODE = (
    Column("teryt", "text", "gmina of the row, missing for a region", nullable=True),
    Column("gmina", "text", "its name (session_id where unknown), missing for a region", nullable=True),
    Column("voivodeship", "text", "region of the row, missing for the whole study", nullable=True),
    Column("level", "text", "leaf: codes as they are; top: parents and codes without one", values=LEVELS),
    Column("code", "text", "id of the code"),
)

ESTIMATES = Table(
    "estimates",
    ("teryt", "gmina", "voivodeship", "level", "code", "measure"),
    (
        *PLACE_AND_CODE,
        Column("measure", "text", "name of the measure"),
        Column("estimate", "number", "value of the measure, NaN where undefined", nullable=True),
        Column("low", "number", "lower end of the interval", nullable=True),
        Column("high", "number", "upper end of the interval", nullable=True),
        Column("interval_kind", "text", "what the interval is", values=INTERVAL_KINDS),
        Column("n_named", "integer", "participants who affirmed the code", nullable=True),
        Column("n_denied", "integer", "participants who denied it and never affirmed it", nullable=True),
        Column("n_participants", "integer", "participants in the denominator", nullable=True),
        Column("denominator", "text", "who is in the denominator", values=DENOMINATORS),
        Column("n_sessions", "integer", "sessions behind the row"),
        Column("rank", "number", "mid-rank within scope and level, 1 is the most salient", nullable=True),
        Column("rank_low", "number", "best rank of its tie band", nullable=True),
        Column("rank_high", "number", "worst rank of its tie band", nullable=True),
        Column("coder_kind", "text", "kinds of coders behind the row", nullable=True),
        Column("method", "text", "how the row was computed"),
    ),
)

PLAN = Table(
    "plan",
    ("session_id", "speaker", "turn"),
    (
        Column("unit", "text", "what was drawn: turns, or speakers with all that they said", values=UNITS),
        Column("session_id", "text", "id of the session"),
        Column("speaker", "text", "label of the speaker"),
        Column("turn", "integer", "number of the turn, missing where speakers were drawn", nullable=True),
        Column("probability", "number", "chance of the unit to be drawn, above 0 to 1"),
        Column("n_units", "integer", "turns or speakers out of whom the sample was drawn"),
        Column("seed", "integer", "seed of the draw"),
    ),
)

BY_SAMPLE = (
    Column("naive", "number", "what the coder's codes alone come to"),
    Column("n_units", "integer", "speakers or turns"),
    Column("n_validated", "integer", "those of them that people looked at"),
    Column("n_missing", "integer", "how many more must be looked at for an estimate"),
)

# Estimates that a sample has corrected, with the numbers of the codes alone beside them.
CORRECTED_ESTIMATES = Table("estimates", ESTIMATES.key, (*ESTIMATES.columns, *BY_SAMPLE))

CORRECTED = Table(
    "corrected",
    ("teryt", "gmina", "voivodeship", "code", "measure"),
    (
        *PLACE_AND_CODE[:3],
        Column("code", "text", "id of the code"),
        Column("measure", "text", "coverage: share of participants; prevalence: share of participants' turns"),
        Column("estimate", "number", "corrected by the validated units, NaN where they are too few", nullable=True),
        Column("low", "number", "lower end of the interval", nullable=True),
        Column("high", "number", "upper end of the interval", nullable=True),
        Column("interval_kind", "text", "what the interval is", values=INTERVAL_KINDS),
        Column("denominator", "text", "who is in the denominator of coverage", nullable=True, values=DENOMINATORS),
        Column("method", "text", "how the row was computed"),
        *BY_SAMPLE,
    ),
)

FINDINGS = Table(
    "findings",
    (),
    (
        Column("file", "text", "file that the finding is about", nullable=True),
        Column("place", "text", "line, turn, speaker or cell", nullable=True),
        Column("severity", "text", "error: not used; warning: look at it; note: for the record", values=SEVERITIES),
        Column("what", "text", "what was found"),
        Column("why", "text", "why it matters"),
        Column("how", "text", "how to mend it"),
    ),
)

DIAGNOSIS = Table(
    "diagnosis",
    ("file",),
    (
        Column("file", "text", "name of the file"),
        Column("session_id", "text", "id of the session, missing where the file was not used", nullable=True),
        Column("format", "text", "format found", nullable=True),
        Column("encoding", "text", "encoding found, missing where the format knows none", nullable=True),
        Column("gmina", "text", "name of the gmina", nullable=True),
        Column("moderator", "text", "labels of the moderators, joined by ';'", nullable=True),
        Column("speakers", "text", "every label with its turns and words", nullable=True),
        Column("n_participants", "integer", "participants who spoke or are in the roster", nullable=True),
        Column("n_turns", "integer", "turns", nullable=True),
        Column("n_words", "integer", "words", nullable=True),
        Column("longest_turn", "integer", "words of the longest turn", nullable=True),
        Column("unlabelled", "number", "share of the words without a known speaker, 0 to 1", nullable=True),
        Column("false_speakers", "text", "labels that may be nobody's, and colons taken for text", nullable=True),
        Column("near_duplicates", "text", "labels that may be one person's", nullable=True),
        Column("time_breaks", "text", "gaps and jumps in time", nullable=True),
        Column("place", "text", "what is wrong with the gmina", nullable=True),
        Column("duplicates", "text", "other files that hold the same", nullable=True),
        Column("long_turns", "text", "very long turns", nullable=True),
        Column("condition", "text", "text without letters or marks, with slips, or not in Polish", nullable=True),
        Column("dropped", "text", "what was left out, and why", nullable=True),
        Column("refused", "text", "why the file was not used", nullable=True),
        Column("how", "text", "what would mend it", nullable=True),
    ),
)


def empty(table: Table) -> pd.DataFrame:
    """Return a frame of the table's columns and types with no row.

    Examples
    --------
    >>> list(empty(SPEAKERS).columns)[:2]
    ['session_id', 'speaker']
    """
    import pandas as pd

    return check(pd.DataFrame({name: [] for name in table.names}), table)


def check(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Check a frame against a table's schema and give it the schema's types and order of columns.

    Parameters
    ----------
    frame : DataFrame, shape (n_rows, at least the table's columns)
        Columns that the schema does not know are dropped.
    table : Table
        The schema.

    Returns
    -------
    DataFrame, shape (n_rows, n_columns)
        A copy; the index is 0, 1, …

    Raises
    ------
    SchemaError
        A column is missing, a value has another type or is not allowed, or a key stands twice.
    """
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        raise SchemaError(f"table {table.name}: a DataFrame is needed, not a {type(frame).__name__}.")
    missing = [name for name in table.names if name not in frame.columns]
    if missing:
        raise SchemaError(
            f"table {table.name}: columns missing: {', '.join(missing)}. "
            f"It has {', '.join(map(str, frame.columns)) or 'none'}; it needs {', '.join(table.names)}."
        )
    typed = {column.name: _typed(frame[column.name], column, table) for column in table.columns}
    checked = pd.DataFrame(typed).reset_index(drop=True)
    twice = checked.duplicated(list(table.key)) if table.key else checked.index < 0
    if bool(twice.any()):
        row = int(twice.argmax())
        key = ", ".join(f"{name}={checked[name].iloc[row]!r}" for name in table.key)
        raise SchemaError(f"table {table.name}, row {row}: {key} stands twice; {', '.join(table.key)} must be unique.")
    return checked


def rows(frame: pd.DataFrame) -> list[Any]:
    """Return the rows of a frame as objects with an attribute for each column; a missing value is None."""
    cells = ((values.tolist(), values.isna().tolist()) for _, values in frame.items())
    columns = [[None if gone else value for value, gone in zip(*column, strict=True)] for column in cells]
    return [
        SimpleNamespace(**dict(zip(map(str, frame.columns), row, strict=True))) for row in zip(*columns, strict=True)
    ]


def place_names(sessions: pd.DataFrame) -> pd.Series[str]:
    """Return the name under which each session's place is shown: the gmina, or, without a TERYT code, its own."""
    unknown = sessions["session_id"].where(
        sessions["gmina"].isna(), sessions["gmina"] + " (" + sessions["session_id"] + ")"
    )
    return sessions["gmina"].where(sessions["teryt"].notna(), unknown)


def turns_read(codings: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """Return the turns that a coder has read.

    Parameters
    ----------
    codings : DataFrame, schema ``CODINGS``
        Of one coder. With rows of the code ``none`` (read, and given no code) they list all that was read; without,
        the coder is taken to have read every turn of the sessions that they coded.
    turns : DataFrame
        Turns, with session_id and turn.
    """
    key = ["session_id", "turn"]
    if (codings["code"] == NO_CODE).any():
        return turns.merge(codings[key].drop_duplicates(), on=key)
    return turns[turns["session_id"].isin(codings["session_id"])]


def _typed(values: pd.Series[Any], column: Column, table: Table) -> pd.Series[Any]:
    import pandas as pd

    if not column.nullable:
        _refuse(values, values.isna(), column, table, "is missing, but the column must be filled")
    if column.kind == "text":
        if values.dtype != "str" and pd.api.types.infer_dtype(values) not in ("string", "empty"):
            other = values.notna() & ~values.map(lambda value: isinstance(value, str)).astype(bool)
            _refuse(values, other, column, table, "is not text")
        if column.values:
            unknown = values.notna() & ~values.isin(column.values)
            _refuse(values, unknown, column, table, f"is not allowed; allowed: {', '.join(column.values)}")
        return values.astype("str")
    if column.kind == "truth":
        if values.dtype != "bool":
            _refuse(values, ~values.isin([True, False]), column, table, "is neither True nor False")
        return values.astype(bool)
    numbers = values
    if values.dtype not in ("int64", "float64"):
        numbers = pd.to_numeric(values, errors="coerce")
        _refuse(values, values.notna() & numbers.isna(), column, table, "is not a number")
    if column.kind == "number":
        return numbers.astype("float64")
    if numbers.dtype != "int64":
        _refuse(values, numbers.notna() & (numbers % 1 != 0), column, table, "is not a whole number")
    return numbers.astype("Int64" if column.nullable else "int64")


def _refuse(values: pd.Series[Any], bad: pd.Series[Any], column: Column, table: Table, reason: str) -> None:
    if bool(bad.any()):
        row = int(bad.to_numpy().argmax())
        raise SchemaError(f"table {table.name}, column {column.name}, row {row}: {values.iloc[row]!r} {reason}.")
