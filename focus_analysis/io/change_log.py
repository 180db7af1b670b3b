"""The log of who changed which code, when and why: lines are added, none is ever rewritten."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from focus_analysis.errors import ArgumentError
from focus_analysis.io.outputs import harmless
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["when", "who", "session_id", "turn", "code", "before", "after", "why"]
_CHANGED = COLUMNS[2:7]


def log_changes(changes: pd.DataFrame, path: str | Path, who: str, why: str, when: datetime | None = None) -> int:
    """Add changes of codings to a log.

    Parameters
    ----------
    changes : DataFrame
        From ``coding_changes``: session_id, turn, code, before, after; with a column ``reason``, that is what is
        logged where it is filled.
    path : path
        A csv (UTF-8): made where there is none, else added to.
    who, why : str
        Who changed the codes, and why.
    when : datetime, optional
        Else now; written in UTC.

    Returns
    -------
    int
        Lines added.

    Raises
    ------
    ArgumentError
        ``who`` or ``why`` is empty, the changes lack a column, or the file is not such a log in UTF-8.
    """
    if not (isinstance(who, str) and who.strip() and isinstance(why, str) and why.strip()):
        raise ArgumentError("log_changes: say who changed the codes and why")
    missing = [name for name in _CHANGED if name not in getattr(changes, "columns", ())]
    if missing:
        raise ArgumentError(f"log_changes: the changes lack {', '.join(missing)}; give what coding_changes returns")
    file = Path(path)
    moment = (when or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    new = not file.exists() or not file.stat().st_size
    unended = not new and _unended(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8", newline="") as log:
        writer = csv.writer(log, lineterminator="\n")
        if new:
            writer.writerow(COLUMNS)
        if unended:
            log.write("\n")
        for row in rows(changes):
            line = (moment, who, row.session_id, row.turn, row.code, row.before, row.after)
            writer.writerow(map(harmless, (*line, getattr(row, "reason", None) or why)))
    return len(changes)


def _unended(file: Path) -> bool:
    """Return whether the last line of a log has no end; refuse a file that is no log."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ArgumentError(f"log_changes: {file.name} is not in UTF-8; save it in UTF-8 again") from None
    head = next(csv.reader(text.splitlines()), [])
    if head != COLUMNS:
        raise ArgumentError(f"log_changes: {file.name} is not a log of changes: its columns are {', '.join(head)}")
    return not text.endswith(("\n", "\r"))
